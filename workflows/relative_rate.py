"""How often something happens to one group, set against another: the relative rate index."""

from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist

SAYS = (
    "1 means as often as children of the comparison group, 2 twice as often, 0.5 half as often. When the "
    "interval holds 1, chance alone may explain the difference. It says that something is unequal, not why."
)


@dataclass(frozen=True)
class Index:
    """The index with its interval."""

    value: float
    low: float
    high: float

    @property
    def differs(self) -> bool:
        """Whether chance alone does not explain it."""
        return self.low > 1 or self.high < 1

    @property
    def words(self) -> str:
        """'1.8 (1.1 to 2.9)'."""
        return f"{self.value:.1f} ({self.low:.1f} to {self.high:.1f})"


def index(part: int, base: int, other_part: int, other_base: int, confidence: int = 95) -> Index | None:
    """Of `base` it happened to `part`, against `other_part` of `other_base`; None if any is nothing.

    The interval is that of the logarithm of a ratio of two shares.
    """
    if min(part, base, other_part, other_base) <= 0 or part > base or other_part > other_base:
        return None
    value = (part / base) / (other_part / other_base)
    spread = sqrt(1 / part - 1 / base + 1 / other_part - 1 / other_base)
    half = NormalDist().inv_cdf(0.5 + confidence / 200) * spread
    return Index(value, exp(log(value) - half), exp(log(value) + half))
