"""The rows and the counts of the subjects that a transaction touched, brought up to date within it.

It is the last thing before the commit, and everybody locks in the same order: what the act itself changed,
then the rows of subjects by kind and number, then what other rooms keep of them and counts by their keys. So
two writers never wait for each other in a circle, and whoever comes second gathers what the first committed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from panel.figures.in_python import Answer, Row, answer_of, columns_in
from panel.figures.json_rows import NUMBER, meant, numbers_for
from panel.figures.kinds import Kind
from panel.figures.measure import Measure
from panel.figures.models import Figure, FigureDay
from panel.figures.slices import BREAKDOWNS, number_of
from workflows.quarters import Quarter

# Before the first turning nothing is late yet.
NEVER_TURNED = date.min
Key = tuple[str, str, int, int, str, str, int]
Shares = dict[Key, tuple[int, int, int]]
Sums = dict[Key, list[int]]
KEY = ("metric", "by", "area_id", "quarter", "outcome", "value", "version")
SUMS = ("met", "counted", "excluded")
EVERYWHERE = frozenset(("area_id", "outcome", *BREAKDOWNS))
CELLS: Any = Figure.__table__  # type: ignore[attr-defined]


def day_of(db: Session) -> date:
    """The day as of which rows are kept."""
    return db.connection().scalar(select(col(FigureDay.day))) or NEVER_TURNED


def keep(db: Session, kind: Kind, numbers: Collection[int], *, on: date | None = None) -> None:
    """Bring all that is kept of some subjects up to date, as things stood on the day of the turning."""
    db.flush()
    wanted = sorted(numbers)
    held = locked(db, kind, wanted)
    found, last = kind.gathered(db, wanted)
    rows = dict(sorted(kind.rows(found, on or last or NEVER_TURNED).items()))
    changed = {one: names for one, row in rows.items() if (names := _changed(kind, held.get(one), row))}
    gone = [one for one in held if one not in rows]
    if gone:
        db.connection().execute(delete(kind.table).where(kind.table.c.subject_id.in_(gone)))
    _write(db, kind, rows, changed)
    for one in kind.beside:
        one.keep(db, wanted, found)
    sums: Sums = defaultdict(lambda: [0, 0, 0])
    for number in (*gone, *changed):
        names = changed.get(number, kind.columns)
        for row, sign in ((held.get(number), -1), (rows.get(number), 1)):
            if row is not None:
                _count(sums, kind, row, names, sign)
    _add(db, sums)


def locked(db: Session, kind: Kind, numbers: Collection[int]) -> dict[int, Row]:
    """The rows of some subjects as they are kept; whoever else writes of these subjects waits for us."""
    asked = db.connection().execute(_held(kind, single=len(numbers) == 1), numbers_for(db, numbers))
    return {row["subject_id"]: dict(row) for row in asked.mappings()}


def _changed(kind: Kind, held: Row | None, row: Row) -> tuple[str, ...]:
    return tuple(name for name in kind.columns if held is None or held[name] != row[name])


@cache
def _held(kind: Kind, *, single: bool) -> Any:
    number = kind.table.c.subject_id
    return select(*kind.table.c).where(meant(number, single=single)).order_by(number).with_for_update()


def _write(db: Session, kind: Kind, rows: Mapping[int, Row], changed: Mapping[int, tuple[str, ...]]) -> None:
    """Write new rows whole and of the others what has changed, those with the same columns together."""
    alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for one, names in changed.items():
        alike[names].append(one)
    for names, some in alike.items():
        new = names == kind.columns
        statement = _written(kind, db.connection().dialect.name) if new else _rewritten(kind)
        values = [{name: rows[one][name] for name in names} | ({} if new else {NUMBER: one}) for one in some]
        db.connection().execute(statement, values if len(values) > 1 else values[0])


@cache
def _written(kind: Kind, dialect: str) -> Any:
    insert: Any = (sqlite if dialect == "sqlite" else postgresql).insert(kind.table)
    values = {name: insert.excluded[name] for name in kind.columns if name != "subject_id"}
    return insert.on_conflict_do_update(index_elements=[kind.table.c.subject_id], set_=values)


@cache
def _rewritten(kind: Kind) -> Any:
    return update(kind.table).where(kind.table.c.subject_id == bindparam(NUMBER))


@cache
def _answers(kind: Kind) -> tuple[tuple[Measure, frozenset[str], Answer, Answer, tuple[Answer, ...]], ...]:
    """Each metric with the columns that it reads and what works it out."""
    return tuple(
        (
            one,
            frozenset(column.key for part in (one.within, *parts) for column in columns_in(part)),
            answer_of(one.within),
            answer_of(one.day),
            tuple(answer_of(part) for part in parts),
        )
        for one in kind.measures
        for parts in ((one.met_part, one.counted_part, one.excluded_part),)
    )


def _count(sums: Sums, kind: Kind, row: Row, names: Iterable[str], sign: int) -> None:
    """Add a row to the counts, or with -1 take it away, in all metrics that some of the columns bear upon."""
    values = [("", ""), *((by, text_of(row[by])) for by in BREAKDOWNS)]
    everywhere = not EVERYWHERE.isdisjoint(names)
    for one, reads, within, day, parts in _answers(kind):
        if not (everywhere or not reads.isdisjoint(names)) or not within(row):
            continue
        share = [part(row) for part in parts]
        if not any(share):
            continue
        quarter = number_of(Quarter.of(day(row)))
        for by, value in values:
            total = sums[one.id, by, row["area_id"], quarter, row["outcome"], value, one.version]
            for place, part in enumerate(share):
                total[place] += sign * part


def text_of(value: Any) -> str:
    """A value of a breakdown as it is kept."""
    return "" if value is None else str(value)


def _add(db: Session, sums: Sums) -> None:
    """Add to the counts what is not nothing, in the order of their keys."""
    rows = [
        dict(zip((*KEY, *SUMS), (*key, *sums[key]), strict=True)) for key in sorted(sums) if any(sums[key])
    ]
    if rows:
        db.connection().execute(_added(db.connection().dialect.name), rows)


@cache
def _added(dialect: str) -> Any:
    insert: Any = (sqlite if dialect == "sqlite" else postgresql).insert(CELLS)
    sums = {name: CELLS.c[name] + insert.excluded[name] for name in SUMS}
    return insert.on_conflict_do_update(index_elements=[CELLS.c[name] for name in KEY], set_=sums)
