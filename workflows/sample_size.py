"""How many cases a sample needs: by the finite-population formula, or as a part of a fixed total."""

from math import ceil
from statistics import NormalDist


def sample_size(population: int, *, confidence: float = 0.8, margin: float = 0.05) -> int:
    """The cases to draw, rounded up and never above the population; the widest case, a share of one half.

    `confidence` is two-sided and, like `margin`, a share between 0 and 1. ValueError outside of that.
    """
    if population < 0:
        raise ValueError("a population is not below 0")
    if not 0 < confidence < 1 or not 0 < margin < 1:
        raise ValueError("confidence and margin lie between 0 and 1")
    if population == 0:
        return 0
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    unlimited = z * z * 0.25 / (margin * margin)
    return min(population, ceil(unlimited / (1 + (unlimited - 1) / population)))


def split(whole: int, per_cent: int) -> tuple[int, int]:
    """A fixed total as two parts, the first of them so many per cent, halves up: 70 at 40 is 28 and 42."""
    part = (2 * whole * per_cent + 100) // 200
    return part, whole - part
