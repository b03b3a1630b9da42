"""One question for many kinds of rows: each row comes as a list, with its kind and the subject it is of."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Boolean, bindparam, literal, select, union_all
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import Session, col

from panel.figures.models import FigureDay
from workflows.calendar import today_in_london

PARTS, TURNED = "parts", "turned"


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


def among(column: Any) -> Any:
    """Whether a column has one of the numbers that `numbers_for` gives."""
    return Among(column, bindparam(PARTS))


def numbers_for(db: Session, numbers: Collection[int]) -> dict[str, Any]:
    """The parameter of `among`."""
    ordered = sorted(numbers)
    return {PARTS: json.dumps(ordered) if db.get_bind().dialect.name == "sqlite" else ordered}


@dataclass(frozen=True)
class Part:
    """Rows of one kind: of which subject they are, what is read of them, and from where.

    `columns` names what is read; `source` is the select without its columns.
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


def statement_of(parts: Collection[Part]) -> Any:
    """The question about the subjects with some numbers."""
    # The day of the last turning comes along, so that nobody has to ask for it.
    selects = [select(literal(TURNED), literal(0), JsonList(col(FigureDay.day)))]
    for part in parts:
        query = select(literal(part.kind), part.subject, JsonList(*part.columns.values()))
        query = query.select_from(part.start if part.start is not None else part.subject.table)
        for target, condition in part.joins:
            query = query.outerjoin(target, condition)
        selects.append(query.where(among(part.subject), *part.where))
    return union_all(*selects)


def gathered(
    db: Session, statement: Any, parts: Collection[Part], numbers: Collection[int]
) -> tuple[dict[int, Gathered], date | None]:
    """The rows of each subject, one that is gone being absent, and the day of the last turning."""
    names = {part.kind: tuple(part.columns) for part in parts}
    found: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    turned: date | None = None
    for kind, subject, values in db.connection().execute(statement, numbers_for(db, numbers)):
        if kind == TURNED:
            turned = day(loaded(values)[0])
            continue
        row = dict(zip(names[kind], loaded(values), strict=True))
        found[subject][kind].append(SimpleNamespace(**row))
    return {subject: Gathered(rows) for subject, rows in found.items()}, turned


def loaded(value: Any) -> Any:
    """JSON as Python has it, however the database gave it back."""
    return json.loads(value) if isinstance(value, str) else value


def day(value: str | None) -> date | None:
    """A day of a row."""
    return date.fromisoformat(value[:10]) if value else None


def london_day(value: str | None) -> date | None:
    """The London day of a moment of a row; SQLite keeps moments in UTC without saying so."""
    if not value:
        return None
    moment = datetime.fromisoformat(value)
    return today_in_london(moment if moment.tzinfo else datetime.fromisoformat(f"{value}+00:00"))
