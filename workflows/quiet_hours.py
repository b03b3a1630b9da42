"""Quiet hours: nobody is nudged by mail in the evening, at night or on a day on which nobody works."""

from datetime import UTC, datetime, time

from config.policy import number
from workflows.calendar import LONDON, add_working_days, is_working_day


def quiet_until(at: datetime) -> datetime | None:
    """When mails may go out again, or None when they may go out now; by the clock on the wall in London."""
    local = at.astimezone(LONDON)
    day = local.date()
    begins, ends = number("quiet_from", day), number("quiet_to", day)
    if is_working_day(day) and ends <= local.hour < begins:
        return None
    early = is_working_day(day) and local.hour < ends
    opens = day if early else add_working_days(day, 1)
    return datetime.combine(opens, time(ends), LONDON).astimezone(UTC)
