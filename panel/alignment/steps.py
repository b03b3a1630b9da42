"""How late somebody was told, worked out by the database: working days as lists of days that are alike."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, case, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import col

from panel.police.models import PoliceDisposal
from workflows.policy_conflict import last_day

DAY = timedelta(days=1)
UNTOLD = 0


class DaysAfter(FunctionElement[int]):
    """How many days the first date lies after the second."""

    type = Integer()
    inherit_cache = True
    name = "days_after"


@compiles(DaysAfter, "sqlite")
def _in_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    later, earlier = (compiler.process(clause, **more) for clause in element.clauses)
    return f"CAST(julianday({later}) - julianday({earlier}) AS INTEGER)"


@compiles(DaysAfter, "postgresql")
def _in_postgresql(element: Any, compiler: Any, **more: Any) -> str:
    later, earlier = (compiler.process(clause, **more) for clause in element.clauses)
    return f"({later} - {earlier})"


def period_column(starts: Sequence[date]) -> ColumnElement[int]:
    """The number of the last of these days, in order, that is not after the giving."""
    given = col(PoliceDisposal.given_on)
    whens = [(given < day, number) for number, day in enumerate(starts[1:])]
    return case(*whens, else_=len(whens)) if whens else literal(0)


def step_column(limits: Sequence[int], since: date, until: date) -> ColumnElement[int]:
    """The place of the smallest limit of working days within which we were told, from 1; 0 where untold.

    One more than there are limits where we were told within none of them.
    """
    told, given = col(PoliceDisposal.told_on), col(PoliceDisposal.given_on)
    waited = DaysAfter(told, given)
    # The most usual first: of most disposals only one list of days is looked through.
    *usual, (rarest, _) = _alike(limits, since, until)
    whens = [(given.in_(found), _within(waited, allowed)) for allowed, found in usual]
    return case((told.is_(None), UNTOLD), *whens, else_=_within(waited, rarest))


def _within(waited: ColumnElement[int], allowed: Sequence[int]) -> ColumnElement[int]:
    """The place, from 1, of the first of these numbers of days that is not exceeded."""
    return case(*[(waited <= days, place) for place, days in enumerate(allowed, 1)], else_=len(allowed) + 1)


@lru_cache(maxsize=64)
def _alike(limits: tuple[int, ...], since: date, until: date) -> list[tuple[tuple[int, ...], list[date]]]:
    """Days of giving together for which the limits come to the same numbers of days, the most usual first.

    Weekends and bank holidays make them longer.
    """
    found: dict[tuple[int, ...], list[date]] = defaultdict(list)
    for number in range((until - since).days + 1):
        day = since + number * DAY
        found[tuple((last_day(day, limit) - day).days for limit in limits)].append(day)
    return sorted(found.items(), key=lambda alike: -len(alike[1]))


def told_as(given_on: date, step: int, limits: Sequence[int]) -> date | None:
    """A day of telling that comes to this step."""
    if step == UNTOLD:
        return None
    last = last_day(given_on, limits[min(step, len(limits)) - 1])
    return last + DAY if step > len(limits) else last


def still_open(limits: Iterable[int], today: date) -> set[date]:
    """For each limit the first day of giving for which there is still time today."""
    found = set()
    for limit in limits:
        day = today
        while last_day(day - DAY, limit) >= today:
            day -= DAY
        found.add(day)
    return found
