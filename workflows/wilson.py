"""Wilson's interval: how far chance alone may move a share of so few."""

from math import hypot, sqrt
from statistics import NormalDist


def interval(k: int, n: int, confidence: int = 95) -> tuple[float, float] | None:
    """The lower and the upper end in per cent; None where nothing is counted. ValueError for impossible k."""
    if not 0 <= k <= n:
        raise ValueError("there cannot be more cases that met it than cases, nor fewer than none")
    if n == 0:
        return None
    z = NormalDist().inv_cdf(0.5 + confidence / 200)
    share, square = k / n, z * z / n
    middle, half = share + square / 2, z * sqrt(share * (1 - share) / n + square / n / 4)
    # At the two ends the formula gives exactly 0 and 1, which floats miss by a hair.
    low = 0.0 if k == 0 else 100 * (middle - half) / (1 + square)
    high = 100.0 if k == n else 100 * (middle + half) / (1 + square)
    return max(0.0, low), min(100.0, high)


def differ(now: tuple[int, int], before: tuple[int, int], confidence: int = 95) -> bool | None:
    """Whether two shares (k, n) differ by more than chance alone may bring; None where one counts nothing.

    Newcombe's interval of a difference, made from the two intervals of Wilson, leaves out nought.
    """
    first, second = interval(*now, confidence), interval(*before, confidence)
    if first is None or second is None:
        return None
    here, there = 100 * now[0] / now[1], 100 * before[0] / before[1]
    lower = here - there - hypot(here - first[0], second[1] - there)
    upper = here - there + hypot(first[1] - here, there - second[0])
    return lower > 0 or upper < 0
