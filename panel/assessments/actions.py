"""What case managers and managers do with an assessment."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from panel.access import Actor
from panel.assessments.commands import Writing
from panel.assessments.judging import facts_of
from panel.assessments.models import Assessment, ProposedStep
from panel.assessments.queries import assessment_of, proposed_step, proposed_steps
from panel.assessments.versions import pin
from panel.concerns.actions import answer_all
from panel.errors import Missing
from panel.history.record import case_chain, record
from panel.notifications.actions import finish_for_case, notify
from panel.notifications.models import Why
from panel.referrals.models import Referral
from panel.referrals.moves import settle, tell
from panel.stepcommand import StepCommand
from workflows.assessment import ASSESSMENT, HMIP, Status
from workflows.calendar import deadline, today_in_london
from workflows.case import Status as CaseStatus
from workflows.concerns import Follows
from workflows.flow import Refusal, Refused
from workflows.roles import Role

NOT_NOW = "This case is not being assessed now, so its assessment stays as it is."
SUBMITTED = "A manager has the assessment, to countersign it or give it back. Until then it stays as it is."
SIGNED = "The assessment has been countersigned: the panel reads it as it is, so it is not changed."
DONE_BY_SUBMITTING = (Why.CASE_ALLOCATED, Why.ASSESSMENT_GIVEN_BACK, Why.ASSESSMENT_REOPENED)


def writable(referral: Referral, assessment: Assessment | None) -> None:
    """Raise `Refused` unless the case is being assessed and the assessment is with its author."""
    if assessment is not None and assessment.status is Status.COUNTERSIGNED:
        _refuse("write", SIGNED)
    under_way(referral)
    if assessment is not None and assessment.status is Status.SUBMITTED:
        _refuse("write", SUBMITTED)


def under_way(referral: Referral) -> None:
    """Raise `Refused` unless the case is being assessed."""
    if referral.status is not CaseStatus.ACCEPTED:
        _refuse("write", NOT_NOW)


def _refuse(act: str, says: str) -> None:
    raise Refused("assessment", act, (Refusal("not_writable", says, "ASM-4", HMIP, True, "assessment"),))


def write(db: Session, referral: Referral, command: Writing, *, by: Actor, at: datetime) -> Assessment:
    """Save what is written so far; the first time starts it. Raises `Missing` for somebody else's case."""
    assessment = _begun(db, referral, by=by)
    assessment.sqlmodel_update(command.model_dump())
    db.add(assessment)
    tell(db, referral, "assessment", by=by, at=at)
    return assessment


def _begun(db: Session, referral: Referral, *, by: Actor) -> Assessment:
    assessment = _mine(db, referral, by=by)
    writable(referral, assessment)
    return assessment or Assessment(referral_id=referral.id, author_id=by.id)


def _mine(db: Session, referral: Referral, *, by: Actor) -> Assessment | None:
    if referral.case_manager_id != by.id:
        raise Missing()
    return assessment_of(db, referral.id)


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
    assessment = _begun(db, referral, by=by)
    db.add(assessment)
    db.flush()
    if number is None:
        last = max((step.place for step in proposed_steps(db, assessment.id)), default=0)
        step = ProposedStep(assessment_id=assessment.id, place=last + 1, **command.model_dump())
    else:
        step = proposed_step(db, assessment.id, number)
        step.sqlmodel_update(command.model_dump())
    db.add(step)
    tell(db, referral, "save_step", by=by, at=at)
    return step


def remove_step(db: Session, referral: Referral, number: int, *, by: Actor, at: datetime) -> None:
    """Take a proposed step away. Raises `Missing` for a step of another case."""
    assessment = _begun(db, referral, by=by)
    db.delete(proposed_step(db, assessment.id, number))
    db.flush()
    tell(db, referral, "remove_step", by=by, at=at)


def submit(db: Session, referral: Referral, *, by: Actor, at: datetime, overrides: Mapping[str, str]) -> None:
    """Hand the assessment to the managers for countersigning (ASM-4)."""
    assessment = _mine(db, referral, by=by)
    if assessment is None:
        raise Missing()
    under_way(referral)
    facts = facts_of(db, referral, assessment, by=by)
    step = ASSESSMENT.step("submit", assessment.status, facts, by.roles_in(referral.area_id), overrides)
    version = pin(db, referral, assessment, by_id=by.id, at=at)
    said, chain = {"version": str(version.number), "digest": version.digest}, case_chain(referral.id)
    event = record(db, assessment, step, flow="assessment", chain=chain, by=by, at=at, facts=said)
    db.add(assessment)
    assessment.submitted_at = at
    answer_all(db, referral, Follows.IN_ASSESSMENT, f"Version {version.number} was submitted", by=by, at=at)
    settle(db, referral, by=by, at=at, page="assessment.submit")
    finish_for_case(db, referral.id, DONE_BY_SUBMITTING, by=by, at=at)
    notify(
        db,
        why=Why.ASSESSMENT_TO_COUNTERSIGN,
        area_id=referral.area_id,
        referral_id=referral.id,
        key=f"{referral.reference}-{Why.ASSESSMENT_TO_COUNTERSIGN.value}-{event.seq}",
        at=at,
        to_role=Role.YOT_MANAGER,
        due_on=deadline("countersign_due", today_in_london(at), "Countersign").due,
    )
