"""One question for many kinds of rows: each row is a list, with its kind and the subject it is of.

The lists come in one value. Its text has few signs for values: a driver that reads every sign, and a server
that plans the question anew for every list of numbers, take longer than the answer. So one subject, which is
nearly every act, is asked for by its number, of which a server keeps the plan.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Boolean, Integer, bindparam, literal_column, select, union_all
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import Session, col

from panel.figures.models import FigureDay
from workflows.calendar import today_in_london

NUMBER, NUMBERS = "number", "numbers"


class JsonList(FunctionElement[Any]):
    """A list of the values of a row."""

    inherit_cache = True
    name = "json_list"


@compiles(JsonList, "sqlite")
def _in_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    return f"json_array({compiler.process(element.clauses, **more)})"


@compiles(JsonList, "postgresql")
def _in_postgresql(element: Any, compiler: Any, **more: Any) -> str:
    return f"json_build_array({compiler.process(element.clauses, **more)})"


class JsonLists(FunctionElement[Any]):
    """A list of many such lists."""

    inherit_cache = True
    name = "json_lists"


@compiles(JsonLists, "sqlite")
def _lists_in_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    return f"json_group_array(json({compiler.process(element.clauses, **more)}))"


@compiles(JsonLists, "postgresql")
def _lists_in_postgresql(element: Any, compiler: Any, **more: Any) -> str:
    return f"json_agg({compiler.process(element.clauses, **more)})"


class Among(FunctionElement[bool]):
    """Whether a column has one of the numbers of a parameter, however many they are."""

    type = Boolean()
    inherit_cache = True
    name = "among"


@compiles(Among, "sqlite")
def _among_in_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    column, numbers = (compiler.process(clause, **more) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({numbers}))"  # noqa: S608 - only names and a sign


@compiles(Among, "postgresql")
def _among_in_postgresql(element: Any, compiler: Any, **more: Any) -> str:
    column, numbers = (compiler.process(clause, **more) for clause in element.clauses)
    return f"{column} = ANY(CAST({numbers} AS integer[]))"


def meant(column: Any, *, single: bool) -> Any:
    """Whether a column has the number, or one of the numbers, that `numbers_for` gives."""
    return column == bindparam(NUMBER, type_=Integer()) if single else Among(column, bindparam(NUMBERS))


def numbers_for(db: Session, numbers: Collection[int]) -> dict[str, Any]:
    """The parameter of `meant`, by which one number is asked for alone."""
    ordered = sorted(numbers)
    if len(ordered) == 1:
        return {NUMBER: ordered[0]}
    return {NUMBERS: json.dumps(ordered) if db.get_bind().dialect.name == "sqlite" else ordered}


@dataclass(frozen=True, eq=False)
class Part:
    """Rows of one kind: of which subject they are, what is read of them, and from where.

    `columns` names what is read.
    """

    kind: str
    subject: Any
    columns: Mapping[str, Any]
    joins: tuple[tuple[Any, Any], ...] = ()
    where: tuple[Any, ...] = ()
    start: Any = None


@dataclass(frozen=True)
class Gathered:
    """The rows of one subject by their kind."""

    rows: Mapping[str, list[Any]] = field(default_factory=dict)

    def all(self, kind: str) -> list[Any]:
        """Every row of a kind."""
        return self.rows.get(kind, [])

    def one(self, kind: str) -> Any:
        """The row of a kind of which there is at most one."""
        found = self.rows.get(kind)
        return found[0] if found else None


@cache
def _statement(parts: tuple[Part, ...], *, single: bool) -> Any:
    rows = union_all(*(_rows(part, single=single) for part in parts)).subquery()
    # The day of the last turning comes along, so that nobody has to ask for it.
    return select(select(col(FigureDay.day)).scalar_subquery(), JsonLists(rows.c.row))


def _rows(part: Part, *, single: bool) -> Any:
    columns = JsonList(literal_column(f"'{part.kind}'"), part.subject, *part.columns.values())
    query = select(columns.label("row"))
    query = query.select_from(part.start if part.start is not None else part.subject.table)
    for target, condition in part.joins:
        query = query.outerjoin(target, condition)
    return query.where(meant(part.subject, single=single), *part.where)


def gathered(
    db: Session, parts: tuple[Part, ...], numbers: Collection[int]
) -> tuple[dict[int, Gathered], date | None]:
    """The rows of each subject, one that is gone being absent, and the day of the last turning."""
    names = {part.kind: tuple(part.columns) for part in parts}
    statement = _statement(parts, single=len(numbers) == 1)
    turned, rows = db.connection().execute(statement, numbers_for(db, numbers)).one()
    found: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for kind, subject, *values in loaded(rows) or ():
        found[subject][kind].append(SimpleNamespace(**dict(zip(names[kind], values, strict=True))))
    return {subject: Gathered(rows) for subject, rows in found.items()}, turned


def loaded(value: Any) -> Any:
    """JSON as Python has it, however the database gave it back."""
    return json.loads(value) if isinstance(value, str) else value


def day(value: str | None) -> date | None:
    """A day of a row."""
    return date.fromisoformat(value[:10]) if value else None


def london_day(value: str | None) -> date | None:
    """The London day of a moment of a row."""
    return today_in_london(moment(value)) if value else None


def moment(value: str) -> datetime:
    """A moment of a row; SQLite keeps them in UTC without saying so."""
    found = datetime.fromisoformat(value)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
