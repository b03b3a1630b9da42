"""How long an assessment's clock stands still while an agency is late."""

from datetime import date

import pytest

from config.policy import Figure
from workflows import stopped_clock
from workflows.stopped_clock import Late, at_most, counted, days_stopped, so_far

# 2026-11-16 is a Monday.
MON, TUE, WED, FRI, NEXT_MON = (date(2026, 11, day) for day in (16, 17, 18, 20, 23))


@pytest.mark.parametrize(
    ("today", "days"), [(MON, 0), (TUE, 1), (WED, 2), (date(2026, 11, 21), 4), (NEXT_MON, 5)]
)
def test_an_open_request_stops_the_clock_from_the_day_after_it_was_due(today: date, days: int) -> None:
    assert days_stopped((Late(MON),), today, 10) == days


def test_never_longer_than_the_policy_allows_and_not_at_all_when_it_is_off() -> None:
    assert days_stopped((Late(MON),), NEXT_MON, 5) == 5
    assert days_stopped((Late(MON),), date(2026, 11, 24), 5) == 5
    assert days_stopped((Late(MON),), NEXT_MON, 0) == 0


def test_an_answer_in_time_stops_nothing_and_a_late_one_only_until_it_came() -> None:
    assert days_stopped((Late(TUE, MON),), FRI, 5) == 0
    assert days_stopped((Late(MON, MON),), FRI, 5) == 0
    assert days_stopped((Late(MON, WED),), FRI, 5) == 2


def test_two_late_agencies_stop_each_day_only_once() -> None:
    assert days_stopped((Late(MON, FRI), Late(TUE, FRI)), NEXT_MON, 10) == 4


@pytest.mark.parametrize(
    "late",
    [
        (Late(MON),),
        (Late(MON, WED),),
        (Late(MON, WED), Late(TUE)),
        (Late(TUE), Late(MON, FRI)),
        (Late(MON), Late(TUE, WED)),
        (),
    ],
)
def test_what_is_kept_on_the_case_tells_the_same_on_every_later_day(late: tuple[Late, ...]) -> None:
    over, since = counted(late, FRI)
    for today in (FRI, NEXT_MON, date(2026, 11, 25)):
        assert so_far(over, since, today, 10) == days_stopped(late, today, 10)


def test_the_policy_can_be_switched_off_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    assert at_most(MON) == 5
    off = Figure("stop_clock_at_most", "off", "working days", "Off.", "ASM-1", "Ours", "configure", MON)
    monkeypatch.setattr(stopped_clock, "figure", lambda _key, _on: off)
    assert at_most(MON) == 0
