"""The expressions of the metrics worked out for one row without asking the database.

They are the same expressions that a rebuild runs in SQL, with the same three answers (yes, no, unknown): an
act has the row in hand and need not ask for what it comes to.
"""

from collections.abc import Callable, Mapping
from operator import add, eq, ge, gt, le, lt, ne, sub
from typing import Any

from sqlalchemy import Case, Column, Label
from sqlalchemy.sql import operators as sql
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import (
    BinaryExpression,
    BindParameter,
    BooleanClauseList,
    ClauseElement,
    False_,
    Grouping,
    Null,
    True_,
    UnaryExpression,
)
from sqlalchemy.sql.functions import coalesce

Row = Mapping[str, Any]
Answer = Callable[[Row], Any]
# What SQLAlchemy calls an operation, and what it is; nothing is compared or added to what is not there.
PLAIN: dict[Any, Callable[[Any, Any], Any]] = {
    sql.eq: eq,
    sql.ne: ne,
    sql.lt: lt,
    sql.le: le,
    sql.gt: gt,
    sql.ge: ge,
    sql.add: add,
    sql.sub: sub,
    sql.in_op: lambda value, values: value in values,
    sql.not_in_op: lambda value, values: value not in values,
}


def answer_of(clause: Any) -> Answer:
    """A function that works an expression out for a row. TypeError for one that nobody taught it."""
    if not isinstance(clause, ClauseElement):
        return answer_of(clause.__clause_element__())
    for kind, make in MAKERS:
        if isinstance(clause, kind):
            found: Answer = make(clause)
            return found
    raise TypeError(f"nobody says how to work out {clause!r}, a {type(clause).__name__}")


def columns_in(clause: Any) -> list[Any]:
    """The columns that an expression reads."""
    element = clause.__clause_element__() if hasattr(clause, "__clause_element__") else clause
    return [one for one in visitors.iterate(element) if getattr(one, "table", None) is not None]


def _column(clause: Any) -> Answer:
    name = clause.key
    return lambda row: row[name]


def _value(clause: Any) -> Answer:
    value = clause.value
    return lambda _row: value


def _whole(clause: Any) -> Answer:
    return answer_of(clause.element)


def _case(clause: Any) -> Answer:
    whens = [(answer_of(when), answer_of(then)) for when, then in clause.whens]
    rest = answer_of(clause.else_)

    def answer(row: Row) -> Any:
        for when, then in whens:
            if when(row):
                return then(row)
        return rest(row)

    return answer


def _binary(clause: Any) -> Answer:
    left, right = answer_of(clause.left), answer_of(clause.right)
    if clause.operator is sql.is_:
        return lambda row: left(row) is right(row)
    if clause.operator is sql.is_not:
        return lambda row: left(row) is not right(row)
    if clause.operator not in PLAIN:
        raise TypeError(f"nobody says what {clause.operator.__name__} is")
    work = PLAIN[clause.operator]

    def answer(row: Row) -> Any:
        one, other = left(row), right(row)
        return None if one is None or other is None else work(one, other)

    return answer


def _clauses(clause: Any) -> Answer:
    parts, decides = [answer_of(one) for one in clause.clauses], clause.operator is sql.or_

    def answer(row: Row) -> Any:
        unknown = False
        for part in parts:
            found = part(row)
            if found is None:
                unknown = True
            elif bool(found) is decides:
                return decides
        return None if unknown else not decides

    return answer


def _unary(clause: Any) -> Answer:
    inner = answer_of(clause.element)
    if clause.operator not in (sql.inv, sql.is_false, sql.is_true):
        raise TypeError(f"nobody says what {clause.operator} is")

    def answer(row: Row) -> Any:
        found = inner(row)
        return None if found is None else bool(found) is (clause.operator is sql.is_true)

    return answer


def _coalesce(clause: Any) -> Answer:
    parts = [answer_of(one) for one in clause.clauses]
    return lambda row: next((found for part in parts if (found := part(row)) is not None), None)


MAKERS: tuple[tuple[type[Any], Callable[[Any], Answer]], ...] = (
    (coalesce, _coalesce),
    (Column, _column),
    (Label, _whole),
    (Grouping, _whole),
    (BindParameter, _value),
    (Null, lambda _clause: lambda _row: None),
    (True_, lambda _clause: lambda _row: True),
    (False_, lambda _clause: lambda _row: False),
    (Case, _case),
    (BinaryExpression, _binary),
    (BooleanClauseList, _clauses),
    (UnaryExpression, _unary),
)
