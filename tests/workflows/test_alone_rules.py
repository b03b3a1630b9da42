"""What can refuse the fact that the police gave it without the panel: only what is impossible."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.workflows.test_moves import READY_CASE
from workflows.case import BEFORE_THE_PANEL, CASE, Status
from workflows.case_facts import CaseFacts
from workflows.police import POLICE_OUTCOMES
from workflows.vocabulary import Outcome

TODAY, DAY = READY_CASE.today, timedelta(days=1)
FIRST = min(o.committed_on for o in READY_CASE.offences)


def told(**more: Any) -> CaseFacts:
    """The facts with something else told."""
    return replace(READY_CASE, alone=replace(READY_CASE.alone, **more))


def names(facts: CaseFacts) -> list[str]:
    """The rules that refuse."""
    return [r.name for r in CASE.refusals("police_gave", Status.LISTED, facts)]


@pytest.mark.parametrize(
    ("rule", "met", "unmet"),
    [
        ("alone_by_police", told(outcome=Outcome.NFA), told(outcome=Outcome.CHARGE)),
        ("alone_by_police", told(outcome=Outcome.YCC), told(outcome=Outcome.RETURNED)),
        ("alone_by_police", told(outcome=Outcome.YC), told(outcome=None)),
        ("alone_not_ahead", told(given_on=TODAY), told(given_on=TODAY + DAY)),
        ("alone_after_offence", told(given_on=FIRST), told(given_on=FIRST - DAY)),
        ("alone_coded", told(coded=True), told(coded=False)),
        ("alone_force_known", told(force_known=True), told(force_known=False)),
        ("reason", replace(READY_CASE, reason="x"), replace(READY_CASE, reason=" ")),
    ],
)
def test_a_rule_speaks_just_outside_its_boundary_and_not_just_inside(
    rule: str, met: CaseFacts, unmet: CaseFacts
) -> None:
    assert names(met) == []
    assert names(unmet) == [rule]


def test_a_day_that_is_missing_is_refused_once() -> None:
    assert names(told(given_on=None)) == ["alone_not_ahead"]


def test_nothing_that_the_law_asks_of_a_caution_can_refuse_that_it_was_given() -> None:
    """A fact is written down also where the YOT was never asked (YCC-2)."""
    bare = replace(
        READY_CASE,
        assessment_countersigned=False,
        event_unanswered=True,
        victim_view=READY_CASE.victim_view,
        seats_present=frozenset(),
        meeting_open=False,
    )
    for outcome in POLICE_OUTCOMES:
        assert names(replace(bare, alone=replace(bare.alone, outcome=outcome))) == []


def test_it_is_told_of_every_case_that_waits_for_the_panel_and_of_no_other() -> None:
    for status in Status:
        refused = [r.name for r in CASE.refusals("police_gave", status, READY_CASE)]
        assert refused == ([] if status in BEFORE_THE_PANEL else ["wrong_state"])
