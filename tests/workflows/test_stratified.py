"""Samples that match on several traits at once, and how far two auditors agree."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.kappa import agreement
from workflows.sample_size import sample_size
from workflows.stratified import (
    Member,
    _Cells,
    audited_twice,
    balance,
    digest_of,
    draw,
    largest_gap,
    rank,
    replacement,
    twice_due,
)

TRAITS = st.tuples(
    st.sampled_from(("girl", "boy")),
    st.sampled_from(("cr", "yc", "ycc")),
    st.sampled_from(("low", "medium", "high")),
    st.sampled_from(("low", "medium", "high", "very high")),
)
LISTS = st.lists(TRAITS, max_size=70).map(
    lambda rows: [Member(number, strata) for number, strata in enumerate(rows, 1)]
)
SEEDS = st.text(alphabet="abc123", min_size=1, max_size=6)


@settings(max_examples=150, deadline=None)
@given(listed=LISTS, seed=SEEDS, share=st.integers(0, 100))
def test_a_sample_has_its_size_and_each_margin_is_within_one_case_of_its_quota(
    listed: list[Member], seed: str, share: int
) -> None:
    size = len(listed) * share // 100
    keys = draw(listed, size, seed)
    assert len(set(keys)) == len(keys) == size
    there, drawn = Counter(m.strata for m in listed), Counter(m.strata for m in listed if m.key in set(keys))
    assert all(drawn[cell] <= there[cell] for cell in drawn)
    assert largest_gap(listed, keys) <= 1
    assert draw(list(reversed(listed)), size, seed) == keys, "the order of the list is no matter"


@pytest.mark.parametrize(("population", "size"), [(33, 28), (56, 42), (0, 0), (1, 1)])
def test_the_sizes_of_the_inspection_can_be_drawn(population: int, size: int) -> None:
    listed = [Member(n, ("girl" if n % 4 else "boy", "yc" if n % 3 else "cr")) for n in range(population)]
    assert sample_size(population) == size
    keys = draw(listed, size, "seed")
    assert len(keys) == size
    assert largest_gap(listed, keys) <= 1


def test_a_sample_drawn_today_is_the_one_that_was_drawn_when_this_was_written() -> None:
    listed = [Member(n, ("ab"[n % 2], "xyz"[n % 3])) for n in range(1, 21)]
    assert draw(listed, 5, "ten years") == PINNED
    assert digest_of(listed) == PINNED_DIGEST
    assert draw(listed, 5, "another") != PINNED


PINNED = [7, 18, 11, 1, 20]
PINNED_DIGEST = "6e43609b3f545e5829468565fb7e3a4a7d5f9830b3ff683e062b84f17eed9835"


def test_where_no_sample_can_match_all_margins_the_nearest_is_drawn_and_its_gap_said() -> None:
    # The lines of the affine plane of order 3, in four directions: five of nine points always fill one.
    points = [(x, y) for x in range(3) for y in range(3)]
    listed = [
        Member(n, (str(x), str(y), str((x + y) % 3), str((x - y) % 3))) for n, (x, y) in enumerate(points)
    ]
    assert largest_gap(listed, draw(listed, 5, "seed")) == Fraction(4, 3)


def test_a_lot_alone_would_miss_the_margins_and_swaps_mend_it() -> None:
    signs = [rank("scattered", number) for number in range(160)]
    traits = (("girl", "boy"), ("cr", "yc", "ycc", "o22"), tuple("lmhv"), tuple("lmhv"))
    listed = [
        Member(
            n,
            tuple(values[int(sign[8 * t : 8 * t + 8], 16) % len(values)] for t, values in enumerate(traits)),
        )
        for n, sign in enumerate(signs)
    ]
    assert largest_gap(listed, draw(listed, 61, "seed")) <= 1
    plain = _Cells(listed, 61, "seed", 0)
    assert plain.cost()[0] > 0, "this list is one on which the first lot alone misses a margin"


def test_what_was_due_and_drawn_is_said_for_each_value_of_each_trait() -> None:
    listed = [Member(1, ("girl",)), Member(2, ("boy",)), Member(3, ("boy",)), Member(4, ("boy",))]
    said = [(b.value, b.population, b.quota, b.drawn, b.gap) for b in balance(listed, [2, 3])]
    assert said == [
        ("boy", 3, Fraction(3, 2), 2, Fraction(1, 2)),
        ("girl", 1, Fraction(1, 2), 0, Fraction(1, 2)),
    ]


def test_another_case_takes_a_place_by_the_nearest_margins_and_then_by_lot() -> None:
    # Two of four girls and two of four boys; whoever leaves makes place for the next of the lot of their own.
    listed = [Member(n, ("girl" if n <= 4 else "boy",)) for n in range(1, 9)]
    keys = draw(listed, 4, "seed")
    for out in keys:
        own = [m.key for m in listed if m.key not in keys and (m.key <= 4) is (out <= 4)]
        assert len(own) == 2
        chosen = replacement(listed, [key for key in keys if key != out], keys, "seed")
        assert chosen == min(own, key=lambda key: rank("seed", key))
    assert replacement(listed, [], [m.key for m in listed], "seed") is None


@pytest.mark.parametrize(("size", "twice"), [(0, 0), (1, 1), (10, 1), (11, 2), (28, 3)])
def test_a_tenth_is_audited_twice_rounded_up(size: int, twice: int) -> None:
    assert twice_due(size, 10) == twice
    assert len(audited_twice(list(range(size)), twice, "seed")) == twice


def test_a_sample_larger_than_its_list_is_refused() -> None:
    with pytest.raises(ValueError, match="no larger"):
        draw([Member(1, ("girl",))], 2, "seed")


def _pairs(**counts: int) -> list[tuple[str, str]]:
    return [(name[0], name[1]) for name, count in counts.items() for _ in range(count)]


@pytest.mark.parametrize(
    ("pairs", "same", "kappa"),
    [
        # 20 + 15 of 50 agree: 0.7; by chance 25/50 x 30/50 + 25/50 x 20/50 = 0.5; (0.7 - 0.5) / 0.5.
        (_pairs(yy=20, yn=5, ny=10, nn=15), 35, Fraction(2, 5)),
        (_pairs(yy=3, nn=2), 5, Fraction(1)),
        (_pairs(yn=1, ny=1), 0, Fraction(-1)),
        # Three answers: 3 of 4 agree; chance 2/4 x 1/4 + 1/4 x 2/4 + 1/4 x 1/4 = 5/16; (12 - 5) / 11.
        (_pairs(yy=1, yn=1, nn=1, aa=1), 3, Fraction(7, 11)),
        # One always says yes: what the other says cannot be better than chance.
        (_pairs(yy=3, yn=1), 3, Fraction(0)),
    ],
)
def test_kappa_by_hand(pairs: list[tuple[str, str]], same: int, kappa: Fraction) -> None:
    found = agreement(pairs)
    assert (found.pairs, found.same, found.kappa) == (len(pairs), same, kappa)


@pytest.mark.parametrize(
    ("pairs", "said"), [([], "nothing has been answered"), (_pairs(yy=4), "chance explains")]
)
def test_where_kappa_has_no_value_it_says_why(pairs: list[tuple[str, str]], said: str) -> None:
    found = agreement(pairs)
    assert found.kappa is None
    assert (found.pairs, found.same) == (len(pairs), len(pairs))
    assert said in found.because
