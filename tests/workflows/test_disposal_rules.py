"""The rules of giving a disposal: each one just inside and just outside."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from workflows import calendar
from workflows.disposal import DISPOSAL, Status
from workflows.disposal_rules import DisposalFacts
from workflows.flow import NotYours, Refused
from workflows.records import disclosed_automatically, makes_first_time_entrant, spent_on
from workflows.requirements import Requirement, RightToGive, asked_of
from workflows.roles import POLICE, Role
from workflows.vocabulary import SIGNED_OUTCOMES, Adult, Advice, Outcome, Signer

TODAY = date(2026, 11, 17)
READY = DisposalFacts(
    today=TODAY,
    date_of_birth=date(2011, 3, 4),
    outcome=Outcome.YCC,
    reason="The child turned 18",
    document_made=True,
    conditions_due=(TODAY,),
    adult=Adult.PARENT,
    adult_named=True,
    adult_aged_18=True,
    advice=Advice.DECLINED,
    childs_words="I could go to court",
    warned=True,
    consented=True,
    admitted_again=True,
    signed_by=frozenset(Signer),
    signed_copy_kept=True,
    requirements=frozenset(Requirement),
    yot_consulted=True,
    authority=RightToGive.TRAINED,
    decided_on=TODAY,
    recorded_on=TODAY,
)
FROM = {
    "explain": Status.PREPARED,
    "sign": Status.EXPLAINED,
    "give": Status.SIGNED,
    "lapse": Status.PREPARED,
    "child_withdraws": Status.GIVEN,
}
Changes = dict[str, Any]
TURNS_18_TOMORROW: Changes = {"date_of_birth": date(2008, 11, 18)}
TURNS_18_TODAY: Changes = {"date_of_birth": date(2008, 11, 17)}
TURNS_10_TODAY: Changes = {"date_of_birth": date(2016, 11, 17)}
TURNS_10_TOMORROW: Changes = {"date_of_birth": date(2016, 11, 18)}
TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = date(2026, 11, 16)
NOBODY: Changes = {"adult": None, "adult_named": False}
BEFORE_2015, AFTER_2015 = date(2015, 4, 12), date(2015, 4, 13)
WITHOUT_CHILD = frozenset({Signer.ADULT, Signer.OFFICER})
WITHOUT_ADULT = frozenset({Signer.CHILD, Signer.OFFICER})
THREE = frozenset(Signer) - {Signer.CASE_MANAGER}
UNSIGNED: Changes = {"signed_by": WITHOUT_CHILD}
NOT_ADMITTED: Changes = {"admitted_again": False}
YC: Changes = {"outcome": Outcome.YC}
CR: Changes = {"outcome": Outcome.CR}
CROWN_COURT: Changes = {"indictable_only": True}
AGAINST: Changes = {"yot_consulted": False}
CARE: Changes = {"adult": Adult.CARE}
OTHER: Changes = {"adult": Adult.OTHER}
WHY_OTHER: Changes = {"adult_order_reason": "His mother is in hospital"}
TWO_DAYS_AGO: Changes = {"recorded_on": TODAY + timedelta(days=2)}


def without(missing: Requirement) -> Changes:
    """Everything that the law asks but one."""
    return {"requirements": frozenset(Requirement) - {missing}}


R = Requirement

# move, rule, guard, hard, just inside, just outside
TABLE: list[tuple[str, str, str, bool, Changes, Changes]] = [
    ("explain", "AGE-2", "aged_10_to_17", True, TURNS_18_TOMORROW, TURNS_18_TODAY),
    ("sign", "AGE-2", "aged_10_to_17", True, TURNS_18_TOMORROW, TURNS_18_TODAY),
    ("give", "AGE-2", "aged_10_to_17", True, TURNS_18_TOMORROW, TURNS_18_TODAY),
    ("give", "AGE-2", "aged_10_to_17", True, TURNS_10_TODAY, TURNS_10_TOMORROW),
    ("give", "AGE-2", "aged_10_to_17", True, CR | TURNS_18_TODAY, YC | TURNS_18_TODAY),
    ("explain", "YC-2", "adult_present", True, YC, YC | NOBODY),
    ("give", "YC-2", "adult_present", True, {}, NOBODY),
    ("give", "YC-2", "adult_present", True, {}, {"adult": None}),
    ("explain", "YC-3", "adult_here", True, NOBODY | CR | {"adult_here": False}, {"adult_here": False}),
    ("give", "AA-1", "adult_is_adult", True, {}, {"adult_aged_18": False}),
    ("give", "AA-1", "adult_not_police", True, {}, {"adult_is_police": True}),
    ("give", "AA-2", "adult_not_involved", False, {}, {"adult_involved": True}),
    ("explain", "CR-1", "adult_for_agreement", False, CR, CR | NOBODY),
    ("explain", "YCC-R5", "document", True, {}, {"document_made": False}),
    ("explain", "YCC-1", "names_officer", True, {}, {"names_officer": False}),
    ("explain", "CON-2", "conditions_ahead", False, {}, {"conditions_due": (TODAY, YESTERDAY)}),
    ("explain", "YCC-R3", "admits_to_officer", True, CR | NOT_ADMITTED, YC | NOT_ADMITTED),
    ("explain", "EXP-1", "understood", True, {"childs_words": "x"}, {"childs_words": "  "}),
    ("explain", "EXP-1", "understood_agreement", False, CR, CR | {"childs_words": ""}),
    ("explain", "YCC-R4", "warned", True, YC | {"warned": False}, {"warned": False}),
    ("explain", "ADV-1", "advice_offered", False, {"advice": Advice.TAKEN}, {"advice": Advice.NOT_RECORDED}),
    ("sign", "YCC-R5", "consents", True, YC | {"consented": False}, {"consented": False}),
    ("sign", "CR-1", "agrees", False, CR, CR | {"consented": False}),
    ("sign", "YCC-R5", "child_signed", True, YC | UNSIGNED, UNSIGNED),
    ("give", "YCC-R5", "child_signed", True, YC | UNSIGNED, UNSIGNED),
    ("sign", "YC-9", "all_signed", False, YC, YC | UNSIGNED),
    ("sign", "YC-9", "all_signed", False, {"signed_by": THREE}, {"signed_by": THREE, "jointly": True}),
    ("sign", "YC-9", "no_gap", True, UNSIGNED | {"did_not_sign": {Signer.CHILD}}, UNSIGNED),
    ("sign", "YC-9", "no_gap", True, {"signed_by": THREE}, {"signed_by": THREE, "jointly": True}),
    ("sign", "YC-9", "no_gap", True, NOBODY | {"signed_by": WITHOUT_ADULT}, {"signed_by": WITHOUT_ADULT}),
    ("sign", "EXP-3", "same_document", True, {}, {"signed_document_is_shown_document": False}),
    ("give", "YCC-R5", "signed_copy", True, YC | {"signed_copy_kept": False}, {"signed_copy_kept": False}),
    ("give", "YC-9", "signed_copy_expected", False, YC, YC | {"signed_copy_kept": False}),
    ("explain", "AA-1", "adult_in_order", False, CARE | {"looked_after": True}, CARE),
    ("give", "AA-1", "adult_in_order", False, OTHER | WHY_OTHER, OTHER),
    ("explain", "AA-2", "adult_only_adult", True, {}, {"adult_interprets": True}),
    (
        "give",
        "AA-2",
        "adult_only_adult",
        True,
        NOBODY | CR | {"adult_advises": True},
        {"adult_advises": True},
    ),
    ("give", "AA-2", "adult_not_objected", True, {}, {"adult_objected": True}),
    ("give", "AA-2", "adult_not_told", False, {}, {"adult_was_told": True}),
    ("explain", "YCC-R1", "ycc_evidence", True, YC | without(R.R1), without(R.R1)),
    ("give", "YCC-R1", "ycc_evidence", True, {}, without(R.R1)),
    ("explain", "YCC-R2", "ycc_decided", True, YC | without(R.R2), without(R.R2)),
    ("give", "YCC-R2", "ycc_decided", True, {}, without(R.R2)),
    ("give", "YCC-R3", "ycc_admitted", True, YC | without(R.R3), without(R.R3)),
    ("give", "YCC-R4", "ycc_warned", True, YC | without(R.R4), without(R.R4)),
    ("give", "YCC-R5", "ycc_signed", True, YC | without(R.R5), without(R.R5)),
    ("explain", "YC-1", "yc_evidence", True, without(R.EVIDENCE), YC | without(R.EVIDENCE)),
    ("give", "YC-1", "yc_evidence", True, YC, YC | without(R.EVIDENCE)),
    ("explain", "YC-1", "yc_right", True, without(R.RIGHT), YC | without(R.RIGHT)),
    ("give", "YC-1", "yc_right", True, CR | without(R.RIGHT), YC | without(R.RIGHT)),
    ("give", "YC-1", "yc_admitted", True, without(R.ADMISSION), YC | without(R.ADMISSION)),
    ("explain", "YCC-4", "prosecutor_authorised", True, CROWN_COURT | {"cps_reference": "1"}, CROWN_COURT),
    ("give", "YCC-4", "prosecutor_authorised", True, YC | CROWN_COURT, CROWN_COURT),
    ("give", "YC-10", "prosecutor_asked", False, CROWN_COURT | {"cps_reference": "1"}, YC | CROWN_COURT),
    ("explain", "YCC-2", "yot_consulted", False, AGAINST | {"exception": "Urgent"}, AGAINST),
    ("give", "YCC-2", "yot_consulted", False, YC | AGAINST, AGAINST | {"exception": " "}),
    (
        "explain",
        "YCC-1",
        "may_authorise",
        False,
        YC | {"authority": RightToGive.OTHER},
        {"authority": RightToGive.OTHER},
    ),
    ("explain", "ADV-1", "advice_had", True, {"advice": Advice.TAKEN}, {"advice": Advice.WANTED}),
    (
        "explain",
        "YC-3",
        "everything_explained",
        True,
        CR | {"unexplained": ("court",)},
        {"unexplained": ("court",)},
    ),
    ("explain", "EXP-1", "agreement_explained", False, CR, CR | {"unexplained": ("team",)}),
    ("explain", "EXP-1", "played_back", False, {}, {"not_played_back": ("record",)}),
    ("give", "WD-4", "given_by_now", True, {}, {"recorded_on": YESTERDAY}),
    ("give", "WD-4", "given_after_decision", True, {}, {"decided_on": TODAY + timedelta(days=1)}),
    (
        "give",
        "EXP-3",
        "given_after_signing",
        True,
        {"signed_on": TODAY},
        {"signed_on": TODAY + timedelta(days=1)},
    ),
    ("give", "WD-4", "given_late_explained", True, {"recorded_on": TODAY + timedelta(days=1)}, TWO_DAYS_AGO),
    (
        "give",
        "WD-4",
        "given_late_explained",
        True,
        TWO_DAYS_AGO | {"late_reason": "No network"},
        TWO_DAYS_AGO,
    ),
    ("child_withdraws", "YCC-5", "withdraws_from_ycc", True, {}, YC),
    ("lapse", "AGE-4", "reason", True, {}, {"reason": "  "}),
]


def unmet(move: str, **changes: Any) -> dict[str, tuple[str, bool]]:
    """The rule and the strength of every guard that stops the move."""
    facts = replace(READY, **changes)
    return {r.name: (r.rule, r.hard) for r in DISPOSAL.refusals(move, FROM[move], facts)}


@pytest.mark.parametrize(("move", "rule", "guard", "hard", "inside", "outside"), TABLE)
def test_each_rule_holds_just_inside_and_stops_just_outside(
    move: str, rule: str, guard: str, hard: bool, inside: Changes, outside: Changes
) -> None:
    assert guard not in unmet(move, **inside)
    assert unmet(move, **outside)[guard] == (rule, hard)


def test_every_rule_of_the_flow_is_in_the_table() -> None:
    assert {guard.name for guard in DISPOSAL.guards()} == {row[2] for row in TABLE}


def test_nothing_stops_a_disposal_for_which_everything_is_in_place() -> None:
    for move in FROM:
        assert unmet(move) == {}


@pytest.mark.parametrize(
    ("on", "born", "needed"),
    [
        (BEFORE_2015, date(1998, 4, 13), True),  # 17 tomorrow
        (BEFORE_2015, date(1998, 4, 12), False),  # 17 today
        (AFTER_2015, date(1998, 4, 12), True),  # 17, and the law has changed
        (TODAY, date(2008, 11, 18), True),  # 18 tomorrow
    ],
)
def test_seventeen_year_olds_need_an_adult_since_13_april_2015(on: date, born: date, needed: bool) -> None:
    facts = replace(READY, today=on, date_of_birth=born, conditions_due=(), **NOBODY)
    names = [r.name for r in DISPOSAL.refusals("explain", Status.PREPARED, facts)]
    assert ("adult_present" in names) is needed


@pytest.mark.parametrize(
    ("today", "allowed"),
    [(date(2026, 2, 28), True), (date(2026, 3, 1), False)],
)
def test_a_leap_day_child_turns_18_on_1_march(today: date, allowed: bool) -> None:
    facts = replace(READY, today=today, date_of_birth=date(2008, 2, 29), conditions_due=())
    names = [r.name for r in DISPOSAL.refusals("give", Status.SIGNED, facts)]
    assert ("aged_10_to_17" not in names) is allowed


def test_a_conditional_caution_is_never_given_unsigned() -> None:
    for status in (Status.PREPARED, Status.EXPLAINED):
        assert [r.name for r in DISPOSAL.refusals("give", status, READY)] == ["wrong_state"]


@pytest.mark.parametrize("outcome", [o for o in SIGNED_OUTCOMES if o is not Outcome.YCC])
def test_another_paper_may_follow_only_with_a_reason(outcome: Outcome) -> None:
    unsigned = replace(READY, outcome=outcome, signed_copy_kept=False, consented=True)
    found = DISPOSAL.refusals("give", Status.EXPLAINED, unsigned)
    assert [(r.name, r.hard) for r in found] == [("signed_copy_expected", False)]
    assert DISPOSAL.refusals("give", Status.PREPARED, unsigned)[0].name == "wrong_state"


@pytest.mark.parametrize("requirement", asked_of(Outcome.YCC))
def test_no_reason_opens_the_way_past_one_of_the_five_requirements(requirement: Requirement) -> None:
    everything = {guard.name: "I know better" for guard in DISPOSAL.guards()}
    with pytest.raises(Refused):
        DISPOSAL.step("give", Status.SIGNED, replace(READY, **without(requirement)), POLICE, everything)


@pytest.mark.parametrize("outcome", [Outcome.NFA, Outcome.CHARGE])
def test_a_letter_is_given_after_it_was_explained_without_any_signature(outcome: Outcome) -> None:
    facts = replace(READY, outcome=outcome, signed_by=frozenset(), signed_copy_kept=False, **NOBODY)
    assert DISPOSAL.step("give", Status.EXPLAINED, facts, POLICE).after is Status.GIVEN


@pytest.mark.parametrize("change", [{"signed_by": WITHOUT_CHILD}, {"signed_copy_kept": False}])
def test_no_reason_opens_the_way_past_the_childs_signature_or_the_signed_copy(change: Changes) -> None:
    everything = {guard.name: "I know better" for guard in DISPOSAL.guards()}
    with pytest.raises(Refused):
        DISPOSAL.step("give", Status.SIGNED, replace(READY, **change), POLICE, everything)


def test_only_the_police_give_a_disposal() -> None:
    for role in set(Role) - set(POLICE):
        with pytest.raises(NotYours):
            DISPOSAL.step("give", Status.SIGNED, READY, {role})


GIVEN = date(2026, 11, 17)


@pytest.mark.parametrize(
    ("outcome", "ends", "spent"),
    [
        (Outcome.YC, None, GIVEN),
        (Outcome.YC, date(2027, 1, 1), GIVEN),
        (Outcome.YCC, date(2027, 2, 16), date(2027, 2, 16)),  # a day under three months
        (Outcome.YCC, date(2027, 2, 17), date(2027, 2, 17)),  # exactly three months
        (Outcome.YCC, date(2027, 2, 18), date(2027, 2, 17)),  # a day over
        (Outcome.YCC, None, date(2027, 2, 17)),
        (Outcome.YCC, date(2026, 11, 1), GIVEN),  # never spent before it was given
        (Outcome.CR, date(2027, 1, 1), None),
        (Outcome.O22, None, None),
        (Outcome.NFA, None, None),
        (Outcome.CHARGE, None, None),
    ],
)
def test_a_caution_is_spent_at_the_earlier_of_three_months_and_its_conditions(
    outcome: Outcome, ends: date | None, spent: date | None
) -> None:
    assert spent_on(outcome, GIVEN, ends) == spent


def test_three_months_from_the_end_of_november_end_with_february() -> None:
    assert spent_on(Outcome.YCC, date(2026, 11, 30), None) == calendar.add_months(date(2026, 11, 30), 3)
    assert spent_on(Outcome.YCC, date(2026, 11, 30), None) == date(2027, 2, 28)


def test_only_cautions_make_a_first_time_entrant() -> None:
    assert {o for o in Outcome if makes_first_time_entrant(o)} == {Outcome.YC, Outcome.YCC}


def test_no_caution_is_disclosed_automatically_since_28_november_2020() -> None:
    assert disclosed_automatically(Outcome.YC, date(2020, 11, 27))
    assert not disclosed_automatically(Outcome.YC, date(2020, 11, 28))
    assert not disclosed_automatically(Outcome.CR, date(2020, 11, 27))
