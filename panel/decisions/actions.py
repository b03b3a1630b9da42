"""What members say and the chair writes while the panel sits on a case; nothing is decided here."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from panel.access import Actor
from panel.decisions import commands as c
from panel.decisions.models import DraftCondition, DraftDecision
from panel.decisions.sitting import (
    TYPED,
    Sitting,
    draft_mark,
    lock_sitting,
    mark,
    must_be_offered,
    must_be_open,
    must_lead,
)
from panel.errors import Missing, Stale
from panel.meetings.actions import touch
from panel.meetings.locking import leads_case, lock_item
from panel.meetings.models import Position
from panel.meetings.queries import Seated, present_members
from panel.meetings.urgent import urgent_of
from panel.notifications.actions import finish_key
from panel.notifications.models import Why
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from panel.stepcommand import StepCommand
from panel.steps import StepFields
from workflows.calendar import today_in_london
from workflows.flow import NotYours, Refusal, Refused
from workflows.meeting import TERMS
from workflows.roles import SEAT_WORDS
from workflows.vocabulary import words


def position(db: Session, referral: Referral, command: c.PositionTaken, *, by: Actor, at: datetime) -> None:
    """Write down what a member thinks: their own position or, by the chair, that of a member who is here."""
    # Members write at the same time, each their own row: that the case changed meanwhile does not matter.
    meeting, item = lock_item(db, referral, expect=False)
    must_be_open(meeting)
    must_be_offered({command.outcome}, today_in_london(at))
    here = present_members(db, meeting, today=today_in_london(at), item_id=item.id)
    if command.member_id not in (None, by.id) and not leads_case(db, meeting, item.id, by):
        raise NotYours("position")
    if command.member_id not in (None, by.id) and urgent_of(db, meeting.id):
        says = "In an urgent decision everybody takes their position from their own account."
        raise Refused("case", "position", (Refusal("own_positions", says, "PAN-1", TERMS, True, "panel"),))
    member = _speaker(here.values(), command.member_id or by.id)
    query = select(Position).where(Position.item_id == item.id, Position.user_id == member.user_id)
    row = db.exec(query).first() or Position(item_id=item.id, user_id=member.user_id)
    row.seat, row.outcome, row.comment = member.seat, command.outcome, command.comment
    row.at, row.entered_by_id = at, by.id
    db.add(row)
    said = {
        "member": member.name,
        "seat": SEAT_WORDS[member.seat],
        "position": words(command.outcome),
    }
    tell(db, referral, "position", by=by, at=at, said=said)
    done = f"{referral.reference}-{Why.URGENT_DECISION.value}-{meeting.id}-{member.user_id}"
    finish_key(db, done, by=by, at=at)
    touch(db, meeting, by=by, at=at, page="meeting.position")


def _speaker(here: Iterable[Seated], user_id: int) -> Seated:
    for member in here:
        if member.user_id == user_id:
            return member
    says = "Only members who are here take a position. The chair says on the meeting's page who is here."
    raise Refused("case", "position", (Refusal("is_here", says, "PAN-1", TERMS, True, "panel"),))


def write(
    db: Session, referral: Referral, command: c.Draft, *, seen: int | None, by: Actor, at: datetime
) -> DraftDecision:
    """Save what the chair has written so far. Raises `Stale` when it was written elsewhere meanwhile."""
    sitting = lock_sitting(db, referral, today=today_in_london(at), expect=False)
    must_lead(sitting, by)
    if seen != draft_mark(sitting):
        raise Stale(saved_draft(sitting))
    must_be_offered(set(command.outcomes.values()), today_in_london(at))
    draft = _begun(db, sitting)
    draft.outcomes = {str(number): outcome.value for number, outcome in command.outcomes.items()}
    for name in TYPED:
        setattr(draft, name, getattr(command, name))
    db.add(draft)
    touch(db, sitting.meeting, by=by, at=at, page="meeting.draft")
    return draft


def saved_draft(sitting: Sitting) -> dict[str, object]:
    """What is saved now, by the names of the form's fields."""
    outcomes = {f"outcome_{number}": words(outcome) for number, outcome in sitting.chosen.items()}
    return {**outcomes, **typed_of(sitting), "version": draft_mark(sitting)}


def typed_of(sitting: Sitting) -> dict[str, Any]:
    """What the chair has typed so far, by the names of the form's fields."""
    return {name: getattr(sitting.draft, name) if sitting.draft else None for name in TYPED}


def _begun(db: Session, sitting: Sitting) -> DraftDecision:
    """The draft; the first time it starts from the steps that the case manager proposes."""
    if sitting.draft is not None:
        return sitting.draft
    draft = DraftDecision(item_id=sitting.item.id)
    db.add(draft)
    db.flush()
    for place, step in enumerate(sitting.proposed, 1):
        db.add(DraftCondition(draft_id=draft.id, **step_values(step) | {"place": place}))
    db.flush()
    return draft


def step_values(step: StepFields) -> dict[str, Any]:
    """What a step says, without the row that holds it; of a condition also what is only read out."""
    values = {name: getattr(step, name) for name in StepFields.model_fields}
    return values | {"sealed": getattr(step, "sealed", "")}


def condition(
    db: Session,
    referral: Referral,
    command: StepCommand,
    number: int | None,
    *,
    seen: int | None,
    by: Actor,
    at: datetime,
) -> DraftCondition:
    """Add a condition, or change the one with this number. Raises `Missing`, or `Stale` if it was changed."""
    sitting = lock_sitting(db, referral, today=today_in_london(at), expect=False)
    must_lead(sitting, by)
    draft = _begun(db, sitting)
    if number is None:
        last = max((step.place for step in sitting.steps), default=0)
        row = DraftCondition(draft_id=draft.id, place=last + 1, due_on=command.due_on)
    else:
        row = _condition(db, draft, number)
        if seen != condition_mark(row):
            raise Stale(row.model_dump() | {"version": condition_mark(row)})
    row.sqlmodel_update(command.model_dump())
    db.add(row)
    touch(db, sitting.meeting, by=by, at=at, page="meeting.condition")
    return row


def remove_condition(db: Session, referral: Referral, number: int, *, by: Actor, at: datetime) -> None:
    """Take a condition out of the draft. Raises `Missing`."""
    sitting = lock_sitting(db, referral, today=today_in_london(at), expect=False)
    must_lead(sitting, by)
    if sitting.draft is None:
        raise Missing()
    db.delete(_condition(db, sitting.draft, number))
    touch(db, sitting.meeting, by=by, at=at, page="meeting.remove_condition")


def _condition(db: Session, draft: DraftDecision, number: int) -> DraftCondition:
    query = select(DraftCondition).where(
        DraftCondition.id == number, col(DraftCondition.draft_id) == draft.id
    )
    found = db.exec(query).first()
    if found is None:
        raise Missing()
    return found


def condition_mark(row: DraftCondition) -> int:
    """The version of one condition."""
    return mark(row.model_dump())
