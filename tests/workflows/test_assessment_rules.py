"""Every rule of handing in an assessment, on both sides of its boundary."""

from dataclasses import replace
from typing import Any

import pytest

from workflows.assessment import ASSESSMENT, AssessmentFacts, Status
from workflows.assessment_parts import AGENCIES, BY_KEY, GROUPS, SECTIONS, WRITTEN_BY_US, SourceKind
from workflows.flow import Refused
from workflows.roles import Role

COMPLETE = AssessmentFacts(
    judgements_given=True,
    child_heard=True,
    parent_heard=True,
    beyond_the_family=True,
    asked=frozenset(AGENCIES),
    screens_answered=True,
    recommends=True,
)
RAISED = {"raised": True}
OPEN_CARE = {"social_care_open": True}
FULL = {"assetplus_needed": True}
LACKS: list[tuple[dict[str, Any], dict[str, Any], str, bool]] = [
    ({"missing_sections": ("family",)}, {"missing_sections": ()}, "sections", True),
    ({"safeguarding_unanswered": True}, {"safeguarding_unanswered": False}, "safeguarding", True),
    ({"judgements_given": False}, {"judgements_given": True}, "judgements", True),
    (RAISED, RAISED | {"contingency": True}, "contingency", True),
    ({"recommends": False}, {"recommends": True}, "recommends", True),
    ({"child_heard": False}, {"child_heard": True}, "child_heard", False),
    ({"parent_heard": False}, {"parent_heard": True}, "parent_heard", False),
    ({"beyond_the_family": False}, {"beyond_the_family": True}, "more_than_the_child", False),
    (
        OPEN_CARE | {"plans_linked": True},
        OPEN_CARE | {"plans_linked": True, "social_care_asked": True},
        "social_care_asked",
        False,
    ),
    (
        OPEN_CARE | {"social_care_asked": True},
        OPEN_CARE | {"social_care_asked": True, "plans_linked": True},
        "plans_linked",
        False,
    ),
    ({"at_risk_named": False}, {"at_risk_named": True}, "at_risk_named", False),
    ({"screens_answered": False}, {"screens_answered": True}, "screens", False),
    (FULL, FULL | {"assetplus_done": True}, "assetplus", False),
    ({"steps_complete": False}, {"steps_complete": True}, "steps_complete", False),
    *(
        ({"asked": frozenset(AGENCIES) - {kind}}, {"asked": frozenset(SourceKind)}, "agencies_asked", False)
        for kind in AGENCIES
    ),
]


def unmet(facts: AssessmentFacts) -> list[str]:
    return [refusal.name for refusal in ASSESSMENT.refusals("submit", Status.IN_PROGRESS, facts)]


@pytest.mark.parametrize(("lacks", "has", "rule", "hard"), LACKS)
def test_each_rule_speaks_on_one_side_and_is_silent_on_the_other(
    lacks: dict[str, Any], has: dict[str, Any], rule: str, hard: bool
) -> None:
    assert unmet(replace(COMPLETE, **lacks)) == [rule]
    assert unmet(replace(COMPLETE, **has)) == []


@pytest.mark.parametrize(("lacks", "has", "rule", "hard"), LACKS)
def test_guidance_gives_way_to_a_reason_and_the_rest_does_not(
    lacks: dict[str, Any], has: dict[str, Any], rule: str, hard: bool
) -> None:
    facts, worker = replace(COMPLETE, **lacks), {Role.CASE_MANAGER}
    if hard:
        with pytest.raises(Refused):
            ASSESSMENT.step("submit", Status.IN_PROGRESS, facts, worker, {rule: "A reason"})
    else:
        step = ASSESSMENT.step("submit", Status.IN_PROGRESS, facts, worker, {rule: "A reason"})
        assert step.overridden == {rule: "A reason"}


def test_every_rule_of_handing_in_is_tried_above() -> None:
    submit = next(move for move in ASSESSMENT.moves if move.name == "submit")
    assert {guard.name for guard in submit.guards} == {rule for *_, rule, _ in LACKS}


def test_the_sections_are_listed_once_and_people_speak_for_themselves() -> None:
    assert len(BY_KEY) == len(SECTIONS)
    assert set(BY_KEY) - set(WRITTEN_BY_US) == {"child_words", "parent_words"}
    assert [section.group for section in SECTIONS] == sorted(
        (section.group for section in SECTIONS), key=GROUPS.index
    )
