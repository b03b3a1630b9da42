"""Figures for the board: counts only, small ones withheld."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, func, select

from config.policy import number
from panel.access import Actor
from panel.referrals.models import Referral
from workflows.roles import Role
from workflows.vocabulary import SERIOUSNESS, words


@dataclass(frozen=True)
class Figure:
    """One count in words."""

    text: str
    count: str


def outcomes_this_year(db: Session, actor: Actor, *, today: date) -> list[Figure]:
    """Disposals given in the last twelve months by outcome; a small count is shown as 'fewer than 5' (A7).

    No total is shown, so that a withheld count cannot be found by subtraction.
    """
    query = (
        select(Referral.outcome, func.count())
        .where(
            col(Referral.area_id).in_(actor.areas_as(Role.BOARD)),
            col(Referral.given_on) > today - timedelta(days=365),
        )
        .group_by(col(Referral.outcome))
    )
    counts = {outcome: count for outcome, count in db.exec(query) if outcome is not None}
    least = number("small_number_threshold", today)
    return [Figure(words(outcome), _shown(counts.get(outcome, 0), least)) for outcome in SERIOUSNESS]


def _shown(count: int, least: int) -> str:
    return f"fewer than {least}" if count < least else f"{count:,}"
