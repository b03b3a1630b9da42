"""The interval beside a share, against values worked out elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.wilson import differ, interval


@pytest.mark.parametrize(
    ("k", "n", "confidence", "limits"),
    [
        (0, 10, 95, (0.00, 27.75)),
        (10, 10, 95, (72.25, 100.00)),
        (5, 10, 95, (23.66, 76.34)),
        (39, 118, 95, (25.22, 41.95)),
        (4, 28, 95, (5.70, 31.49)),
        (14, 28, 80, (38.23, 61.77)),
        (1, 1, 80, (37.84, 100.00)),
    ],
)
def test_the_interval_is_wilsons(k: int, n: int, confidence: int, limits: tuple[float, float]) -> None:
    found = interval(k, n, confidence)
    assert found is not None
    assert (round(found[0], 2), round(found[1], 2)) == limits


def test_nothing_counted_has_no_interval_and_what_cannot_be_is_refused() -> None:
    assert interval(0, 0) is None
    for k, n in ((1, 0), (-1, 3), (4, 3)):
        with pytest.raises(ValueError):
            interval(k, n)


@given(st.integers(1, 400), st.data())
def test_the_interval_holds_the_share_and_is_narrower_at_less_confidence(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    wide, narrow = interval(k, n, 95), interval(k, n, 80)
    assert wide is not None
    assert narrow is not None
    assert 0 <= wide[0] <= narrow[0] <= 100 * k / n <= narrow[1] <= wide[1] <= 100


@pytest.mark.parametrize(
    ("now", "before", "says"),
    [
        ((56, 70), (48, 80), True),  # Newcombe 1998, example a: 0.0524 to 0.3339
        ((9, 10), (3, 10), True),  # example b: 0.1705 to 0.8090
        ((56, 70), (52, 80), True),
        ((56, 70), (53, 80), False),
        ((10, 20), (9, 20), False),
        ((5, 56), (0, 29), False),  # example d: -0.0381 to 0.1926
        ((3, 4), (0, 0), None),
    ],
)
def test_a_difference_is_more_than_chance_when_its_interval_leaves_out_nought(
    now: tuple[int, int], before: tuple[int, int], says: bool | None
) -> None:
    assert differ(now, before) is says
    assert differ(before, now) is says
