"""Which placement fits which child: each reason just inside and just outside."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from workflows.placements import Need, PlaceFacts, Weekday, against, fullest

TODAY = date(2026, 11, 24)
UNTIL = TODAY + timedelta(days=60)
DAY = timedelta(days=1)
PLACE = PlaceFacts(
    days=frozenset({Weekday.SAT}),
    starts_at=time(10, 0),
    girls_only=False,
    min_age=13,
    capacity=3,
    taken=2,
    active_from=TODAY,
    active_until=UNTIL,
    risk_review_due=UNTIL,
)
NEED = Need(
    date_of_birth=date(2011, 3, 4),
    is_girl=False,
    in_school=True,
    from_on=TODAY,
    until_on=UNTIL,
    school_ends=time(15, 0),
)
WEDNESDAY = frozenset({Weekday.WED})
MIDWEEK: dict[str, Any] = {"days": WEDNESDAY, "starts_at": time(15, 0)}


@pytest.mark.parametrize(
    ("inside", "outside", "says"),
    [
        ({"taken": 2}, {"taken": 3}, "All 3 places are taken between 24 November 2026 and 23 January 2027"),
        ({"active_from": TODAY}, {"active_from": TODAY + DAY}, "It is not open for all of 24 November"),
        ({"active_until": UNTIL}, {"active_until": UNTIL - DAY}, "It is not open for all of 24 November"),
        ({"min_age": 15}, {"min_age": 16}, "It is for children from 16 years on"),
        ({"girls_only": False}, {"girls_only": True}, "It is for girls only"),
        (MIDWEEK, MIDWEEK | {"starts_at": time(14, 59)}, "It is only open in school hours"),
        ({"risk_review_due": UNTIL}, {"risk_review_due": UNTIL - DAY}, "Its risk assessment has to be"),
        ({"risk_review_due": UNTIL}, {"risk_review_due": None}, "Its risks were not assessed"),
    ],
)
def test_each_reason_holds_on_one_side_only(
    inside: dict[str, Any], outside: dict[str, Any], says: str
) -> None:
    assert against(replace(PLACE, **inside), NEED) == ()
    found = against(replace(PLACE, **outside), NEED)
    assert len(found) == 1
    assert found[0].says.startswith(says)
    assert found[0].full is ("taken" in outside)


def test_a_girl_may_go_to_a_place_for_girls() -> None:
    assert against(replace(PLACE, girls_only=True), replace(NEED, is_girl=True)) == ()


def test_who_is_not_at_school_may_come_in_school_hours() -> None:
    morning = replace(PLACE, days=WEDNESDAY)
    assert against(morning, replace(NEED, in_school=False)) == ()
    assert against(morning, NEED) != ()


def test_only_those_who_are_there_on_one_day_together_count() -> None:
    days = [TODAY + timedelta(days=n) for n in range(10)]
    spans = [(days[0], days[3]), (days[4], days[6]), (days[6], days[9])]
    assert fullest(spans, days[0], days[9]) == 2
    assert fullest(spans, days[0], days[5]) == 1
    assert fullest(spans, days[7], days[9]) == 1
    assert fullest([], days[0], days[9]) == 0
