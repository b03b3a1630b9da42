"""The rows of audits: one for each finished audit, and one for each case that is fully audited."""

from typing import Any

from sqlmodel import col

from panel.audits.models import AuditedCase, AuditModeration, AuditRound, CaseAudit
from panel.audits.queries import complete, stands
from panel.audits.results import RIGHT
from panel.children.models import Child
from panel.figures.case_rows import OF_CHILD, of_child
from panel.figures.json_rows import Gathered, Part, day, london_day
from panel.referrals.models import Referral
from workflows.audit import Answer

Row = dict[str, Any]
AUDITED = (
    *("finished_on", "disposal_right", "safety_class", "harm_class", "recorded_safety", "recorded_harm"),
)
OF_CASE: tuple[str, ...] = ("reference", "area_id", "outcome", "created_at")
# Both are broken down like the case that was audited.
ABOUT = (
    {name: getattr(Referral, name) for name in OF_CASE}
    | {"referred_at": col(Referral.submitted_at)}
    | {name: getattr(Child, name) for name in OF_CHILD}
)
CHILD = (Child, col(Child.id) == col(Referral.child_id))
SAMPLED = (AuditedCase, col(AuditedCase.id) == col(CaseAudit.case_id))
ROUND = (AuditRound, col(AuditRound.id) == col(AuditedCase.round_id))
AUDIT_PARTS = (
    Part(
        "audit",
        col(CaseAudit.id),
        {name: getattr(CaseAudit, name) for name in AUDITED} | ABOUT,
        joins=(CHILD, SAMPLED, ROUND),
        where=(col(CaseAudit.finished_on).is_not(None), complete(), stands()),
        start=CaseAudit.__table__.join(Referral.__table__, col(Referral.id) == col(CaseAudit.referral_id)),  # type: ignore[attr-defined]
    ),
)
AUDITED_PARTS = (
    Part(
        "audited",
        col(AuditedCase.id),
        ABOUT,
        joins=(CHILD, ROUND),
        where=(complete(), stands()),
        start=AuditedCase.__table__.join(  # type: ignore[attr-defined]
            Referral.__table__,  # type: ignore[attr-defined]
            col(Referral.id) == col(AuditedCase.referral_id),
        ),
    ),
    Part(
        "audit",
        col(CaseAudit.case_id),
        {name: getattr(CaseAudit, name) for name in ("finished_on", "disposal_right")},
        where=(col(CaseAudit.finished_on).is_not(None),),
    ),
    Part(
        "settled",
        col(AuditModeration.case_id),
        {"settled": col(AuditModeration.settled)},
        where=(col(AuditModeration.item) == RIGHT,),
    ),
)


def audit_of(number: int, of: Gathered, _on: object) -> Row:
    """The row of a finished audit: whether the auditor agrees; None where either says nothing."""
    said = of.one("audit")
    return _about(number, said) | {
        "finished_on": day(said.finished_on),
        "disposal_right": _yes(said.disposal_right),
        "safety_agrees": _agrees(said.safety_class, said.recorded_safety),
        "harm_agrees": _agrees(said.harm_class, said.recorded_harm),
    }


def audited_of(number: int, of: Gathered, _on: object) -> Row:
    """The row of a case that is fully audited: what counts is what its auditors agree on, or was settled."""
    audits, settled = of.all("audit"), of.one("settled")
    said = {_yes(one.disposal_right) for one in audits}
    agreed = next(iter(said)) if len(said) == 1 else None
    return _about(number, of.one("audited")) | {
        "audited_on": max(filter(None, (day(one.finished_on) for one in audits)), default=None),
        "disposal_right": agreed if settled is None else settled.settled == Answer.YES.value,
        "to_settle": settled is None and len(said) > 1,
    }


def _about(number: int, said: Any) -> Row:
    return of_child(said, london_day(said.referred_at) or london_day(said.created_at)) | {
        "subject_id": number,
        "reference": said.reference,
        "area_id": said.area_id,
        "outcome": said.outcome or "",
    }


def _yes(said: Any) -> bool | None:
    return None if said is None else bool(said)


def _agrees(auditor: str | None, recorded: str | None) -> bool | None:
    return None if auditor is None or recorded is None else auditor == recorded
