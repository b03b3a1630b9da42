"""A quarter to count: cases and disposals of a summer, written as rows, each standing in known lines."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from panel.assessments.models import Assessment
from panel.board_pack import making, publishing
from panel.board_pack.models import BoardPack
from panel.children.models import Child
from panel.police.actions import fresh
from panel.police.models import PoliceDisposal
from panel.referrals.models import Referral
from tests.support.police import force, said
from tests.support.world import NOW, World
from workflows.case import Status
from workflows.police import Heard
from workflows.quarters import Quarter
from workflows.vocabulary import Gender, Outcome

SUMMER = Quarter(2026, 3)
MONDAY = date(2026, 7, 6)


def at(day: date, hour: int = 12) -> datetime:
    """An hour of a day in London."""
    return datetime.combine(day, time(hour), ZoneInfo("Europe/London"))


def child(db: Session, number: int, **more: Any) -> Child:
    """An invented child."""
    values = {"given_name": f"Ada{number}", "surname": "Quillon", "date_of_birth": date(2011, 5, 1)}
    made = Child(**(values | {"gender": Gender.MALE, "ethnicity": "W1"} | more))
    db.add(made)
    db.flush()
    return made


def case(db: Session, world: World, number: int, *, of: Child | None = None, **more: Any) -> Referral:
    """A case in which every step was taken in time: referred on a Monday, given eleven days later."""
    values: dict[str, Any] = {
        "reference": f"NK-{number:06}",
        "area_id": world.areas["north"],
        "child_id": (of or child(db, number)).id,
        "status": Status.NOTIFIED,
        "referred_by_id": world.users["officer"],
        "outcome": Outcome.YC,
        "created_at": at(MONDAY),
        "changed_at": at(MONDAY),
        "submitted_at": at(MONDAY),
        "assessed_at": at(MONDAY + timedelta(days=7)),
        "decided_at": at(MONDAY + timedelta(days=9)),
        "given_on": MONDAY + timedelta(days=11),
        "notified_at": at(MONDAY + timedelta(days=11), 15),
    }
    assessed = more.pop("assessed", at(MONDAY + timedelta(days=7)))
    made = Referral(**(values | more))
    db.add(made)
    db.flush()
    db.add(Assessment(referral_id=made.id, author_id=world.users["case_manager"], submitted_at=assessed))
    db.flush()
    return made


def gave(db: Session, world: World, of: Any, number: int, outcome: Outcome, **more: Any) -> PoliceDisposal:
    """A disposal that the police gave and told us of by the form."""
    first_time, child_id = more.pop("first_time", None), more.pop("child_id", None)
    how = more.pop("how", Heard.FORM)
    words = {"outcome": outcome, "given_on": MONDAY, "crime_reference": f"1326{number:07}"} | more
    made = fresh(said(**words), force_id=of.id, area_id=world.areas["north"], at=NOW)
    made.told_on, made.told_how, made.first_time, made.child_id = made.given_on, how, first_time, child_id
    db.add(made)
    db.flush()
    return made


MIX = ((Outcome.CR, 20), (Outcome.YC, 12), (Outcome.YCC, 3), (Outcome.NFA, 7))


def summer(db: Session, world: World) -> None:
    """Twelve cases in time and eight late ones; 42 disposals, three of them of a small kind."""
    of, number = force(db, world), 0
    for outcome, many in MIX:
        for _ in range(many):
            number += 1
            gave(db, world, of, number, outcome)
    for number in range(20):
        late = {"decided_at": at(MONDAY + timedelta(days=28)), "given_on": MONDAY + timedelta(days=30)}
        late |= {"notified_at": at(MONDAY + timedelta(days=30), 15)}
        case(db, world, number, **(late if number >= 12 else {}))


def made(db: Session, world: World, quarter: Quarter = SUMMER) -> BoardPack:
    """The draft of a quarter."""
    return making.make(db, world.areas["north"], quarter, by=world.actor("manager"), at=NOW)


def published(db: Session, world: World, quarter: Quarter = SUMMER) -> BoardPack:
    """A pack that the board reads."""
    pack = made(db, world, quarter)
    publishing.publish(db, pack, seen=pack.version, by=world.actor("manager"), at=NOW)
    return pack
