"""The rules of a meeting: each guard just inside and just outside, each move by whom it may be made."""

from datetime import date, timedelta

import pytest

from workflows.flow import NotYours, Refused
from workflows.meeting import MEETING, MeetingFacts, Status
from workflows.roles import Role

DAY = date(2026, 11, 24)
CHAIR, MANAGER = frozenset({Role.CHAIR}), frozenset({Role.YOT_MANAGER})


def facts(**more: object) -> MeetingFacts:
    return MeetingFacts(**{"today": DAY, "held_on": DAY, "reason": "The room is flooded.", **more})  # type: ignore[arg-type]


GUARDS = (
    ("day_has_come", "open", Status.PLANNED, {"today": DAY}, {"today": DAY - timedelta(days=1)}),
    ("nothing_left", "close", Status.OPEN, {"cases_left": 0}, {"cases_left": 1}),
    ("agenda_empty", "cancel", Status.PLANNED, {"cases_left": 0}, {"cases_left": 1}),
    ("reason", "cancel", Status.PLANNED, {"reason": "x"}, {"reason": "  "}),
    ("day_ahead", "change", Status.PLANNED, {"held_on": DAY}, {"held_on": DAY - timedelta(days=1)}),
    ("another_chair", "replace_chair", Status.OPEN, {"another_chair": True}, {"another_chair": False}),
)


@pytest.mark.parametrize(("guard", "move", "state", "inside", "outside"), GUARDS, ids=[g[0] for g in GUARDS])
def test_each_rule_of_a_meeting_holds_on_one_side_and_not_on_the_other(
    guard: str, move: str, state: Status, inside: dict[str, object], outside: dict[str, object]
) -> None:
    assert MEETING.refusals(move, state, facts(**inside)) == ()
    refused = MEETING.refusals(move, state, facts(**outside))
    assert [refusal.name for refusal in refused] == [guard]
    assert refused[0].hard


def test_every_rule_of_a_meeting_is_in_the_table_above() -> None:
    assert {guard.name for guard in MEETING.guards()} == {row[0] for row in GUARDS}


@pytest.mark.parametrize(
    ("move", "before", "after"),
    [
        ("open", Status.PLANNED, Status.OPEN),
        ("close", Status.OPEN, Status.CLOSED),
        ("cancel", Status.PLANNED, Status.CANCELLED),
    ],
)
def test_the_chair_opens_closes_and_cancels_a_meeting(move: str, before: Status, after: Status) -> None:
    assert MEETING.step(move, before, facts(), CHAIR).after is after


@pytest.mark.parametrize("move", ["open", "close"])
def test_a_manager_who_does_not_chair_neither_opens_nor_closes_a_meeting(move: str) -> None:
    with pytest.raises(NotYours):
        MEETING.step(move, Status.PLANNED, facts(), MANAGER)


def test_any_manager_of_the_area_may_cancel_a_meeting() -> None:
    assert MEETING.step("cancel", Status.PLANNED, facts(), MANAGER).after is Status.CANCELLED


@pytest.mark.parametrize("state", [Status.OPEN, Status.CLOSED, Status.CANCELLED])
def test_a_meeting_that_has_begun_is_not_cancelled(state: Status) -> None:
    with pytest.raises(Refused):
        MEETING.step("cancel", state, facts(), CHAIR)


@pytest.mark.parametrize("state", [Status.CLOSED, Status.CANCELLED])
def test_nothing_happens_in_a_meeting_that_is_over(state: Status) -> None:
    assert MEETING.moves_from(state, CHAIR | MANAGER) == ()
