"""The rows and the counts of the subjects that a transaction touched, brought up to date within it.

It is the last thing before the commit, and everybody locks in the same order: what the act itself changed,
then the rows of subjects by kind and number, then counts by their keys. So two writers never wait for each
other in a circle, and whoever comes second gathers what the first one has committed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from panel.figures.in_python import Answer, Row, answer_of
from panel.figures.json_rows import among, gathered, numbers_for
from panel.figures.kinds import Kind
from panel.figures.measure import Measure
from panel.figures.models import Figure, FigureDay
from panel.figures.slices import BREAKDOWNS, number_of
from workflows.quarters import Quarter

# Before the first turning nothing is late yet.
NEVER_TURNED = date.min
Key = tuple[str, str, int, int, str, str, int]
Shares = dict[Key, tuple[int, int, int]]
KEY = ("metric", "by", "area_id", "quarter", "outcome", "value", "version")
SUMS = ("met", "counted", "excluded")
CELLS: Any = Figure.__table__  # type: ignore[attr-defined]


def day_of(db: Session) -> date:
    """The day as of which rows are kept."""
    return db.connection().scalar(select(col(FigureDay.day))) or NEVER_TURNED


def keep(db: Session, kind: Kind, numbers: Collection[int], *, on: date | None = None) -> None:
    """Bring the rows and counts of some subjects up to date, as things stood on the day of the turning."""
    db.flush()
    connection, wanted = db.connection(), sorted(numbers)
    asked = connection.execute(_held(kind), numbers_for(db, wanted)).mappings()
    held: dict[int, Row] = {row["subject_id"]: dict(row) for row in asked}
    found, last = gathered(db, kind.statement, kind.parts, wanted)
    rows = {
        one: kind.row(one, of, on or last or NEVER_TURNED)
        for one, of in found.items()
        if of.one(kind.root) is not None
    }
    changed = sorted(one for one in rows if not _same(kind, held.get(one), rows[one]))
    gone = sorted(one for one in held if one not in rows)
    if gone:
        connection.execute(delete(kind.table).where(kind.table.c.subject_id.in_(gone)))
    if changed:
        connection.execute(_written(kind, connection.dialect.name), [rows[one] for one in changed])
    before = [held[one] for one in (*gone, *changed) if one in held]
    add(db, difference(shares(kind, before), shares(kind, [rows[one] for one in changed])))


def _same(kind: Kind, held: Row | None, row: Row) -> bool:
    return held is not None and all(held[name] == row[name] for name in kind.columns)


@cache
def _held(kind: Kind) -> Any:
    number = kind.table.c.subject_id
    return select(*kind.table.c).where(among(number)).order_by(number).with_for_update()


@cache
def _written(kind: Kind, dialect: str) -> Any:
    insert: Any = (sqlite if dialect == "sqlite" else postgresql).insert(kind.table)
    values = {name: insert.excluded[name] for name in kind.columns if name != "subject_id"}
    return insert.on_conflict_do_update(index_elements=[kind.table.c.subject_id], set_=values)


@cache
def _answers(kind: Kind) -> tuple[tuple[Measure, Answer, Answer, tuple[Answer, ...]], ...]:
    return tuple(
        (
            one,
            answer_of(one.within),
            answer_of(one.day),
            (answer_of(one.met_part), answer_of(one.counted_part), answer_of(one.excluded_part)),
        )
        for one in kind.measures
    )


def shares(kind: Kind, rows: Iterable[Row]) -> Shares:
    """What some rows add to the counts."""
    found: dict[Key, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in rows:
        values = [("", ""), *((by, text_of(row[by])) for by in BREAKDOWNS)]
        for one, within, day, parts in _answers(kind):
            share = [part(row) for part in parts] if within(row) else []
            if not any(share):
                continue
            quarter = number_of(Quarter.of(day(row)))
            for by, value in values:
                sums = found[one.id, by, row["area_id"], quarter, row["outcome"], value, one.version]
                for place, part in enumerate(share):
                    sums[place] += part
    return {key: (met, counted, left) for key, (met, counted, left) in found.items()}


def text_of(value: Any) -> str:
    """A value of a breakdown as it is kept."""
    return "" if value is None else str(value)


def difference(before: Shares, after: Shares) -> Shares:
    """What has to be added to come from one to the other."""
    nothing = (0, 0, 0)
    found = {}
    for key in {*before, *after}:
        old, new = before.get(key, nothing), after.get(key, nothing)
        if old != new:
            found[key] = (new[0] - old[0], new[1] - old[1], new[2] - old[2])
    return found


def add(db: Session, changes: Shares) -> None:
    """Add to the counts, in the order of their keys."""
    if changes:
        rows = [dict(zip((*KEY, *SUMS), (*key, *changes[key]), strict=True)) for key in sorted(changes)]
        db.connection().execute(_added(db.connection().dialect.name), rows)


@cache
def _added(dialect: str) -> Any:
    insert: Any = (sqlite if dialect == "sqlite" else postgresql).insert(CELLS)
    sums = {name: CELLS.c[name] + insert.excluded[name] for name in SUMS}
    return insert.on_conflict_do_update(index_elements=[CELLS.c[name] for name in KEY], set_=sums)
