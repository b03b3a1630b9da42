"""The days of a series of meetings: a weekday in a rhythm, with bank holidays named and stepped around."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from workflows.calendar import add_months, add_working_days, bank_holiday


class Rhythm(StrEnum):
    """How often the panel meets."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"


RHYTHM_WORDS = {
    Rhythm.WEEK: "Every week",
    Rhythm.FORTNIGHT: "Every two weeks",
    Rhythm.MONTH: "Every month, in the same week of the month as the first",
}


class OnHoliday(StrEnum):
    """What becomes of a meeting that would fall on a bank holiday."""

    SKIP = "skip"
    MOVE = "move"


HOLIDAY_WORDS = {
    OnHoliday.SKIP: "Leave it out",
    OnHoliday.MOVE: "Hold it on the next working day",
}


class Weekday(StrEnum):
    """A day of the working week, in its order."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"

    @property
    def number(self) -> int:
        """0 for Monday."""
        return list(Weekday).index(self)


@dataclass(frozen=True)
class SeriesDay:
    """One day of a series; `holiday` names the bank holiday that it meets or was moved away from."""

    day: date
    rhythm_day: date
    holiday: str = ""
    proposed: bool = True


def first_day(start: date, weekday: Weekday) -> date:
    """The first such weekday on or after a day."""
    return start + timedelta(days=(weekday.number - start.weekday()) % 7)


def series_days(
    start: date,
    weekday: Weekday,
    rhythm: Rhythm,
    on_holiday: OnHoliday,
    *,
    until: date | None,
    times: int,
) -> list[SeriesDay]:
    """The days from `start`, at most `times` that are proposed and none after `until`.

    A bank holiday is never proposed: it is left out, or the next working day takes its place.
    """
    found: list[SeriesDay] = []
    for day in _rhythm(first_day(start, weekday), rhythm):
        if (until is not None and day > until) or sum(one.proposed for one in found) >= times:
            break
        found.append(_around(day, on_holiday, until))
    return found


def _around(day: date, on_holiday: OnHoliday, until: date | None) -> SeriesDay:
    name = bank_holiday(day)
    if not name:
        return SeriesDay(day, day)
    moved = add_working_days(day, 1)
    if on_holiday is OnHoliday.MOVE and (until is None or moved <= until):
        return SeriesDay(moved, day, name)
    return SeriesDay(day, day, name, proposed=False)


def _rhythm(first: date, rhythm: Rhythm) -> Iterator[date]:
    if rhythm is Rhythm.MONTH:
        yield from _months(first)
    step = timedelta(weeks=1 if rhythm is Rhythm.WEEK else 2)
    while True:
        yield first
        first += step


def _months(first: date) -> Iterator[date]:
    """The same weekday in the same week of each month; a fifth one is the last of its month."""
    week, month = (first.day - 1) // 7, 0
    while True:
        start = add_months(first.replace(day=1), month)
        day = first_day(start, list(Weekday)[first.weekday()]) + timedelta(weeks=week)
        last = start.replace(day=monthrange(start.year, start.month)[1])
        yield day if day <= last else day - timedelta(weeks=1)
        month += 1
