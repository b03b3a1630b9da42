"""The rules of not keeping to it, each just inside and just outside its boundary."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from workflows.compliance import COMPLIANCE, MatterFacts, last_day_of_all, next_step, turn
from workflows.flow import Refused
from workflows.keeping import OPEN, Choice, Level, Status
from workflows.roles import Role
from workflows.vocabulary import Outcome

TODAY = date(2026, 11, 17)
BREACH = MatterFacts(
    today=TODAY,
    outcome=Outcome.YCC,
    answered=True,
    warned=True,
    final=True,
    met=True,
    conditions_named=True,
    child_signed=True,
    told_by=TODAY,
)
DECISION = replace(BREACH, reason="Four times without a word", named=True, excuse=False)


def refusals(move: str, state: Status, facts: MatterFacts) -> dict[str, bool]:
    """What stands against a move, and whether it is hard."""
    return {refusal.name: refusal.hard for refusal in COMPLIANCE.refusals(move, state, facts)}


@pytest.mark.parametrize(
    ("change", "rule", "hard"),
    [
        ({"outcome": Outcome.YC}, "is_conditional", True),
        ({"outcome": Outcome.O23}, "is_conditional", True),
        ({"conditions_named": False}, "condition_named", True),
        ({"child_signed": False}, "child_signed", True),
        ({"plan_runs": False}, "in_force", True),
        ({"all_done": True}, "in_force", True),
        ({"answered": False, "met": False}, "answered_first", False),
        ({"final": False}, "final_given", False),
        ({"met": False}, "met_first", False),
        ({"told_by": TODAY - timedelta(days=1)}, "told_in_time", False),
    ],
)
def test_a_breach_is_alleged_only_of_a_signed_condition_in_force(
    change: dict[str, Any], rule: str, hard: bool
) -> None:
    assert refusals("allege", Status.MET, BREACH) == {}
    assert refusals("allege", Status.MET, replace(BREACH, **change))[rule] is hard


def test_guidance_gives_way_to_a_reason_and_the_law_does_not() -> None:
    serious = replace(BREACH, final=False, met=False)
    why = {"final_given": "He threatened the worker", "met_first": "He threatened the worker"}
    step = COMPLIANCE.step("allege", Status.ANSWERED, serious, {Role.CASE_MANAGER}, why)
    assert step.after is Status.ALLEGED
    assert set(step.overridden) == set(why)
    with pytest.raises(Refused):
        COMPLIANCE.step(
            "allege",
            Status.ANSWERED,
            replace(serious, child_signed=False),
            {Role.CASE_MANAGER},
            why | {"child_signed": "He would have signed"},
        )


@pytest.mark.parametrize("choice", list(Choice))
def test_nothing_is_decided_about_a_caution_before_the_excuse_was_considered(choice: Choice) -> None:
    unheard = replace(DECISION, choice=choice, excuse=None)
    assert refusals("decide", Status.ALLEGED, unheard) == {"excuse_considered": True}
    assert refusals("decide", Status.CONSIDERED, replace(unheard, excuse=False)) == {}


def test_a_reasonable_excuse_rules_a_prosecution_out_and_nothing_else() -> None:
    excused = replace(DECISION, excuse=True)
    assert refusals("decide", Status.CONSIDERED, replace(excused, choice=Choice.PROSECUTE)) == {
        "unexcused": True
    }
    for choice in (Choice.CONTINUE, Choice.VARY, Choice.NONE):
        assert refusals("decide", Status.CONSIDERED, replace(excused, choice=choice)) == {}


def test_the_last_day_to_prosecute_still_counts_and_the_day_after_does_not() -> None:
    prosecute = replace(DECISION, choice=Choice.PROSECUTE, last_day=TODAY)
    assert refusals("decide", Status.CONSIDERED, prosecute) == {}
    late = replace(prosecute, today=TODAY + timedelta(days=1))
    assert refusals("decide", Status.CONSIDERED, late) == {"in_time": True}
    assert refusals("start_proceedings", Status.PROSECUTED, late) == {"in_time": True}
    assert refusals("decide", Status.CONSIDERED, replace(late, choice=Choice.CONTINUE)) == {}
    assert refusals("decide", Status.CONSIDERED, replace(late, last_day=None)) == {}


def test_time_has_run_out_only_when_no_offence_can_be_charged_any_more() -> None:
    early, later = TODAY, TODAY + timedelta(days=9)
    assert last_day_of_all((early, later)) == later
    assert last_day_of_all((early, None)) is None
    assert last_day_of_all(()) is None


def test_a_person_with_a_name_and_a_reason_decides() -> None:
    assert refusals("decide", Status.CONSIDERED, replace(DECISION, named=False, choice=Choice.NONE)) == {
        "decided_by_name": True
    }
    assert refusals("decide", Status.CONSIDERED, replace(DECISION, reason=" ", choice=Choice.NONE)) == {
        "matter_reason": True
    }


def test_a_deferred_prosecution_is_decided_without_the_rules_of_a_breach_but_not_varied() -> None:
    held = replace(DECISION, outcome=Outcome.O23, excuse=None)
    assert refusals("decide", Status.RETURNED, replace(held, choice=Choice.PROSECUTE)) == {}
    assert refusals("decide", Status.RETURNED, replace(held, choice=Choice.VARY)) == {"varies_caution": True}


@pytest.mark.parametrize(
    ("move", "fits", "rule"),
    [
        ("report", Outcome.YC, "is_caution"),
        ("return", Outcome.O22_DEFERRED, "is_deferred"),
        ("return", Outcome.O23, "is_deferred"),
        ("end_voluntary", Outcome.CR, "is_voluntary"),
        ("end_voluntary", Outcome.O22, "is_voluntary"),
    ],
)
def test_each_outcome_has_its_own_end(move: str, fits: Outcome, rule: str) -> None:
    facts = replace(DECISION, outcome=fits)
    assert refusals(move, Status.MET, facts) == {}
    assert refusals(move, Status.MET, replace(facts, outcome=Outcome.YCC)) == {rule: True}


def test_a_final_warning_before_a_first_one_needs_a_reason() -> None:
    facts = MatterFacts(today=TODAY, level=Level.FINAL)
    assert refusals("warn", Status.ANSWERED, facts) == {"first_before_final": False}
    assert refusals("warn", Status.WARNED, replace(facts, warned=True)) == {}
    assert refusals("warn", Status.ANSWERED, replace(facts, level=Level.FIRST)) == {}


def test_a_matter_is_not_settled_before_anybody_spoke_with_them() -> None:
    facts = MatterFacts(today=TODAY, reason="She was ill")
    assert refusals("settle", Status.MISSED, facts) == {"answered_first": False}
    assert refusals("settle", Status.ANSWERED, replace(facts, answered=True)) == {}


@pytest.mark.parametrize("status", list(Status))
def test_every_open_matter_has_a_turn_and_a_next_step(status: Status) -> None:
    assert bool(turn(status)) == (status in OPEN)
    for outcome in (Outcome.YCC, Outcome.YC, Outcome.CR, Outcome.O23):
        said = next_step(status, warned=True, final=True, met=True, outcome=outcome)
        assert said.startswith("Nothing") == (status not in OPEN)
