"""What case managers and managers do with an assessment."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from panel.access import Actor
from panel.assessments.commands import Writing
from panel.assessments.judging import facts_of
from panel.assessments.models import Assessment
from panel.assessments.queries import assessment_of
from panel.assessments.reading import section_of
from panel.assessments.versions import pin
from panel.assessments.written import Section
from panel.concerns.actions import answer_all
from panel.errors import Missing
from panel.history.record import case_chain, record
from panel.notifications.actions import finish_for_case, notify
from panel.notifications.models import Why
from panel.referrals.models import Referral
from panel.referrals.moves import settle, tell
from workflows.assessment import ASSESSMENT, HMIP, Status
from workflows.assessment_parts import BY_KEY
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
    """Write every section and judgement in one go. Raises `Missing` for somebody else's case."""
    assessment = begun(db, referral, by=by)
    values = command.model_dump()
    texts = {key: values.pop(key) for key in BY_KEY}
    assessment.sqlmodel_update(values)
    db.add(assessment)
    db.flush()
    for key, text in texts.items():
        keep_section(db, assessment, key, text, by=by, at=at)
    tell(db, referral, "assessment", by=by, at=at)
    return assessment


def keep_section(
    db: Session, assessment: Assessment, key: str, text: str, *, by: Actor, at: datetime
) -> None:
    """Keep the text of one section under the name of whoever changed it last."""
    section = section_of(db, assessment, key)
    if section is None and not text:
        return
    section = section or Section(assessment_id=assessment.id, key=key)
    if section.text != text:
        section.text, section.edited_by_id, section.edited_at = text, by.id, at
        db.add(section)


def begun(db: Session, referral: Referral, *, by: Actor) -> Assessment:
    """The assessment that this person writes, started when there is none. Raises `Missing` or `Refused`."""
    assessment = _mine(db, referral, by=by)
    writable(referral, assessment)
    if assessment is None:
        assessment = Assessment(referral_id=referral.id, author_id=by.id)
        db.add(assessment)
        db.flush()
    return assessment


def _mine(db: Session, referral: Referral, *, by: Actor) -> Assessment | None:
    if referral.case_manager_id != by.id:
        raise Missing()
    return assessment_of(db, referral.id)


def submit(db: Session, referral: Referral, *, by: Actor, at: datetime, overrides: Mapping[str, str]) -> None:
    """Hand the assessment to the managers for countersigning (ASM-4)."""
    assessment = _mine(db, referral, by=by)
    if assessment is None:
        raise Missing()
    under_way(referral)
    facts = facts_of(db, referral, assessment, by=by, today=today_in_london(at))
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
