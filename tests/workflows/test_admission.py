"""What a child said: reliable when it is first recorded, never quietly raised; each rule on both sides."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.workflows.ready import READY_ACCOUNT, TODAY
from workflows.admission import ADMISSION, RELIABLE, Standing
from workflows.said import POLICE_SOURCES, SOURCES, LegalAdvice, SaidIn, is_more
from workflows.vocabulary import Admission, Adult

DENIES, NONE, FULL = Admission.DENIES, Admission.NONE, Admission.FULL
ACCEPTS, PARTIAL = Admission.ACCEPTS, Admission.PARTIAL
HARD, SOFT = True, False
FIRST = {"with_yot": False, "changes": ((NONE, FULL),)}
LOWERED = {"changes": ((FULL, DENIES),)}


def changed(*changes: tuple[Admission, Admission], **more: Any) -> dict[str, Any]:
    """Facts about these answers, before and after."""
    return {"changes": changes} | more


RULES: tuple[tuple[str, bool, dict[str, Any], dict[str, Any]], ...] = (
    ("clear", HARD, {"defence_raised": False}, {"defence_raised": True}),
    ("clear", HARD, changed((NONE, DENIES), defence_raised=True), {"defence_raised": None}),
    (
        "clear",
        HARD,
        changed((NONE, ACCEPTS), defence_raised=True),
        changed((NONE, FULL), defence_raised=True),
    ),
    ("full_to_police", HARD, FIRST, FIRST | {"source": SaidIn.COURT}),
    (
        "full_to_police",
        HARD,
        changed((NONE, PARTIAL), with_yot=False, source=SaidIn.DEFENCE),
        FIRST | {"source": SaidIn.DEFENCE},
    ),
    ("not_induced", SOFT, {"offered_first": False}, {"offered_first": True}),
    ("not_induced", SOFT, changed((NONE, DENIES), offered_first=None), {"offered_first": None}),
    ("said_when", SOFT, {}, {"said_on": None}),
    ("said_when", SOFT, {}, {"told": False}),
    ("adult_there", SOFT, {"adult_present": True}, {"adult_present": False}),
    ("adult_there", SOFT, changed((NONE, DENIES), adult_present=False), FIRST | {"adult_present": None}),
    ("account_adult_named", SOFT, {}, {"adult_named": False}),
    ("account_adult_named", SOFT, {"adult_present": False, "adult_named": False}, {"adult": None}),
    (
        "account_adult_aged_18",
        HARD,
        {"adult": Adult.OTHER, "adult_aged_18": True},
        {"adult": Adult.OTHER, "adult_aged_18": False},
    ),
    ("account_adult_aged_18", HARD, {"adult": Adult.PARENT}, {"adult": Adult.OTHER}),
    ("account_adult_not_police", HARD, {"adult_is_police": False}, {"adult_is_police": True}),
    ("account_adult_not_involved", SOFT, {"adult_involved": False}, {"adult_involved": True}),
    ("legal_advice", SOFT, {"advice": LegalAdvice.OFFERED}, {"advice": LegalAdvice.NOT_OFFERED}),
    ("legal_advice", SOFT, {"advice": LegalAdvice.DECLINED}, {"advice": LegalAdvice.NOT_RECORDED}),
    ("legal_advice", SOFT, {"advice_on": TODAY}, {"advice_on": TODAY + timedelta(days=1)}),
    ("legal_advice", SOFT, changed((NONE, DENIES), advice_on=None), {"advice_on": None}),
    ("raised_by_police", HARD, {"by_police": True}, {"by_police": False}),
    ("raised_by_police", HARD, FIRST | {"by_police": False}, changed((ACCEPTS, FULL), by_police=False)),
    ("raised_by_police", HARD, LOWERED | {"by_police": False}, changed((DENIES, PARTIAL), by_police=False)),
    ("raised_from_police", HARD, {"source": SaidIn.VOLUNTARY}, {"source": SaidIn.DEFENCE}),
    (
        "raised_from_police",
        HARD,
        LOWERED | {"source": SaidIn.DEFENCE},
        changed((DENIES, ACCEPTS), source=SaidIn.COURT),
    ),
    ("raised_with_details", HARD, {}, {"said_on": None}),
    ("raised_with_details", HARD, LOWERED | {"said_on": None}, {"told": False}),
    ("raised_with_adult", HARD, {"adult_present": True}, {"adult_present": False}),
    ("raised_with_adult", HARD, FIRST | {"adult_present": None}, {"adult_present": None}),
    # Whoever writes for the YOT copies the police's record in full, or does not raise anything.
    (
        "raised_with_adult",
        HARD,
        FIRST | {"by_police": True, "adult_present": False},
        FIRST | {"by_police": False, "adult_present": False},
    ),
    ("why_changed", HARD, {"reason": "x"}, {"reason": " "}),
    ("why_changed", HARD, FIRST | {"reason": ""}, LOWERED | {"reason": ""}),
)


@pytest.mark.parametrize(("rule", "hard", "inside", "outside"), RULES)
def test_a_rule_lets_pass_just_inside_and_refuses_just_outside(
    rule: str, hard: bool, inside: dict[str, Any], outside: dict[str, Any]
) -> None:
    met = ADMISSION.refusals("record", Standing.OPEN, replace(READY_ACCOUNT, **inside))
    unmet = {
        r.name: r for r in ADMISSION.refusals("record", Standing.OPEN, replace(READY_ACCOUNT, **outside))
    }
    assert rule not in {refusal.name for refusal in met}
    assert unmet[rule].hard is hard


def test_every_rule_is_tried() -> None:
    assert {rule for rule, *_ in RULES} == {guard.name for guard in RELIABLE}


def test_accepting_responsibility_is_not_an_admission_and_a_full_one_is_more_than_both() -> None:
    more = {(a, b) for a in Admission for b in Admission if is_more(a, b)}
    below = (NONE, Admission.NO_COMMENT, DENIES)
    assert more == {(a, b) for a in below for b in (PARTIAL, ACCEPTS, FULL)} | {
        (PARTIAL, FULL),
        (ACCEPTS, FULL),
    }


def test_neither_a_panel_nor_a_talk_with_the_yot_is_a_source() -> None:
    assert {source.value for source in SOURCES} == {
        *("police_interview", "voluntary_interview", "written_statement"),
        *("defence_representation", "court_hearing"),
    }
    assert set(POLICE_SOURCES) < set(SOURCES)
