"""Figures for the board: counts only, small ones withheld."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import String, literal_column
from sqlalchemy import cast as as_type
from sqlmodel import Session, col, func, select

from config.policy import number
from panel.access import Actor
from panel.referrals.models import Referral
from panel.scrutiny.report import for_the_board
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
    # As text: else SQLite reads the whole area in the order of outcomes, and not the one year by its index.
    outcome = as_type(Referral.outcome, String)
    query = (
        select(outcome, func.count())
        .where(
            col(Referral.area_id).in_(actor.areas_as(Role.BOARD)),
            col(Referral.given_on) > today - timedelta(days=365),
        )
        .group_by(literal_column("1"))
    )
    counts = dict(db.exec(query).all())
    least = number("small_number_threshold", today)
    return [Figure(words(outcome), _shown(counts.get(outcome, 0), least)) for outcome in SERIOUSNESS]


def scrutiny_found(db: Session, actor: Actor, *, today: date) -> tuple[int, list[Figure]]:
    """How many rounds of scrutiny are finished, and what they found together; small counts withheld (A7).

    Rounds are not told apart: the difference between two of them could tell of one child.
    """
    found = for_the_board(db, actor, today=today)
    figures = [Figure(text, _shown(count, found["least"])) for text, count in found["counts"].items()]
    return found["rounds"], figures


def _shown(count: int, least: int) -> str:
    return f"fewer than {least}" if count < least else f"{count:,}"
