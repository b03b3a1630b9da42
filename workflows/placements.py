"""Whether a placement fits a child between two days (CON-7; inspection 3.2.1a)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from workflows.calendar import age_on, long_date


class Weekday(StrEnum):
    """The days of the week in their order."""

    MON = "monday"
    TUE = "tuesday"
    WED = "wednesday"
    THU = "thursday"
    FRI = "friday"
    SAT = "saturday"
    SUN = "sunday"


WEEKEND = frozenset({Weekday.SAT, Weekday.SUN})
ORDER = tuple(Weekday)


@dataclass(frozen=True, kw_only=True)
class PlaceFacts:
    """A placement as the rules see it; `taken` counts who is booked on the fullest of the days asked for."""

    days: frozenset[Weekday]
    starts_at: time
    girls_only: bool
    min_age: int
    capacity: int
    taken: int
    active_from: date
    active_until: date | None
    risk_review_due: date | None


@dataclass(frozen=True, kw_only=True)
class Need:
    """What a child needs of a placement; `school_ends` is the first time after school on a weekday."""

    date_of_birth: date
    is_girl: bool
    in_school: bool
    from_on: date
    until_on: date
    school_ends: time
    weekend: bool = False


@dataclass(frozen=True)
class Against:
    """One reason why a placement does not fit; `full` is the one that no reason of a person overcomes."""

    says: str
    full: bool = False


def against(place: PlaceFacts, need: Need) -> tuple[Against, ...]:
    """Every reason why the placement does not fit, none when it does."""
    found = []
    if place.taken >= place.capacity:
        full = f"All {place.capacity} places are taken between {_days(need)}"
        found.append(Against(full, full=True))
    if place.active_from > need.from_on or (place.active_until and place.active_until < need.until_on):
        found.append(Against(f"It is not open for all of {_days(need)}"))
    if age_on(need.date_of_birth, need.from_on) < place.min_age:
        found.append(Against(f"It is for children from {place.min_age} years on"))
    if place.girls_only and not need.is_girl:
        found.append(Against("It is for girls only"))
    if not _days_that_suit(place, need):
        found.append(Against(_no_day(need)))
    if place.risk_review_due is None or place.risk_review_due < need.until_on:
        found.append(Against(_review(place.risk_review_due)))
    return tuple(found)


def _days(need: Need) -> str:
    return f"{long_date(need.from_on)} and {long_date(need.until_on)}"


def _days_that_suit(place: PlaceFacts, need: Need) -> frozenset[Weekday]:
    if need.weekend:
        return place.days & WEEKEND
    if need.in_school and place.starts_at < need.school_ends:
        return place.days & WEEKEND
    return place.days


def _no_day(need: Need) -> str:
    return "It is not open at the weekend" if need.weekend else "It is only open in school hours"


def _review(due: date | None) -> str:
    if due is None:
        return "Its risks were not assessed, or no day is set to look at them again"
    return f"Its risk assessment has to be looked at again by {long_date(due)}"


def fullest(spans: Collection[tuple[date, date]], from_on: date, until_on: date) -> int:
    """The most spans that lie over one day between two days, both included."""
    inside = [(max(a, from_on), min(b, until_on)) for a, b in spans if a <= until_on and b >= from_on]
    return max((sum(a <= day <= b for a, b in inside) for day, _ in inside), default=0)


def weeks_after(day: date, weeks: int) -> date:
    """A day some weeks later."""
    return day + timedelta(weeks=weeks)
