"""Taking a list back: nothing is deleted; what only it has is set aside, unless something stands on it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from panel.access import Actor
from panel.db import transaction
from panel.lists import queries
from panel.lists.actions import counts_of
from panel.lists.reading import Problem
from panel.police import commands as c
from panel.police.actions import set_aside
from panel.police.models import PoliceDisposal, PoliceLink, PoliceList, PoliceListRow, PoliceReport
from workflows.police import NotOurs, Standing
from workflows.police_list import RowResult, Status

CHUNK = 500
REFERRED = "A referral was opened for it"
ASKED = "We have asked the force about it"
LINKED = "A person has linked it to something on our side"
# Rooms above hear here, before anything is set aside, which records stand on no list any more.
OFF_LISTS: list[Callable[[Session, Sequence[PoliceDisposal], Actor, datetime], None]] = []


def undo_list(engine: Engine, list_id: int, user_id: int, *, now: Callable[[], datetime]) -> None:
    """Take the records of a list back, also what an interrupted run has left."""
    while undo_chunk(engine, list_id, user_id, at=now()):
        pass


def undo_chunk(engine: Engine, list_id: int, user_id: int, *, at: datetime, size: int = CHUNK) -> bool:
    """Take the next records back; False when none is left."""
    with transaction(engine) as db:
        one = queries.locked(db, list_id)
        if one.status != Status.UNDONE or "undone_to" not in one.counts:
            return False
        rows = _next(db, list_id, after=one.counts["undone_to"], most=size)
        if not rows:
            left = {
                name: count for name, count in one.counts.items() if name not in {*RowResult, "undone_to"}
            }
            one.counts = left | counts_of(queries.results(db, list_id))
            db.add(one)
            return False
        _take_back(db, one, rows, by=queries.carrier(db, user_id, one.area_id), at=at)
        one.counts = one.counts | {"undone_to": rows[-1].line_number}
        db.add(one)
    return True


def _next(db: Session, list_id: int, *, after: int, most: int) -> list[PoliceListRow]:
    query = select(PoliceListRow).where(
        PoliceListRow.list_id == list_id,
        col(PoliceListRow.line_number) > after,
        col(PoliceListRow.disposal_id).is_not(None),
    )
    return list(db.exec(query.order_by(col(PoliceListRow.line_number)).limit(most)))


def _take_back(
    db: Session, one: PoliceList, rows: Sequence[PoliceListRow], *, by: Actor, at: datetime
) -> None:
    numbers = [row.disposal_id for row in rows]
    found = db.exec(select(PoliceDisposal).where(col(PoliceDisposal.id).in_(numbers)).with_for_update())
    disposals = {disposal.id: disposal for disposal in found}
    listed, linked = listed_by(db, numbers), _linked(db, numbers)
    for disposal in disposals.values():
        disposal.listed_on = listed.get(disposal.id)
        disposal.changed_at = at
        db.add(disposal)
    off = [one for one in disposals.values() if one.listed_on is None and one.status is Standing.COUNTED]
    for hear in OFF_LISTS:
        hear(db, off, by, at)
    for row in rows:
        disposal = disposals[row.disposal_id or 0]
        if disposal.listed_on or disposal.told_on or disposal.status is not Standing.COUNTED:
            continue
        if why := _stays(disposal, linked):
            row.result, row.problems = RowResult.STAYS, [*row.problems, Problem("", why, soft=True).kept()]
        else:
            said = c.SetAside(not_ours=NotOurs.LIST_UNDONE, reason=f"The list {one.reference} was taken back")
            set_aside(db, disposal, said, by=by, at=at)
            row.result = RowResult.TAKEN_BACK
        db.add(row)


def _stays(disposal: PoliceDisposal, linked: frozenset[int]) -> str:
    """Why a record that only this list has stays all the same; nothing when it may go."""
    if disposal.referral_id is not None:
        return REFERRED
    if disposal.asked_on is not None:
        return ASKED
    return LINKED if disposal.id in linked else ""


def listed_by(db: Session, numbers: Sequence[int | None]) -> dict[int, date]:
    """The day of the first imported list that has each of these records."""
    query = (
        select(PoliceReport.disposal_id, func.min(PoliceList.supplied_on))
        .join(PoliceList, col(PoliceList.id) == PoliceReport.list_id)
        .where(col(PoliceReport.disposal_id).in_(numbers), PoliceList.status == Status.DONE)
        .group_by(col(PoliceReport.disposal_id))
    )
    return dict(db.exec(query).all())


def _linked(db: Session, numbers: Sequence[int | None]) -> frozenset[int]:
    """Those that a person has linked; what was only reckoned is no reason to stay."""
    query = select(PoliceLink.disposal_id).where(
        col(PoliceLink.disposal_id).in_(numbers), col(PoliceLink.by_id).is_not(None)
    )
    return frozenset(db.exec(query))
