"""The rules of a list, each just inside and just outside, and the months that lists cover."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from workflows.police_list import POLICE_LIST, ListFacts, Status, months_covered

READY = ListFacts(
    mapped=True,
    first_on=date(2026, 9, 1),
    last_on=date(2026, 9, 30),
    supplied_on=date(2026, 9, 30),
    good=1,
    reason="The wrong month",
    own=True,
)
BOUNDS = [
    ("map", Status.UPLOADED, "columns_named", {}, {"mapped": False}),
    (
        "map",
        Status.UPLOADED,
        "period_given",
        {"first_on": date(2026, 9, 30)},
        {"first_on": date(2026, 10, 1)},
    ),
    ("map", Status.UPLOADED, "period_over", {}, {"supplied_on": date(2026, 9, 29)}),
    ("confirm", Status.CHECKED, "something_good", {"good": 1}, {"good": 0}),
    ("confirm", Status.CHECKED, "all_clean", {"whole": True, "bad": 0}, {"whole": True, "bad": 1}),
    ("confirm", Status.CHECKED, "all_clean", {"whole": False, "bad": 9}, {"whole": True, "bad": 9}),
    ("finish", Status.IMPORTING, "nothing_waits", {"waiting": 0}, {"waiting": 1}),
    ("undo", Status.DONE, "undo_reason", {"reason": "x"}, {"reason": " "}),
    ("undo", Status.DONE, "own_or_manager", {"own": True}, {"own": False}),
]


@pytest.mark.parametrize(("move", "state", "rule", "inside", "outside"), BOUNDS)
def test_each_rule_holds_on_one_side_and_stops_on_the_other(
    move: str, state: Status, rule: str, inside: dict[str, Any], outside: dict[str, Any]
) -> None:
    assert POLICE_LIST.refusals(move, state, replace(READY, **inside)) == ()
    refused = POLICE_LIST.refusals(move, state, replace(READY, **outside))
    assert [(one.name, one.hard) for one in refused] == [(rule, True)]


@dataclass
class One:
    """A list, as far as its days go."""

    first_on: date | None
    last_on: date | None
    status: str = Status.DONE


JULY, SEPTEMBER = date(2026, 7, 1), date(2026, 9, 30)


def covered(*lists: One) -> list[bool]:
    """Whether July, August and September 2026 are covered."""
    return [month.covered for month in months_covered(lists, JULY, SEPTEMBER)]


@pytest.mark.parametrize(
    ("lists", "expected"),
    [
        ([], [False] * 3),
        ([One(JULY, SEPTEMBER)], [True] * 3),
        ([One(JULY, date(2026, 9, 29))], [True, True, False]),
        ([One(date(2026, 7, 2), SEPTEMBER)], [False, True, True]),
        (
            [One(date(2026, 8, 16), date(2026, 8, 31)), One(date(2026, 8, 1), date(2026, 8, 15))],
            [False, True, False],
        ),
        ([One(date(2026, 8, 17), date(2026, 8, 31)), One(date(2026, 8, 1), date(2026, 8, 15))], [False] * 3),
        (
            [One(date(2026, 8, 1), date(2026, 8, 20)), One(date(2026, 8, 5), date(2026, 8, 31))],
            [False, True, False],
        ),
        ([One(JULY, SEPTEMBER, Status.UNDONE), One(JULY, SEPTEMBER, Status.CHECKED)], [False] * 3),
        ([One(None, None)], [False] * 3),
    ],
)
def test_a_month_is_covered_when_imported_lists_hold_every_day_of_it(
    lists: list[One], expected: list[bool]
) -> None:
    assert covered(*lists) == expected


def test_months_run_over_the_end_of_the_year() -> None:
    months = months_covered([], date(2026, 11, 15), date(2027, 1, 1))
    assert [month.month for month in months] == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]
