"""From a case, or from what a figure counts, to the page on which the audits of it are read."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from panel.access import Actor
from panel.audits.models import AuditedCase, AuditRound, CaseAudit
from panel.audits.queries import complete
from panel.referrals.conflicts import shut_out
from panel.referrals.models import Referral
from panel.rounds.queries import READERS
from workflows.audit import IN_SAMPLE

# What a row of a figure is, and the column of its number.
BY: dict[str, Any] = {"case": AuditedCase.referral_id, "audited": AuditedCase.id, "audit": CaseAudit.id}


@dataclass(frozen=True)
class Audited:
    """One case of a round that everybody has audited who was to; of one audit of two also which it is."""

    reference: str
    place: int
    referral_id: int
    turn: int | None = None
    finished_on: date | None = None


def audited_in(db: Session, actor: Actor, kind: str, numbers: Collection[int]) -> dict[int, list[Audited]]:
    """Where the audits of these subjects are read, the newest first; only what this person may read.

    Nothing of a case that is not fully audited: the second auditor must not find out what the first one
    wrote. Nothing of a case in which the reader has a conflict of interest.
    """
    if kind not in BY or not numbers:
        return {}
    query: Any = (
        select(BY[kind], AuditRound.reference, AuditedCase.place, AuditedCase.referral_id)
        .select_from(AuditedCase)
        .join(AuditRound, col(AuditRound.id) == AuditedCase.round_id)
        .join(Referral, col(Referral.id) == AuditedCase.referral_id)
        .where(
            col(BY[kind]).in_(numbers),
            col(AuditRound.area_id).in_(actor.areas_as(*READERS)),
            col(AuditedCase.status).in_(IN_SAMPLE),
            complete(),
            ~shut_out(actor.id),
        )
        .order_by(col(AuditRound.id).desc(), col(AuditedCase.place))
    )
    if kind == "audit":
        query = query.join(CaseAudit, col(CaseAudit.case_id) == AuditedCase.id)
    found: dict[int, list[Audited]] = {}
    for number, reference, place, referral in db.exec(query):
        found.setdefault(int(number), []).append(Audited(reference, int(place), int(referral)))
    return _told_apart(db, found) if kind == "audit" else found


def _told_apart(db: Session, found: dict[int, list[Audited]]) -> dict[int, list[Audited]]:
    """Say of each audit of a case that two people audited whether it was the first, and its day."""
    asked = select(CaseAudit.case_id).where(col(CaseAudit.id).in_(list(found)))
    shown: Any = (CaseAudit.id, CaseAudit.case_id, CaseAudit.finished_on)
    query = select(*shown).where(col(CaseAudit.case_id).in_(asked), col(CaseAudit.finished_on).is_not(None))
    by_case: dict[int, list[tuple[int, date | None]]] = {}
    for number, case, day in db.exec(query.order_by(col(CaseAudit.signed_off_at), col(CaseAudit.id))):
        by_case.setdefault(case, []).append((number, day))
    told = {
        number: (turn, day)
        for audits in by_case.values()
        if len(audits) > 1
        for turn, (number, day) in enumerate(audits, 1)
    }
    return {
        number: [replace(one, turn=told[number][0], finished_on=told[number][1]) for one in ones]
        if number in told
        else ones
        for number, ones in found.items()
    }
