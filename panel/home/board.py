"""What a board member sees first: the pack, what the board asked, and nothing that is not pinned."""

from typing import Any

from sqlmodel import Session

from panel.access import Actor
from panel.board_pack.queries import actions_of, newest
from panel.board_pack.views import pages_of, stamp_of
from workflows.calendar import long_date
from workflows.roles import Role
from workflows.vocabulary import words

SHOWN = 5
SCRUTINY = "scrutiny"


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


def scrutiny_found(db: Session, actor: Actor) -> dict[str, Any] | None:
    """What independent scrutiny found, word for word as the newest pack has it; None without a pack.

    Nothing is counted here: a live count would tell, from one day to the next, of the round between them.
    """
    found = newest(db, actor, Role.BOARD)
    if found is None:
        return None
    pack, version = found
    figure = next((one for one in pages_of(version.content) if one["key"] == SCRUTINY), None)
    return {"reference": pack.reference, "stamp": stamp_of(version), "figure": figure}
