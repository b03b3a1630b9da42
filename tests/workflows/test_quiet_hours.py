"""Quiet hours in London: their edges, weekends, bank holidays and both changes of the clock."""

from datetime import UTC, datetime

import pytest

from workflows.calendar import LONDON
from workflows.quiet_hours import quiet_until


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-11-25 06:59", "2026-11-25 07:00"),
        ("2026-11-25 07:00", None),
        ("2026-11-25 18:59", None),
        ("2026-11-25 19:00", "2026-11-26 07:00"),
        ("2026-11-26 00:30", "2026-11-26 07:00"),
        ("2026-11-27 19:00", "2026-11-30 07:00"),  # Friday evening until Monday
        ("2026-11-28 12:00", "2026-11-30 07:00"),
        ("2026-12-24 19:00", "2026-12-29 07:00"),  # Christmas, Boxing Day on Monday in place of Saturday
        ("2026-04-03 12:00", "2026-04-07 07:00"),  # Good Friday until after Easter Monday
    ],
)
def test_mails_wait_from_seven_in_the_evening_to_seven_in_the_morning_of_a_working_day(
    at: str, until: str | None
) -> None:
    assert quiet_until(london(at)) == (london(until) if until else None)


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        # Clocks go forward on Sunday 29 March 2026: seven on Monday is six o'clock UTC.
        (datetime(2026, 3, 27, 19, 0, tzinfo=UTC), datetime(2026, 3, 30, 6, 0, tzinfo=UTC)),
        # Clocks go back on Sunday 25 October 2026: seven on Monday is seven o'clock UTC.
        (datetime(2026, 10, 23, 18, 0, tzinfo=UTC), datetime(2026, 10, 26, 7, 0, tzinfo=UTC)),
        (datetime(2026, 10, 23, 17, 59, tzinfo=UTC), None),
        (datetime(2026, 3, 27, 18, 59, tzinfo=UTC), None),
        (datetime(2026, 3, 30, 5, 59, tzinfo=UTC), datetime(2026, 3, 30, 6, 0, tzinfo=UTC)),
        (datetime(2026, 3, 30, 6, 0, tzinfo=UTC), None),
    ],
)
def test_the_clock_on_the_wall_counts_over_both_changes_of_the_clock(
    at: datetime, opens: datetime | None
) -> None:
    assert quiet_until(at) == opens


def test_over_a_whole_year_each_hour_is_quiet_or_working_by_the_wall_clock() -> None:
    working = 0
    for day in range(365):
        for hour in range(24):
            at = datetime.fromtimestamp(1767225600 + day * 86400 + hour * 3600, UTC)
            local = at.astimezone(LONDON)
            if quiet_until(at) is None:
                working += 1
                assert 7 <= local.hour < 19
                assert local.weekday() < 5
    assert working == 12 * 253  # working days of 2026
