"""Counts that stay quick: up to a limit, and in words that say so."""

from typing import Any

from sqlmodel import Session, func, select

MOST = 500  # up to here a long list is counted; no YOT has so many open cases


def count_up_to(db: Session, query: Any) -> int:
    """How many rows a query has, counted up to `MOST`."""
    return db.exec(select(func.count()).select_from(query.limit(MOST).subquery())).one()


def up_to(number: int) -> str:
    """'12', or '500 or more' where counting ended."""
    return f"{MOST:,} or more" if number >= MOST else f"{number:,}"
