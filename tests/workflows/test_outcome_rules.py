"""What each outcome asks: the id of the rule, facts just inside it, facts just outside it."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from config.outcomes import about, in_force, kinds
from tests.workflows.test_decide_rules import CHAIR, DAY, HARD, LAST_DAY, READY, SOFT, named, offence
from workflows.before_panel import Evidence
from workflows.case import CASE, Status
from workflows.case_facts import CaseFacts, OffenceFacts
from workflows.codes import Category
from workflows.decision_rules import TO_DECIDE
from workflows.flow import Refused
from workflows.outcome_rules import OF_OUTCOMES, needs_senior_review
from workflows.vocabulary import Admission, ModeOfTrial, Outcome

CR, YC, O22D, O23, CHARGE = Outcome.CR, Outcome.YC, Outcome.O22_DEFERRED, Outcome.O23, Outcome.CHARGE
FIRST_DAY_OF_23 = date(2026, 3, 1)
FORM_FROM = date(2025, 2, 1)
SUMMARY, INDICTABLE = {"mode": ModeOfTrial.SUMMARY}, {"mode": ModeOfTrial.INDICTABLE}
KNIFE = {"categories": frozenset({Category.KNIFE})}
DOMESTIC = {"categories": frozenset({Category.DOMESTIC})}


def one(choice: Outcome, **more: Any) -> dict[str, Any]:
    return offence(outcome=choice, **more) | {"police_position": choice}


def on(day: date, facts: dict[str, Any]) -> dict[str, Any]:
    """The same facts on another day, with conditions that are due after it and an offence before it."""
    moved = tuple(replace(o, committed_on=day - 12 * DAY) for o in facts["offences"])
    due = tuple(replace(c, due_on=day + 60 * DAY) for c in READY.conditions)
    return facts | {"today": day, "conditions": due, "offences": moved}


# The rule, its name here, whether it is hard, facts just inside it, facts just outside it.
RULES: tuple[tuple[str, str, bool, dict[str, Any], dict[str, Any]], ...] = (
    ("O23-1", "in_force", HARD, on(FIRST_DAY_OF_23, one(O23)), on(FIRST_DAY_OF_23 - DAY, one(O23))),
    (
        "YC-1",
        "evidence_for_yc",
        HARD,
        one(YC, evidence=Evidence.CHARGEABLE),
        one(YC, evidence=Evidence.SHOWN),
    ),
    (
        "YC-1",
        "evidence_for_yc",
        HARD,
        one(YC, evidence=Evidence.FULL_TEST),
        one(YC, evidence=Evidence.NOT_RECORDED),
    ),
    (
        "YCC-R2",
        "evidence_for_ycc",
        HARD,
        offence(evidence=Evidence.FULL_TEST),
        offence(evidence=Evidence.INSUFFICIENT),
    ),
    (
        "YCC-R2",
        "evidence_for_ycc",
        HARD,
        offence(evidence=Evidence.CHARGEABLE),
        offence(evidence=Evidence.SHOWN),
    ),
    ("YC-1", "police_hold_so", SOFT, one(YC), one(YC) | {"police_position": Outcome.NFA}),
    ("YC-1", "police_hold_so", SOFT, {"police_position": Outcome.YCC}, {"police_position": CHARGE}),
    (
        "CR-1",
        "offence_shown",
        SOFT,
        one(CR, evidence=Evidence.SHOWN),
        one(CR, evidence=Evidence.INSUFFICIENT),
    ),
    ("CR-1", "adult_at_acceptance", SOFT, one(CR, adult_present=None), one(CR, adult_present=False)),
    ("CR-6", "not_between_partners", SOFT, one(Outcome.O22, **DOMESTIC), one(CR, **DOMESTIC)),
    (
        "O23-1",
        "full_test_for_o23",
        SOFT,
        one(O23, evidence=Evidence.FULL_TEST),
        one(O23, evidence=Evidence.CHARGEABLE),
    ),
    ("O22-2", "full_test_to_defer", SOFT, one(O22D), one(O22D, evidence=Evidence.CHARGEABLE)),
    ("O22-2", "deferred_caution", SOFT, one(O22D), one(O22D, admission=Admission.PARTIAL)),
    (
        "LIM-1",
        "in_time_to_charge",
        HARD,
        one(CHARGE, committed_on=LAST_DAY, **SUMMARY),
        one(CHARGE, committed_on=LAST_DAY - DAY, **SUMMARY),
    ),
    (
        "LIM-1",
        "in_time_to_charge",
        HARD,
        one(O23, committed_on=LAST_DAY, **SUMMARY),
        one(O23, committed_on=LAST_DAY - DAY, **SUMMARY),
    ),
    (
        "LIM-1",
        "in_time_to_charge",
        HARD,
        one(CHARGE, committed_on=LAST_DAY - 400 * DAY, prosecute_by=READY.today, **SUMMARY),
        one(CHARGE, committed_on=LAST_DAY - 400 * DAY, prosecute_by=READY.today - DAY, **SUMMARY),
    ),
    ("CPS-1", "cps_for_o23", SOFT, one(O23, cps_authority=True, **INDICTABLE), one(O23, **INDICTABLE)),
    ("KNF-1", "knife_plan", SOFT, one(CR, **KNIFE), one(CR, **KNIFE) | {"conditions": ()}),
    (
        "KNF-1",
        "knife_plan",
        SOFT,
        one(CHARGE, **KNIFE) | {"conditions": ()},
        one(Outcome.NFA, **KNIFE) | {"conditions": ()},
    ),
    ("CAT-1", "senior_review", SOFT, offence(**KNIFE), offence(**KNIFE) | {"senior_review": False}),
    (
        "CAT-1",
        "senior_review",
        SOFT,
        offence(categories=frozenset({Category.DRUGS})) | {"senior_review": False},
        offence(categories=frozenset({Category.SEXUAL})) | {"senior_review": False},
    ),
    ("CHG-1", "charge_form", SOFT, one(CHARGE), one(CHARGE) | {"charge_form": False}),
    (
        "CHG-1",
        "charge_form",
        SOFT,
        on(FORM_FROM - DAY, one(CHARGE)) | {"charge_form": False},
        on(FORM_FROM, one(CHARGE)) | {"charge_form": False},
    ),
)


@pytest.mark.parametrize(
    ("rule", "name", "hard", "inside", "outside"),
    RULES,
    ids=[f"{n}-{r[0]}-{r[1]}" for n, r in enumerate(RULES)],
)
def test_each_rule_of_an_outcome_holds_on_one_side_and_not_on_the_other(
    rule: str, name: str, hard: bool, inside: dict[str, Any], outside: dict[str, Any]
) -> None:
    assert name not in named(inside)
    assert named(outside) == {name: hard}
    guard = next(guard for guard in OF_OUTCOMES if guard.name == name)
    assert rule == guard.rule


def test_every_rule_of_an_outcome_is_tried_here_and_belongs_to_deciding() -> None:
    names = {guard.name for guard in OF_OUTCOMES}
    assert names == {row[1] for row in RULES}
    assert names <= {guard.name for guard in TO_DECIDE}


def test_every_rule_of_deciding_says_its_rule_and_its_source() -> None:
    for guard in TO_DECIDE:
        assert guard.says.endswith("."), guard.name
        assert guard.rule, guard.name
        assert guard.source, guard.name


def test_every_kind_of_the_list_calls_for_a_senior_review_and_nothing_else_does() -> None:
    plain = replace(READY, senior_review=False)
    assert not needs_senior_review(plain)
    assert needs_senior_review(replace(plain, looked_after=True))
    assert needs_senior_review(replace(plain, **offence(**INDICTABLE)))
    called = {
        c for c in Category if needs_senior_review(replace(plain, **offence(categories=frozenset({c}))))
    }
    assert called == {Category.KNIFE, Category.DOMESTIC, Category.SEXUAL, Category.HATE}


def test_nothing_that_a_child_was_given_before_can_stand_in_the_way_of_any_outcome() -> None:
    """AGE-6: the rules cannot even see earlier cautions, so there is no such bar and no ladder."""
    seen = {field.name for kind in (CaseFacts, OffenceFacts) for field in fields(kind)}
    assert not {name for name in seen if "earlier" in name or "previous" in name or "before" in name}
    for chosen in Outcome:
        assert named(one(chosen)) == {}, chosen


def test_only_outcomes_for_a_child_are_known() -> None:
    """AGE-3: no adult caution and no penalty notice can be chosen, as there is no such word."""
    assert not [o for o in Outcome if "penalty" in o.value or "simple" in o.value or "adult" in o.value]
    assert {o for o in Outcome if "caution" in o.value} == {Outcome.YC, Outcome.YCC}


@pytest.mark.parametrize("chosen", list(Outcome))
def test_every_outcome_is_closed_at_eighteen_and_for_an_act_before_ten(chosen: Outcome) -> None:
    """AGE-1, AGE-2: on the day itself, whatever is chosen."""
    assert named(one(chosen) | {"date_of_birth": READY.today.replace(year=2008) + DAY}) == {}
    assert named(one(chosen) | {"date_of_birth": READY.today.replace(year=2008)}) == {"aged_under_18": True}
    assert named(one(chosen) | {"date_of_birth": date(2016, 11, 13)}) == {"aged_10_at_offence": True}


@pytest.mark.parametrize(("day", "refused"), [(date(2026, 2, 28), True), (date(2026, 3, 1), False)])
def test_a_child_of_29_february_is_18_on_1_march_of_a_common_year(day: date, refused: bool) -> None:
    """AGE-5."""
    facts = on(day, one(YC)) | {"date_of_birth": date(2008, 2, 29)}
    assert ("aged_under_18" in named(facts)) is not refused


def test_several_offences_are_judged_one_by_one() -> None:
    """CAT-3: what one offence lacks does not stand against the outcome of another one."""
    strong, weak = READY.offences[0], replace(READY.offences[0], evidence=Evidence.NOT_RECORDED)
    assert named({"offences": (strong, replace(weak, outcome=Outcome.NFA))}) == {}
    assert named({"offences": (strong, weak)}) == {"evidence_for_ycc": True}


def test_guidance_on_an_outcome_gives_way_to_a_reason_and_the_law_does_not() -> None:
    soft = replace(READY, **one(CR, **DOMESTIC))
    step = CASE.step("decide", Status.LISTED, soft, CHAIR, {"not_between_partners": "Two brothers."})
    assert dict(step.overridden) == {"not_between_partners": "Two brothers."}
    hard = replace(READY, **offence(evidence=Evidence.SHOWN))
    with pytest.raises(Refused):
        CASE.step("decide", Status.LISTED, hard, CHAIR, {"evidence_for_ycc": "It was clear to all."})


def test_every_outcome_is_described_with_what_it_needs_and_causes() -> None:
    assert set(kinds()) == {outcome.value for outcome in Outcome}
    for kind in kinds():
        known = about(kind)
        for line in (*known.needs, *known.causes):
            assert line.text.endswith("."), line
            assert line.rule, line
            assert line.source, line
            assert line.status in ("V", "K", "V/K"), line
        topics = {line.topic for line in known.causes}
        assert "record" in topics, kind
        if kind not in ("refer_for_charge", "returned_to_police"):
            assert topics >= {"record", "disclosure", "spent", "entrant", "failure"}, kind


def test_an_outcome_is_in_force_from_its_first_day_on() -> None:
    assert not in_force("outcome_22", date(2019, 3, 31))
    assert in_force("outcome_22", date(2019, 4, 1))
    assert not in_force("outcome_23", FIRST_DAY_OF_23 - DAY)
    assert in_force("outcome_23", FIRST_DAY_OF_23)
    assert about("outcome_23").unverified
    ended = replace(about("outcome_22"), until=date(2027, 1, 1))
    assert ended.holds(date(2027, 1, 1))
    assert not ended.holds(date(2027, 1, 2))
