"""Cases in which something was not kept, built with the acts of the service."""

from datetime import datetime, timedelta

from sqlmodel import Session

from panel.compliance import actions
from panel.compliance import commands as c
from panel.compliance.models import Matter
from panel.compliance.queries import open_matter
from panel.contacts.models import Attendance, Contact, ContactKind
from panel.referrals.models import Referral
from tests.support.given import GIVEN_AT, notified
from tests.support.world import World
from workflows.calendar import today_in_london
from workflows.keeping import Barrier, Level, Way
from workflows.ruling import Authority
from workflows.vocabulary import Outcome

MISSED_AT = GIVEN_AT + timedelta(days=6)
DAY = today_in_london(MISSED_AT)
MISS = c.Miss(happened_on=DAY, said="He did not come to the second talk.")
ANSWER = c.Answer(happened_on=DAY, way=Way.PHONE, who="Robin and his mother", said="He forgot the day.")
MEET = c.Meet(
    happened_on=DAY,
    who="Robin, his mother, Priya Nair",
    said="The bus does not run after four.",
    barriers=(Barrier.TRANSPORT,),
    changes="The talks begin at three.",
)
BREACH = c.Allege(
    happened_on=DAY,
    conditions=(1,),
    said="He came to none of the four talks.",
    tried="Two calls, two warnings, one meeting; the time was moved.",
    childs_side="He says that it is boring.",
)
WHO = {"name": "Ada Poole", "rank": "Sergeant", "collar": "812", "authority": Authority.SERGEANT}


def warning(level: Level = Level.FIRST, **more: object) -> c.Warn:
    """A warning in plain words."""
    values = {
        "happened_on": DAY,
        "level": level,
        "said": "You did not come to the talks.",
        "must": "Come on Monday at three.",
        "help": "Priya, 01632 960123",
        "who": "Robin, with his mother",
    }
    return c.Warn.model_validate(values | more)


def contact(db: Session, world: World, referral: Referral, **more: object) -> Contact:
    """An appointment that the child missed, unless told otherwise."""
    worker = world.users["case_manager"]
    values = {
        "referral_id": referral.id,
        "step_place": 1,
        "kind": ContactKind.SESSION,
        "starts_at": MISSED_AT,
        "where_at": "Youth centre",
        "worker_id": worker,
        "state": Attendance.MISSED,
        "reason": "No answer at the door.",
        "offered_by_id": worker,
        "offered_at": GIVEN_AT,
        "noted_by_id": worker,
        "noted_at": MISSED_AT,
    }
    row = Contact(**(values | more))
    db.add(row)
    db.flush()
    return row


def missed(
    db: Session, world: World, outcome: Outcome = Outcome.YCC, *, at: datetime = MISSED_AT, **more: object
) -> Referral:
    """A case whose plan runs and in which an appointment was missed."""
    referral = notified(db, world, outcome, **more)
    row = contact(db, world, referral)
    actions.missed(db, referral, row, by=world.actor("case_manager"), at=at)
    return referral


def matter(db: Session, referral: Referral) -> Matter:
    """The matter that is open."""
    found = open_matter(db, referral.id)
    assert found is not None
    return found


def tried(db: Session, world: World, outcome: Outcome = Outcome.YCC, **more: object) -> Referral:
    """A case in which everything was tried: answered, warned twice, met."""
    referral = missed(db, world, outcome, **more)  # type: ignore[arg-type]
    by, row = world.actor("case_manager"), matter(db, referral)
    actions.answer(db, referral, row, ANSWER, by=by, at=MISSED_AT)
    actions.warn(db, referral, row, warning(), by=by, at=MISSED_AT)
    actions.meet(db, referral, row, MEET, by=by, at=MISSED_AT)
    actions.warn(db, referral, row, warning(Level.FINAL), by=by, at=MISSED_AT)
    return referral


def alleged(db: Session, world: World, **more: object) -> Referral:
    """A case whose possible breach the police know of."""
    referral = tried(db, world, **more)  # type: ignore[arg-type]
    by = world.actor("case_manager")
    actions.allege(db, referral, matter(db, referral), BREACH, by=by, at=MISSED_AT)
    return referral
