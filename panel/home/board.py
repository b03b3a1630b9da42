"""What a board member sees first: the pack, what the board asked, and counts with small ones withheld."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from panel.access import Actor
from panel.board_pack.queries import actions_of, newest
from panel.scrutiny.report import for_the_board
from workflows.calendar import long_date
from workflows.roles import Role
from workflows.vocabulary import words

SHOWN = 5


@dataclass(frozen=True)
class Figure:
    """One count in words."""

    text: str
    count: str


def pack_of(db: Session, actor: Actor) -> dict[str, Any] | None:
    """The newest pack as a board member's first page has it; None for others.

    No live count stands there: two looks on two days would tell of the one case between them (DP-13).
    """
    if Role.BOARD not in actor.roles:
        return None
    found = newest(db, actor, Role.BOARD)
    if found is None:
        return {"period": "", "actions": []}
    pack, version = found
    return {
        "period": version.content["period"],
        "reference": pack.reference,
        "sentences": version.content["sentences"],
        "decisions": version.content["decisions"],
        "actions": [
            (one.asked, one.owner, long_date(one.due_on), words(one.answer), one.said)
            for one in actions_of(db, pack.area_id)[:SHOWN]
        ],
    }


def scrutiny_found(db: Session, actor: Actor, *, today: date) -> tuple[int, list[Figure]]:
    """How many rounds of scrutiny are finished, and what they found together; small counts withheld (A7).

    Rounds are not told apart: the difference between two of them could tell of one child.
    """
    found = for_the_board(db, actor, today=today)
    figures = [Figure(text, _shown(count, found["least"])) for text, count in found["counts"].items()]
    return found["rounds"], figures


def _shown(count: int, least: int) -> str:
    return f"fewer than {least}" if count < least else f"{count:,}"
