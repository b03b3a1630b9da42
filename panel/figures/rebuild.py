"""Everything anew from the tables of the service, and a look whether what is kept is what that would give."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Engine, delete, func, insert, select, text
from sqlmodel import Session

from panel.db import open_session, transaction
from panel.figures import cells
from panel.figures.keeping import CELLS, day_of
from panel.figures.kinds import KINDS, Kind
from panel.figures.models import FigureDay

BATCH = 500
DAY: Any = FigureDay.__table__  # type: ignore[attr-defined]


def rebuild(engine: Engine, day: date | None = None) -> dict[str, int]:
    """Make every row and count anew, as of a day or of the last turning; how many rows of each kind.

    One transaction: readers see the old figures until the new ones are complete, and acts wait for it.
    """
    with transaction(engine) as db:
        lock(db, *(kind.table for kind in KINDS), CELLS, DAY)
        if day is not None:
            set_day(db, day)
        on, made = day_of(db), {}
        for kind in KINDS:
            db.connection().execute(delete(kind.table))
            made[kind.name] = sum(_write(db, kind, rows) for rows in _rows(db, kind, on))
        db.connection().execute(delete(CELLS))
        cells.write_all(db)
    return made


def set_day(db: Session, day: date) -> None:
    """Everything is counted up to this day from now on."""
    db.connection().execute(delete(DAY))
    db.connection().execute(insert(DAY).values(id=1, day=day))


def lock(db: Session, *tables: Any) -> None:
    """Wait for everybody who keeps figures in some tables, and keep others out until the commit."""
    if db.get_bind().dialect.name == "postgresql":
        names = ", ".join(table.name for table in tables)
        db.connection().execute(text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))


def _write(db: Session, kind: Kind, rows: list[dict[str, Any]]) -> int:
    if rows:
        db.connection().execute(insert(kind.table), rows)
    return len(rows)


def _rows(db: Session, kind: Kind, on: date) -> Iterator[list[dict[str, Any]]]:
    for first, last in _ranges(db, kind.source.__table__.c.id):
        yield _fresh(db, kind, on, first, last)


def _ranges(db: Session, *columns: Any) -> Iterator[tuple[int, int]]:
    most = max(db.connection().scalar(select(func.max(column))) or 0 for column in columns)
    for first in range(1, most + 1, BATCH):
        yield first, first + BATCH - 1


def _fresh(db: Session, kind: Kind, on: date, first: int, last: int) -> list[dict[str, Any]]:
    number = kind.source.__table__.c.id
    there = list(db.connection().execute(select(number).where(number.between(first, last))).scalars())
    rows = kind.rows(kind.gathered(db, there)[0], on) if there else {}
    return [rows[one] for one in there if one in rows]


def verify(engine: Engine) -> list[str]:
    """What is kept and differs from what the tables give: each row and each count, in words."""
    with open_session(engine, writing=False) as db:
        if engine.dialect.name == "postgresql":  # one picture of everything while others write
            db.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        on = day_of(db)
        found = [words for kind in KINDS for words in _differing(db, kind, on)]
        found += cells.differing(db)
        db.rollback()
    return found


def _differing(db: Session, kind: Kind, on: date) -> Iterator[str]:
    number = kind.table.c.subject_id
    for first, last in _ranges(db, kind.source.__table__.c.id, number):
        kept = select(*kind.table.c).where(number.between(first, last))
        held = {row.subject_id: row for row in db.connection().execute(kept)}
        for row in _fresh(db, kind, on, first, last):
            old = held.pop(row["subject_id"], None)
            names = [name for name in kind.columns if old is None or getattr(old, name) != row[name]]
            if names:
                what = "is not kept" if old is None else ", ".join(names)
                yield f"{kind.name} {row['subject_id']} ({row['reference']}): {what}"
        for gone in sorted(held):
            yield f"{kind.name} {gone}: is kept and does not exist"
