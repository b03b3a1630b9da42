"""Days and deadlines: working days of England, ages, months, how near a date is. Dates are London dates."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from config.policy import PolicyError, Strength, figure, number

LONDON = ZoneInfo("Europe/London")
State = Literal["ok", "soon", "late"]
_DAY = timedelta(days=1)


def today_in_london(now: datetime) -> date:
    """The date in London at an instant. ValueError if `now` has no time zone (WD-3)."""
    return _in_london(now).date()


def is_working_day(d: date) -> bool:
    """Monday to Friday, except bank holidays in England (WD-1)."""
    return d.weekday() < 5 and d not in _bank_holidays(d.year)


def bank_holiday(d: date) -> str:
    """The name of the bank holiday on a day, empty on every other day (WD-1)."""
    return _bank_holidays(d.year).get(d, "")


def add_working_days(start: date, n: int) -> date:
    """The n-th working day after `start`, which is day 0 (WD-1). ValueError if n is below 0."""
    if n < 0:
        raise ValueError("working days are counted forward: n is 0 or more")
    day = start
    while n:
        day += _DAY
        if is_working_day(day):
            n -= 1
    return day


def take_working_days(end: date, n: int) -> date:
    """The n-th working day before `end` (WD-1). ValueError if n is below 0."""
    if n < 0:
        raise ValueError("working days are counted back: n is 0 or more")
    day = end
    while n:
        day -= _DAY
        if is_working_day(day):
            n -= 1
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days from `start` (day 0) until `end`, that day included; below 0 if `end` is earlier."""
    if end < start:
        return -working_days_between(end, start)
    holidays = sum(start < d <= end for year in range(start.year, end.year + 1) for d in _bank_holidays(year))
    return _weekdays_until(end) - _weekdays_until(start) - holidays


def birthday(dob: date, age: int) -> date:
    """The day on which a person reaches an age; 29 February becomes 1 March in common years (AGE-5)."""
    try:
        return dob.replace(year=dob.year + age)
    except ValueError:
        return date(dob.year + age, 3, 1)


def age_on(dob: date, on: date) -> int:
    """Age in whole years on a day, reached at the start of the birthday (AGE-5); below 0 before birth."""
    years = on.year - dob.year
    return years - (on < birthday(dob, years))


def add_months(d: date, n: int) -> date:
    """The corresponding date n months later, or the last day of that month where it has none (WD-3)."""
    year, month = divmod(d.year * 12 + d.month - 1 + n, 12)
    return date(year, month + 1, min(d.day, monthrange(year, month + 1)[1]))


def limitation_date(offence_on: date) -> date:
    """The last day to prosecute a summary-only offence (LIM-1, Magistrates' Courts Act 1980 s.127)."""
    return add_months(offence_on, number("limitation_months", offence_on))


@dataclass(frozen=True)
class Deadline:
    """A date by which something is due; `rule` is the sentence that sets it, `unit` the unit of its clock."""

    key: str
    text: str
    due: date
    rule: str
    source: str
    strength: Strength
    unit: str = "working days"

    def state(self, today: date, soon_days: int) -> State:
        """'late' after the due day, 'soon' in the last `soon_days` working days up to it, otherwise 'ok'."""
        if today > self.due:
            return "late"
        return "soon" if working_days_between(today, self.due) <= soon_days else "ok"

    def words(self, today: date) -> str:
        """How near it is, with the date; in working days for a clock of working days, otherwise in days."""
        day = day_date(self.due)
        if today == self.due:
            return f"today, {day}"
        in_working_days = self.unit == "working days"
        left = working_days_between(today, self.due) if in_working_days else (self.due - today).days
        length = f"{abs(left)} {'working ' * in_working_days}{'day' if abs(left) == 1 else 'days'}"
        # Between Friday and Sunday no working day passes, and "in 0 working days" helps nobody.
        if today < self.due:
            return f"in {length}, by {day}" if left else f"by {day}"
        return f"{length} late, it was due on {day}" if left else f"late, it was due on {day}"


def deadline(key: str, starts: date, text: str, on: date | None = None) -> Deadline:
    """The deadline that a policy clock sets from the day it starts, by the rule in force then (or on `on`).

    KeyError for an unknown key, PolicyError if the figure is not a clock or has no entry for that day.
    """
    clock = figure(key, on or starts)
    step = _STEPS.get(clock.unit)
    if step is None or not isinstance(clock.value, int):
        raise PolicyError(f"{key} is not a clock: its unit is {clock.unit}")
    due = step(starts, clock.value)
    return Deadline(key, text, due, clock.says, clock.source, clock.strength, clock.unit)


def long_date(d: date) -> str:
    """'22 November 2026'."""
    return f"{d.day} {d:%B} {d.year}"


def day_date(d: date) -> str:
    """'Friday 27 November 2026'."""
    return f"{d:%A} {long_date(d)}"


def clock_words(dt: datetime) -> str:
    """'22 November 2026 at 14:02', in London time. ValueError if `dt` has no time zone."""
    local = _in_london(dt)
    return f"{long_date(local.date())} at {local:%H:%M}"


def clock_time(dt: datetime) -> time:
    """The hour and minute in London. ValueError if `dt` has no time zone."""
    return _in_london(dt).time().replace(second=0, microsecond=0)


_STEPS: dict[str, Callable[[date, int], date]] = {
    "working days": add_working_days,
    "days": lambda start, n: start + timedelta(days=n),
    "weeks": lambda start, n: start + timedelta(weeks=n),
    "months": add_months,
}


def _in_london(instant: datetime) -> datetime:
    if instant.utcoffset() is None:
        raise ValueError("an instant needs a time zone: use datetime.now(UTC)")
    return instant.astimezone(LONDON)


def _weekdays_until(d: date) -> int:
    # Day 1 of the proleptic calendar is a Monday, so weeks can be counted without walking through them.
    weeks, rest = divmod(d.toordinal(), 7)
    return weeks * 5 + min(rest, 5)


@cache
def _bank_holidays(year: int) -> Mapping[date, str]:
    # Imported here because the import alone takes half a second, which command lines and tests need not pay.
    import holidays

    days = holidays.country_holidays("GB", subdiv="ENG", years=year)
    # The library also lists a holiday's own Saturday or Sunday beside its substitute.
    return {d: str(name) for d, name in sorted(days.items()) if d.weekday() < 5}
