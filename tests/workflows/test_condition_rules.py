"""The rules of conditions: each guard just inside and just outside, and every cell of the penalty table."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from config.policy import names, number
from workflows import condition_rules
from workflows.case import CASE, Status
from workflows.condition_rules import HARD_ON_CONDITIONS, SOFT_ON_CONDITIONS, penalty_most
from workflows.conditions import NEEDS, StepKind, is_vague
from workflows.vocabulary import ModeOfTrial, Outcome, Purpose

from .test_decide_rules import CONDITION, OFFENCE, READY, TODAY

HARD, SOFT = True, False
PUNISH = {"purpose": Purpose.PUNISHMENT}
PENALTY = PUNISH | {"kind": StepKind.PENALTY, "amount_pence": 2000, "payable": True}
PAID = {"kind": StepKind.COMPENSATION, "purpose": Purpose.REPARATION, "amount_pence": 99999, "payable": True}
CURFEW = {"kind": StepKind.CURFEW, "checked": True}
CR = (replace(OFFENCE, outcome=Outcome.CR),)


def one(**more: Any) -> dict[str, Any]:
    return {"conditions": (replace(CONDITION, **more),)}


def work(hours: int, purpose: Purpose = Purpose.REPARATION) -> dict[str, Any]:
    return one(hours=hours, purpose=purpose)


# The rule, whether it is hard, facts just inside it, facts just outside it.
RULES: tuple[tuple[str, bool, dict[str, Any], dict[str, Any]], ...] = (
    ("place_and_times", HARD, one(attends=True, placed=True), one(attends=True, placed=False)),
    ("place_and_times", HARD, one(attends=False, placed=False), one(hours=1, placed=False)),
    (
        "place_and_times",
        HARD,
        one(attends=True, placed=False) | {"offences": CR},
        one(attends=True, placed=False),
    ),
    ("twenty_hours", HARD, work(20), work(21)),
    ("twenty_hours", HARD, work(21, Purpose.REHABILITATION), work(21, Purpose.PUNISHMENT)),
    ("twenty_hours", HARD, work(21) | {"offences": CR}, work(21)),
    ("penalty_only_ycc", HARD, one(**PENALTY), one(**PENALTY) | {"offences": CR}),
    ("money_object", HARD, one(**PENALTY), one(**PENALTY | {"purpose": Purpose.REHABILITATION})),
    ("money_object", HARD, one(**PAID), one(**PAID | PUNISH)),
    ("penalty_stated", HARD, one(**PENALTY | {"amount_pence": 1}), one(**PENALTY | {"amount_pence": 0})),
    ("penalty_stated", HARD, one(**PENALTY), one(**PENALTY | {"payable": False})),
    (
        "penalty_within",
        HARD,
        one(**PENALTY | {"amount_pence": 5000}),
        one(**PENALTY | {"amount_pence": 5001}),
    ),
    ("punishment_last", SOFT, one(purpose=Purpose.REPARATION), one(**PUNISH)),
    ("punishment_last", SOFT, one(**PUNISH) | {"offences": CR}, one(**PUNISH)),
    ("checked_by_team", SOFT, one(**CURFEW), one(**CURFEW | {"checked": False})),
    ("checked_by_team", SOFT, one(checked=False), one(kind=StepKind.STAY_AWAY, checked=False)),
    ("placement_free", HARD, one(place_full=False), one(place_full=True)),
    ("placement_suits", SOFT, one(place_suits=True), one(place_suits=False)),
    ("not_vague", SOFT, one(vague=False), one(vague=True)),
)


def named(facts: dict[str, Any]) -> dict[str, bool]:
    """The rules that are broken, each with whether it is hard."""
    return {r.name: r.hard for r in CASE.refusals("decide", Status.LISTED, replace(READY, **facts))}


@pytest.mark.parametrize(
    ("rule", "hard", "inside", "outside"), RULES, ids=[f"{n}-{row[0]}" for n, row in enumerate(RULES)]
)
def test_each_rule_of_conditions_holds_on_one_side_and_not_on_the_other(
    rule: str, hard: bool, inside: dict[str, Any], outside: dict[str, Any]
) -> None:
    expected_too = {"punishment_last"} if "punishment_last" in named(outside) else set()
    assert rule not in named(inside)
    assert named(outside)[rule] is hard
    assert set(named(outside)) - expected_too <= {rule}


def test_every_rule_of_conditions_is_tried_here() -> None:
    guards = {guard.name for guard in (*HARD_ON_CONDITIONS, *SOFT_ON_CONDITIONS)}
    assert guards == {row[0] for row in RULES}


BORN_14 = date(TODAY.year - 14, TODAY.month, TODAY.day)
BORN_13 = date(TODAY.year - 14, TODAY.month, TODAY.day + 1)
CELLS = (
    (ModeOfTrial.SUMMARY, BORN_14, 30),
    (ModeOfTrial.SUMMARY, BORN_13, 15),
    (ModeOfTrial.EITHER_WAY, BORN_14, 50),
    (ModeOfTrial.EITHER_WAY, BORN_13, 25),
    (ModeOfTrial.INDICTABLE, BORN_14, 75),
    (ModeOfTrial.INDICTABLE, BORN_13, 35),
)


@pytest.mark.parametrize(("mode", "born", "most"), CELLS)
def test_each_maximum_of_a_penalty_holds_to_the_penny(mode: ModeOfTrial, born: date, most: int) -> None:
    offence = replace(OFFENCE, mode=mode, cps_authority=True)
    facts = {"date_of_birth": born, "offences": (offence,)}
    assert "penalty_within" not in named(facts | one(**PENALTY | {"amount_pence": most * 100}))
    assert named(facts | one(**PENALTY | {"amount_pence": most * 100 + 1}))["penalty_within"] is HARD


def test_several_penalties_are_one_sum_against_the_offence_that_allows_most() -> None:
    both = (replace(OFFENCE, mode=ModeOfTrial.SUMMARY), OFFENCE)
    half = replace(CONDITION, **PENALTY | {"amount_pence": 2500})
    assert "penalty_within" not in named({"offences": both, "conditions": (half, half)})
    over = replace(half, amount_pence=2501)
    assert "penalty_within" in named({"offences": both, "conditions": (half, over)})


def test_an_offence_with_another_outcome_allows_no_higher_penalty() -> None:
    grave = replace(OFFENCE, mode=ModeOfTrial.INDICTABLE, outcome=Outcome.NFA)
    assert "penalty_within" in named({"offences": (OFFENCE, grave)} | one(**PENALTY | {"amount_pence": 5001}))


def test_compensation_has_no_maximum() -> None:
    assert named(one(**PAID)) == {}


def test_a_lower_limit_of_hours_for_the_youngest_is_a_figure_and_by_default_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    young = {"date_of_birth": BORN_13}
    assert "twenty_hours" not in named(young | work(20))
    lower = {"ycc_nonrehabilitative_hours_10_to_13": 12}
    monkeypatch.setattr(condition_rules, "number", lambda key, on: lower.get(key) or number(key, on))
    assert "twenty_hours" not in named(young | work(12))
    assert "twenty_hours" in named(young | work(13))
    assert "twenty_hours" not in named({"date_of_birth": BORN_14} | work(20))


def test_the_maxima_come_from_the_order_of_2013() -> None:
    assert penalty_most(ModeOfTrial.SUMMARY, 13, date(2013, 4, 8)) == 15
    with pytest.raises(Exception, match="2013"):
        penalty_most(ModeOfTrial.SUMMARY, 13, date(2013, 4, 7))


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("Drugs awareness", True),
        ("Knife awareness sessions", True),
        ("To engage with the YOT", True),
        ("Victim empathy work", True),
        ("Drugs awareness with Amy", True),
        ("Talk through when and why you smoke cannabis, and practise saying no", False),
        ("Four talks about anger", False),
        ("Write a letter to say sorry", False),
        ("Football", False),
    ],
)
def test_a_wording_that_only_names_a_topic_is_vague(what: str, expected: bool) -> None:
    found = is_vague(
        what,
        topics=names("vague_topics", TODAY),
        fillers=names("vague_fillers", TODAY),
        least=number("vague_words_left", TODAY),
    )
    assert found is expected


def test_every_kind_says_what_it_needs() -> None:
    assert set(NEEDS) == set(StepKind)
