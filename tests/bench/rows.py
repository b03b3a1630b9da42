"""Rows by the hundred thousand, written without the unit of work."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, DateTime, Integer, String, Time
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

from panel.columns import Word

AT_ONCE = 5_000
BLANKS: tuple[tuple[Any, Any], ...] = (
    (Boolean, False),
    (DateTime, datetime(2026, 1, 1, tzinfo=UTC)),
    (Date, date(2026, 1, 1)),
    (Time, None),
    (Integer, 1),
    (String, ""),
)
Values = dict[str, Any]


def write(db: Connection, model: type[SQLModel], rows: Iterable[Values]) -> None:
    """Insert rows; what a row does not say is the model's default, or a blank where there is none."""
    table, blank, remaining = model.__table__, _blank(model), iter(rows)  # type: ignore[attr-defined]
    while part := list(islice(remaining, AT_ONCE)):
        names = set().union(*part)
        usual = {name: value for name, value in blank.items() if name != "id" or "id" in names}
        db.execute(table.insert(), [usual | row for row in part])


def _blank(model: type[SQLModel]) -> Values:
    usual = model().model_dump()
    columns: Iterator[Column[Any]] = iter(model.__table__.columns)  # type: ignore[attr-defined]
    for column in columns:
        if usual.get(column.name) is None and not column.nullable:
            usual[column.name] = 1 if column.name == "version" else _empty(column)
    return usual


def _empty(column: Column[Any]) -> Any:
    if isinstance(column.type, Word):
        return next(iter(column.type.words))
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    return next((value for of, value in BLANKS if isinstance(kind, of)), None)
