"""The rules of varying the conditions of a caution: each just inside and just outside, in each move."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from workflows.condition_rules import HARD_ON_CONDITIONS, SOFT_ON_CONDITIONS
from workflows.flow import NotYours, Refused
from workflows.roles import POLICE, Role
from workflows.variation import VARIATION, Status, VariationFacts, VariedBy
from workflows.vocabulary import Adult, Advice, ModeOfTrial, Outcome, Signer

from .ready import READY_VARIATION
from .test_condition_rules import RULES as OF_CONDITIONS
from .test_decide_rules import CONDITION, OFFENCE
from .test_decide_rules import READY as SET

TODAY = READY_VARIATION.today
DAY = timedelta(days=1)
HARD, SOFT = True, False
READY = replace(READY_VARIATION, conditions=SET)
Changes = dict[str, Any]
STARTS = {"explain": Status.PREPARED, "sign": Status.EXPLAINED, "bring": Status.SIGNED}
BY_LAW_OF_THE_SET = {guard.name for guard in (*HARD_ON_CONDITIONS, *SOFT_ON_CONDITIONS)}
GIVEN_ON = SET.today
LAST_DAY = date(2027, 5, 12)  # to prosecute a summary offence of 12 November 2026


def paper(**more: Any) -> Changes:
    return {"paper": replace(READY.paper, **more)}


def conditions(**more: Any) -> Changes:
    return {"conditions": replace(SET, **more)}


def due(days: int) -> Changes:
    return conditions(conditions=(replace(CONDITION, due_on=GIVEN_ON + days * DAY),))


def summary_until(day: date) -> Changes:
    offence = replace(OFFENCE, mode=ModeOfTrial.SUMMARY)
    return conditions(offences=(offence,), conditions=(replace(CONDITION, due_on=day),))


CR = {"outcome": Outcome.CR}
EVERYBODY = frozenset(Signer)
# guard, whether it is hard, facts just inside it, facts just outside it
TABLE: tuple[tuple[str, bool, Changes, Changes], ...] = (
    ("of_a_caution", HARD, {}, paper(outcome=Outcome.YC)),
    ("still_runs", HARD, {}, {"runs": False}),
    ("differs", HARD, {}, {"differs": False}),
    ("authorised", HARD, {"authority": VariedBy.PROSECUTOR}, {"authority": None}),
    ("authorised", HARD, {}, {"authority_named": False}),
    ("variation_reason", HARD, {"reason": "x"}, {"reason": "  "}),
    ("has_conditions", HARD, {}, conditions(conditions=())),
    ("due_ahead", HARD, paper(conditions_due=(TODAY,)), paper(conditions_due=(TODAY, TODAY - DAY))),
    ("child_consents", HARD, {}, paper(consented=False)),
    ("ceiling", HARD, due(140), due(141)),
    ("normal_length", SOFT, due(84), due(85)),
    ("manager_length", SOFT, due(112), due(113)),
    ("time_to_prosecute", SOFT, summary_until(LAST_DAY - 28 * DAY), summary_until(LAST_DAY - 27 * DAY)),
    (
        "conditions_complete",
        SOFT,
        {},
        conditions(conditions=(CONDITION, replace(CONDITION, complete=False))),
    ),
    ("adult_present", HARD, {}, paper(adult=None)),
    ("adult_present", HARD, {}, paper(adult_named=False)),
    ("adult_is_adult", HARD, {}, paper(adult_aged_18=False)),
    ("adult_not_police", HARD, {}, paper(adult_is_police=True)),
    ("adult_not_involved", SOFT, {}, paper(adult_involved=True)),
    ("adult_only_adult", HARD, {}, paper(adult_interprets=True)),
    ("adult_only_adult", HARD, {}, paper(adult_advises=True)),
    ("adult_not_objected", HARD, {}, paper(adult_objected=True)),
    (
        "adult_in_order",
        SOFT,
        paper(adult=Adult.OTHER, adult_order_reason="In hospital"),
        paper(adult=Adult.OTHER),
    ),
    ("adult_not_told", SOFT, {}, paper(adult_was_told=True)),
    ("document", HARD, {}, paper(document_made=False)),
    ("names_officer", HARD, {}, paper(names_officer=False)),
    ("adult_here", HARD, {}, paper(adult_here=False)),
    ("understood", HARD, paper(childs_words="x"), paper(childs_words=" ")),
    ("warned", HARD, {}, paper(warned=False)),
    ("advice_offered", SOFT, paper(advice=Advice.DECLINED), paper(advice=Advice.NOT_RECORDED)),
    ("advice_had", HARD, {}, paper(advice=Advice.WANTED)),
    ("everything_explained", HARD, {}, paper(unexplained=("court",))),
    ("agreement_explained", SOFT, paper(**CR), paper(**CR, unexplained=("team",))),
    ("played_back", SOFT, {}, paper(not_played_back=("record",))),
    ("child_signed", HARD, paper(signed_by=EVERYBODY), paper(signed_by=EVERYBODY - {Signer.CHILD})),
    ("same_document", HARD, {}, paper(signed_document_is_shown_document=False)),
    (
        "no_gap",
        HARD,
        paper(signed_by=EVERYBODY - {Signer.ADULT}, did_not_sign=frozenset({Signer.ADULT})),
        paper(signed_by=EVERYBODY - {Signer.ADULT}),
    ),
    ("all_signed", SOFT, {}, paper(signed_by=EVERYBODY - {Signer.OFFICER})),
    ("signed_copy", HARD, {}, paper(signed_copy_kept=False)),
    *((name, hard, conditions(**inside), conditions(**out)) for name, hard, inside, out in OF_CONDITIONS),
)
ADULT = {"adult_present", "adult_is_adult", "adult_not_police", "adult_not_involved", "adult_only_adult"}
ADULT |= {"adult_not_objected", "adult_in_order", "adult_not_told"}
CAUTION = {"of_a_caution", "still_runs"}
GUARDS: dict[str, set[str]] = {
    "explain": CAUTION
    | {"differs", "authorised", "variation_reason", "has_conditions", "due_ahead"}
    | BY_LAW_OF_THE_SET
    | {"ceiling", "time_to_prosecute", "conditions_complete", "normal_length", "manager_length"}
    | ADULT
    | {"document", "names_officer", "adult_here", "understood", "warned", "advice_offered"}
    | {"advice_had", "everything_explained", "agreement_explained", "played_back"},
    "sign": CAUTION | {"child_consents"} | ADULT | {"child_signed", "same_document", "no_gap", "all_signed"},
    "bring": CAUTION | {"child_signed", "signed_copy"},
    "withdraw": {"variation_reason"},
}
STARTS_ALL = STARTS | {"withdraw": Status.SIGNED}
ROWS = [(move, *row) for move, names in GUARDS.items() for row in TABLE if row[0] in names]


def unmet(move: str, changes: Changes) -> dict[str, bool]:
    """The guards that stop a move, each with whether it is hard."""
    facts: VariationFacts = replace(READY, **changes)
    return {one.name: one.hard for one in VARIATION.refusals(move, STARTS_ALL[move], facts)}


@pytest.mark.parametrize(
    ("move", "guard", "hard", "inside", "outside"),
    ROWS,
    ids=[f"{row[0]}-{row[1]}-{n}" for n, row in enumerate(ROWS)],
)
def test_each_rule_of_a_variation_holds_just_inside_and_stops_just_outside(
    move: str, guard: str, hard: bool, inside: Changes, outside: Changes
) -> None:
    assert guard not in unmet(move, inside)
    assert unmet(move, outside)[guard] is hard


@pytest.mark.parametrize("move", GUARDS)
def test_each_move_asks_exactly_these_rules_and_each_is_tried_above(move: str) -> None:
    (made,) = [one for one in VARIATION.moves if one.name == move]
    assert {guard.name for guard in made.guards} == GUARDS[move]
    assert GUARDS[move] <= {row[0] for row in TABLE}


@pytest.mark.parametrize("move", GUARDS)
def test_nothing_stops_a_variation_for_which_everything_is_in_place(move: str) -> None:
    assert unmet(move, {}) == {}


def test_no_reason_passes_over_the_childs_consent_or_signature() -> None:
    reasons = dict.fromkeys(GUARDS["sign"], "The officer knows better")
    for changes in (paper(consented=False), paper(signed_by=EVERYBODY - {Signer.CHILD})):
        with pytest.raises(Refused):
            VARIATION.step("sign", Status.EXPLAINED, replace(READY, **changes), POLICE, reasons)


@pytest.mark.parametrize("move", STARTS)
def test_the_yot_may_not_vary_and_a_manager_may_only_withdraw(move: str) -> None:
    for role in (Role.CASE_MANAGER, Role.YOT_MANAGER):
        with pytest.raises(NotYours):
            VARIATION.step(move, STARTS[move], READY, frozenset({role}))
    with pytest.raises(NotYours):
        VARIATION.step("withdraw", Status.SIGNED, READY, frozenset({Role.CASE_MANAGER}))
    for role in (Role.YOT_MANAGER, *POLICE):
        made = VARIATION.step("withdraw", STARTS[move], READY, frozenset({role}))
        assert made.after is Status.WITHDRAWN
