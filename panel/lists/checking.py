"""The dry run: every row of a list is read, judged and kept with its verdict; nothing of it is imported."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import TypeVar

from sqlalchemy import Engine, insert
from sqlmodel import Session, func, select

from panel.access import Actor
from panel.db import transaction
from panel.forces.models import Force
from panel.history.record import record
from panel.lists import queries
from panel.lists.actions import counts_of, facts_of
from panel.lists.fields import choices
from panel.lists.planning import InFile, held_for, judge
from panel.lists.reading import Checked, Period, Reader
from panel.lists.table import Table, open_table
from panel.police.models import PoliceList, PoliceListRow
from workflows.police_list import GOOD, POLICE_LIST, RowResult, Status

CHUNK = 1000
T = TypeVar("T")


def check_list(
    engine: Engine,
    list_id: int,
    user_id: int,
    turn: int,
    *,
    now: Callable[[], datetime],
    by: Actor | None = None,
) -> None:
    """Check a list chunk by chunk, from where an earlier run was interrupted; a newer map ends it."""
    with transaction(engine) as db:
        one = queries.locked(db, list_id)
        if not _ours(one, turn):
            return
        data = queries.content(db, one)
        reader, done = reader_of(db, one), _last_line(db, list_id)
    table = open_table(data)
    in_file = InFile()
    for chunk in _chunks(_judged(table, reader, in_file), CHUNK):
        new = [row for row in chunk if row.line > done]
        if new and not _keep(engine, list_id, turn, new):
            return
    with transaction(engine) as db:
        one = queries.locked(db, list_id)
        if _ours(one, turn):
            _finish(db, one, by or queries.carrier(db, user_id, one.area_id), at=now())


def reader_of(db: Session, one: PoliceList) -> Reader:
    """What reads the rows of a list, in the dry run and in the import."""
    if one.first_on is None or one.last_on is None:
        raise ValueError("a list is read after its period was given")
    known = choices(db, force_id=one.force_id, today=one.supplied_on)
    names = [column["name"] for column in one.mapping["profile"]["columns"]]
    return Reader(
        queries.map_of(one),
        names,
        known,
        Period(one.first_on, one.last_on, one.supplied_on),
        area_id=one.area_id,
        force_code=db.get_one(Force, one.force_id).code,
        from_1904=one.mapping["profile"]["from_1904"],
    )


def _ours(one: PoliceList, turn: int) -> bool:
    return one.status == Status.MAPPED and one.mapping["turn"] == turn


def _last_line(db: Session, list_id: int) -> int:
    query = select(func.max(PoliceListRow.line_number)).where(PoliceListRow.list_id == list_id)
    return db.exec(query).one() or 0


def _judged(table: Table, reader: Reader, in_file: InFile) -> Iterator[Checked]:
    for line, cells in table.rows():
        row = reader.read(line, cells)
        judge(row, in_file)
        yield row


def _chunks(rows: Iterator[T], size: int) -> Iterator[list[T]]:
    while chunk := list(islice(rows, size)):
        yield chunk


def _keep(engine: Engine, list_id: int, turn: int, rows: list[Checked]) -> bool:
    """Keep the verdicts of some rows; False when the list has moved on."""
    with transaction(engine) as db:
        one = queries.locked(db, list_id)
        if not _ours(one, turn) or _last_line(db, list_id) >= rows[0].line:
            return False
        mark_held(db, one, rows)
        names = [column["name"] for column in one.mapping["profile"]["columns"]]
        db.connection().execute(insert(PoliceListRow), [_kept(list_id, names, row) for row in rows])
        one.counts = one.counts | {"checked": one.counts.get("checked", 0) + len(rows)}
        db.add(one)
    return True


def mark_held(db: Session, one: PoliceList, rows: list[Checked]) -> None:
    """Say of the good rows whether their event is held already."""
    good = [row for row in rows if row.result in GOOD]
    held = held_for(db, good, force_id=one.force_id, area_id=one.area_id)
    for row in good:
        row.result = RowResult.HELD if row.line in held else RowResult.NEW


def _kept(list_id: int, names: list[str], row: Checked) -> dict[str, object]:
    return {
        "list_id": list_id,
        "line_number": row.line,
        "cells": dict(zip(names, row.cells, strict=True)),
        "problems": [problem.kept() for problem in row.problems],
        "result": row.result.value,
    }


def _finish(db: Session, one: PoliceList, by: Actor, *, at: datetime) -> None:
    found = counts_of(queries.results(db, one.id))
    step = POLICE_LIST.step("check", Status(one.status), facts_of(one), by.roles_in(one.area_id))
    facts = {"good": f"{sum(found.get(r, 0) for r in GOOD):,}", "bad": f"{found.get(RowResult.BAD, 0):,}"}
    chain = queries.list_chain(one.id)
    record(db, one, step, flow="police_list", chain=chain, by=by, at=at, facts=facts)
    one.counts = one.counts | found
    db.add(one)
