"""The rules of a plan: each one just inside and just outside."""

import pytest

from workflows.flow import NotYours, Refused
from workflows.plan import PLAN, WORKERS, PlanFacts, Status
from workflows.roles import Role

TABLE = [
    ("complete", "BR-6", "no_step_open", PlanFacts(), PlanFacts(steps_open=1)),
    ("complete", "BR-6", "no_step_missed", PlanFacts(), PlanFacts(steps_not_done=1)),
    ("end", "BR-6", "no_step_open", PlanFacts(reason="x"), PlanFacts(steps_open=1, reason="x")),
    ("end", "BR-1", "reason", PlanFacts(reason="x"), PlanFacts(reason=" ")),
]


@pytest.mark.parametrize(("move", "rule", "guard", "inside", "outside"), TABLE)
def test_each_rule_holds_just_inside_and_stops_just_outside(
    move: str, rule: str, guard: str, inside: PlanFacts, outside: PlanFacts
) -> None:
    assert guard not in {r.name for r in PLAN.refusals(move, Status.UNDER_WAY, inside)}
    found = {r.name: (r.rule, r.hard) for r in PLAN.refusals(move, Status.UNDER_WAY, outside)}
    assert found[guard] == (rule, True)
    with pytest.raises(Refused):
        PLAN.step(move, Status.UNDER_WAY, outside, WORKERS, {guard: "I know better"})


def test_every_rule_of_an_end_is_in_the_table() -> None:
    """What a change of a plan has to meet is in `test_plan_rules.py`."""
    ends = [move for move in PLAN.moves if move.name in ("complete", "end")]
    assert {guard.name for move in ends for guard in move.guards} == {row[2] for row in TABLE}


def test_a_plan_without_steps_can_be_completed() -> None:
    assert PLAN.step("complete", Status.UNDER_WAY, PlanFacts(), WORKERS).after is Status.COMPLETED


def test_a_plan_that_has_not_started_cannot_end() -> None:
    for move in ("complete", "end"):
        found = PLAN.refusals(move, Status.AGREED, PlanFacts(reason="x"))
        assert [r.name for r in found] == ["wrong_state"]


def test_only_the_case_manager_and_the_yot_manager_end_a_plan() -> None:
    for role in set(Role) - set(WORKERS):
        with pytest.raises(NotYours):
            PLAN.step("end", Status.UNDER_WAY, PlanFacts(reason="x"), {role})
