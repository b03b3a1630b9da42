"""Cases that tests start from, built once by the real acts and afterwards copied row by row.

A builder walks the whole way of a case, which takes up to a second. What it wrote into an untouched world is
kept for the process and written again, in a few milliseconds, whenever the same builder is called with the
same arguments on such a world. Anything unusual is built anew: other arguments, a world that was changed, a
case that is there already, or parts of the service that the test has replaced by then (other than the clock).
"""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec

import pytest
from psycopg.types.json import Json
from sqlmodel import Session

from panel import clock
from panel.db import _write_lines, forget
from panel.documents.keeping import keeping_of
from panel.figures.touching import keep_touched
from panel.referrals.models import Referral
from panel.tables import metadata
from tests.support.world import World

P = ParamSpec("P")
Builder = Callable[Concatenate[Session, World, P], Referral]
WORLD = ("area", "user_account", "membership")
LISTS = (
    "code_version",
    "code_row",
)  # loaded by the migrations; a list that a test adds has a number of its own


@dataclass(frozen=True)
class Rows:
    """The rows of one table as the driver gives and takes them."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Snapshot:
    """What a builder wrote, and the case that it gave back."""

    referral_id: int
    world: tuple[Rows, ...]
    written: tuple[Rows, ...]


# A test that has replaced parts of the service builds its cases anew (`tests/conftest.py`).
ON: list[Callable[[], bool]] = [lambda: True]
NOW = clock.now
SNAPSHOTS: dict[tuple[str, ...], Snapshot] = {}


def remembered(build: Builder[P]) -> Builder[P]:
    """The same builder, which copies what it built before where that cannot be told from building."""

    @functools.wraps(build)
    def built(db: Session, world: World, /, *args: P.args, **more: P.kwargs) -> Referral:
        kept = keeping_of(db)
        elsewhere = kept.store is not None or kept.sealer is not None  # then the rows are not all
        if elsewhere or not ON[-1]() or not _untouched(db):
            return build(db, world, *args, **more)
        before = tuple(_read(db, name) for name in (*WORLD, LISTS[0]))
        key = (
            build.__name__,
            _dialect(db),
            repr(world),
            repr(args),
            repr(sorted(more.items())),
            repr(before),
            "" if clock.now is NOW else repr(clock.now()),
        )
        if key not in SNAPSHOTS:
            referral = build(db, world, *args, **more)
            if tuple(_read(db, name) for name in (*WORLD, LISTS[0])) == before:
                SNAPSHOTS[key] = _taken(db, referral, before)
            return referral
        return _again(db, SNAPSHOTS[key])

    return built


def only_the_clock(patch: pytest.MonkeyPatch) -> bool:
    """Whether nothing is replaced so far, or only what time it is; a patch in a `context()` is not seen."""
    others = [name for where, name, _ in patch._setattr if (where, name) != (clock, "now")]
    return not (others or patch._setitem or patch._savesyspath or patch._cwd)


def _dialect(db: Session) -> str:
    return str(db.get_bind().dialect.name)


def _names() -> list[str]:
    return [table.name for table in metadata.sorted_tables if table.name not in (*WORLD, *LISTS)]


def _jobs(db: Session) -> str:
    return "workflow_status" if _dialect(db) == "sqlite" else "dbos.workflow_status"


def _untouched(db: Session) -> bool:
    """Whether there is nothing but the world: no row in any other table."""
    db.flush()
    tables = [*_names(), _jobs(db)]
    asked = " UNION ALL ".join(f"SELECT EXISTS (SELECT 1 FROM {_quoted(name)})" for name in tables)
    waits = any(db.info.get("panel_before_commit", {}).values())
    return not waits and not any(row[0] for row in db.connection().exec_driver_sql(asked))


def _quoted(name: str) -> str:
    return ".".join(f'"{part}"' for part in name.split("."))


def _read(db: Session, name: str) -> Rows:
    found = db.connection().exec_driver_sql(f"SELECT * FROM {_quoted(name)} ORDER BY 1")
    columns = tuple(found.keys())
    return Rows(name, columns, tuple(tuple(row) for row in found))


def _taken(db: Session, referral: Referral, before: tuple[Rows, ...]) -> Snapshot:
    keep_touched(db)
    _write_lines(db)  # what waits for the commit belongs to the case as well
    written = [rows for name in [*_names(), _jobs(db)] if (rows := _read(db, name)).rows]
    return Snapshot(referral.id, before, tuple(written))


def _again(db: Session, kept: Snapshot) -> Referral:
    sqlite = _dialect(db) == "sqlite"
    for rows in kept.written:
        columns = ", ".join(f'"{column}"' for column in rows.columns)
        places = ", ".join(["?" if sqlite else "%s"] * len(rows.columns))
        statement = f"INSERT INTO {_quoted(rows.table)} ({columns}) VALUES ({places})"
        db.connection().exec_driver_sql(statement, [_given(row) for row in rows.rows])
    if not sqlite:
        _count_on(db, [rows for rows in kept.written if "id" in rows.columns])
    forget(db)
    return db.get_one(Referral, kept.referral_id)


def _given(row: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(Json(value) if isinstance(value, dict | list) else value for value in row)


def _count_on(db: Session, tables: list[Rows]) -> None:
    """New rows get the numbers after ours."""
    asked = ", ".join(
        f"setval(pg_get_serial_sequence('{rows.table}', 'id'), (SELECT max(id) FROM {_quoted(rows.table)}))"
        for rows in tables
    )
    db.connection().exec_driver_sql(f"SELECT {asked}")
