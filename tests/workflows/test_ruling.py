"""The rules of what happens to a recorded decision: just inside and just outside."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.workflows.ready import READY_CASE, READY_RULING
from workflows.case import CASE
from workflows.case import Status as CaseStatus
from workflows.flow import Flow
from workflows.record_rules import EVIDENCE_TOLD, LATE_EXPLAINED, TOOK_PLACE_BY_NOW
from workflows.ruling import CORRECTION, RESCISSION, Status
from workflows.ruling_rules import OF_THE_MEETING, TO_POLICE_DECIDE
from workflows.vocabulary import Admission, ModeOfTrial, Outcome

TODAY, DAY = READY_CASE.today, timedelta(days=1)
# Flow, move, rule, facts that meet it, facts that do not.
RULES: tuple[tuple[Flow[Any, Any], str, str, dict[str, Any], dict[str, Any]], ...] = (
    (CORRECTION, "propose", "ruling_reason", {"reason": "x"}, {"reason": " "}),
    (CORRECTION, "propose", "still_so", {"text_is_there": True}, {"text_is_there": False}),
    (CORRECTION, "propose", "says_more", {"changes": True}, {"changes": False}),
    (CORRECTION, "propose", "hides_victim", {"told_in": ()}, {"told_in": ("the new text",)}),
    (CORRECTION, "confirm", "two_people", {"another_person": True}, {"another_person": False}),
    (CORRECTION, "confirm", "still_so", {"text_is_there": True}, {"text_is_there": False}),
    (CORRECTION, "decline", "two_people", {"another_person": True}, {"another_person": False}),
    (RESCISSION, "propose", "not_given", {"given": False}, {"given": True}),
    (RESCISSION, "propose", "decision_stands", {"stands": True}, {"stands": False}),
    (RESCISSION, "propose", "one_at_a_time", {"already_open": False}, {"already_open": True}),
    (RESCISSION, "confirm", "not_given", {"given": False}, {"given": True}),
    (RESCISSION, "confirm", "two_people", {"another_person": True}, {"another_person": False}),
    (RESCISSION, "confirm", "yot_and_police", {"other_side": True}, {"other_side": False}),
)


@pytest.mark.parametrize(("flow", "move", "rule", "inside", "outside"), RULES)
def test_a_ruling_is_allowed_inside_its_rules_and_refused_outside(
    flow: Flow[Any, Any], move: str, rule: str, inside: dict[str, Any], outside: dict[str, Any]
) -> None:
    state = Status.OPEN if move == "propose" else Status.PROPOSED
    assert flow.refusals(move, state, replace(READY_RULING, **inside)) == ()
    refused = flow.refusals(move, state, replace(READY_RULING, **outside))
    assert [(r.name, r.hard) for r in refused] == [(rule, True)]


def _with(**offence: Any) -> dict[str, Any]:
    return {"offences": (replace(READY_CASE.offences[0], **offence),)}


POLICE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("police_coded", {"police_coded": False}),
    ("police_named", {"police_named": False}),
    ("police_differs", {"police_differs": False}),
    ("reason", {"reason": ""}),
    ("admitted", _with(admission=Admission.DENIES)),
    ("cps_for_ycc", _with(mode=ModeOfTrial.INDICTABLE)),
    ("aged_under_18", {"date_of_birth": TODAY.replace(year=2008)}),
    ("has_condition", {"conditions": ()}),
    ("every_offence", _with(outcome=None)),
)


@pytest.mark.parametrize(("rule", "outside"), POLICE)
def test_what_binds_the_panel_by_law_binds_the_police(rule: str, outside: dict[str, Any]) -> None:
    assert CASE.refusals("police_decide", CaseStatus.DECIDED, READY_CASE) == ()
    refused = CASE.refusals("police_decide", CaseStatus.DECIDED, replace(READY_CASE, **outside))
    assert rule in {r.name for r in refused if r.hard}


def test_an_unfinished_consultation_stops_no_decision_of_the_police() -> None:
    alone = replace(READY_CASE, assessment_countersigned=False, seats_present=frozenset(), meeting_open=False)
    assert CASE.refusals("police_decide", CaseStatus.DECIDED, alone) == ()
    assert not OF_THE_MEETING & {guard.name for guard in TO_POLICE_DECIDE if guard.name != "reason"}


def test_a_decision_is_rescinded_by_two_or_not_at_all() -> None:
    assert CASE.refusals("rescind", CaseStatus.DECIDED, READY_CASE) == ()
    alone = CASE.refusals("rescind", CaseStatus.DECIDED, replace(READY_CASE, rescinded_by_two=False))
    assert [r.name for r in alone] == ["rescinded_by_two"]


def test_the_day_of_a_decision_is_never_to_come_and_an_early_one_needs_a_reason() -> None:
    tomorrow = replace(READY_CASE, took_place_on=TODAY + DAY)
    assert not TOOK_PLACE_BY_NOW.test(tomorrow)
    assert TOOK_PLACE_BY_NOW.test(replace(READY_CASE, took_place_on=TODAY))
    assert LATE_EXPLAINED.test(replace(READY_CASE, took_place_on=TODAY - DAY))
    late = replace(READY_CASE, took_place_on=TODAY - 2 * DAY)
    assert not LATE_EXPLAINED.test(late)
    assert LATE_EXPLAINED.test(replace(late, late_reason="The service was down"))


def test_a_record_without_the_view_of_the_evidence_asks_for_a_reason() -> None:
    refused = CASE.refusals("decide", CaseStatus.LISTED, replace(READY_CASE, evidence_told=False))
    assert [(r.name, r.hard) for r in refused] == [("evidence_told", False)]
    assert EVIDENCE_TOLD.test(READY_CASE)
    assert Outcome.YCC in READY_CASE.outcomes
