"""Reading what the panel decided, and what it has said and written so far."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from panel.accounts.models import User
from panel.db import once
from panel.decisions.models import Condition, DecidedOutcome, Decision, DraftCondition, DraftDecision
from panel.decisions.standing_models import Rescission
from panel.history.models import Event
from panel.history.record import case_chain
from panel.meetings.models import Position
from panel.meetings.seating import conflicted_at
from workflows.roles import Seat
from workflows.ruling import Status as RulingStatus
from workflows.vocabulary import Outcome


def decision_of(db: Session, referral_id: int) -> Decision | None:
    """The decision of a case that stands: the last one, unless it was taken back."""
    back = select(Rescission.id).where(
        Rescission.decision_id == Decision.id, Rescission.status == RulingStatus.CONFIRMED
    )
    query = select(Decision).where(Decision.referral_id == referral_id, ~back.exists())
    return db.exec(query.order_by(col(Decision.id).desc()).limit(1)).first()


def conditions_of(db: Session, decision_id: int) -> list[Condition]:
    """The conditions of a decision, in their order."""
    query = select(Condition).where(Condition.decision_id == decision_id)
    query = query.order_by(col(Condition.place), col(Condition.id))
    return list(once(db, Condition, ("of", decision_id), lambda: db.exec(query).all()))


def outcomes_of(db: Session, decision_id: int) -> dict[int, Outcome]:
    """The outcome by offence."""
    query = select(DecidedOutcome).where(DecidedOutcome.decision_id == decision_id)
    return {row.offence_id: row.outcome for row in db.exec(query)}


@dataclass(frozen=True)
class Said:
    """The position of one member; `entered_by` is set when somebody else wrote it down.

    `set_aside`: the member turned out to have a conflict in the case, so that it does not count (PAN-6).
    """

    user_id: int
    name: str
    seat: Seat
    outcome: Outcome
    comment: str
    entered_by: str
    entered_by_id: int
    at: datetime
    set_aside: bool


def positions_of(db: Session, item_id: int) -> list[Said]:
    """The positions that were taken on a case in one meeting, in the order of the seats."""
    rows = db.exec(
        select(Position).where(Position.item_id == item_id).execution_options(populate_existing=True)
    ).all()
    out = conflicted_at(db, item_id) if rows else frozenset()
    names = _names(db, {i for row in rows for i in (row.user_id, row.entered_by_id)})
    said = [
        Said(
            row.user_id,
            names[row.user_id],
            row.seat,
            row.outcome,
            row.comment,
            "" if row.entered_by_id == row.user_id else names[row.entered_by_id],
            row.entered_by_id,
            row.at,
            row.user_id in out,
        )
        for row in rows
    ]
    return sorted(said, key=lambda position: list(Seat).index(position.seat))


def _names(db: Session, ids: set[int]) -> dict[int, str]:
    return {int(i): str(name) for i, name in db.exec(select(User.id, User.name).where(col(User.id).in_(ids)))}


def overrides_of(db: Session, referral_id: int) -> tuple[str, dict[str, str]]:
    """Who went on against guidance when the case was decided, and the reason by rule."""
    query = select(Event).where(Event.chain == case_chain(referral_id), Event.verb == "case.decide")
    event = db.exec(query.order_by(col(Event.seq).desc()).limit(1)).first()
    return (event.by_words, dict(event.overrides)) if event else ("", {})


def draft_of(db: Session, item_id: int) -> DraftDecision | None:
    """What the chair has written so far."""
    query = select(DraftDecision).where(DraftDecision.item_id == item_id)
    return db.exec(query.execution_options(populate_existing=True)).first()


def draft_conditions(db: Session, draft_id: int) -> list[DraftCondition]:
    """The conditions as far as they are written, in their order."""
    query = select(DraftCondition).where(DraftCondition.draft_id == draft_id)
    query = query.order_by(col(DraftCondition.place), col(DraftCondition.id))
    return list(db.exec(query.execution_options(populate_existing=True)))
