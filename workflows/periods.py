"""Days that a figure is about, and how much of them the lists of the force cover."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from workflows.calendar import add_months, long_date


@dataclass(frozen=True, order=True)
class Period:
    """Days from the first to the last, both included."""

    first: date
    last: date

    @property
    def words(self) -> str:
        """'1 July to 30 September 2026'; a whole month is 'September 2026'."""
        if self == month_of(self.first):
            return f"{self.first:%B %Y}"
        if self.first == self.last:
            return long_date(self.first)
        same_year = self.first.year == self.last.year
        since = f"{self.first.day} {self.first:%B}" if same_year else long_date(self.first)
        return f"{since} to {long_date(self.last)}"

    def days(self) -> set[date]:
        """Every day of it."""
        return {self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)}

    def months(self) -> list["Period"]:
        """Its months, the first and the last cut to it."""
        found, first = [], self.first
        while first <= self.last:
            last = min(month_of(first).last, self.last)
            found.append(Period(first, last))
            first = last + timedelta(days=1)
        return found


def month_of(day: date) -> Period:
    """The calendar month of a day."""
    first = day.replace(day=1)
    return Period(first, add_months(first, 1) - timedelta(days=1))


def quarter_of(day: date) -> Period:
    """The calendar quarter of a day."""
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    return Period(first, add_months(first, 3) - timedelta(days=1))


def quarters(today: date, most: int) -> list[Period]:
    """The quarter that runs and the ones before it, the newest first."""
    found = [quarter_of(today)]
    while len(found) < most:
        found.append(quarter_of(found[-1].first - timedelta(days=1)))
    return found


class Cover(StrEnum):
    """How much of a period the lists of the force cover."""

    WHOLE = "whole"
    PART = "part"
    NONE = "none"


@dataclass(frozen=True)
class Coverage:
    """The lists behind a figure: which days are missing, and when each of them was supplied."""

    period: Period
    missing: tuple[Period, ...]
    supplied: tuple[date, ...]
    cover: Cover

    @property
    def sentence(self) -> str:
        """What the figure rests on, in words."""
        if self.cover is Cover.NONE:
            return f"The force sent no list for {self.period.words}."
        *first, last = [long_date(day) for day in self.supplied]
        days = f"{', '.join(first)} and {last}" if first else last
        rests = f"It rests on the force's list supplied on {days}."
        if self.cover is Cover.WHOLE:
            return rests
        return f"{rests} These days are on no list: {', '.join(part.words for part in self.missing)}."


def coverage(
    period: Period, lists: Iterable[tuple[date, date, date]], *, today: date | None = None
) -> Coverage:
    """How the lists (first day, last day, supplied on) cover a period; days to come are not missing."""
    held = [one for one in lists if one[0] <= period.last and one[1] >= period.first]
    wanted = Period(period.first, period.last if today is None else min(period.last, today)).days()
    covered = {day for first, last, _ in held for day in Period(first, last).days()}
    missing = sorted(wanted - covered)
    cover = Cover.PART if missing else Cover.WHOLE
    if not wanted & covered:
        cover = Cover.NONE
    return Coverage(period, _runs(missing), tuple(sorted({one[2] for one in held})), cover)


def _runs(days: Collection[date]) -> tuple[Period, ...]:
    found: list[Period] = []
    for day in days:
        if found and day - found[-1].last == timedelta(days=1):
            found[-1] = Period(found[-1].first, day)
        else:
            found.append(Period(day, day))
    return tuple(found)
