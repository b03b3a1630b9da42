"""The staff of the invented district: two YOT areas and one force."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from panel.access import Actor
from panel.accounts.models import Area, Membership, User
from panel.accounts.passwords import hash_password
from workflows.calendar import add_months
from workflows.roles import ROLE_WORDS, Role

PASSWORD = "keel street panel"
NORTH, SOUTH = "North Kelder", "South Kelder"

STAFF: tuple[tuple[str, str, str, Role, str], ...] = (
    ("officer", "Jo Marsh", NORTH, Role.OFFICER, "4411"),
    ("officer2", "Lee Frost", NORTH, Role.OFFICER, "4427"),
    ("seconded", "Sam Reed", NORTH, Role.SECONDED, "3108"),
    ("caseworker", "Priya Nair", NORTH, Role.CASE_MANAGER, ""),
    ("caseworker2", "Tom Ash", NORTH, Role.CASE_MANAGER, ""),
    ("manager", "Ruth Okoro", NORTH, Role.YOT_MANAGER, ""),
    ("chair", "Alan Pike", NORTH, Role.YOT_MANAGER, ""),
    ("victims", "Nadia Khan", NORTH, Role.VICTIM_WORKER, ""),
    ("seconded2", "Eve Marlow", NORTH, Role.SECONDED, "3127"),
    ("victims2", "Joy Lamb", NORTH, Role.VICTIM_WORKER, ""),
    ("liaison", "Ben Holt", NORTH, Role.LIAISON, ""),
    ("board", "Carol Moss", NORTH, Role.BOARD, ""),
    ("inspector", "Ina Vale", NORTH, Role.INSPECTOR, ""),
    ("scrutineer", "Ida Quist", NORTH, Role.SCRUTINEER, ""),
    ("scrutineer2", "Abe Lunn", NORTH, Role.SCRUTINEER, ""),
    ("admin", "Ed Stone", NORTH, Role.ADMIN, ""),
    ("officer.south", "Max Dune", SOUTH, Role.OFFICER, "5502"),
    ("seconded.south", "Bea Thorn", SOUTH, Role.SECONDED, "3115"),
    ("caseworker.south", "Zoe Hart", SOUTH, Role.CASE_MANAGER, ""),
    ("manager.south", "Kit Lowe", SOUTH, Role.YOT_MANAGER, ""),
    ("chair.south", "Una Grant", SOUTH, Role.YOT_MANAGER, ""),
    ("victims.south", "Omar Field", SOUTH, Role.VICTIM_WORKER, ""),
    ("seconded2.south", "Wes Hale", SOUTH, Role.SECONDED, "3142"),
    ("victims2.south", "Lena Cole", SOUTH, Role.VICTIM_WORKER, ""),
)


def address(key: str) -> str:
    """The address that somebody signs in with."""
    return f"{key}@kelder.example"


SIGN_INS: tuple[tuple[str, str], ...] = tuple(
    (f"{ROLE_WORDS[role]}{' (chairs the panel)' if key == 'chair' else ''}", address(key))
    for key, _, area, role, _ in STAFF
    if area == NORTH and not key.endswith("2")
)


@dataclass(frozen=True)
class Team:
    """The people of one area, by the first part of their address."""

    area_id: int
    people: dict[str, Actor]

    def __getitem__(self, key: str) -> Actor:
        """One of them."""
        return self.people[key]

    def holding(self, role: Role) -> list[Actor]:
        """Everybody who holds a role."""
        return [actor for actor in self.people.values() if role in actor.roles]


def hire(db: Session, *, today: date) -> list[Team]:
    """Write the two areas and their staff."""
    secret = hash_password(PASSWORD)
    teams = []
    for name, code in ((NORTH, "NK"), (SOUTH, "SK")):
        area = Area(name=name, code=code, duty_mailbox=f"duty.{code.lower()}@kelder.example")
        db.add(area)
        db.flush()
        members = [row for row in STAFF if row[2] == name]
        teams.append(
            Team(area.id, {row[0].split(".")[0]: _account(db, row, area, secret, today) for row in members})
        )
    return teams


def _account(
    db: Session, row: tuple[str, str, str, Role, str], area: Area, secret: str, today: date
) -> Actor:
    key, name, _, role, collar = row
    user = User(email=address(key), name=name, collar_number=collar, password_hash=secret)
    db.add(user)
    db.flush()
    ends = add_months(today, 9) if role is Role.SECONDED else None
    db.add(Membership(user_id=user.id, area_id=area.id, role=role, ends_on=ends))
    return Actor(user.id, name, ((area.id, role),), {area.id: area.name})
