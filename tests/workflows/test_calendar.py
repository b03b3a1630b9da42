"""Days and deadlines, as sections 2, 8, 9 and 14 set them."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from config.policy import PolicyError
from workflows import calendar
from workflows.calendar import Deadline, add_working_days, deadline, is_working_day, working_days_between

WD_2 = """
2019: 01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26 · 2020: 01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28
2021: 01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28
2022: 01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27
2023: 01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26
2024: 01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26
2025: 01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26 · 2026: 01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28
2027: 01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28
"""
FRIDAY = date(2026, 11, 27)
days = st.dates(date(2015, 1, 1), date(2035, 12, 31))
counts = st.integers(0, 300)


def cases(text: str) -> pytest.MarkDecorator:
    """A table under the names of its columns; a dot parts the cases of a line, # begins a remark."""
    names, *lines = (line.partition("#")[0] for line in text.splitlines())
    rows = (row.split() for line in lines for row in line.split("·"))
    return pytest.mark.parametrize(names.split(), [tuple(map(_cell, row)) for row in rows])


def _cell(text: str) -> object:
    for reads in (int, date.fromisoformat, datetime.fromisoformat):
        with suppress(ValueError):
            return reads(text)
    return text


def due(on: date = FRIDAY, unit: str = "working days") -> Deadline:
    return Deadline("assessment_due", "Assessment due", on, "Within 10 working days.", "YJB", "soft", unit)


def every_day(first: int, last: int) -> list[date]:
    start, end = date(first, 1, 1), date(last, 12, 31)
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


@pytest.mark.parametrize("line", WD_2.strip().replace("\n", " · ").split(" · "))
def test_the_weekdays_off_in_a_year_are_exactly_the_bank_holidays_of_wd_2(line: str) -> None:
    year, listed = line.split(": ")
    off = [d for d in every_day(int(year), int(year)) if d.weekday() < 5 and not is_working_day(d)]
    assert [f"{d:%m-%d}" for d in off] == listed.split()


def test_the_government_feed_and_we_agree_on_every_day_that_it_covers() -> None:
    feed = BankHolidays(use_cached_holidays=True)
    division = BankHolidays.ENGLAND_AND_WALES
    years = {holiday["date"].year for holiday in feed.get_holidays(division=division)}
    assert years >= set(range(2019, 2028))
    every = every_day(min(years), max(years))
    assert [d for d in every if is_working_day(d) != feed.is_work_day(d, division=division)] == []


@cases("""start n end
    2026-11-12 10 2026-11-26 · 2026-11-13 1 2026-11-16
    2026-11-14 1 2026-11-16 · 2026-11-14 0 2026-11-14  # a Saturday is day 0 as well
    2026-12-24 1 2026-12-29 · 2022-06-01 1 2022-06-06  # Boxing Day moved to Monday; the jubilee
    2022-09-16 1 2022-09-20 · 2023-05-05 1 2023-05-09  # the state funeral; the coronation
    2020-05-01 1 2020-05-04 · 2020-05-07 1 2020-05-11  # in 2020 the first Monday of May was worked
    2026-03-27 1 2026-03-30 · 2026-10-23 1 2026-10-26  # the clocks change in between""")
def test_the_day_of_the_event_is_day_0(start: date, n: int, end: date) -> None:
    assert add_working_days(start, n) == end
    assert working_days_between(start, end) == n


@cases("""start end count
    2026-11-27 2026-11-27 0 · 2026-11-27 2026-11-28 0 · 2026-11-27 2026-11-30 1
    2026-11-30 2026-11-27 -1 · 2026-11-29 2026-11-27 0
    2026-12-24 2027-01-04 4  # 29, 30 and 31 December and 4 January""")
def test_working_days_between_two_days_are_signed(start: date, end: date, count: int) -> None:
    assert working_days_between(start, end) == count


def test_working_days_are_only_added_forward() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        add_working_days(FRIDAY, -1)


@given(days, counts)
def test_counting_back_what_was_added_gives_the_same_number(start: date, n: int) -> None:
    assert working_days_between(start, add_working_days(start, n)) == n


@given(days, st.integers(1, 300))
def test_a_deadline_never_lands_on_a_day_off(start: date, n: int) -> None:
    assert is_working_day(add_working_days(start, n))


