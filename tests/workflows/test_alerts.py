"""When a deadline is announced, and the last day to prosecute against a second way of counting."""

import calendar as months
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.alerts import Stage, near_day, next_day, reached, stages
from workflows.calendar import (
    Deadline,
    add_months,
    age_on,
    birthday,
    limitation_date,
    working_days_between,
)

DAY = timedelta(days=1)
dues = st.dates(date(2015, 1, 1), date(2035, 12, 31))


def clock(due: date) -> Deadline:
    return Deadline("any", "Any", due, "A rule.", "A source", "soft")


def every_day(first: date, last: date) -> list[date]:
    return [first + n * DAY for n in range((last - first).days + 1)]


def six_months_on(offence: date) -> date:
    """Counted month by month: the same number in the sixth month after, or that month's last day."""
    year, month = offence.year, offence.month
    for _ in range(6):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    last = months.monthrange(year, month)[1]
    return date(year, month, offence.day if offence.day <= last else last)


def test_every_offence_from_2012_to_2035_can_be_prosecuted_until_the_corresponding_day() -> None:
    days = every_day(date(2012, 1, 1), date(2035, 12, 31))
    assert [d for d in days if limitation_date(d) != six_months_on(d)] == []


def test_the_limit_is_never_a_day_in_the_seventh_month_and_never_goes_back() -> None:
    days = every_day(date(2012, 1, 1), date(2035, 12, 31))
    limits = [limitation_date(d) for d in days]
    assert limits == sorted(limits)
    assert {(b.year - a.year) * 12 + b.month - a.month for a, b in zip(days, limits, strict=True)} == {6}


@pytest.mark.parametrize(
    ("offence", "last"),
    [
        (date(2026, 3, 15), date(2026, 9, 15)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2027, 8, 29), date(2028, 2, 29)),
        (date(2026, 8, 28), date(2027, 2, 28)),
        (date(2026, 12, 31), date(2027, 6, 30)),
        (date(2028, 2, 29), date(2028, 8, 29)),
        (date(2026, 10, 25), date(2027, 4, 25)),
    ],
)
def test_the_odd_dates_of_the_limit(offence: date, last: date) -> None:
    assert limitation_date(offence) == last


def test_the_alerts_of_the_limit_come_four_and_five_months_on_and_at_most_three_days_before() -> None:
    """Two months and one before the last day: earlier than the rule only where a month has no such day."""
    for offence in every_day(date(2012, 1, 1), date(2035, 12, 31)):
        days = stages(clock(limitation_date(offence)), near_days=2, months=(2, 1))
        for stage, after in ((Stage.FIRST, 4), (Stage.SECOND, 5)):
            assert 0 <= (add_months(offence, after) - days[stage]).days <= 3


@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)))
def test_nobody_is_18_the_day_before_the_birthday_and_everybody_is_on_it(born: date) -> None:
    turns = birthday(born, 18)
    assert (age_on(born, turns - DAY), age_on(born, turns)) == (17, 18)
    assert turns == (date(born.year + 18, 3, 1) if not _exists(born) else born.replace(year=born.year + 18))


def _exists(born: date) -> bool:
    return (born.month, born.day) != (2, 29) or months.isleap(born.year + 18)


@given(dues, st.integers(1, 10))
def test_near_begins_on_the_first_day_that_has_so_many_working_days_left(due: date, ahead: int) -> None:
    day = near_day(due, ahead)
    assert working_days_between(day, due) <= ahead
    assert working_days_between(day - DAY, due) > ahead


@given(dues, st.sampled_from([(), (6, 1), (2, 1)]))
def test_every_stage_comes_once_and_in_order(due: date, ahead: tuple[int, ...]) -> None:
    days = stages(clock(due), near_days=2, months=ahead)
    assert list(days.values()) == sorted(days.values())
    first = min(days.values())
    seen = [reached(days, day) for day in every_day(first - DAY, due + 3 * DAY)]
    assert seen[0] is None
    assert list(dict.fromkeys(seen[1:])) == list(days)


@given(dues, st.integers(-10, 400))
def test_the_next_day_is_the_first_that_changes_the_stage(due: date, before: int) -> None:
    days, today = stages(clock(due), near_days=2, months=(6, 1)), due - before * DAY
    coming = next_day(days, today)
    if coming is None:
        assert reached(days, today) is Stage.LATE
        return
    assert reached(days, coming) != reached(days, today)
    assert all(reached(days, d) == reached(days, today) for d in every_day(today, coming - DAY))


@pytest.mark.parametrize(
    ("due", "near"),
    [
        (date(2026, 12, 29), date(2026, 12, 23)),  # Christmas, Boxing Day moved, a weekend
        (date(2026, 4, 7), date(2026, 4, 1)),  # Easter
        (date(2026, 11, 27), date(2026, 11, 25)),
        (date(2026, 3, 30), date(2026, 3, 26)),  # the clocks went forward on the Sunday between
        (date(2026, 10, 26), date(2026, 10, 22)),  # and back
    ],
)
def test_two_working_days_before_leaves_out_weekends_and_bank_holidays(due: date, near: date) -> None:
    assert near_day(due, 2) == near
