"""The rules of actions, minutes and scrutiny, on both sides of each."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.workflows.ready import (
    READY_ACTION,
    READY_MINUTES,
    READY_ROUND,
    READY_SAMPLED,
    TODAY,
)
from workflows import action, minutes, scrutiny
from workflows.action import ACTION
from workflows.flow import Flow
from workflows.minutes import MINUTES
from workflows.scrutiny import ROUND, SAMPLED, Finding

X, N, R, L = action.Status, minutes.Status, scrutiny.RoundStatus, scrutiny.CaseStatus
DAY = timedelta(days=1)
SCORED = replace(READY_SAMPLED, round_status=R.SCORING)


@pytest.mark.parametrize(
    ("flow", "move", "source", "facts", "broken", "name", "hard"),
    [
        (ACTION, "agree", X.NEW, READY_ACTION, {"begun": False}, "action_from_meeting", True),
        (ACTION, "agree", X.NEW, READY_ACTION, {"works_here": False}, "action_has_holder", True),
        (ACTION, "agree", X.NEW, READY_ACTION, {"due_on": TODAY - DAY}, "action_due_ahead", True),
        (ACTION, "do", X.OPEN, READY_ACTION, {"theirs": False}, "action_is_theirs", True),
        (ACTION, "do", X.OPEN, READY_ACTION, {"words": " "}, "action_words", True),
        (ACTION, "carry", X.OPEN, READY_ACTION, {"due_on": TODAY - DAY}, "action_due_ahead", True),
        (ACTION, "carry", X.OPEN, READY_ACTION, {"works_here": False}, "action_has_holder", True),
        (ACTION, "drop", X.OPEN, READY_ACTION, {"words": ""}, "action_words", True),
        (MINUTES, "confirm", N.DRAFT, READY_MINUTES, {"meeting_over": False}, "minutes_meeting_over", True),
        (MINUTES, "confirm", N.DRAFT, READY_MINUTES, {"tells": ("name",)}, "minutes_without_names", True),
        (MINUTES, "change", N.CONFIRMED, READY_MINUTES, {"reason": " "}, "minutes_change_reason", True),
        (ROUND, "draw", R.NEW, READY_ROUND, {"since": TODAY + DAY}, "scrutiny_period", True),
        (ROUND, "draw", R.NEW, READY_ROUND, {"until": TODAY + DAY}, "scrutiny_period", True),
        (ROUND, "draw", R.NEW, READY_ROUND, {"decided": 0}, "scrutiny_decided", True),
        (ROUND, "draw", R.NEW, READY_ROUND, {"scrutineers": 1}, "scrutiny_people", True),
        (ROUND, "begin", R.DRAWN, READY_ROUND, {"to_clear": 1}, "scrutiny_all_cleared", True),
        (ROUND, "begin", R.DRAWN, READY_ROUND, {"left": 0}, "scrutiny_all_cleared", True),
        (ROUND, "finish", R.SCORING, READY_ROUND, {"without_finding": 1}, "scrutiny_all_found", True),
        (ROUND, "finish", R.SCORING, READY_ROUND, {"words": " "}, "scrutiny_words", True),
        (
            ROUND,
            "finish",
            R.SCORING,
            READY_ROUND,
            {"tells": ("name",)},
            "scrutiny_themes_without_names",
            True,
        ),
        (SAMPLED, "clear", L.DRAWN, READY_SAMPLED, {"tells": ("name",)}, "scrutiny_without_names", True),
        (SAMPLED, "clear", L.DRAWN, READY_SAMPLED, {"round_status": R.SCORING}, "scrutiny_not_seen", True),
        (SAMPLED, "exclude", L.DRAWN, READY_SAMPLED, {"words": ""}, "scrutiny_case_words", True),
        (SAMPLED, "exclude", L.DRAWN, READY_SAMPLED, {"round_status": R.FINISHED}, "scrutiny_running", True),
        (SAMPLED, "find", L.CLEARED, SCORED, {"tied": True}, "scrutiny_untied", True),
        (SAMPLED, "find", L.CLEARED, SCORED, {"scores": 1}, "scrutiny_enough_scores", True),
        (SAMPLED, "find", L.CLEARED, SCORED, {"scores_missing": 1}, "scrutiny_everybody_scored", False),
        (SAMPLED, "find", L.CLEARED, SCORED, {"round_status": R.DRAWN}, "scrutiny_with_them", True),
        (
            *(SAMPLED, "find", L.CLEARED, replace(SCORED, words="")),
            *({"finding": Finding.OBSERVATIONS}, "scrutiny_says_why", True),
        ),
        (SAMPLED, "feed_back", L.FOUND, READY_SAMPLED, {"words": ""}, "scrutiny_case_words", True),
    ],
)
def test_each_rule_stops_its_move_alone(
    flow: Flow[Any, Any], move: str, source: Any, facts: Any, broken: dict[str, Any], name: str, hard: bool
) -> None:
    assert flow.refusals(move, source, facts) == ()
    (refusal,) = flow.refusals(move, source, replace(facts, **broken))
    assert (refusal.name, refusal.hard) == (name, hard)
