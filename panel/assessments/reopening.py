"""Opening a submitted or countersigned assessment again: the signature is void, and kept (ASM-4, ASM-5)."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from panel.access import Actor
from panel.assessments.judging import facts_of, submitted_version
from panel.assessments.models import Assessment
from panel.assessments.queries import assessment_of
from panel.assessments.version_models import AssessmentVersion, Countersignature
from panel.concerns.actions import answer_all
from panel.errors import Missing
from panel.history.record import case_chain, record
from panel.notifications.actions import finish_for_case, notify
from panel.notifications.models import Why
from panel.referrals.models import Referral
from panel.referrals.moves import move, settle
from panel.referrals.queries import case_facts
from workflows.assessment import ASSESSMENT
from workflows.calendar import deadline, today_in_london
from workflows.case import Status as CaseStatus
from workflows.concerns import Follows
from workflows.countersigning import Verdict
from workflows.roles import Role


def reopen(
    db: Session,
    referral: Referral,
    reason: str,
    *,
    sitting: bool,
    by: Actor,
    at: datetime,
) -> Assessment:
    """Give the assessment back to its author's desk and the case to its assessment.

    `sitting` tells whether the panel sits on the case now. Raises `Missing` for somebody else's case and
    `Refused` while the panel sits or when it has decided.
    """
    assessment = _mine(db, referral, by=by)
    submitted_version(db, referral, assessment, at=at)
    facts = facts_of(db, referral, assessment, by=by, comment=reason)
    step = ASSESSMENT.step("reopen", assessment.status, facts, by.roles_in(referral.area_id))
    said, chain = {"reason": reason}, case_chain(referral.id)
    referral.reopened_at, referral.assessed_at = at, None
    if referral.status is CaseStatus.ACCEPTED:
        settle(db, referral, by=by, at=at, page="assessment.reopen")
    else:
        today = today_in_london(at)
        now = replace(case_facts(db, referral, today=today, reason=reason), meeting_open=sitting)
        move(db, referral, "reassess", now, by=by, at=at, said=said)
    record(db, assessment, step, flow="assessment", chain=chain, by=by, at=at, facts=said)
    assessment.submitted_at = assessment.countersigned_at = assessment.countersigned_by_id = None
    _void(db, assessment, reason, by=by, at=at)
    answer_all(db, referral, Follows.REASSESS, reason, by=by, at=at)
    _tell(db, referral, by=by, at=at)
    return assessment


def _mine(db: Session, referral: Referral, *, by: Actor) -> Assessment:
    assessment = assessment_of(db, referral.id)
    manages = Role.YOT_MANAGER in by.roles_in(referral.area_id)
    if assessment is None or not (manages or referral.case_manager_id == by.id):
        raise Missing()
    return assessment


def _void(db: Session, assessment: Assessment, reason: str, *, by: Actor, at: datetime) -> None:
    query = (
        select(Countersignature)
        .join(AssessmentVersion, col(AssessmentVersion.id) == Countersignature.version_id)
        .where(
            AssessmentVersion.assessment_id == assessment.id,
            Countersignature.verdict == Verdict.SIGNED,
            col(Countersignature.voided_at).is_(None),
        )
    )
    for signature in db.exec(query):
        signature.voided_at, signature.voided_by_id, signature.voided_because = at, by.id, reason


def _tell(db: Session, referral: Referral, *, by: Actor, at: datetime) -> None:
    done = (
        Why.ASSESSMENT_TO_COUNTERSIGN,
        Why.SECOND_READING,
        Why.CASE_LISTED,
        Why.CASE_DEFERRED,
        Why.CASE_TO_LIST,
    )
    finish_for_case(db, referral.id, done, by=by, at=at)
    key = f"{referral.reference}-{Why.ASSESSMENT_REOPENED.value}-{referral.version}"
    due = deadline("reassessment_due", today_in_london(at), "Assessment due again").due
    if Role.YOT_MANAGER not in by.roles_in(referral.area_id):
        notify(
            db,
            why=Why.ASSESSMENT_REOPENED,
            area_id=referral.area_id,
            referral_id=referral.id,
            key=f"{key}-managers",
            at=at,
            to_role=Role.YOT_MANAGER,
        )
    if referral.case_manager_id not in (None, by.id):
        notify(
            db,
            why=Why.ASSESSMENT_REOPENED,
            area_id=referral.area_id,
            referral_id=referral.id,
            key=f"{key}-worker",
            at=at,
            to_user=referral.case_manager_id,
            due_on=due,
        )
