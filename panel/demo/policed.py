"""A demonstration's police: the force of both areas, a system of it, and disposals that it gave by itself."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sqlmodel import Session, col, select

from panel.access import Actor
from panel.accounts.models import Membership
from panel.children.models import Child
from panel.demo.people import Team
from panel.demo.profile import at, earlier, later
from panel.demo.stories import person
from panel.forces.actions import add_force, make_token
from panel.forces.commands import ForceDetails, SystemDetails
from panel.forces.models import Force, ForceSystem
from panel.notifications.models import Notification
from panel.police.models import PoliceDisposal
from panel.police.queries import path_of
from panel.police.telling import acknowledge, tell
from panel.police.told_command import Told
from panel.referrals.models import Referral
from workflows.case import Status
from workflows.police import Heard
from workflows.roles import Role
from workflows.vocabulary import Outcome

FORCE, SYSTEM = "Kelder Constabulary", "Custody and case system"
STATIONS = (("Keel Street", "Response 2"), ("Mill Lane", "Neighbourhood north"), ("Harbour", "Response 1"))
THEFT, DAMAGE, ASSAULT = "Theft from a shop", "Criminal damage", "Common assault"
# Told so recently that nobody has read it yet.
UNREAD_DAYS = 2


@dataclass(frozen=True)
class Given:
    """One disposal: how many working days ago, how many later it was told, and whether the YOT was asked."""

    outcome: Outcome
    ago: int
    told_after: int
    offence: str
    consulted: bool | None = None
    exception: str = ""
    words: str = ""
    support: str = ""
    known: bool = False


GIVEN = (
    Given(Outcome.CR, 46, 1, THEFT, support="Letter to the shop"),
    Given(Outcome.CR, 38, 12, DAMAGE),
    Given(Outcome.YC, 33, 1, ASSAULT, consulted=True),
    Given(
        Outcome.YCC,
        29,
        3,
        ASSAULT,
        consulted=False,
        exception="child_leaving",
        words="The family moved to the coast on the next morning, and the sergeant wanted it done before.",
    ),
    Given(Outcome.O22, 24, 1, DAMAGE, consulted=True, support="Six sessions at the boxing club"),
    Given(
        Outcome.YC,
        17,
        0,
        THEFT,
        consulted=False,
        exception="policy_not_known",
        words="I did not know that a first caution has to be talked over with the youth offending team.",
    ),
    Given(Outcome.NFA, 12, 2, DAMAGE, support="A talk with the schools officer"),
    Given(Outcome.CR, 2, 0, ASSAULT, known=True),
    Given(Outcome.CR, 1, 0, THEFT, support="Referred to youth work"),
)


def name_force(db: Session, teams: list[Team], *, today: date) -> None:
    """One force for both areas, named by the administrator, with one system that may tell us."""
    admin = next(actor for team in teams for actor in team.holding(Role.ADMIN))
    areas = [team.area_id for team in teams]
    held = {area for area, _ in admin.memberships}
    db.add_all(
        Membership(user_id=admin.id, area_id=area, role=Role.ADMIN) for area in areas if area not in held
    )
    by = Actor(admin.id, admin.name, tuple((area, Role.ADMIN) for area in areas), admin.area_names)
    when = at(earlier(today, 500), 9)
    force = add_force(db, ForceDetails(name=FORCE, code="13", areas=tuple(areas)), by=by, at=when)
    make_token(db, force, SystemDetails(name=SYSTEM), by=by, at=when + timedelta(minutes=5))


def tell_of_them(db: Session, team: Team, *, today: date) -> None:
    """The police tell of what they gave by themselves: in time, late, with and without asking the YOT."""
    draw = Random(1300 + team.area_id)
    force = db.exec(select(Force)).one()
    system = db.exec(select(ForceSystem)).one()
    for number, given in enumerate(GIVEN):
        day = later(earlier(today, given.ago), given.told_after)
        by_system = number % 3 == 1
        officer = team.holding(Role.OFFICER)[0]
        by = Actor(system.made_by_id, f"{SYSTEM}, a system of {FORCE}", (), {}) if by_system else officer
        row = tell(
            db,
            _said(db, team, given, number, draw, today=today, officer=officer),
            force_id=force.id,
            area_id=team.area_id,
            how=Heard.SYSTEM if by_system else Heard.FORM,
            by=by,
            at=at(day, 16, 20),
            today=day,
            system_id=system.id if by_system else None,
        )
        if given.ago - given.told_after > UNREAD_DAYS:
            _read(db, team, row.reference, day)
            db.flush()


def _said(
    db: Session, team: Team, given: Given, number: int, draw: Random, *, today: date, officer: Actor
) -> Told:
    child = person(draw)
    known = _with_an_open_case(db, team) if given.known else None
    station, unit = STATIONS[number % len(STATIONS)]
    born = today - timedelta(days=draw.randint(12 * 365, 17 * 365 - 90))
    return Told(
        outcome=given.outcome,
        given_on=earlier(today, given.ago),
        crime_reference=f"13{draw.randrange(10**9):09}",
        offence=given.offence,
        given_name=known.given_name if known else child.given_name,
        surname=known.surname if known else child.surname,
        gender=known.gender if known else child.gender,
        date_of_birth=known.date_of_birth if known else born,
        station=station,
        team=unit,
        officer=officer.name,
        first_time=number % 2 == 0,
        support=given.support,
        consulted=given.consulted,
        exception=given.exception or None,
        exception_reason=given.words,
    )


def _with_an_open_case(db: Session, team: Team) -> Child | None:
    """A child of the area whom a case manager works with now."""
    query = select(Child).join(Referral, col(Referral.child_id) == Child.id)
    query = query.where(Referral.area_id == team.area_id, Referral.status == Status.NOTIFIED)
    return db.exec(query.order_by(col(Child.id).desc())).first()


def _read(db: Session, team: Team, reference: str, day: date) -> None:
    """Let those who were told of it acknowledge it on the next working day."""
    row = db.exec(select(PoliceDisposal).where(PoliceDisposal.reference == reference)).one()
    query = select(Notification).where(Notification.path == path_of(reference))
    for told in db.exec(query.order_by(col(Notification.id))).all():
        role = told.role or Role.YOT_MANAGER
        reader = next((one for one in team.people.values() if one.id == told.user_id), None)
        reader = reader or next(iter(team.holding(role)), None)
        if reader is not None:
            acknowledge(db, row, told, by=reader, at=at(later(day, 1), 10))
