"""What case managers and managers do with an assessment."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from panel.access import Actor
from panel.assessments.commands import Comment, Writing
from panel.assessments.completeness import submission_facts
from panel.assessments.models import Assessment
from panel.assessments.queries import assessment_facts, assessment_of
from panel.assessments.reading import section_of
from panel.assessments.written import Section
from panel.errors import Missing
from panel.history.models import Event
from panel.history.record import case_chain, record
from panel.notifications.actions import finish_for_case, notify
from panel.notifications.models import Why
from panel.referrals.models import Referral
from panel.referrals.moves import move, settle, tell
from panel.referrals.queries import case_facts
from workflows.assessment import ASSESSMENT, HMIP, AssessmentFacts, Status
from workflows.assessment_parts import BY_KEY
from workflows.calendar import deadline, today_in_london
from workflows.case import Status as CaseStatus
from workflows.flow import Refusal, Refused
from workflows.roles import Role

NOT_NOW = "This case is not being assessed now, so its assessment stays as it is."
SUBMITTED = "A manager has the assessment, to countersign it or give it back. Until then it stays as it is."
SIGNED = "The assessment has been countersigned: the panel reads it as it is, so it is not changed."


def writable(referral: Referral, assessment: Assessment | None) -> None:
    """Raise `Refused` unless the case is being assessed and the assessment is with its author."""
    if assessment is not None and assessment.status is Status.COUNTERSIGNED:
        _refuse("write", SIGNED)
    _under_way(referral)
    if assessment is not None and assessment.status is Status.SUBMITTED:
        _refuse("write", SUBMITTED)


def _under_way(referral: Referral) -> None:
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
    _under_way(referral)
    facts = submission_facts(db, referral, assessment, by=by, today=today_in_london(at))
    event = _step(db, referral, assessment, "submit", by=by, at=at, overrides=overrides, facts=facts)
    assessment.submitted_at = at
    settle(db, referral, by=by, at=at, page="assessment.submit")
    finish_for_case(db, referral.id, (Why.CASE_ALLOCATED, Why.ASSESSMENT_GIVEN_BACK), by=by, at=at)
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


def to_judge(db: Session, referral: Referral) -> Assessment:
    """The assessment that managers judge. Raises `Missing` before it exists."""
    assessment = assessment_of(db, referral.id)
    if assessment is None:
        raise Missing()
    if assessment.status is not Status.COUNTERSIGNED:
        _under_way(referral)
    return assessment


def countersign(db: Session, referral: Referral, command: Comment, *, by: Actor, at: datetime) -> None:
    """Countersign: the assessment is final and the case is ready for the panel, in one go."""
    assessment = to_judge(db, referral)
    _step(db, referral, assessment, "countersign", by=by, at=at, comment=command.comment)
    assessment.comment = command.comment
    assessment.countersigned_at, assessment.countersigned_by_id = at, by.id
    referral.assessed_at = at
    facts = replace(case_facts(db, referral, today=today_in_london(at)), assessment_countersigned=True)
    move(db, referral, "assess", facts, by=by, at=at)
    finish_for_case(db, referral.id, (Why.ASSESSMENT_TO_COUNTERSIGN,), by=by, at=at)


def give_back(db: Session, referral: Referral, command: Comment, *, by: Actor, at: datetime) -> None:
    """Give the assessment back to its author with a comment that says what to do."""
    assessment = to_judge(db, referral)
    event = _step(db, referral, assessment, "give_back", by=by, at=at, comment=command.comment)
    assessment.comment = command.comment
    settle(db, referral, by=by, at=at, page="assessment.give_back")
    finish_for_case(db, referral.id, (Why.ASSESSMENT_TO_COUNTERSIGN,), by=by, at=at)
    notify(
        db,
        why=Why.ASSESSMENT_GIVEN_BACK,
        area_id=referral.area_id,
        referral_id=referral.id,
        key=f"{referral.reference}-{Why.ASSESSMENT_GIVEN_BACK.value}-{event.seq}",
        at=at,
        to_user=referral.case_manager_id or assessment.author_id,
    )


def _step(
    db: Session,
    referral: Referral,
    assessment: Assessment,
    name: str,
    *,
    by: Actor,
    at: datetime,
    comment: str = "",
    overrides: Mapping[str, str] | None = None,
    facts: AssessmentFacts | None = None,
) -> Event:
    facts = facts or assessment_facts(assessment, referral, by=by, comment=comment)
    step = ASSESSMENT.step(name, assessment.status, facts, by.roles_in(referral.area_id), overrides)
    db.add(assessment)
    return record(db, assessment, step, flow="assessment", chain=case_chain(referral.id), by=by, at=at)
