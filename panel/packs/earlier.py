"""What this child was given before in this area."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, func, select

from panel.referrals.models import Referral
from workflows.calendar import long_date
from workflows.vocabulary import SERIOUSNESS, Outcome, words


@dataclass(frozen=True)
class Earlier:
    """How often one outcome was given, and when last."""

    outcome: Outcome
    count: int
    last_on: date


def earlier_disposals(db: Session, referral: Referral) -> list[Earlier]:
    """The disposals of this child's other cases in this area, by outcome, the lightest first (PAN-5)."""
    shown: Any = (Referral.outcome, func.count(), func.max(Referral.given_on))
    query: Any = (
        select(*shown)
        .where(
            Referral.child_id == referral.child_id,
            Referral.id != referral.id,
            Referral.area_id == referral.area_id,
            col(Referral.given_on).is_not(None),
            col(Referral.outcome).is_not(None),
        )
        .group_by(col(Referral.outcome))
    )
    found = [Earlier(Outcome(outcome), int(count), last) for outcome, count, last in db.exec(query) if last]
    return sorted(found, key=lambda one: SERIOUSNESS.index(one.outcome))


def earlier_words(found: Sequence[Earlier]) -> list[str]:
    """'3 in all, the last on 4 May 2026', then each outcome."""
    if not found:
        return ["None that this service knows of"]
    whole, last = sum(one.count for one in found), max(one.last_on for one in found)
    return [
        f"{whole} in all, the last given on {long_date(last)}",
        *(f"{words(one.outcome)}: {one.count}, the last on {long_date(one.last_on)}" for one in found),
    ]
