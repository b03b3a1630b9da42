"""Counting what came after decisions: what compliance asks about (PAN-2)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from panel.decisions.models import Decision
from panel.decisions.standing import decisions_of
from panel.decisions.standing_models import Escalation, PoliceDecision, Rescission
from panel.errors import Missing
from panel.referrals.models import Referral
from panel.rulings.models import Correction, DecisionConcern
from workflows.ruling import Status


@dataclass(frozen=True)
class Counts:
    """Decisions of an area that took place in a time, and what became of them."""

    decided: int
    otherwise: int
    rescinded: int
    corrected: int
    doubted: int
    escalated: int


def counts(db: Session, area_id: int, since: date, until: date) -> Counts:
    """How many decisions took place from `since` to `until`, and to how many of them something happened."""
    of_area = (
        select(Decision.id)
        .join(Referral, col(Referral.id) == col(Decision.referral_id))
        .where(Referral.area_id == area_id, Decision.took_place_on >= since, Decision.took_place_on <= until)
    )
    distinct = func.count(func.distinct(Decision.id))

    def of(table: type[PoliceDecision | Rescission | Correction | DecisionConcern], *more: bool) -> int:
        query = select(distinct).join(table, col(table.decision_id) == col(Decision.id))
        return db.exec(query.where(col(Decision.id).in_(of_area), *more)).one()

    case_ids = select(Decision.referral_id).where(col(Decision.id).in_(of_area))
    escalated = select(func.count(func.distinct(Escalation.referral_id)))
    return Counts(
        decided=db.exec(select(func.count()).select_from(of_area.subquery())).one(),
        otherwise=of(PoliceDecision),
        rescinded=of(Rescission, Rescission.status == Status.CONFIRMED),
        corrected=of(Correction, Correction.status == Status.CONFIRMED),
        doubted=of(DecisionConcern),
        escalated=db.exec(escalated.where(col(Escalation.referral_id).in_(case_ids))).one(),
    )


def decision_at(db: Session, referral: Referral, number: int) -> Decision:
    """A decision by its place in the case, from 1. Raises `Missing`."""
    found = decisions_of(db, referral.id)
    if not 1 <= number <= len(found):
        raise Missing()
    return found[number - 1][0]
