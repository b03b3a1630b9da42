"""The rules of the day on which a disposal is given: each just inside and just outside."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from config.coded import RESCHEDULES
from workflows.appointment import APPOINTMENT, AppointmentFacts, Status

TODAY = date(2026, 11, 17)
READY = AppointmentFacts(today=TODAY, held_on=TODAY, decided=True, coded=True, reason="The family is away")
FROM = {"plan": Status.NEW, "reschedule": Status.PLANNED, "cancel": Status.PLANNED}
TURNS_18 = TODAY + timedelta(days=1)

# move, rule, guard, just inside, just outside
TABLE: list[tuple[str, str, str, dict[str, Any], dict[str, Any]]] = [
    ("plan", "WD-4", "appointment_decided", {}, {"decided": False}),
    ("plan", "WD-4", "appointment_ahead", {}, {"held_on": TODAY - timedelta(days=1)}),
    ("plan", "AGE-2", "appointment_before_18", {"turns_18_on": TURNS_18}, {"turns_18_on": TODAY}),
    ("reschedule", "WD-4", "appointment_ahead", {}, {"held_on": TODAY - timedelta(days=1)}),
    ("reschedule", "EXP-2", "appointment_coded", {}, {"coded": False}),
    ("cancel", "EXP-2", "appointment_reason", {}, {"reason": " "}),
]


def unmet(move: str, **changes: Any) -> dict[str, str]:
    """The rule of every guard that stops the move."""
    return {r.name: r.rule for r in APPOINTMENT.refusals(move, FROM[move], replace(READY, **changes))}


@pytest.mark.parametrize(("move", "rule", "guard", "inside", "outside"), TABLE)
def test_each_rule_holds_just_inside_and_stops_just_outside(
    move: str, rule: str, guard: str, inside: dict[str, Any], outside: dict[str, Any]
) -> None:
    assert guard not in unmet(move, **inside)
    assert unmet(move, **outside)[guard] == rule


def test_every_rule_of_the_flow_is_in_the_table() -> None:
    assert {guard.name for guard in APPOINTMENT.guards()} == {row[2] for row in TABLE}


def test_a_reason_that_has_ended_keeps_its_words_and_is_not_offered() -> None:
    first = RESCHEDULES.codes(TODAY)[0]
    ended = replace(first, until=TODAY)
    assert ended.holds(TODAY)
    assert not ended.holds(TODAY + timedelta(days=1))
    assert RESCHEDULES.code(first.key).says == first.says
