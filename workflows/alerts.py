"""When a deadline is announced: before it, on its day, and once when it has passed."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from workflows.calendar import Deadline, add_months, working_days_between

_DAY = timedelta(days=1)


class Stage(StrEnum):
    """How far a deadline has come; each stage is announced once."""

    FIRST = "first"
    SECOND = "second"
    NEAR = "near"
    TODAY = "today"
    LATE = "late"


def stages(clock: Deadline, *, near_days: int, months: Sequence[int] = ()) -> dict[Stage, date]:
    """The day on which each stage begins, in their order; `months` are those before a deadline of the law."""
    early = zip((Stage.FIRST, Stage.SECOND), months, strict=False)
    days = {stage: add_months(clock.due, -ahead) for stage, ahead in early}
    days |= {Stage.NEAR: near_day(clock.due, near_days), Stage.TODAY: clock.due, Stage.LATE: clock.due + _DAY}
    return days


def near_day(due: date, near_days: int) -> date:
    """The first of the days from which at most so many working days are left until `due`."""
    day = due
    while working_days_between(day - _DAY, due) <= near_days:
        day -= _DAY
    return day


def reached(days: dict[Stage, date], today: date) -> Stage | None:
    """The last stage that has begun, so that a missed day is made up for by one alert and not by three."""
    begun = [stage for stage in Stage if stage in days and days[stage] <= today]
    return begun[-1] if begun else None


def next_day(days: dict[Stage, date], today: date) -> date | None:
    """The next day after today on which a stage begins."""
    return min((day for day in days.values() if day > today), default=None)
