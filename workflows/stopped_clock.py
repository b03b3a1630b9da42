"""How many working days an assessment's clock stood still because an agency was late with its answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from config.policy import figure
from workflows.calendar import is_working_day

NOTHING_STOPS = 0


@dataclass(frozen=True)
class Late:
    """A request that was open after `due`; `until` is the day of its answer, None while it is open."""

    due: date
    until: date | None = None


def at_most(on: date) -> int:
    """The most working days that the clock may stand still; 0 when the policy is off."""
    value = figure("stop_clock_at_most", on).value
    return value if isinstance(value, int) else NOTHING_STOPS


def days_stopped(late: Sequence[Late], today: date, most: int) -> int:
    """Working days on which at least one request was overdue, each once, up to `most`."""
    days: set[date] = set()
    for request in late:
        day, last = request.due, min(request.until or today, today)
        while day < last:
            day += timedelta(days=1)
            if is_working_day(day):
                days.add(day)
    return min(len(days), most)


def open_since(late: Sequence[Late], today: date) -> date | None:
    """The due day of the longest overdue request that is still open, if there is one."""
    return min((r.due for r in late if r.until is None and r.due < today), default=None)


def counted(late: Sequence[Late], today: date) -> tuple[int, date | None]:
    """The days that are over for good, and since when an open request is overdue: together they tell all."""
    since = min((r.due for r in late if r.until is None), default=None)
    closed = [Late(r.due, min(r.until, since) if since else r.until) for r in late if r.until]
    return days_stopped(closed, today, len(late) * 1000), since


def so_far(over: int, since: date | None, today: date, most: int) -> int:
    """The days of `counted` as they stand on a day."""
    running = days_stopped((Late(since),), today, most) if since else 0
    return min(over + running, most)
