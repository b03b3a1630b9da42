"""What inspectors look for in a plan, on both sides of each rule."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from workflows.plan import PLAN, Status
from workflows.plan_parts import Serves, says_too_little
from workflows.plan_rules import PlanFacts, StepAsPlanned
from workflows.vocabulary import Level

END = date(2027, 2, 1)
STEP = StepAsPlanned(complete=True, owned=True, due_on=END)
GOOD = PlanFacts(reason="A new school", steps=(STEP,), ends_on=END, exits=1)


def refused(facts: PlanFacts) -> list[str]:
    return [refusal.name for refusal in PLAN.refusals("revise", Status.UNDER_WAY, facts)]


def test_a_good_change_meets_every_rule() -> None:
    assert refused(GOOD) == []


@pytest.mark.parametrize(
    ("step", "name"),
    [
        (replace(STEP, complete=False), "steps_complete"),
        (replace(STEP, owned=False), "steps_owned"),
        (replace(STEP, due_on=END + timedelta(days=1)), "before_the_end"),
        (replace(STEP, starts_on=END + timedelta(days=1), due_on=END), "starts_before_due"),
    ],
)
def test_a_step_says_who_where_when_and_ends_in_time(step: StepAsPlanned, name: str) -> None:
    assert refused(replace(GOOD, steps=(STEP, step))) == [name]
    over = replace(step, open=False)
    assert refused(replace(GOOD, steps=(STEP, over))) == []


def test_a_step_may_start_and_end_on_the_last_day() -> None:
    assert refused(replace(GOOD, steps=(replace(STEP, starts_on=END),))) == []


@pytest.mark.parametrize(
    ("level", "asked"),
    [(None, False), (Level.LOW, False), (Level.MEDIUM, True), (Level.HIGH, True), (Level.VERY_HIGH, True)],
)
def test_from_medium_on_contingency_and_a_step_are_asked(level: Level | None, asked: bool) -> None:
    safety, harm = refused(replace(GOOD, safety=level)), refused(replace(GOOD, harm=level))
    assert safety == (["has_contingency", "safety_step"] if asked else [])
    assert harm == (["has_contingency", "protects"] if asked else [])
    steps = (replace(STEP, serves=Serves.SAFETY), replace(STEP, serves=Serves.OTHERS))
    answered = replace(GOOD, steps=steps, contingencies=("Priya phones his aunt, who takes him in",))
    assert refused(replace(answered, safety=level, harm=level)) == []


@pytest.mark.parametrize(
    ("action", "hollow"),
    [
        ("Review the plan", True),
        ("Tell the manager", True),
        ("Review the risk assessment with the line manager as needed.", True),
        ("Inform team manager immediately", True),
        ("Discuss in supervision", True),
        ("Priya phones his aunt, who takes him in that night", False),
        ("Police increase patrols at the park on Friday evenings", False),
        ("Review, then Priya moves the sessions to the school and asks the mentor to walk him home", False),
        ("Call 999", False),
    ],
)
def test_review_or_tell_the_manager_alone_is_no_contingency(action: str, hollow: bool) -> None:
    assert says_too_little(action) is hollow
    assert ("named_action" in refused(replace(GOOD, contingencies=(action,)))) is hollow


def test_a_plan_of_another_service_is_lined_up_and_something_leads_out() -> None:
    flagged = replace(GOOD, flagged=frozenset({"care"}))
    assert refused(flagged) == ["linked"]
    assert refused(replace(flagged, linked=frozenset({"care", "health"}))) == []
    assert refused(replace(GOOD, exits=0)) == ["has_exit"]


def test_a_change_changes_something_says_why_and_leaves_conditions_alone() -> None:
    assert refused(replace(GOOD, something_changed=False)) == ["something_changed"]
    assert refused(replace(GOOD, reason=" ")) == ["why"]
    (found,) = PLAN.refusals("revise", Status.UNDER_WAY, replace(GOOD, conditions_kept=False))
    assert (found.name, found.hard, found.rule) == ("conditions_kept", True, "VAR-1")
