"""Reading case audits: managers and inspectors see rounds of their area, auditors the rounds they are in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy import case as when
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, func, or_, select

from panel.access import Actor
from panel.accounts.models import Membership, User
from panel.assessments.models import Assessment
from panel.assessments.version_models import AssessmentVersion, Countersignature
from panel.audits.models import AuditedCase, AuditMember, AuditRound, CaseAudit
from panel.contacts.models import Contact
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import log_access
from panel.referrals.conflict_models import Conflict
from panel.referrals.conflicts import in_force
from panel.referrals.models import Referral
from panel.referrals.queries import scope
from workflows.audit import AUDITOR_ROLES, IN_SAMPLE, AuditStatus, CaseStatus, RoundStatus
from workflows.roles import Role

READERS = (Role.YOT_MANAGER, Role.INSPECTOR)
PAGE = 50


def audit_chain(round_id: int) -> str:
    """The chain of a round."""
    return f"audit:{round_id}"


def rounds(db: Session, areas: Collection[int], *, after: int | None = None) -> list[AuditRound]:
    """One page of the rounds of some areas, the newest first, from behind `after` on."""
    where = [col(AuditRound.area_id).in_(areas)] + ([col(AuditRound.id) < after] if after else [])
    query = select(AuditRound).where(*where).order_by(col(AuditRound.id).desc())
    return list(db.exec(query.limit(PAGE + 1)))


def _mine(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """The rounds in which this person audits, as long as they still hold a role that may."""
    return (
        col(AuditMember.user_id) == actor.id,
        col(AuditRound.area_id).in_(actor.areas_as(*AUDITOR_ROLES)),
    )


def audited_by(db: Session, actor: Actor) -> list[AuditRound]:
    """The rounds in which this person is an auditor, the newest first."""
    query = select(AuditRound).join(AuditMember, col(AuditMember.round_id) == AuditRound.id)
    return list(db.exec(query.where(*_mine(actor)).order_by(col(AuditRound.id).desc()).limit(PAGE)))


def round_for(db: Session, actor: Actor, reference: str, *, at: datetime, page: str) -> AuditRound:
    """A round of one of the reader's areas. Raises `Missing`; logs the look."""
    area = col(AuditRound.area_id).in_(actor.areas_as(*READERS))
    found = db.exec(select(AuditRound).where(AuditRound.reference == reference, area)).first()
    return _looked(db, found, actor, at, page)


def sample_for(db: Session, actor: Actor, reference: str, *, at: datetime, page: str) -> AuditRound:
    """A round in which this person audits. Raises `Missing`; logs the look."""
    query = select(AuditRound).join(AuditMember, col(AuditMember.round_id) == AuditRound.id)
    found = db.exec(query.where(AuditRound.reference == reference, *_mine(actor))).first()
    return _looked(db, found, actor, at, page)


def either_for(db: Session, actor: Actor, reference: str, *, at: datetime, page: str) -> AuditRound:
    """A round that this person reads or audits. Raises `Missing`; logs the look."""
    member = select(AuditMember.round_id).where(AuditMember.user_id == actor.id)
    reads = col(AuditRound.area_id).in_(actor.areas_as(*READERS))
    audits = and_(col(AuditRound.area_id).in_(actor.areas_as(*AUDITOR_ROLES)), col(AuditRound.id).in_(member))
    found = db.exec(select(AuditRound).where(AuditRound.reference == reference, or_(reads, audits))).first()
    return _looked(db, found, actor, at, page)


def _looked(db: Session, found: AuditRound | None, actor: Actor, at: datetime, page: str) -> AuditRound:
    if found is None:
        raise Missing()
    log_access(db, Operation.CONSULTATION, audit_chain(found.id), by=actor, at=at, page=page)
    return found


def cases_of(db: Session, round_id: int) -> list[AuditedCase]:
    """Every case that was ever in the sample, in order."""
    query = select(AuditedCase).where(AuditedCase.round_id == round_id).order_by(col(AuditedCase.place))
    return list(db.exec(query))


def sample_of(db: Session, round_id: int) -> list[AuditedCase]:
    """The cases that are in the sample now."""
    return [case for case in cases_of(db, round_id) if case.status in IN_SAMPLE]


def case_at(db: Session, round_id: int, place: int, *, lock: bool = False) -> AuditedCase:
    """One case of a round by its number. Raises `Missing`."""
    query = select(AuditedCase).where(AuditedCase.round_id == round_id, AuditedCase.place == place)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = db.exec(query).first()
    if found is None:
        raise Missing()
    return found


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


@dataclass(frozen=True)
class Auditor:
    """Somebody who audits in a round."""

    user_id: int
    name: str


def members_of(db: Session, round_id: int) -> list[Auditor]:
    """The auditors of a round, by name."""
    query = (
        select(User.id, User.name)
        .join(AuditMember, col(AuditMember.user_id) == User.id)
        .where(AuditMember.round_id == round_id)
        .order_by(col(User.name), col(User.id))
    )
    return [Auditor(int(number), str(name)) for number, name in db.exec(query)]


def able(db: Session, area_id: int, *, today: date) -> list[tuple[int, str, Role]]:
    """Who may be invited: managers, inspectors and case managers of the area."""
    lasts = or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= today)
    query = (
        select(User.id, User.name, Membership.role)
        .join(Membership, col(Membership.user_id) == User.id)
        .where(
            Membership.area_id == area_id,
            col(Membership.role).in_(AUDITOR_ROLES),
            lasts,
            col(User.disabled_at).is_(None),
        )
        .order_by(col(User.name), col(User.id))
    )
    return [(int(number), str(name), Role(role)) for number, name, role in db.exec(query)]


def ties(db: Session, referral_ids: Collection[int], user_id: int) -> dict[int, tuple[str, ...]]:
    """What a person was in these cases, in words; who was anything does not audit it."""
    found: dict[int, set[str]] = {}
    asked = {
        "case manager": select(Referral.id).where(Referral.case_manager_id == user_id),
        "worker": select(Contact.referral_id).where(Contact.worker_id == user_id),
        "person with a conflict of interest": select(Conflict.referral_id).where(
            Conflict.user_id == user_id, in_force()
        ),
        "author": select(Assessment.referral_id).where(Assessment.author_id == user_id),
        "author of a version": select(Assessment.referral_id)
        .join(AssessmentVersion, col(AssessmentVersion.assessment_id) == Assessment.id)
        .where(AssessmentVersion.by_id == user_id),
        "countersigner": select(Assessment.referral_id)
        .join(AssessmentVersion, col(AssessmentVersion.assessment_id) == Assessment.id)
        .join(Countersignature, col(Countersignature.version_id) == AssessmentVersion.id)
        .where(Countersignature.by_id == user_id),
        "countersigner of the assessment": select(Assessment.referral_id).where(
            Assessment.countersigned_by_id == user_id
        ),
    }
    for says, query in asked.items():
        rows: Any = query.where(next(iter(query.selected_columns)).in_(referral_ids))
        for number in db.exec(rows):
            found.setdefault(int(number), set()).add(says)
    return {number: tuple(sorted(what)) for number, what in found.items()}


def waiting_for(db: Session, actor: Actor, round_id: int | None = None) -> list[AuditedCase]:
    """The cases that this auditor can still audit: begun by them, or with a place left and no tie."""
    query = (
        select(AuditedCase)
        .join(AuditRound, col(AuditRound.id) == AuditedCase.round_id)
        .join(AuditMember, col(AuditMember.round_id) == AuditRound.id)
        .where(*_mine(actor), AuditRound.status == RoundStatus.OPEN, AuditedCase.status == CaseStatus.DRAWN)
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