@given(days, counts, counts)
def test_adding_in_two_goes_is_adding_once(start: date, first: int, second: int) -> None:
    assert add_working_days(add_working_days(start, first), second) == add_working_days(start, first + second)


@given(days, days, counts)
def test_who_starts_later_is_never_due_earlier(one: date, other: date, n: int) -> None:
    early, late = sorted((one, other))
    assert add_working_days(early, n) <= add_working_days(late, n)
    assert add_working_days(early, n) < add_working_days(early, n + 1)


@given(days, days)
def test_the_quick_count_equals_counting_day_by_day(one: date, other: date) -> None:
    start, end = sorted((one, other))
    slow = sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
    assert working_days_between(start, end) == slow
    assert working_days_between(end, start) == -slow


@cases("""dob on age
    2016-11-22 2026-11-21 9 · 2016-11-22 2026-11-22 10
    2008-11-22 2026-11-21 17 · 2008-11-22 2026-11-22 18
    2008-02-29 2026-02-28 17 · 2008-02-29 2026-03-01 18
    2008-02-29 2024-02-28 15 · 2008-02-29 2024-02-29 16
    2008-03-01 2026-02-28 17 · 2008-12-31 2026-12-30 17 · 2008-01-01 2026-01-01 18
    2026-11-22 2026-11-22 0 · 2026-11-22 2026-11-21 -1""")
def test_an_age_is_reached_at_the_start_of_the_birthday(dob: date, on: date, age: int) -> None:
    assert calendar.age_on(dob, on) == age


@cases("""dob age day
    2008-02-29 18 2026-03-01 · 2008-02-29 16 2024-02-29
    2008-02-28 18 2026-02-28 · 2008-11-22 18 2026-11-22""")
def test_a_child_of_29_february_has_common_birthdays_on_1_march(dob: date, age: int, day: date) -> None:
    assert calendar.birthday(dob, age) == day


@given(days, st.integers(1, 30))
def test_a_child_is_one_year_younger_the_day_before_its_birthday(dob: date, age: int) -> None:
    day = calendar.birthday(dob, age)
    assert calendar.age_on(dob, day) == age
    assert calendar.age_on(dob, day - timedelta(days=1)) == age - 1


@cases("""start n end
    2026-01-31 1 2026-02-28 · 2028-01-31 1 2028-02-29 · 2026-11-30 1 2026-12-30
    2026-11-22 2 2027-01-22 · 2026-12-31 12 2027-12-31 · 2026-01-15 0 2026-01-15
    2026-03-31 -1 2026-02-28 · 2026-01-15 -1 2025-12-15""")
def test_a_month_ends_on_the_corresponding_date(start: date, n: int, end: date) -> None:
    assert calendar.add_months(start, n) == end


@cases("""offence last_day
    2026-03-15 2026-09-15 · 2026-03-31 2026-09-30 · 2026-02-28 2026-08-28 · 2028-02-29 2028-08-29
    2025-08-31 2026-02-28 · 2025-08-29 2026-02-28 · 2025-08-28 2026-02-28 · 2025-08-27 2026-02-27
    2027-08-31 2028-02-29 · 2027-08-29 2028-02-29 · 2027-08-28 2028-02-28
    2026-06-25 2026-12-25  # a bank holiday does not extend it (WD-3)""")
def test_the_last_day_to_prosecute_is_the_same_day_six_months_on(offence: date, last_day: date) -> None:
    assert calendar.limitation_date(offence) == last_day


@cases("""now today
    2026-11-22T23:59:59+00:00 2026-11-22 · 2026-11-23T00:00:00+00:00 2026-11-23
    2026-03-28T23:59:59+00:00 2026-03-28 · 2026-03-29T00:00:00+00:00 2026-03-29
    2026-03-29T22:59:59+00:00 2026-03-29 · 2026-03-29T23:00:00+00:00 2026-03-30  # summer time has begun
    2026-10-24T22:59:59+00:00 2026-10-24 · 2026-10-24T23:00:00+00:00 2026-10-25
    2026-10-25T23:59:59+00:00 2026-10-25 · 2026-10-26T00:00:00+00:00 2026-10-26  # and has ended
    2026-06-30T23:30:00+00:00 2026-07-01 · 2026-11-23T01:00:00+02:00 2026-11-22""")
def test_the_day_changes_at_midnight_in_london(now: datetime, today: date) -> None:
    assert calendar.today_in_london(now) == today


