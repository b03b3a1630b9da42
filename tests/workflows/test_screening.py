"""What the answers of a screen amount to, on both sides of each limit."""

from datetime import date

import pytest

from config.screens import questions
from workflows.assessment_parts import Screen
from workflows.screening import (
    AUDIT_HALVES,
    Referral,
    Seen,
    audit_points,
    audit_score,
    audit_words,
    audit_zone,
    signs_words,
)
from workflows.vocabulary import words

TODAY = date(2026, 11, 17)


@pytest.mark.parametrize("question", range(1, 11))
def test_each_question_counts_as_the_manual_says(question: int) -> None:
    expected = [0, 2, 4] if question in AUDIT_HALVES else [0, 1, 2, 3, 4]
    assert [audit_points(question, choice) for choice in range(len(expected))] == expected
    with pytest.raises(ValueError, match="no answer"):
        audit_points(question, len(expected))
    with pytest.raises(ValueError, match="no answer"):
        audit_points(question, -1)


@pytest.mark.parametrize("question", [0, 11])
def test_there_are_ten_questions(question: int) -> None:
    with pytest.raises(ValueError, match="no answer"):
        audit_points(question, 0)


def test_the_score_runs_from_nothing_to_forty_and_needs_every_answer() -> None:
    assert audit_score([0] * 10) == 0
    assert audit_score([4] * 8 + [2, 2]) == 40
    for answers in ([0] * 9, [0] * 11):
        with pytest.raises(ValueError, match="ten answers"):
            audit_score(answers)


@pytest.mark.parametrize(
    ("score", "zone"), [(0, 1), (7, 1), (8, 2), (15, 2), (16, 3), (19, 3), (20, 4), (40, 4)]
)
def test_the_zones_begin_and_end_where_the_manual_says(score: int, zone: int) -> None:
    assert audit_zone(score, TODAY) == zone


def test_a_low_score_of_a_young_person_already_asks_for_a_talk() -> None:
    assert "talk about it" not in audit_words(3, TODAY)
    assert audit_words(4, TODAY).startswith("4 of 40, low")
    assert "talk about it" in audit_words(4, TODAY)


def test_signs_are_counted_and_never_decide() -> None:
    assert signs_words({"a": Seen.YES, "b": Seen.NO, "c": Seen.UNSURE}) == "1 of 3 signs seen, 1 not sure"
    assert signs_words({"a": "no"}) == "0 of 1 signs seen"
    assert words(Referral.NRM) == "Refer to the National Referral Mechanism (NRM)"


@pytest.mark.parametrize("screen", list(Screen))
def test_every_screen_has_questions_and_a_source(screen: Screen) -> None:
    found = questions(screen.value)
    assert found.source
    assert found.note
    assert len({question.key for question in found.items}) == len(found.items) >= 8


def test_audit_has_its_ten_questions_with_as_many_answers_as_points() -> None:
    items = questions("alcohol").items
    assert [len(question.choices) for question in items] == [5] * 8 + [3, 3]
