"""A sample that anybody can draw again, and that has the shape of what it is drawn from."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.sampling import digest_of, draw, order_of, quotas, size_of

STRATA = st.sampled_from(["nfa", "cr", "yc", "ycc", "charge"])


@st.composite
def lists(draw_: st.DrawFn) -> list[tuple[int, str]]:
    strata = draw_(st.lists(STRATA, max_size=80))
    return [(number * 7 + 3, stratum) for number, stratum in enumerate(strata)]


@given(listed=lists(), share=st.floats(0, 1), seed=st.text(max_size=10))
def test_each_margin_is_within_one_case_of_its_quota_and_the_sample_has_its_size(
    listed: list[tuple[int, str]], share: float, seed: str
) -> None:
    size = round(share * len(listed))
    sample = draw(listed, size, seed)
    assert len(sample) == len(set(sample)) == size
    stratum = dict(listed)
    drawn, there = Counter(stratum[key] for key in sample), Counter(stratum.values())
    for name, count in there.items():
        assert abs(drawn[name] - Fraction(size * count, len(listed))) < 1
        assert drawn[name] <= count


@given(listed=lists(), seed=st.text(max_size=10), shuffle=st.randoms(use_true_random=False))
def test_the_same_list_in_any_order_and_seed_give_the_same_sample_and_digest(
    listed: list[tuple[int, str]], seed: str, shuffle: object
) -> None:
    other = list(listed)
    shuffle.shuffle(other)  # type: ignore[attr-defined]
    size = len(listed) // 2
    assert draw(listed, size, seed) == draw(other, size, seed)
    assert digest_of(listed) == digest_of(other)


def test_another_seed_draws_others_and_another_list_has_another_digest() -> None:
    listed = [(number, "cr") for number in range(60)]
    assert draw(listed, 20, "one") != draw(listed, 20, "two")
    assert digest_of(listed) != digest_of(listed[:-1])
    assert digest_of(listed) != digest_of([*listed[:-1], (59, "yc")])


def test_this_very_sample_is_drawn_in_ten_years_too() -> None:
    listed = [(number, "cr" if number % 3 else "yc") for number in range(12)]
    assert draw(listed, 5, "2026-11") == PINNED


PINNED = [2, 11, 5, 6, 9]


@pytest.mark.parametrize(
    ("population", "size", "per_cent", "drawn"),
    [
        (0, 5, None, 0),
        (1, None, 10, 1),
        (33, 28, None, 28),
        (10, 28, None, 10),
        (56, None, 25, 14),
        (57, None, 25, 15),
        (2000, None, 10, 200),
        (10, 0, None, 0),
        (10, -1, None, 0),
        (10, None, 0, 0),
    ],
)
def test_a_share_is_rounded_up_and_never_above_the_list(
    population: int, size: int | None, per_cent: int | None, drawn: int
) -> None:
    assert size_of(population, size=size, per_cent=per_cent) == drawn


def test_more_than_there_is_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="no larger"):
        draw([(1, "cr")], 2, "seed")


def test_what_is_left_of_a_stratum_waits_in_the_same_order_to_replace() -> None:
    listed = [(number, "cr") for number in range(9)]
    assert draw(listed, 4, "s") == order_of(listed, "s")["cr"][:4]
    assert quotas({}, 0, "s") == {}
    assert quotas({"cr": 0}, 0, "s") == {"cr": 0}