@pytest.mark.parametrize("needs_an_instant", [calendar.today_in_london, calendar.clock_words])
def test_an_instant_without_a_zone_has_no_day(needs_an_instant: Callable[[datetime], object]) -> None:
    with pytest.raises(ValueError, match="time zone"):
        needs_an_instant(datetime(2026, 11, 22, 14, 2))  # noqa: DTZ001


def test_dates_and_times_are_written_out_in_london_time() -> None:
    assert calendar.long_date(date(2026, 11, 2)) == "2 November 2026"
    assert calendar.day_date(FRIDAY) == "Friday 27 November 2026"
    assert calendar.clock_words(datetime(2026, 11, 22, 14, 2, tzinfo=UTC)) == "22 November 2026 at 14:02"
    assert calendar.clock_words(datetime(2026, 6, 30, 23, 5, tzinfo=UTC)) == "1 July 2026 at 00:05"


@cases("""today state
    2026-11-23 ok · 2026-11-24 soon · 2026-11-27 soon
    2026-11-28 late  # a Saturday: the day is over all the same""")
def test_a_deadline_is_soon_in_its_last_days_and_late_from_the_next_morning(today: date, state: str) -> None:
    assert due().state(today, soon_days=3) == state


def test_a_deadline_says_how_near_it_is() -> None:
    words = due().words
    assert words(date(2026, 11, 24)) == "in 3 working days, by Friday 27 November 2026"
    assert words(date(2026, 11, 26)) == "in 1 working day, by Friday 27 November 2026"
    assert words(date(2026, 11, 27)) == "today, Friday 27 November 2026"
    assert words(date(2026, 11, 28)) == "late, it was due on Friday 27 November 2026"
    assert words(date(2026, 11, 30)) == "1 working day late, it was due on Friday 27 November 2026"
    assert words(date(2026, 12, 1)) == "2 working days late, it was due on Friday 27 November 2026"
    assert due(date(2026, 11, 29)).words(FRIDAY) == "by Sunday 29 November 2026"


def test_a_clock_of_calendar_days_speaks_of_days() -> None:
    sunday = due(date(2026, 11, 29), unit="days")
    assert sunday.words(FRIDAY) == "in 2 days, by Sunday 29 November 2026"
    assert sunday.words(date(2026, 11, 28)) == "in 1 day, by Sunday 29 November 2026"
    assert sunday.words(date(2026, 12, 1)) == "2 days late, it was due on Sunday 29 November 2026"


@cases("""key starts due_on
    assessment_due 2026-11-12 2026-11-26 · police_told 2026-12-23 2027-01-18
    acknowledge_notification 2026-12-24 2026-12-29
    ycc_completion_normal 2026-10-02 2026-12-25  # calendar days: Christmas counts
    ycc_completion_manager 2026-10-02 2027-01-22 · ycc_completion_ceiling 2026-10-02 2027-02-19
    o22_length_weeks 2026-10-02 2026-12-25 · limitation_months 2025-08-31 2026-02-28""")
def test_a_clock_runs_in_its_own_unit(key: str, starts: date, due_on: date) -> None:
    assert deadline(key, starts, "Due").due == due_on


def test_a_deadline_carries_its_rule_and_its_source() -> None:
    rule = "Assessment finished within 10 working days of referral."
    source = "YJB case management guidance 2014, out-of-court disposals"
    expected = Deadline(
        "assessment_due", "Assessment", date(2026, 11, 26), rule, source, "soft", "working days"
    )
    assert deadline("assessment_due", date(2026, 11, 12), "Assessment") == expected


def test_the_rule_of_the_starting_day_applies_unless_another_day_is_named() -> None:
    before, after = date(2019, 3, 1), date(2019, 4, 1)
    with pytest.raises(PolicyError, match="no entry for 2019-03-01"):
        deadline("o22_length_weeks", before, "Last step")
    assert deadline("o22_length_weeks", before, "Last step", on=after).due == date(2019, 5, 24)


@pytest.mark.parametrize("key", ["password_min", "panel_quorum", "idle_minutes", "adult_age"])
def test_a_figure_that_is_no_clock_sets_no_deadline(key: str) -> None:
    with pytest.raises(PolicyError, match=f"{key} is not a clock"):
        deadline(key, FRIDAY, "Due")
