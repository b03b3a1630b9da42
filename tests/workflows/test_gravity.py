"""The arithmetic of a gravity score: what comes out, what is refused, where a reason is asked."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.gravity import (
    Factor,
    Judgement,
    Matrix,
    departures,
    final_score,
    presumed,
    problems,
    proposed,
    worked_out,
)
from workflows.vocabulary import Outcome

UP, UP2, DOWN = Factor("up", "Worse", 1), Factor("up2", "Worse too", 1), Factor("down", "Better", -1)
MATRIX = Matrix(
    version_id=1,
    name="M",
    since=date(2023, 9, 1),
    lowest=1,
    highest=5,
    lower_by=1,
    raise_by=1,
    factors=(UP, UP2, DOWN),
    presumes={2: frozenset({Outcome.CR, Outcome.O22}), 3: frozenset({Outcome.YC})},
    listed=3,
)


@pytest.mark.parametrize(
    ("base", "adjustment", "score"),
    [(1, -1, 1), (1, 0, 1), (1, 1, 2), (3, -1, 2), (3, 1, 4), (5, -1, 4), (5, 0, 5), (5, 1, 5)],
)
def test_the_score_stays_inside_the_scale(base: int, adjustment: int, score: int) -> None:
    assert worked_out(MATRIX, base, adjustment) == score
    assert final_score(MATRIX, Judgement(base=base, adjustment=adjustment)) == score


@pytest.mark.parametrize(
    ("ticked", "called_for"),
    [
        (set(), 0),
        ({"up"}, 1),
        ({"up", "up2"}, 1),
        ({"down"}, -1),
        ({"up", "down"}, 0),
        ({"up", "up2", "down"}, 1),
    ],
)
def test_the_factors_call_for_no_more_than_the_matrix_allows(ticked: set[str], called_for: int) -> None:
    assert proposed(MATRIX, ticked) == called_for


def test_a_matrix_of_another_year_may_allow_more() -> None:
    wider = replace(MATRIX, raise_by=2)
    assert proposed(wider, {"up", "up2"}) == 2
    assert problems(wider, Judgement(base=3, adjustment=2)) == {}
    assert set(problems(MATRIX, Judgement(base=3, adjustment=2))) == {"adjustment"}


@pytest.mark.parametrize(
    ("judged", "wrong"),
    [
        (Judgement(base=1), set()),
        (Judgement(base=5), set()),
        (Judgement(base=0), {"base"}),
        (Judgement(base=6), {"base"}),
        (Judgement(base=3, adjustment=-1), set()),
        (Judgement(base=3, adjustment=-2), {"adjustment"}),
        (Judgement(base=3, final=5), set()),
        (Judgement(base=3, final=6), {"final"}),
        (Judgement(base=3, final=0), {"final"}),
        (Judgement(base=3, factors=frozenset({"up"})), set()),
        (Judgement(base=3, factors=frozenset({"made up"})), {"factors"}),
    ],
)
def test_what_the_matrix_does_not_know_is_refused(judged: Judgement, wrong: set[str]) -> None:
    assert set(problems(MATRIX, judged)) == wrong


@pytest.mark.parametrize(
    ("judged", "count"),
    [
        (Judgement(base=3), 0),
        (Judgement(base=2), 1),  # not the base score of the matrix
        (Judgement(base=3, factors=frozenset({"up"}), adjustment=1), 0),
        (Judgement(base=3, adjustment=1), 1),  # without a factor
        (Judgement(base=3, factors=frozenset({"down"}), adjustment=1), 1),  # against the factor
        (Judgement(base=3, factors=frozenset({"up"}), adjustment=0), 1),  # the factor does not count
        (Judgement(base=3, factors=frozenset({"up", "down"}), adjustment=0), 0),
        (Judgement(base=3, final=3), 0),
        (Judgement(base=3, final=4), 1),  # not as it comes out
        (Judgement(base=2, adjustment=1, final=5), 3),
    ],
)
def test_each_departure_is_named_and_so_needs_its_reason(judged: Judgement, count: int) -> None:
    found = departures(MATRIX, judged)
    assert len(found) == count
    assert all(sentence.endswith(".") for sentence in found)


def test_a_base_score_of_ones_own_always_needs_a_reason() -> None:
    assert len(departures(replace(MATRIX, listed=None), Judgement(base=3))) == 1


def test_a_score_presumes_what_the_matrix_says_and_nothing_else() -> None:
    assert presumed(MATRIX, 2) == {Outcome.CR, Outcome.O22}
    assert presumed(MATRIX, 5) == frozenset()


@given(base=st.integers(1, 5), adjustment=st.integers(-1, 1))
def test_a_score_that_follows_the_matrix_is_on_its_scale(base: int, adjustment: int) -> None:
    judged = Judgement(base=base, adjustment=adjustment)
    assert problems(MATRIX, judged) == {}
    assert final_score(MATRIX, judged) in MATRIX.scale
