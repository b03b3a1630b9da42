"""Every rule of an assessment, on both sides."""

from dataclasses import replace

import pytest

from workflows.assessment import ASSESSMENT, AssessmentFacts, Status
from workflows.assessment_parts import AGENCIES
from workflows.flow import NotYours, Refused
from workflows.roles import Role

COMPLETE = AssessmentFacts(
    judgements_given=True,
    child_heard=True,
    parent_heard=True,
    beyond_the_family=True,
    asked=frozenset(AGENCIES),
    screens_answered=True,
    recommends=True,
    comment="Agreed",
)
AUTHOR, MANAGER = {Role.CASE_MANAGER}, {Role.YOT_MANAGER}


def refused(move: str, state: Status, facts: AssessmentFacts) -> list[str]:
    return [refusal.name for refusal in ASSESSMENT.refusals(move, state, facts)]


@pytest.mark.parametrize("state", [Status.IN_PROGRESS, Status.RETURNED])
def test_a_complete_assessment_can_be_submitted_for_the_first_time_and_again(state: Status) -> None:
    assert ASSESSMENT.step("submit", state, COMPLETE, AUTHOR).after is Status.SUBMITTED


@pytest.mark.parametrize(
    ("lacks", "rule"),
    [
        ({"missing_sections": ("family",)}, "sections"),
        ({"judgements_given": False}, "judgements"),
        ({"recommends": False}, "recommends"),
    ],
)
def test_nobody_can_submit_without_what_every_assessment_needs(lacks: dict[str, object], rule: str) -> None:
    facts = replace(COMPLETE, **lacks)  # type: ignore[arg-type]
    assert refused("submit", Status.IN_PROGRESS, facts) == [rule]
    with pytest.raises(Refused):
        ASSESSMENT.step("submit", Status.IN_PROGRESS, facts, AUTHOR, {rule: "No time"})


@pytest.mark.parametrize(
    ("lacks", "rule"),
    [
        ("child_heard", "child_heard"),
        ("parent_heard", "parent_heard"),
        ("beyond_the_family", "more_than_the_child"),
    ],
)
def test_hearing_people_can_be_passed_over_only_with_a_reason(lacks: str, rule: str) -> None:
    facts = replace(COMPLETE, **{lacks: False})  # type: ignore[arg-type]
    assert refused("submit", Status.IN_PROGRESS, facts) == [rule]
    with pytest.raises(Refused):
        ASSESSMENT.step("submit", Status.IN_PROGRESS, facts, AUTHOR, {rule: "  "})
    step = ASSESSMENT.step("submit", Status.IN_PROGRESS, facts, AUTHOR, {rule: "Would not speak to us"})
    assert step.overridden == {rule: "Would not speak to us"}


def test_the_safeguarding_question_must_be_answered_before_submission() -> None:
    facts = replace(COMPLETE, safeguarding_unanswered=True)
    assert refused("submit", Status.IN_PROGRESS, facts) == ["safeguarding"]
    with pytest.raises(Refused):
        ASSESSMENT.step("submit", Status.IN_PROGRESS, facts, AUTHOR, {"safeguarding": "No time"})
    assert refused("submit", Status.IN_PROGRESS, replace(facts, safeguarding_unanswered=False)) == []


def test_nobody_countersigns_before_every_criterion_is_judged() -> None:
    assert refused("countersign", Status.SUBMITTED, replace(COMPLETE, criteria_left=1)) == ["criteria_judged"]
    assert refused("countersign", Status.SUBMITTED, replace(COMPLETE, criteria_left=0)) == []
    assert refused("give_back", Status.SUBMITTED, replace(COMPLETE, criteria_left=1)) == []


@pytest.mark.parametrize(
    ("broken", "kept", "rule"),
    [
        ({"criteria_not_met": 1}, {"criteria_not_met": 0}, "criteria_met"),
        ({"event_unanswered": True}, {"event_unanswered": False}, "event_answered"),
    ],
)
def test_signing_all_the_same_asks_for_a_reason(
    broken: dict[str, object], kept: dict[str, object], rule: str
) -> None:
    facts = replace(COMPLETE, **broken)  # type: ignore[arg-type]
    assert refused("countersign", Status.SUBMITTED, facts) == [rule]
    with pytest.raises(Refused):
        ASSESSMENT.step("countersign", Status.SUBMITTED, facts, MANAGER, {rule: " "})
    step = ASSESSMENT.step("countersign", Status.SUBMITTED, facts, MANAGER, {rule: "Known to the panel"})
    assert step.overridden == {rule: "Known to the panel"}
    assert refused("countersign", Status.SUBMITTED, replace(facts, **kept)) == []  # type: ignore[arg-type]


def test_giving_back_needs_a_reason_of_the_list() -> None:
    assert refused("give_back", Status.SUBMITTED, replace(COMPLETE, reasons_missing=True)) == ["reason_coded"]
    assert refused("give_back", Status.SUBMITTED, COMPLETE) == []


@pytest.mark.parametrize("state", [Status.SUBMITTED, Status.COUNTERSIGNED])
def test_an_assessment_is_opened_again_only_with_a_reason(state: Status) -> None:
    assert refused("reopen", state, replace(COMPLETE, comment=" ")) == ["reopening_reason"]
    assert ASSESSMENT.step("reopen", state, COMPLETE, AUTHOR).after is Status.IN_PROGRESS


@pytest.mark.parametrize(
    ("move", "after"), [("countersign", Status.COUNTERSIGNED), ("give_back", Status.RETURNED)]
)
def test_a_manager_judges_what_somebody_else_wrote(move: str, after: Status) -> None:
    assert ASSESSMENT.step(move, Status.SUBMITTED, COMPLETE, MANAGER).after is after


@pytest.mark.parametrize("move", ["countersign", "give_back"])
def test_nobody_judges_their_own_assessment_whatever_the_reason(move: str) -> None:
    facts = replace(COMPLETE, by_author=True)
    assert refused(move, Status.SUBMITTED, facts) == ["not_the_author"]
    with pytest.raises(Refused):
        ASSESSMENT.step(move, Status.SUBMITTED, facts, MANAGER, {"not_the_author": "Nobody else is in"})


@pytest.mark.parametrize("move", ["countersign", "give_back"])
def test_a_judgement_needs_a_comment_that_is_more_than_spaces(move: str) -> None:
    assert refused(move, Status.SUBMITTED, replace(COMPLETE, comment=" \n")) == ["comment"]
    assert refused(move, Status.SUBMITTED, replace(COMPLETE, comment="x")) == []


@pytest.mark.parametrize("state", [Status.IN_PROGRESS, Status.RETURNED, Status.COUNTERSIGNED])
def test_what_was_not_submitted_cannot_be_judged(state: Status) -> None:
    for move in ("countersign", "give_back"):
        assert refused(move, state, COMPLETE) == ["wrong_state"]


@pytest.mark.parametrize("state", [Status.SUBMITTED, Status.COUNTERSIGNED])
def test_what_was_submitted_is_not_submitted_twice(state: Status) -> None:
    assert refused("submit", state, COMPLETE) == ["wrong_state"]


def test_only_a_case_manager_submits_and_only_a_yot_manager_judges() -> None:
    others = set(Role) - AUTHOR
    with pytest.raises(NotYours):
        ASSESSMENT.step("submit", Status.IN_PROGRESS, COMPLETE, others)
    for move in ("countersign", "give_back"):
        with pytest.raises(NotYours):
            ASSESSMENT.step(move, Status.SUBMITTED, COMPLETE, set(Role) - MANAGER)
