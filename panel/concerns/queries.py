"""Reading significant events and what was answered about safeguarding."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, select

from panel.access import Actor
from panel.accounts.models import User
from panel.children.models import Child
from panel.concerns.models import SafeguardingAnswer, SignificantEvent
from panel.counting import Number, many
from panel.errors import Missing
from panel.referrals.models import Referral
from panel.referrals.queries import scope
from workflows.case import Status
from workflows.concerns import Safeguarding
from workflows.roles import Role

READERS = (Role.CASE_MANAGER, Role.YOT_MANAGER, Role.INSPECTOR)
# An event can be told of from the first look of the YOT until the file is closed.
RUNNING = tuple(s for s in Status if s not in (Status.DRAFT, Status.CLOSED, Status.WITHDRAWN))


def events_of(db: Session, referral_id: int) -> list[SignificantEvent]:
    """The significant events of a case, the newest first."""
    query = select(SignificantEvent).where(SignificantEvent.referral_id == referral_id)
    return list(db.exec(query.order_by(col(SignificantEvent.id).desc())))


def open_events(db: Session, referral_id: int) -> list[SignificantEvent]:
    """The events of which nobody has said what follows."""
    return [event for event in events_of(db, referral_id) if event.follows is None]


def event_of(db: Session, referral_id: int, number: int) -> SignificantEvent:
    """One event of this case. Raises `Missing`."""
    query = select(SignificantEvent).where(
        SignificantEvent.id == number, SignificantEvent.referral_id == referral_id
    )
    found = db.exec(query).first()
    if found is None:
        raise Missing()
    return found


def answers_of(db: Session, referral_id: int) -> dict[int | None, SafeguardingAnswer]:
    """What was answered about safeguarding, by event; None stands for the child as a whole."""
    query = select(SafeguardingAnswer).where(SafeguardingAnswer.referral_id == referral_id)
    return {row.event_id: row for row in db.exec(query.order_by(col(SafeguardingAnswer.id)))}


def safeguarding_unanswered(db: Session, referral_id: int) -> bool:
    """Whether the question of ASM-6 is open, for the child or for one of the events."""
    answers = answers_of(db, referral_id)
    return not {None, *(event.id for event in events_of(db, referral_id))} <= set(answers)


@dataclass(frozen=True)
class Waiting:
    """A referral to children's social care that nobody has answered."""

    reference: str
    child_name: str
    worker: str | None
    made_on: date
    made_to: str
    event_id: int | None


def without_reply() -> ColumnElement[bool]:
    """The answers that say a referral was made and hold no reply."""
    return and_(SafeguardingAnswer.answer == Safeguarding.MADE, col(SafeguardingAnswer.replied_on).is_(None))


def waiting_for_reply(db: Session, actor: Actor, *, limit: int = 200) -> list[Waiting]:
    """Referrals to children's social care without an answer, the oldest first."""
    query: Any = _waiting(select(Referral.reference, Child, User.name, SafeguardingAnswer), actor)
    query = (
        query.join(Child, col(Child.id) == Referral.child_id)
        .join(User, col(User.id) == Referral.case_manager_id, isouter=True)
        .order_by(col(SafeguardingAnswer.made_on), col(SafeguardingAnswer.id))
        .limit(limit)
    )
    return [
        Waiting(reference, child.name, worker, row.made_on, row.made_to, row.event_id)
        for reference, child, worker, row in db.exec(query)
        if row.made_on is not None
    ]


def waiting_counted(actor: Actor) -> Number:
    """How many of them wait, up to a limit, to be asked with others."""
    return many(_waiting(select(SafeguardingAnswer.id), actor))


def _waiting(query: Any, actor: Actor) -> Any:
    return (
        query.select_from(SafeguardingAnswer)
        .join(Referral, col(Referral.id) == SafeguardingAnswer.referral_id)
        .where(scope(actor), without_reply(), col(Referral.area_id).in_(actor.areas_as(*READERS)))
    )
