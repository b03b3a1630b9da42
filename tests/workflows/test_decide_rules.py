"""The rules of listing, deciding and deferring: each guard just inside and just outside."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from workflows.before_panel import Evidence
from workflows.case import CASE, Status
from workflows.case_facts import CaseFacts, ConditionFacts, OffenceFacts
from workflows.condition_rules import HARD_ON_CONDITIONS, SOFT_ON_CONDITIONS
from workflows.decision_rules import TO_DECIDE
from workflows.flow import NotYours, Refused
from workflows.outcome_rules import OF_OUTCOMES
from workflows.roles import Role, Seat
from workflows.vocabulary import Admission, ModeOfTrial, Outcome, Purpose, View

TODAY = date(2026, 11, 24)
CHAIR, MANAGER = frozenset({Role.CHAIR}), frozenset({Role.YOT_MANAGER})
ALL = frozenset(Seat)
DAY = timedelta(days=1)
OFFENCE = OffenceFacts(
    committed_on=TODAY - 12 * DAY,
    mode=ModeOfTrial.EITHER_WAY,
    admission=Admission.FULL,
    outcome=Outcome.YCC,
    evidence=Evidence.FULL_TEST,
    adult_present=True,
)
CONDITION = ConditionFacts(complete=True, purpose=Purpose.REHABILITATION, due_on=TODAY + 60 * DAY)
READY = CaseFacts(
    today=TODAY,
    date_of_birth=date(2011, 3, 4),
    reason="He admits it and wants to put it right.",
    offences=(OFFENCE,),
    assessment_countersigned=True,
    victim_identified=True,
    victim_view=View.GIVEN,
    meeting_open=True,
    seats_present=ALL,
    seats_with_position=ALL,
    conditions=(CONDITION,),
    senior_review=True,
    charge_form=True,
)


def offence(**more: Any) -> dict[str, Any]:
    return {"offences": (replace(OFFENCE, **more),)}


def condition(**more: Any) -> dict[str, Any]:
    return {"conditions": (replace(CONDITION, **more),)}


def outcome(one: Outcome, **more: Any) -> dict[str, Any]:
    said = {"admission": more.pop("admission")} if "admission" in more else {}
    return offence(outcome=one, **said) | more


# Those of conditions are tried in test_condition_rules.py.
TRIED_APART = {guard.name for guard in (*HARD_ON_CONDITIONS, *SOFT_ON_CONDITIONS)} | {
    "can_still_charge",
    "manager_length",
    "ceiling",
    "time_to_prosecute",
    "o22_length",
}
TRIED_WITH_RULINGS = {"took_place_by_now", "late_explained", "evidence_told"}
SUMMARY = {"mode": ModeOfTrial.SUMMARY}
INDICTABLE = {"mode": ModeOfTrial.INDICTABLE}
LAST_DAY = date(2026, 5, 24)  # an offence of this day can be prosecuted until today
YCC_ONLY = frozenset({Outcome.YCC})
HARD, SOFT = True, False
# The rule, whether it is hard, facts just inside it, facts just outside it.
RULES: tuple[tuple[str, bool, dict[str, Any], dict[str, Any]], ...] = (
    ("meeting_open", HARD, {"meeting_open": True}, {"meeting_open": False}),
    ("quorate", HARD, {"seats_present": ALL}, {"seats_present": ALL - {Seat.YOT_MANAGER}}),
    ("quorate", HARD, {}, {"seats_present": ALL - {Seat.POLICE}}),
    ("quorate", HARD, {}, {"seats_present": ALL - {Seat.VICTIM_WORKER}}),
    ("positions", HARD, {"seats_with_position": ALL}, {"seats_with_position": ALL - {Seat.POLICE}}),
    ("papers_published", HARD, {"papers_published": True}, {"papers_published": False}),
    ("papers_current", HARD, {"papers_current": True}, {"papers_current": False}),
    ("own_positions", HARD, {"urgent": True}, {"urgent": True, "seats_written_for": {Seat.POLICE}}),
    ("own_positions", HARD, {"seats_written_for": {Seat.POLICE}}, {"urgent": True, "seats_written_for": ALL}),
    (
        "every_offence",
        HARD,
        {"offences": (OFFENCE, OFFENCE)},
        {"offences": (OFFENCE, replace(OFFENCE, outcome=None))},
    ),
    ("reason", HARD, {"reason": "x"}, {"reason": " \n"}),
    ("countersigned", HARD, {"assessment_countersigned": True}, {"assessment_countersigned": False}),
    ("event_answered", SOFT, {"event_unanswered": False}, {"event_unanswered": True}),
    (
        "aged_10_at_offence",
        HARD,
        {"date_of_birth": date(2016, 11, 12)},
        {"date_of_birth": date(2016, 11, 13)},
    ),
    (
        "aged_under_18",
        HARD,
        {"date_of_birth": TODAY.replace(year=2008) + DAY},
        {"date_of_birth": TODAY.replace(year=2008)},
    ),
    ("admitted", HARD, offence(admission=Admission.FULL), offence(admission=Admission.PARTIAL)),
    (
        "admitted",
        HARD,
        {"offences": (OFFENCE, replace(OFFENCE, admission=Admission.DENIES, outcome=Outcome.NFA))},
        {"offences": (OFFENCE, replace(OFFENCE, admission=Admission.DENIES))},
    ),
    (
        "admitted",
        HARD,
        outcome(Outcome.CR, admission=Admission.PARTIAL),
        outcome(Outcome.YC, admission=Admission.ACCEPTS),
    ),
    ("has_condition", HARD, outcome(Outcome.YC, conditions=()), {"conditions": ()}),
    ("has_activity", HARD, outcome(Outcome.CR, conditions=()), outcome(Outcome.O22, conditions=())),
    ("no_victim_named", HARD, {"victim_told_in": ()}, {"victim_told_in": ("a condition (name)",)}),
    ("condition_in_future", HARD, condition(due_on=TODAY + DAY), condition(due_on=TODAY)),
    ("cps_for_ycc", HARD, offence(cps_authority=True, **INDICTABLE), offence(**INDICTABLE)),
    (
        "responsible",
        SOFT,
        outcome(Outcome.CR, admission=Admission.ACCEPTS),
        outcome(Outcome.CR, admission=Admission.DENIES),
    ),
    (
        "responsible",
        SOFT,
        {"offences": (replace(OFFENCE, admission=Admission.DENIES, outcome=Outcome.O22), OFFENCE)},
        {"offences": (replace(OFFENCE, admission=Admission.DENIES, outcome=Outcome.CR), OFFENCE)},
    ),
    (
        "responsible",
        SOFT,
        outcome(Outcome.O22, admission=Admission.DENIES),
        outcome(Outcome.CR, admission=Admission.NO_COMMENT),
    ),
    ("conditions_complete", SOFT, condition(complete=True), condition(complete=False)),
    ("normal_length", SOFT, condition(due_on=TODAY + 84 * DAY), condition(due_on=TODAY + 85 * DAY)),
    (
        "cps_for_yc",
        SOFT,
        offence(outcome=Outcome.YC, cps_authority=True, **INDICTABLE),
        offence(outcome=Outcome.YC, **INDICTABLE),
    ),
    (
        "not_at_home",
        SOFT,
        condition(at_childs_home=True),
        condition(at_childs_home=True, purpose=Purpose.REPARATION),
    ),
    ("fits_gravity", SOFT, offence(presumes=YCC_ONLY), offence(presumes=frozenset({Outcome.YC}))),
    ("fits_gravity", SOFT, offence(presumes=frozenset()), offence(outcome=Outcome.YC, presumes=YCC_ONLY)),
    (
        "not_at_home",
        SOFT,
        condition(purpose=Purpose.REPARATION, at_childs_home=True) | {"victim_agrees_at_home": True},
        condition(purpose=Purpose.REPARATION, at_childs_home=True) | {"victim_agrees_at_home": False},
    ),
    (
        "victim_wishes",
        SOFT,
        condition(purpose=Purpose.REPARATION) | {"victim_wishes_known": True},
        condition(purpose=Purpose.REPARATION) | {"victim_wishes_known": False},
    ),
    (
        "victim_wishes",
        SOFT,
        condition(purpose=Purpose.REHABILITATION) | {"victim_wishes_known": False},
        condition(purpose=Purpose.REPARATION) | {"victim_wishes_known": False},
    ),
    ("victim_view", SOFT, {"victim_view": View.NOT_SOUGHT}, {"victim_view": View.NOT_YET}),
    (
        "victim_view",
        SOFT,
        {"victim_view": View.NOT_YET, "victim_identified": False},
        {"victim_view": View.NOT_YET},
    ),
)


def named(facts: dict[str, Any], move: str = "decide", state: Status = Status.LISTED) -> dict[str, bool]:
    """The rules that are broken, each with whether it is hard."""
    return {r.name: r.hard for r in CASE.refusals(move, state, replace(READY, **facts))}


@pytest.mark.parametrize(
    ("rule", "hard", "inside", "outside"), RULES, ids=[f"{n}-{row[0]}" for n, row in enumerate(RULES)]
)
def test_each_rule_of_deciding_holds_on_one_side_and_not_on_the_other(
    rule: str, hard: bool, inside: dict[str, Any], outside: dict[str, Any]
) -> None:
    assert rule not in named(inside)
    assert named(outside) == {rule: hard}


def test_a_case_with_everything_in_place_can_be_decided() -> None:
    assert named({}) == {}
    assert CASE.step("decide", Status.LISTED, READY, CHAIR).after is Status.DECIDED


def test_a_conditional_caution_needs_an_offence_that_can_still_be_prosecuted_today() -> None:
    for committed_on, expected in ((LAST_DAY, False), (LAST_DAY - DAY, True)):
        assert ("can_still_charge" in named(offence(committed_on=committed_on, **SUMMARY))) is expected
    old = {"committed_on": LAST_DAY - DAY}
    assert named(offence(**old)) == {}, "an either-way offence has no limit"
    assert named(offence(outcome=Outcome.YC, **old, **SUMMARY)) == {}, "a caution threatens no prosecution"


def test_an_offence_that_went_on_over_time_is_counted_from_its_last_day() -> None:
    old = {"committed_on": LAST_DAY - 400 * DAY, **SUMMARY}
    assert "can_still_charge" in named(offence(**old))
    assert "can_still_charge" not in named(offence(ended_on=LAST_DAY, **old))
    assert "can_still_charge" in named(offence(ended_on=LAST_DAY - DAY, **old))


def test_a_last_day_set_by_hand_counts_instead_of_the_six_months() -> None:
    old = {"committed_on": LAST_DAY - 400 * DAY, **SUMMARY}
    for mode in (SUMMARY, {}):
        assert "can_still_charge" not in named(offence(prosecute_by=TODAY, **(old | mode)))
        assert "can_still_charge" in named(offence(prosecute_by=TODAY - DAY, **(old | mode)))
    end = condition(due_on=TODAY + 60 * DAY)
    near, far = (offence(prosecute_by=TODAY + days * DAY, **old) | end for days in (87, 88))
    assert "time_to_prosecute" in named(near)
    assert "time_to_prosecute" not in named(far)


def test_the_score_is_a_guide_that_gives_way_to_a_reason() -> None:
    other = replace(READY, offences=(replace(OFFENCE, presumes=frozenset({Outcome.CR, Outcome.O22})),))
    with pytest.raises(Refused):
        CASE.step("decide", Status.LISTED, other, CHAIR)
    step = CASE.step("decide", Status.LISTED, other, CHAIR, {"fits_gravity": "The third in a month."})
    assert dict(step.overridden) == {"fits_gravity": "The third in a month."}


def test_outcome_22_lasts_twelve_weeks_without_a_reason() -> None:
    assert named(outcome(Outcome.O22) | condition(due_on=TODAY + 84 * DAY)) == {}
    assert named(outcome(Outcome.O22) | condition(due_on=TODAY + 85 * DAY)) == {"o22_length": False}
    assert named(outcome(Outcome.CR) | condition(due_on=TODAY + 85 * DAY)) == {}


def test_a_length_above_sixteen_weeks_needs_a_managers_reason_as_well() -> None:
    assert set(named(condition(due_on=TODAY + 112 * DAY))) == {"normal_length"}
    assert set(named(condition(due_on=TODAY + 113 * DAY))) == {"normal_length", "manager_length"}


def test_a_length_above_twenty_weeks_is_blocked() -> None:
    assert "ceiling" not in named(condition(due_on=TODAY + 140 * DAY))
    assert named(condition(due_on=TODAY + 141 * DAY))["ceiling"] is True


def test_lengths_bind_a_conditional_caution_only() -> None:
    assert named(outcome(Outcome.CR) | condition(due_on=TODAY + 300 * DAY)) == {}


def test_the_last_condition_of_a_summary_offence_leaves_four_weeks_to_prosecute() -> None:
    limit = date(2027, 5, 12)  # six months after an offence of 12 November 2026
    late = {"committed_on": date(2026, 11, 12), **SUMMARY}
    for days, expected in ((28, False), (27, True)):
        facts = offence(**late) | condition(due_on=limit - days * DAY)
        assert ("time_to_prosecute" in named(facts)) is expected
    facts = offence(committed_on=date(2026, 11, 12)) | condition(due_on=limit - 27 * DAY)
    assert "time_to_prosecute" not in named(facts), "an either-way offence has no such limit"


def test_every_rule_of_deciding_is_tried_here() -> None:
    tried = {row[0] for row in RULES} | TRIED_APART | TRIED_WITH_RULINGS
    assert {guard.name for guard in TO_DECIDE} - {guard.name for guard in OF_OUTCOMES} == tried


def test_hours_of_several_conditions_are_added_up() -> None:
    half = replace(CONDITION, hours=10, purpose=Purpose.REPARATION)
    assert named({"conditions": (half, half)}) == {}
    assert "twenty_hours" in named({"conditions": (half, half, replace(half, hours=1))})


def test_guidance_is_overridden_with_a_reason_and_law_is_not() -> None:
    soft = replace(READY, victim_view=View.NOT_YET)
    step = CASE.step("decide", Status.LISTED, soft, CHAIR, {"victim_view": "Abroad until spring."})
    assert dict(step.overridden) == {"victim_view": "Abroad until spring."}
    with pytest.raises(Refused):
        CASE.step("decide", Status.LISTED, soft, CHAIR, {"victim_view": "  "})
    with pytest.raises(Refused):
        CASE.step(
            "decide", Status.LISTED, replace(READY, seats_present=frozenset()), CHAIR, {"quorate": "Snow."}
        )


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CHAIR])
@pytest.mark.parametrize("move", ["decide", "defer"])
def test_only_the_chair_of_the_meeting_decides_or_defers(move: str, role: Role) -> None:
    with pytest.raises(NotYours):
        CASE.step(move, Status.LISTED, READY, {role})


@pytest.mark.parametrize("state", [status for status in Status if status is not Status.LISTED])
def test_only_a_listed_case_is_decided_or_deferred(state: Status) -> None:
    for move in ("decide", "defer"):
        with pytest.raises(Refused):
            CASE.step(move, state, READY, CHAIR)


@pytest.mark.parametrize(
    ("rule", "outside"), [("meeting_open", {"meeting_open": False}), ("reason", {"reason": " "})]
)
def test_a_case_is_deferred_in_an_open_meeting_and_with_a_reason(rule: str, outside: dict[str, Any]) -> None:
    assert CASE.step("defer", Status.LISTED, READY, CHAIR).after is Status.DEFERRED
    assert named(outside, "defer") == {rule: True}


LISTING = (
    ("countersigned", HARD, {"assessment_countersigned": False}),
    ("aged_under_18", HARD, {"date_of_birth": TODAY.replace(year=2008)}),
    ("victim_view", SOFT, {"victim_view": View.NOT_YET}),
)


@pytest.mark.parametrize("state", [Status.ASSESSED, Status.DEFERRED, Status.LISTED])
@pytest.mark.parametrize(("rule", "hard", "outside"), LISTING, ids=[row[0] for row in LISTING])
def test_each_rule_of_listing_holds_on_one_side_and_not_on_the_other(
    state: Status, rule: str, hard: bool, outside: dict[str, Any]
) -> None:
    planned = {"meeting_open": False}
    assert named(planned, "list", state) == {}
    assert named(planned | outside, "list", state) == {rule: hard}


def test_a_case_moves_to_another_meeting_only_before_the_panel_sits_on_it() -> None:
    assert named({"meeting_open": False}, "list") == {}
    assert named({"meeting_open": True}, "list") == {"not_sitting": True}


def test_only_a_manager_lists_a_case() -> None:
    waiting = replace(READY, meeting_open=False)
    for state in (Status.ASSESSED, Status.DEFERRED, Status.LISTED):
        assert CASE.step("list", state, waiting, MANAGER).after is Status.LISTED
        for role in set(Role) - MANAGER:
            with pytest.raises(NotYours):
                CASE.step("list", state, waiting, {role})
