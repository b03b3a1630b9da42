"""The steps that a case manager proposes: written, put into order, taken away."""

from datetime import datetime

from sqlmodel import Session

from panel.access import Actor
from panel.assessments.actions import begun
from panel.assessments.models import ProposedStep
from panel.assessments.queries import proposed_step, proposed_steps
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from panel.stepcommand import StepCommand


def save_step(
    db: Session,
    referral: Referral,
    command: StepCommand,
    number: int | None = None,
    *,
    by: Actor,
    at: datetime,
) -> ProposedStep:
    """Add a proposed step, or change the one with this number. Raises `Missing` for one of another case."""
    assessment = begun(db, referral, by=by)
    if number is None:
        last = max((step.place for step in proposed_steps(db, assessment.id)), default=0)
        step = ProposedStep(assessment_id=assessment.id, place=last + 1, **command.model_dump())
    else:
        step = proposed_step(db, assessment.id, number)
        step.sqlmodel_update(command.model_dump())
    db.add(step)
    tell(db, referral, "save_step", by=by, at=at)
    return step


def move_step(
    db: Session, referral: Referral, number: int, *, earlier: bool, by: Actor, at: datetime
) -> None:
    """Put a step one place earlier or later; at the end of the list nothing changes."""
    assessment = begun(db, referral, by=by)
    steps, step = proposed_steps(db, assessment.id), proposed_step(db, assessment.id, number)
    here = steps.index(step)
    there = here - 1 if earlier else here + 1
    if 0 <= there < len(steps):
        steps[here], steps[there] = steps[there], steps[here]
    for place, item in enumerate(steps, 1):
        item.place = place
    tell(db, referral, "save_step", by=by, at=at)


def remove_step(db: Session, referral: Referral, number: int, *, by: Actor, at: datetime) -> None:
    """Take a proposed step away. Raises `Missing` for a step of another case."""
    assessment = begun(db, referral, by=by)
    db.delete(proposed_step(db, assessment.id, number))
    db.flush()
    tell(db, referral, "remove_step", by=by, at=at)
