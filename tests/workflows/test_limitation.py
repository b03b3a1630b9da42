"""Six months to prosecute a summary offence, by corresponding dates (LIM-1), and the exceptions (LIM-3)."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.limitation import last_day_to_prosecute
from workflows.vocabulary import ModeOfTrial

SUMMARY, EITHER_WAY = ModeOfTrial.SUMMARY, ModeOfTrial.EITHER_WAY
days = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("offence", "last"),
    [
        (date(2026, 3, 15), date(2026, 9, 15)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 8, 30), date(2027, 2, 28)),
        (date(2027, 8, 30), date(2028, 2, 29)),
        (date(2026, 8, 28), date(2027, 2, 28)),
        (date(2028, 2, 29), date(2028, 8, 29)),
        (date(2026, 2, 28), date(2026, 8, 28)),
        (date(2026, 10, 31), date(2027, 4, 30)),
        (date(2026, 12, 31), date(2027, 6, 30)),
        (date(2026, 6, 30), date(2026, 12, 30)),
    ],
)
def test_the_last_day_has_the_same_number_or_is_the_last_of_its_month(offence: date, last: date) -> None:
    assert last_day_to_prosecute(SUMMARY, offence) == last


@given(offence=days)
def test_the_last_day_is_in_the_sixth_month_after_and_as_late_as_its_number_allows(offence: date) -> None:
    last = last_day_to_prosecute(SUMMARY, offence)
    assert last is not None
    assert (last.year * 12 + last.month) - (offence.year * 12 + offence.month) == 6
    assert last.day == min(offence.day, monthrange(last.year, last.month)[1])


@given(offence=days, later=st.integers(0, 400))
def test_a_later_offence_never_ends_earlier(offence: date, later: int) -> None:
    first = last_day_to_prosecute(SUMMARY, offence)
    second = last_day_to_prosecute(SUMMARY, offence + timedelta(days=later))
    assert first is not None
    assert second is not None
    assert first <= second


@given(began=days, length=st.integers(0, 2000))
def test_an_offence_that_goes_on_counts_from_its_last_day(began: date, length: int) -> None:
    ended = began + timedelta(days=length)
    assert last_day_to_prosecute(SUMMARY, began, ended_on=ended) == last_day_to_prosecute(SUMMARY, ended)


@given(offence=days)
def test_other_offences_have_no_limit(offence: date) -> None:
    for mode in (EITHER_WAY, ModeOfTrial.INDICTABLE):
        assert last_day_to_prosecute(mode, offence, ended_on=offence) is None


@given(offence=days, by_hand=days)
def test_a_day_that_was_set_by_hand_goes_before_any_rule(offence: date, by_hand: date) -> None:
    for mode in ModeOfTrial:
        assert last_day_to_prosecute(mode, offence, set_to=by_hand) == by_hand
