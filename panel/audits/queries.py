"""Reading case audits: managers and inspectors see rounds of their area, auditors the rounds they are in."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy import case as when
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from panel.access import Actor
from panel.assessments.models import Assessment
from panel.assessments.version_models import AssessmentVersion, Countersignature
from panel.audits.models import AuditedCase, AuditMember, AuditRound, CaseAudit
from panel.contacts.models import Contact
from panel.handovers.queries import had
from panel.referrals.conflict_models import Conflict
from panel.referrals.conflicts import in_force
from panel.referrals.models import Referral
from panel.referrals.queries import scope
from panel.rounds.queries import Rounds, holding
from workflows.audit import AUDITOR_ROLES, IN_SAMPLE, AuditStatus, CaseStatus, RoundStatus
from workflows.roles import Role

CONFLICT = "person with a conflict of interest"
AUDITS = Rounds("audit", AuditRound, AuditedCase, AuditMember, AUDITOR_ROLES, IN_SAMPLE)
audit_chain, rounds, audited_by = AUDITS.chain, AUDITS.of_areas, AUDITS.judged_by
round_for, sample_for, lock_round = AUDITS.round_for, AUDITS.sample_for, AUDITS.lock
cases_of, sample_of, case_at, members_of = (
    AUDITS.cases_of,
    AUDITS.sample_of,
    AUDITS.case_at,
    AUDITS.members_of,
)


def audits_of(db: Session, case_ids: Collection[int]) -> list[CaseAudit]:
    """The audits of these cases, in the order in which they were finished."""
    query = select(CaseAudit).where(col(CaseAudit.case_id).in_(case_ids))
    found = db.exec(query.order_by(col(CaseAudit.id))).all()
    return sorted(found, key=lambda a: (a.signed_off_at is None, a.signed_off_at or a.began_at, a.id))


def finished_of(db: Session, case_ids: Collection[int]) -> dict[int, list[CaseAudit]]:
    """The finished audits of each of these cases, the first one first."""
    found: dict[int, list[CaseAudit]] = {case_id: [] for case_id in case_ids}
    for audit in audits_of(db, case_ids):
        if audit.status is AuditStatus.FINISHED:
            found[audit.case_id].append(audit)
    return found


def own_audit(db: Session, case: AuditedCase, actor: Actor, *, lock: bool = False) -> CaseAudit | None:
    """What this auditor wrote about a case."""
    query = select(CaseAudit).where(CaseAudit.case_id == case.id, CaseAudit.auditor_id == actor.id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.exec(query).first()


def needed(case: AuditedCase) -> int:
    """How many people audit a case."""
    return 2 if case.twice else 1


def complete() -> ColumnElement[bool]:
    """Whether everybody who is to audit an `AuditedCase` has finished; before that nothing of it is told."""
    done = aliased(CaseAudit)
    finished = select(func.count()).where(
        col(done.case_id) == col(AuditedCase.id), col(done.finished_on).is_not(None)
    )
    wanted = when((col(AuditedCase.twice).is_(True), 2), else_=1)
    return finished.correlate(AuditedCase).scalar_subquery() >= wanted


def stands() -> ColumnElement[bool]:
    """Whether the sample of an `AuditRound` stands for its period: a dropped one stands for nothing."""
    return col(AuditRound.status) != RoundStatus.DROPPED


def able(db: Session, area_id: int, *, today: date) -> list[tuple[int, str, Role]]:
    """Who may be invited: managers, inspectors and case managers of the area."""
    query = holding(area_id, AUDITOR_ROLES, today=today)
    return [(int(number), str(name), Role(role)) for number, name, role in db.exec(query)]


def ties(db: Session, referral_ids: Collection[int], user_id: int) -> dict[int, tuple[str, ...]]:
    """What a person was in these cases, in words; who was anything does not audit it."""
    return {case: what for (case, _), what in ties_of(db, referral_ids, [user_id]).items()}


def ties_of(
    db: Session, referral_ids: Collection[int], user_ids: Collection[int]
) -> dict[tuple[int, int], tuple[str, ...]]:
    """What which of these people was in which of these cases, in words."""
    found: dict[tuple[int, int], set[str]] = {}
    for both in had(db, referral_ids, user_ids):
        found.setdefault(both, set()).add("case manager before")
    for says, query in _tying().items():
        case, user = query.selected_columns
        for one, who in db.exec(query.where(case.in_(referral_ids), user.in_(user_ids))):
            found.setdefault((int(one), int(who)), set()).add(says)
    return {both: tuple(sorted(what)) for both, what in found.items()}


def _tying() -> dict[str, Any]:
    """For each thing that a person may have been in a case the query of cases and people."""
    case = col(Assessment.referral_id)
    versions = col(AssessmentVersion.assessment_id) == Assessment.id
    signed = col(Countersignature.version_id) == AssessmentVersion.id
    return {
        "case manager": select(Referral.id, Referral.case_manager_id),
        "worker": select(Contact.referral_id, Contact.worker_id).distinct(),
        CONFLICT: select(Conflict.referral_id, Conflict.user_id).where(in_force()),
        "author": select(case, Assessment.author_id),
        "author of a version": select(case, AssessmentVersion.by_id).join(AssessmentVersion, versions),
        "countersigner": select(case, Countersignature.by_id)
        .join(AssessmentVersion, versions)
        .join(Countersignature, signed),
        "countersigner of the assessment": select(case, Assessment.countersigned_by_id),
    }


def waiting_for(db: Session, actor: Actor, round_id: int | None = None) -> list[AuditedCase]:
    """The cases that this auditor can still audit: begun by them, or with a place left and no tie."""
    query = (
        select(AuditedCase)
        .join(AuditRound, col(AuditRound.id) == AuditedCase.round_id)
        .where(
            *AUDITS.mine(actor), AuditRound.status == RoundStatus.OPEN, AuditedCase.status == CaseStatus.DRAWN
        )
    )
    if round_id is not None:
        query = query.where(AuditRound.id == round_id)
    cases = db.exec(query.order_by(col(AuditedCase.round_id), col(AuditedCase.place))).all()
    if not cases:
        return []
    audits = audits_of(db, [case.id for case in cases])
    tied = ties(db, [case.referral_id for case in cases], actor.id)
    return [case for case in cases if case.referral_id not in tied and _waits(case, audits, actor)]


def _waits(case: AuditedCase, audits: Sequence[CaseAudit], actor: Actor) -> bool:
    here = [audit for audit in audits if audit.case_id == case.id]
    mine = next((audit for audit in here if audit.auditor_id == actor.id), None)
    if mine is not None:
        return mine.status is not AuditStatus.FINISHED
    return len(here) < needed(case)


def told_of(db: Session, referral_id: int) -> list[AuditedCase]:
    """What audits fed back to a case, the newest first."""
    query = select(AuditedCase).where(
        AuditedCase.referral_id == referral_id, AuditedCase.status == CaseStatus.FED_BACK
    )
    return list(db.exec(query.order_by(col(AuditedCase.id).desc())))


def references_of(db: Session, round_ids: Collection[int]) -> dict[int, str]:
    """The references of rounds by their numbers."""
    query = select(AuditRound.id, AuditRound.reference).where(col(AuditRound.id).in_(round_ids))
    return {int(number): str(reference) for number, reference in db.exec(query)}


def opens(db: Session, referral_id: int, actor: Actor) -> bool:
    """Whether this person's roles open the case itself."""
    query = select(Referral.id).where(Referral.id == referral_id, scope(actor))
    return db.exec(query).first() is not None
