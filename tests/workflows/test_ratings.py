"""Percentages, bands, standards and totals of inspection ratings, at each of their edges."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.ratings import (
    Framework,
    KeyQuestion,
    Overall,
    Rating,
    Standard,
    band,
    framework_of,
    overall,
    percent,
    rounded,
)
from workflows.sample_size import sample_size, split

I, RI, G, O = Rating  # noqa: E741


@pytest.mark.parametrize(
    ("whole", "expected"), [(0, I), (49, I), (50, RI), (64, RI), (65, G), (79, G), (80, O), (100, O)]
)
def test_each_band_begins_at_its_first_whole_per_cent(whole: int, expected: Rating) -> None:
    assert band(whole) is expected


@pytest.mark.parametrize(
    ("yes", "answered", "whole", "flagged"),
    [
        *((yes, n, 65, True) for yes, n in ((11, 17), (20, 31), (22, 34), (24, 37), (31, 48), (37, 57))),
        *((yes, n, 80, True) for yes, n in ((35, 44), (39, 49), (43, 54), (47, 59))),
        (13, 20, 65, False),
        (9, 14, 64, False),
        (1, 8, 13, False),
        (13, 15, 87, False),
        (0, 5, 0, False),
        (5, 5, 100, False),
    ],
)
def test_halves_go_up_and_a_band_that_rests_on_it_is_flagged(
    yes: int, answered: int, whole: int, flagged: bool
) -> None:
    question = KeyQuestion(key="3.1.1", yes=yes, no=answered - yes)
    assert (question.per_cent, question.rests_on_rounding) == (whole, flagged)
    assert Standard(name="3.1", questions=(question,)).rests_on_rounding is flagged


def test_cases_to_which_a_question_does_not_apply_are_in_no_percentage() -> None:
    question = KeyQuestion(key="3.2.2", yes=9, no=10, not_applicable=9)
    assert (question.answered, question.per_cent) == (19, 47)
    assert KeyQuestion(key="3.2.2", not_applicable=9).band is None


@pytest.mark.parametrize(("yes", "answered"), [(-1, 4), (5, 4)])
def test_counts_that_cannot_be_are_refused(yes: int, answered: int) -> None:
    with pytest.raises(ValueError):
        percent(yes, answered)


@pytest.mark.parametrize(
    ("exact", "whole"), [("64.4", 64), ("64.5", 65), ("79.49", 79), ("0", 0), ("100", 100)]
)
def test_a_published_percentage_is_rounded_in_the_same_way(exact: str, whole: int) -> None:
    assert rounded(Fraction(exact)) == whole


def test_a_published_percentage_may_rest_on_rounding_and_no_answers_rest_on_nothing() -> None:
    close, silent = KeyQuestion(key="1", published=Fraction("64.5")), KeyQuestion(key="2", not_applicable=9)
    assert (close.per_cent, close.exact, close.rests_on_rounding) == (65, Fraction("64.5"), True)
    assert not KeyQuestion(key="1", published=Fraction(65)).rests_on_rounding
    assert not silent.rests_on_rounding
    both = Standard(name="3.1", questions=(silent, close))
    assert (both.rating, both.lowest, both.rests_on_rounding) == (Rating.GOOD, close, True)


def test_nothing_in_a_hundred_is_lower_than_one() -> None:
    one, nothing = KeyQuestion(key="1", yes=1, no=99), KeyQuestion(key="2", yes=0, no=5)
    assert Standard(name="3.1", questions=(one, nothing)).lowest is nothing


@pytest.mark.parametrize("exact", ["-0.1", "100.1"])
def test_a_percentage_outside_of_its_range_is_refused(exact: str) -> None:
    with pytest.raises(ValueError):
        rounded(Fraction(exact))


def question(yes: int, no: int, key: str = "1") -> KeyQuestion:
    return KeyQuestion(key=key, yes=yes, no=no)


def test_a_standard_is_as_good_as_its_lowest_key_question_and_never_an_average() -> None:
    standard = Standard(name="3.2", questions=(question(10, 0), question(4, 6, "2"), question(9, 1, "3")))
    assert standard.rating is I
    assert standard.lowest is not None
    assert standard.lowest.key == "2"


def test_a_standard_without_key_questions_is_rated_by_judgement_or_not_at_all() -> None:
    assert Standard(name="1.1", judged=G).rating is G
    assert Standard(name="1.1").rating is None
    asked = Standard(name="3.1", questions=(question(10, 0),), judged=I)
    assert asked.rating is O


@pytest.mark.parametrize(
    ("questions", "near"),
    [
        ((question(4, 4),), (I,)),
        ((question(3, 4),), (RI,)),
        ((question(3, 4), question(3, 4, "2")), ()),
        ((question(30, 30),), (I,)),
        ((question(50, 50), question(49, 51, "2")), (RI,)),
        ((KeyQuestion(key="1", published=Fraction(49)),), ()),
        ((question(0, 1),), (O,)),
    ],
    ids=["down", "up", "both-low", "wide", "only-the-lower", "only-published", "a-single-case"],
)
def test_what_one_case_would_change_is_said(
    questions: tuple[KeyQuestion, ...], near: tuple[Rating, ...]
) -> None:
    assert Standard(name="3.1", questions=questions).one_case_away() == near


def service(*ratings: Rating, name: str = "1.1") -> list[Standard]:
    return [Standard(name=name, judged=rating) for rating in ratings]


@pytest.mark.parametrize(
    ("total", "expected"),
    [(0, I), (6, I), (7, RI), (18, RI), (19, G), (29, G), (30, G), (31, O), (36, O)],
)
def test_each_overall_band_of_36(total: int, expected: Rating) -> None:
    points = [Rating(min(3, max(0, total - 3 * n))) for n in range(12)]
    assert overall(Framework.F2018, service(*points)) == Overall(total, 36, expected, scaled=False)


@pytest.mark.parametrize(
    ("total", "expected"),
    [(4, I), (5, RI), (12, RI), (13, G), (20, G), (21, O), (1, I), (24, O)],
)
def test_a_smaller_maximum_scales_the_bands_and_says_so(total: int, expected: Rating) -> None:
    points = [Rating(min(3, max(0, total - 3 * n))) for n in range(8)]
    assert overall(Framework.F2021, service(*points)) == Overall(total, 24, expected, scaled=True)


def test_resettlement_is_rated_beside_the_total() -> None:
    twelve = service(*[G] * 12)
    with_it = [*twelve, Standard(name="R", judged=O, in_total=False)]
    assert overall(Framework.F2021, with_it) == overall(Framework.F2021, twelve)


def test_the_framework_of_2025_has_no_total() -> None:
    assert overall(Framework.F2025, service(*[G] * 7)) is None
    assert overall(Framework.F2018, [Standard(name="1.1")]) is None


@pytest.mark.parametrize(
    ("year", "expected"),
    [(2018, "2018"), (2021, "2018"), (2022, "2021"), (2024, "2021"), (2025, "2025"), (2026, "2025")],
)
def test_each_year_has_its_framework(year: int, expected: str) -> None:
    assert framework_of(year).value == expected


counts = st.integers(0, 60)


@given(counts, counts)
def test_one_more_yes_never_lowers_a_percentage(yes: int, no: int) -> None:
    before, after = percent(yes, yes + no), percent(yes + 1, yes + no + 1)
    assert after is not None
    assert before is None or after >= before


@given(st.lists(st.tuples(counts, counts), min_size=1, max_size=4))
def test_what_one_case_would_change_is_what_comes_of_trying_it(answers: list[tuple[int, int]]) -> None:
    def rated(found: list[tuple[int, int]]) -> Rating | None:
        return Standard(
            name="s", questions=tuple(question(y, n, str(k)) for k, (y, n) in enumerate(found))
        ).rating

    tried = set()
    for k, (yes, no) in enumerate(answers):
        if no:
            tried.add(rated([*answers[:k], (yes + 1, no - 1), *answers[k + 1 :]]))
        if yes:
            tried.add(rated([*answers[:k], (yes - 1, no + 1), *answers[k + 1 :]]))
    standard = Standard(name="s", questions=tuple(question(y, n, str(k)) for k, (y, n) in enumerate(answers)))
    assert set(standard.one_case_away()) == tried - {standard.rating}


@pytest.mark.parametrize(
    ("population", "expected"),
    [(0, 0), (1, 1), (33, 28), (34, 29), (55, 42), (56, 42), (57, 43), (10**9, 165)],
)
def test_a_sample_of_a_small_population(population: int, expected: int) -> None:
    assert sample_size(population) == expected


def test_more_confidence_or_a_smaller_margin_needs_more_cases() -> None:
    assert (
        sample_size(500) < sample_size(500, confidence=0.95) < sample_size(500, confidence=0.95, margin=0.03)
    )
    for wrong in ({"confidence": 1.0}, {"confidence": 0.0}, {"margin": 0.0}, {"margin": 1.0}):
        with pytest.raises(ValueError):
            sample_size(10, **wrong)
    with pytest.raises(ValueError):
        sample_size(-1)


@pytest.mark.parametrize(
    ("whole", "per_cent", "parts"),
    [
        (70, 40, (28, 42)),
        (1, 40, (0, 1)),
        (1, 50, (1, 0)),
        (3, 50, (2, 1)),
        (70, 100, (70, 0)),
        (91, 40, (36, 55)),
    ],
)
def test_a_fixed_total_is_split_to_the_nearest_case(
    whole: int, per_cent: int, parts: tuple[int, int]
) -> None:
    assert split(whole, per_cent) == parts
