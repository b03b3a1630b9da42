"""Which subjects a transaction touches: heard from the session, whatever act it is and whoever made it."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import event, inspect, literal, select, union_all
from sqlalchemy.orm import ORMExecuteState
from sqlalchemy.orm import Session as AnySession
from sqlmodel import Session

from panel.db import TOLD
from panel.figures.keeping import keep
from panel.figures.kinds import KINDS
from panel.figures.watched import WATCHED, Watch

TOUCHED = "panel_figures_touched"
Touched = dict[Watch, set[int]]


@event.listens_for(AnySession, "after_flush")
def _hear(db: AnySession, _context: object) -> None:
    for row, watch in _watched(db.new):
        # What hangs below a row that is new is heard by itself, when it is written.
        if not watch.below_it:
            _touch(db, watch, [getattr(row, watch.key)])
    for row, watch in _watched(db.deleted):
        _touch(db, watch, [getattr(row, watch.key)])
    for row, watch in _watched(db.dirty):
        if before := _before(row, watch.columns):
            # A row that has moved leaves the subject where it was as well.
            _touch(db, watch, [getattr(row, watch.key), before.get(watch.key)])


def _watched(rows: Iterable[Any]) -> Iterator[tuple[Any, Watch]]:
    return ((row, watch) for row in rows for watch in WATCHED.get(type(row), ()))


def _before(row: Any, columns: frozenset[str]) -> dict[str, Any]:
    """The columns that have changed since they were last written, as they were."""
    was = inspect(row).committed_state
    return {name: old for name, old in was.items() if name in columns and old != row.__dict__.get(name)}


def _touch(db: AnySession, watch: Watch, numbers: Iterable[Any]) -> None:
    touched: Touched = db.info.setdefault(TOUCHED, {})
    touched.setdefault(watch, set()).update(one for one in numbers if isinstance(one, int))


@event.listens_for(AnySession, "do_orm_execute")
def _hear_statement(state: ORMExecuteState) -> None:
    """What a statement is about to change or remove without loading it."""
    if not (state.is_update or state.is_delete) or state.bind_mapper is None:
        return
    model, statement = state.bind_mapper.class_, state.statement
    for watch in WATCHED.get(model, ()):
        if state.is_delete or _names(statement) & watch.columns:
            _touch(state.session, watch, _meant(state, getattr(model, watch.key)))


def _names(statement: Any) -> set[str]:
    return {getattr(column, "key", column) for column in statement._values or ()}


def _meant(state: ORMExecuteState, column: Any) -> list[int]:
    statement: Any = state.statement
    asked = select(column).where(*statement._where_criteria)
    given: Any = state.parameters or {}
    return list(state.session.connection().execute(asked, given).scalars())


@event.listens_for(AnySession, "before_commit")
def _keep_touched(db: Session) -> None:
    if not db.in_nested_transaction() and (db.info.get(TOUCHED) or db.info.get(TOLD) or _waits(db)):
        keep_touched(db)


def _waits(db: AnySession) -> bool:
    return any(type(row) in WATCHED for rows in (db.new, db.deleted, db.dirty) for row in rows)


def keep_touched(db: Session) -> None:
    """Keep what this transaction has touched so far."""
    db.flush()
    touched: Touched = db.info.pop(TOUCHED, {})
    told: dict[type[Any], set[int]] = db.info.get(TOLD, {})
    found = _subjects(db, touched)
    for kind in KINDS:
        numbers = set(told.get(kind.source, ())) | found[kind.name]
        if numbers:
            keep(db, kind, numbers)


def _subjects(db: Session, touched: Touched) -> dict[str, set[int]]:
    """The subjects, by kind, to which what was touched belongs, or hangs on another row that does."""
    found: dict[str, set[int]] = {kind.name: set() for kind in KINDS}
    queries: list[Any] = []
    for watch, keys in touched.items():
        known, unknown = watch.known(db, keys)
        found[watch.kind.name] |= known
        if unknown:
            queries.append(watch.query(unknown).add_columns(literal(watch.kind.name)))
    if queries:
        asked: Any = queries[0] if len(queries) == 1 else union_all(*queries)
        for number, name in db.connection().execute(asked):
            if number is not None:
                found[name].add(number)
    return found


@event.listens_for(AnySession, "after_rollback")
def _forget(db: AnySession) -> None:
    db.info.pop(TOUCHED, None)
