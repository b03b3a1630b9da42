"""How late somebody was told, worked out by the database: working days as lists of days that are alike."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, case
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import col

from panel.police.models import PoliceDisposal
from workflows.policy_conflict import last_day

DAY = timedelta(days=1)
UNTOLD = -1


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
    later = sorted(starts)[1:]
    whens = [(given < day, number) for number, day in enumerate(later)]
    return case(*whens, else_=len(later)) if whens else case((given.is_not(None), 0), else_=0)


def step_column(limits: Sequence[int], since: date, until: date) -> ColumnElement[int]:
    """The place of the smallest limit of working days within which we were told; their number if in none."""
    told, given = col(PoliceDisposal.told_on), col(PoliceDisposal.given_on)
    waited = DaysAfter(told, given)
    within = [(waited <= _allowed(limit, since, until), place) for place, limit in enumerate(limits)]
    return case((told.is_(None), UNTOLD), *within, else_=len(limits))


def _allowed(limit: int, since: date, until: date) -> ColumnElement[int]:
    """How many days the limit comes to, by the day of giving: weekends and bank holidays make it longer."""
    alike: dict[int, list[date]] = defaultdict(list)
    for number in range((until - since).days + 1):
        day = since + number * DAY
        alike[(last_day(day, limit) - day).days].append(day)
    usual, _ = Counter({days: len(found) for days, found in alike.items()}).most_common(1)[0]
    given = col(PoliceDisposal.given_on)
    whens = [(given.in_(found), days) for days, found in sorted(alike.items()) if days != usual]
    return case(*whens, else_=usual) if whens else case((given.is_not(None), usual), else_=usual)


def told_as(given_on: date, step: int, limits: Sequence[int]) -> date | None:
    """A day of telling that comes to this step."""
    if step == UNTOLD:
        return None
    last = last_day(given_on, limits[min(step, len(limits) - 1)])
    return last + DAY if step == len(limits) else last


def still_open(limits: Iterable[int], today: date) -> set[date]:
    """For each limit the first day of giving for which there is still time today."""
    found = set()
    for limit in limits:
        day = today
        while last_day(day - DAY, limit) >= today:
            day -= DAY
        found.add(day)
    return found
