"""Counts that stay quick: up to a limit, many in one question, and in words that say so."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ScalarSelect
from sqlalchemy import select as columns
from sqlmodel import Session, func, select

MOST = 500  # up to here a long list is counted; no YOT has so many open cases
Number = ScalarSelect[Any]


def many(query: Any) -> Number:
    """How many rows a query has, counted up to `MOST`; asked for with `answers`."""
    return select(func.count()).select_from(query.limit(MOST).subquery()).scalar_subquery()


def answers(db: Session, numbers: Sequence[Number]) -> list[Any]:
    """What several numbers are, in one question."""
    return list(db.execute(columns(*numbers)).one()) if numbers else []


def count_up_to(db: Session, query: Any) -> int:
    """How many rows a query has, counted up to `MOST`."""
    return int(answers(db, [many(query)])[0])


def up_to(number: int) -> str:
    """'12', or '500 or more' where counting ended."""
    return f"{MOST:,} or more" if number >= MOST else f"{number:,}"
