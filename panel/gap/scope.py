"""Which disposals a figure counts: one set of conditions for every number and for the list behind it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, and_, case, exists, func
from sqlalchemy import cast as as_type
from sqlmodel import col

from panel.gap.models import GapFollowUp
from panel.police.models import PoliceDisposal
from workflows.gap import PLACES, Group, Place
from workflows.gap_work import Became
from workflows.periods import Period
from workflows.police import Fit, Standing
from workflows.vocabulary import Outcome

D = PoliceDisposal


def place_column(today: date) -> ColumnElement[Any]:
    """Where each disposal stands, as the value of a `Place`."""
    told, asked, by = col(D.told_on), col(D.asked_on), col(D.tell_by)
    unlisted = col(D.listed_on).is_(None)
    asked_first = and_(asked.is_not(None), told >= asked)
    return case(
        (col(D.status) != Standing.COUNTED, Place.SET_ASIDE.value),
        (and_(unlisted, told.is_(None)), Place.ON_NO_LIST.value),
        (unlisted, Place.ONLY_OURS.value),
        (and_(told.is_(None), by >= today), Place.RUNNING.value),
        (
            and_(col(D.fit) == Fit.TO_REVIEW, told.is_(None) | asked_first),
            Place.UNMATCHED.value,
        ),
        (told.is_(None), Place.UNTOLD.value),
        (asked_first, Place.AFTER_ASKING.value),
        (told <= by, Place.IN_TIME.value),
        else_=Place.LATE.value,
    )


def _iso(column: Any, first: int, length: int = 10) -> ColumnElement[str]:
    """A part of a date as its ISO text, which both databases cut quicker than they take dates apart."""
    return func.substr(as_type(column, String), first, length)


def month_column() -> ColumnElement[str]:
    """The month of the giving, such as 2026-09."""
    return _iso(col(D.given_on), 1, 7)


def age_column() -> ColumnElement[Any]:
    """Age in whole years on the day of giving, empty without a date of birth (AGE-5)."""
    born, given = col(D.date_of_birth), col(D.given_on)
    years = as_type(_iso(given, 1, 4), Integer) - as_type(_iso(born, 1, 4), Integer)
    return years - case((_iso(given, 6) < _iso(born, 6), 1), else_=0)


BREAKDOWNS: dict[str, tuple[str, Any]] = {
    "station": ("Station", col(D.station)),
    "team": ("Team", col(D.team)),
    "ward": ("Ward", col(D.ward)),
    "ethnicity": ("Ethnic group", col(D.ethnicity)),
    "age": ("Age", age_column()),
    "first_time": ("First time", col(D.first_time)),
}

FIRST_TIME = {"1": "First time", "0": "Known to the police before", "": "Not recorded"}


@dataclass(frozen=True)
class Filter:
    """One figure as a filter; `outcome` or `period` may be empty for all of them."""

    area_id: int
    group: Group
    outcome: Outcome | None = None
    period: Period | None = None
    by: str = ""
    value: str = ""
    became: Became | None = None

    def where(self, today: date) -> ColumnElement[bool]:
        """The condition of the figure and of its list."""
        parts = [within(self.area_id, self.outcome, self.period), in_group(self.group, today)]
        if self.by:
            parts.append(_is(self.by, self.value))
        if self.became is not None:
            parts.append(
                exists().where(col(GapFollowUp.disposal_id) == D.id, col(GapFollowUp.became) == self.became)
            )
        return and_(*parts)


def within(area_id: int, outcome: Outcome | None, period: Period | None) -> ColumnElement[bool]:
    """The disposals of an area, of an outcome and of a period where they are given."""
    parts = [col(D.area_id) == area_id]
    if outcome is not None:
        parts.append(col(D.outcome) == outcome)
    if period is not None:
        parts.append(col(D.given_on).between(period.first, period.last))
    return and_(*parts)


def is_open() -> ColumnElement[bool]:
    """A disposal that counts and of which nobody told us, so that the force still owes an answer about it.

    Read from the disposal and written nowhere, so that a link that is taken back makes the query wait again.
    """
    return and_(col(D.told_on).is_(None), col(D.status) == Standing.COUNTED)


def in_group(group: Group, today: date) -> ColumnElement[bool]:
    """The disposals of a group."""
    inside = place_column(today).in_([place.value for place in PLACES[group]])
    # Said in columns too, so that the index of what nobody told us is used.
    return and_(col(D.told_on).is_(None), inside) if group is Group.UNTOLD else inside


def _is(by: str, value: str) -> Any:
    column = BREAKDOWNS[by][1]
    if by == "age":
        return column == int(value) if value.isascii() and value.isdigit() else column.is_(None)
    if by == "first_time":
        return column.is_(None) if value not in ("1", "0") else column.is_(value == "1")
    return column == value


def key_of(value: Any) -> str:
    """A value of a breakdown as it stands in an address; empty for what is not known."""
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, bool | int) else str(value)
