"""The days of a series: always the weekday, never a bank holiday unless it is chosen, never after the end."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workflows.calendar import bank_holiday, is_working_day
from workflows.meeting_days import OnHoliday, Rhythm, SeriesDay, Weekday, first_day, series_days

STARTS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def days(found: list[SeriesDay]) -> list[date]:
    return [one.day for one in found if one.proposed]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    start=STARTS,
    weekday=st.sampled_from(Weekday),
    rhythm=st.sampled_from(Rhythm),
    on_holiday=st.sampled_from(OnHoliday),
    length=st.one_of(st.none(), st.integers(0, 500)),
    times=st.integers(1, 60),
)
def test_a_series_keeps_its_weekday_steps_around_bank_holidays_and_ends(
    start: date, weekday: Weekday, rhythm: Rhythm, on_holiday: OnHoliday, length: int | None, times: int
) -> None:
    until = None if length is None else start + timedelta(days=length)
    found = series_days(start, weekday, rhythm, on_holiday, until=until, times=times)
    proposed = days(found)
    assert proposed == sorted(set(proposed)), "each day once, in order"
    assert len(proposed) <= times
    assert until is not None or len(proposed) == times, "without a last day there are as many as asked for"
    for one in found:
        assert one.rhythm_day.weekday() == weekday.number
        assert start <= one.day
        assert until is None or one.day <= until
        assert one.holiday == bank_holiday(one.rhythm_day)
        if one.proposed:
            assert is_working_day(one.day)
            assert one.day == one.rhythm_day or (one.holiday and on_holiday is OnHoliday.MOVE)
        else:
            assert one.holiday, "only a bank holiday is left out"
    steps = [(b.rhythm_day - a.rhythm_day).days for a, b in pairwise(found)]
    allowed = {Rhythm.WEEK: {7}, Rhythm.FORTNIGHT: {14}, Rhythm.MONTH: {28, 35}}[rhythm]
    assert set(steps) <= allowed
    if rhythm is Rhythm.MONTH:
        months = [(one.rhythm_day.year, one.rhythm_day.month) for one in found]
        assert len(set(months)) == len(months), "one in each month"


def test_christmas_is_named_and_left_out_or_moved() -> None:
    around = {"until": date(2026, 12, 31), "times": 9}
    out = series_days(date(2026, 12, 14), Weekday.FRIDAY, Rhythm.WEEK, OnHoliday.SKIP, **around)  # type: ignore[arg-type]
    assert [(one.day.day, one.holiday, one.proposed) for one in out] == [
        (18, "", True),
        (25, "Christmas Day", False),
    ]
    moved = series_days(date(2026, 12, 14), Weekday.FRIDAY, Rhythm.WEEK, OnHoliday.MOVE, **around)  # type: ignore[arg-type]
    # Boxing Day 2026 is a Saturday, so the Monday after it is a bank holiday too.
    assert days(moved) == [date(2026, 12, 18), date(2026, 12, 29)]


def test_a_meeting_left_out_does_not_count_towards_the_number_asked_for() -> None:
    found = series_days(date(2026, 12, 18), Weekday.FRIDAY, Rhythm.WEEK, OnHoliday.SKIP, until=None, times=2)
    assert days(found) == [date(2026, 12, 18), date(2027, 1, 8)]


def test_a_fifth_weekday_is_the_last_of_each_month() -> None:
    found = series_days(date(2026, 6, 30), Weekday.TUESDAY, Rhythm.MONTH, OnHoliday.SKIP, until=None, times=4)
    assert days(found) == [date(2026, 6, 30), date(2026, 7, 28), date(2026, 8, 25), date(2026, 9, 29)]


@pytest.mark.parametrize(("start", "first"), [(2, 3), (3, 3), (4, 10)])
def test_the_first_day_is_the_weekday_on_or_after_the_day_asked_for(start: int, first: int) -> None:
    assert first_day(date(2026, 11, start), Weekday.TUESDAY) == date(2026, 11, first)
