"""What the board decided or asked for when it had read a pack, and what was done."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from panel.access import Actor
from panel.board_pack import commands as c
from panel.board_pack.models import BoardAction, BoardPack
from panel.board_pack.queries import pack_chain
from panel.errors import expect_version
from panel.history.operations import Operation
from panel.history.record import log_access, note
from workflows.board_pack import Answer
from workflows.calendar import long_date


def ask(db: Session, pack: BoardPack, command: c.Asked, *, by: Actor, at: datetime) -> BoardAction:
    """Write down what the board asked for."""
    last = db.exec(select(func.max(col(BoardAction.number))).where(BoardAction.pack_id == pack.id)).one()
    made = BoardAction(
        pack_id=pack.id,
        number=(last or 0) + 1,
        asked=command.wish,
        owner=command.owner,
        due_on=command.due_on,
        changed_at=at,
    )
    db.add(made)
    db.flush()
    facts = {"number": str(made.number), "due_on": long_date(made.due_on)}
    note(db, "board_pack.ask", chain=pack_chain(pack.id), by=by, at=at, facts=facts)
    log_access(db, Operation.COLLECTION, pack_chain(pack.id), by=by, at=at, page="board_pack.ask")
    return made


def close(
    db: Session, action: BoardAction, command: c.Closed, *, seen: int | None, by: Actor, at: datetime
) -> None:
    """Write down what was done, or why it was dropped; it may be corrected until the next pack says it."""
    expect_version(action, seen, {"said": action.said})
    action.answer, action.said, action.changed_at = command.answer, command.said, at
    action.closed_on = None if command.answer is Answer.OPEN else command.closed_on
    db.add(action)
    chain = pack_chain(action.pack_id)
    note(db, "board_pack.close", chain=chain, by=by, at=at, facts={"number": str(action.number)})
    log_access(db, Operation.ALTERATION, chain, by=by, at=at, page="board_pack.close")
    db.flush()
