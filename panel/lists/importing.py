"""The import: chunk by chunk, one transaction each behind the lock of the list, so each row counts once."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Engine, bindparam, insert, update
from sqlmodel import Session, SQLModel, col, select

from panel.access import Actor
from panel.db import transaction
from panel.history.record import record
from panel.lists import queries
from panel.lists.actions import counts_of
from panel.lists.checking import reader_of
from panel.lists.planning import held_for
from panel.lists.reading import Checked
from panel.police import commands as c
from panel.police.actions import PREFIX, code_of, count_again, fill_gaps, fresh_values, tell_by
from panel.police.models import PoliceDisposal, PoliceList
from panel.references import new_reference
from workflows.police import Heard, NotOurs, Standing
from workflows.police_list import POLICE_LIST, ListFacts, RowResult, Status
from workflows.vocabulary import Outcome

CHUNK = 1000
# Rooms above hear here that a list is imported, in the transaction that ends the import.
DONE: list[Callable[[Session, PoliceList, datetime], None]] = []
# And here of the new records, which are written in one statement, in the transaction that writes them.
ADDED: list[Callable[[Session, Iterable[int]], None]] = []
ROWS, DISPOSALS, REPORTS = (
    SQLModel.metadata.tables[name] for name in ("police_list_row", "police_disposal", "police_report")
)


def import_list(
    engine: Engine, list_id: int, user_id: int, *, now: Callable[[], datetime], by: Actor | None = None
) -> None:
    """Import what waits, also what an interrupted run has left."""
    while import_chunk(engine, list_id, user_id, at=now(), by=by):
        pass


def import_chunk(
    engine: Engine, list_id: int, user_id: int, *, at: datetime, size: int = 0, by: Actor | None = None
) -> bool:
    """Import the next rows, or end the import; False when nothing is left to do."""
    with transaction(engine) as db:
        # Whoever holds the list holds the fence: a second worker waits here and finds what is left.
        one = queries.locked(db, list_id)
        if one.status != Status.IMPORTING:
            return False
        by = by or queries.carrier(db, user_id, one.area_id)
        rows = queries.waiting(db, list_id, after=one.counts["imported_to"], most=size or CHUNK)
        if not rows:
            _finish(db, one, by=by, at=at)
            return False
        _import_rows(db, one, rows, by=by, at=at)
    return True


def _import_rows(db: Session, one: PoliceList, rows: list[Any], *, by: Actor, at: datetime) -> None:
    reader = reader_of(db, one)
    names = [column["name"] for column in one.mapping["profile"]["columns"]]
    read = [reader.read(line, [cells[name] for name in names]) for _, line, cells in rows]
    held = held_for(db, read, force_id=one.force_id, area_id=one.area_id, lock=True)
    numbers = {line: disposal.id for line, disposal in held.items()}
    for row in read:
        if row.line in held and row.said is not None:
            _attach(db, held[row.line], row.said, one, by=by, at=at)
    db.flush()
    numbers |= _add_new(db, one, [row for row in read if row.line not in held], at=at)
    _write_reports(db, one, read, numbers, by=by, at=at)
    marks = [
        {
            "number": number,
            "disposal": numbers[line],
            "now": (RowResult.HELD if line in held else RowResult.NEW).value,
        }
        for number, line, _ in rows
    ]
    mark = update(ROWS).where(ROWS.c.id == bindparam("number"))
    db.connection().execute(mark.values(disposal_id=bindparam("disposal"), result=bindparam("now")), marks)
    counts = {"imported": one.counts["imported"] + len(rows), "imported_to": rows[-1][1]}
    one.counts = one.counts | counts
    db.add(one)


def _attach(
    db: Session, held: PoliceDisposal, said: c.DisposalSaid, one: PoliceList, *, by: Actor, at: datetime
) -> None:
    """The event stands on a list as well; when it was told stays as it is, for a list tells nobody."""
    fill_gaps(held, said)
    held.listed_on = min(held.listed_on or one.supplied_on, one.supplied_on)
    held.changed_at = at
    if held.status is Standing.SET_ASIDE and held.not_ours is NotOurs.LIST_UNDONE:
        count_again(db, held, c.CountAgain(reason=f"It stands on the list {one.reference}"), by=by, at=at)
    db.add(held)


def _add_new(db: Session, one: PoliceList, rows: list[Checked], *, at: datetime) -> dict[int, int]:
    """New records, in one statement; their numbers by line."""
    values: dict[int, dict[str, Any]] = {}
    references, code = _free_references(db, len(rows)), code_of(db, one.area_id)
    for row, reference in zip(rows, references, strict=True):
        if row.said is None:
            raise ValueError(f"row {row.line} was good and is not any more")
        last = _tell_by(row.said.outcome, row.said.given_on, code)
        fresh = fresh_values(row.said, force_id=one.force_id, area_id=one.area_id, last=last, at=at)
        values[row.line] = EMPTY | fresh | {"listed_on": one.supplied_on, "reference": reference}
    if not values:
        return {}
    db.connection().execute(insert(DISPOSALS), list(values.values()))
    made = select(PoliceDisposal.reference, PoliceDisposal.id).where(
        col(PoliceDisposal.reference).in_(references)
    )
    numbers = dict(db.exec(made).all())
    for hear in ADDED:
        hear(db, numbers.values())
    return {line: numbers[value["reference"]] for line, value in values.items()}


def _free_references(db: Session, count: int) -> list[str]:
    """References that nothing has; of a hundred thousand drawn at random, some are drawn twice."""
    free: set[str] = set()
    while len(free) < count:
        drawn = {new_reference(PREFIX) for _ in range(count - len(free))}
        taken = select(PoliceDisposal.reference).where(col(PoliceDisposal.reference).in_(drawn))
        free |= drawn - {str(reference) for reference in db.exec(taken)}
    return sorted(free)


def _write_reports(
    db: Session, one: PoliceList, read: list[Checked], numbers: dict[int, int], *, by: Actor, at: datetime
) -> None:
    """What each row said, as it said it."""
    told = [
        {
            "disposal_id": numbers[row.line],
            "how": Heard.LIST,
            "said_on": one.supplied_on,
            "said": row.said.model_dump(mode="json"),
            "list_id": one.id,
            "line_number": row.line,
            "by_id": by.id,
            "at": at,
        }
        for row in read
        if row.said is not None
    ]
    db.connection().execute(insert(REPORTS), told)


def _empty() -> dict[str, Any]:
    """What a record has that nothing was said of, as the model has it."""
    blank = PoliceDisposal(outcome=Outcome.CR, given_on=date.min, tell_by=date.min)
    there = {column.name: getattr(blank, column.name) for column in DISPOSALS.c}
    return {name: value for name, value in there.items() if value is not None} | {"version": 1}


EMPTY: dict[str, Any] = _empty()


@cache
def _tell_by(outcome: Outcome, given_on: date, area_code: str) -> date:
    return tell_by(outcome, given_on, area_code)


def _finish(db: Session, one: PoliceList, *, by: Actor, at: datetime) -> None:
    waits = len(queries.waiting(db, one.id, after=0, most=1))
    step = POLICE_LIST.step("finish", Status(one.status), ListFacts(waiting=waits), by.roles_in(one.area_id))
    found = counts_of(queries.results(db, one.id))
    facts = {"new": f"{found.get(RowResult.NEW, 0):,}", "held": f"{found.get(RowResult.HELD, 0):,}"}
    record(db, one, step, flow="police_list", chain=queries.list_chain(one.id), by=by, at=at, facts=facts)
    one.counts, one.done_at = one.counts | found, at
    db.add(one)
    db.flush()
    for hear in DONE:
        hear(db, one, at)
