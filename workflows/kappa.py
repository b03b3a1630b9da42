"""Cohen's kappa: how far two people agree beyond what chance alone would give."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Agreement:
    """How often two people said the same; `kappa` is None, with a sentence, where it has no value."""

    pairs: int
    same: int
    kappa: Fraction | None
    because: str = ""


def agreement(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """Agreement over answers that two people gave to the same questions, each on their own."""
    count, same = len(pairs), sum(one == other for one, other in pairs)
    if not count:
        return Agreement(0, 0, None, "nothing has been answered by two people yet")
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    by_chance = Fraction(sum(first[answer] * second[answer] for answer in first), count * count)
    if by_chance == 1:
        return Agreement(count, same, None, "both gave the same answer throughout, so chance explains all")
    return Agreement(count, same, (Fraction(same, count) - by_chance) / (1 - by_chance))
