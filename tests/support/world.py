"""An invented district with two areas and one person for each role; every test may start from it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from argon2 import PasswordHasher
from sqlmodel import Session, select

from panel.access import Actor
from panel.accounts.models import Area, Membership, User
from panel.referrals import actions, offences
from panel.referrals import commands as c
from panel.referrals.admission import record_admission
from panel.referrals.models import Referral
from panel.referrals.queries import offences_of
from panel.referrals.returns import send_back
from tests.support.papers import with_interview
from workflows.roles import POLICE, Role
from workflows.said import LegalAdvice, SaidIn
from workflows.vocabulary import Admission, Adult, Gender, ModeOfTrial, Relationship

PASSWORD = "correct horse battery staple"
NOW = datetime(2026, 11, 17, 10, 0, tzinfo=UTC)  # a Tuesday
TODAY = NOW.date()
# The cheapest that Argon2 allows: hundreds of tests sign in, and the cost is kept in the hash itself.
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)

PEOPLE: dict[str, tuple[str, str, Role]] = {
    "officer": ("Jo Marsh", "north", Role.OFFICER),
    "other_officer": ("Lee Frost", "north", Role.OFFICER),
    "seconded": ("Sam Reed", "north", Role.SECONDED),
    "case_manager": ("Priya Nair", "north", Role.CASE_MANAGER),
    "other_case_manager": ("Tom Ash", "north", Role.CASE_MANAGER),
    "manager": ("Ruth Okoro", "north", Role.YOT_MANAGER),
    "chair": ("Alan Pike", "north", Role.YOT_MANAGER),
    "victim_worker": ("Nadia Khan", "north", Role.VICTIM_WORKER),
    "liaison": ("Ben Holt", "north", Role.LIAISON),
    "board": ("Cllr Moss", "north", Role.BOARD),
    "inspector": ("Ina Vale", "north", Role.INSPECTOR),
    "scrutineer": ("Ida Quist", "north", Role.SCRUTINEER),
    "second_scrutineer": ("Abe Lunn", "north", Role.SCRUTINEER),
    "admin": ("Ed Stone", "north", Role.ADMIN),
    "far_manager": ("Kit Lowe", "south", Role.YOT_MANAGER),
    "far_officer": ("Max Dune", "south", Role.OFFICER),
    "far_case_manager": ("Zoe Hart", "south", Role.CASE_MANAGER),
}


@dataclass
class World:
    """The areas and people of a test, by the keys of `PEOPLE`."""

    areas: dict[str, int]
    users: dict[str, int]

    def actor(self, key: str) -> Actor:
        """The person as actions see them."""
        name, area, role = PEOPLE[key]
        return Actor(self.users[key], name, ((self.areas[area], role),), {self.areas[area]: area.title()})

    @staticmethod
    def email(key: str) -> str:
        """The address that the person signs in with."""
        return f"{key}@example.test"


def build(db: Session) -> World:
    """Write the areas and people."""
    areas = {
        "north": Area(name="North Kelder", code="NK", duty_mailbox="duty-north@example.test"),
        "south": Area(name="South Kelder", code="SK", duty_mailbox="duty-south@example.test"),
    }
    db.add_all(areas.values())
    users = {
        key: User(
            email=World.email(key),
            name=name,
            password_hash=HASH,
            collar_number="4411" if PEOPLE[key][2] in POLICE else "",
        )
        for key, (name, _, _) in PEOPLE.items()
    }
    db.add_all(users.values())
    db.flush()
    for key, (_, area, role) in PEOPLE.items():
        db.add(Membership(user_id=users[key].id, area_id=areas[area].id, role=role))
    db.flush()
    return World({k: a.id for k, a in areas.items()}, {k: u.id for k, u in users.items()})


def child_details(**more: object) -> c.ChildDetails:
    """A 15-year-old, unless told otherwise."""
    return c.ChildDetails.model_validate(
        {
            "given_name": "Robin",
            "surname": "Fielding",
            "date_of_birth": date(2011, 3, 4),
            "gender": Gender.MALE,
            "address": "3 Mill Row, Kelder",
            "postcode": "KD1 2AB",
            "school": "Kelder High",
            "looked_after": False,
            "needs": "",
        }
        | more
    )


def offence_details(**more: object) -> c.OffenceDetails:
    """Criminal damage eleven days ago, typed by hand, unless told otherwise."""
    return c.OffenceDetails.model_validate(
        {
            "title": "Criminal damage to a bus shelter",
            "mode": ModeOfTrial.EITHER_WAY,
            "committed_on": TODAY - timedelta(days=11),
            "location": "Keel Street",
            "by_hand_reason": "" if more.get("code") else "Tests start without the list",
        }
        | more
    )


def account(db: Session, referral: Referral, admission: Admission, **more: object) -> c.AdmissionDetails:
    """What the child said about every offence, to PC Marsh in an interview with everything in order."""
    return c.AdmissionDetails.model_validate(
        {
            "states": {offence.id: admission for offence in offences_of(db, referral)},
            "source": SaidIn.INTERVIEW,
            "said_on": TODAY - timedelta(days=10),
            "told_name": "PC Marsh",
            "told_collar": "4411",
            "adult_present": True,
            "adult": Adult.PARENT,
            "adult_name": "Dana Fielding",
            "advice": LegalAdvice.DECLINED,
            "advice_on": TODAY - timedelta(days=10),
            "defence_raised": False,
            "offered_first": False,
        }
        | more
    )


def draft(
    db: Session,
    world: World,
    *,
    by: str = "officer",
    at: datetime = NOW,
    admission: Admission = Admission.FULL,
    victim: bool = False,
    interview: bool = True,
    gravity: int = 3,
    child: dict[str, object] | None = None,
    offence: dict[str, object] | None = None,
) -> Referral:
    """A referral with everything that it needs, not sent yet."""
    officer = world.actor(by)
    area = world.areas[PEOPLE[by][1]]
    referral = actions.start(db, child_details(**(child or {})), area, by=officer, at=at)
    carer = c.CarerDetails(name="Dana Fielding", relationship=Relationship.MOTHER, phone="01632 960001")
    actions.save_carer(db, referral, carer, by=officer, at=at)
    added = offences.add_offence(db, referral, offence_details(**(offence or {})), by=officer, at=at)
    # A score that presumes no outcome, so that every outcome can be decided; `scored` gives one that does.
    added.gravity = gravity
    story = c.Circumstances(circumstances="Robin kicked the glass of the shelter until it broke.")
    actions.save_circumstances(db, referral, story, by=officer, at=at)
    record_admission(db, referral, account(db, referral, admission), by=officer, at=at)
    if interview:
        with_interview(db, referral, by=officer, at=at)
    referral.victim_identified, referral.victim_named = victim, victim
    db.flush()
    return referral


def scored(db: Session, world: World, referral: Referral, *, by: str = "officer", **more: object) -> None:
    """Give every offence its gravity score by the matrix in force: 3, for which a reason is given."""
    details = {"base": 3, "adjustment": 0, "reason": "Seen from the papers"} | more
    for offence in offences_of(db, referral):
        command = c.GravityDetails.model_validate(details)
        offences.give_gravity(db, referral, offence, command, by=world.actor(by), at=NOW)


def submitted(db: Session, world: World, **more: object) -> Referral:
    """A referral that the manager has to accept."""
    referral = draft(db, world, **more)  # type: ignore[arg-type]
    by = str(more.get("by", "officer"))
    actions.submit(db, referral, by=world.actor(by), at=NOW, overrides={})
    return referral


def accepted(db: Session, world: World, **more: object) -> Referral:
    """A case that is allocated to the case manager."""
    referral = submitted(db, world, **more)
    command = c.Accept(case_manager_id=world.users["case_manager"])
    actions.accept(db, referral, command, by=world.actor("manager"), at=NOW)
    return referral


def give_back(db: Session, world: World, referral: Referral, *, reason: str = "Add the interview") -> None:
    """The manager sends a referral back for something that belongs to no page."""
    asked = c.SendBack(codes=("other",), reason=reason)
    send_back(db, referral, asked, by=world.actor("manager"), at=NOW)


def user(db: Session, world: World, key: str) -> User:
    """The account row of a person."""
    return db.exec(select(User).where(User.id == world.users[key])).one()
