"""How a manager judges an assessment, and how far two managers agree (ASM-4, inspection 3.1)."""

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from workflows.vocabulary import register


class Judged(StrEnum):
    """What a reader says about one criterion."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "does_not_apply"


class Verdict(StrEnum):
    """What a manager did with a submission."""

    SIGNED = "signed"
    RETURNED = "returned"


NEEDS_REMARK = {
    Judged.NOT_MET: "say what is missing",
    Judged.NOT_APPLICABLE: "say why it does not apply",
}
register(
    (
        (Judged.MET, "Met"),
        (Judged.PARTLY, "Partly met"),
        (Judged.NOT_MET, "Not met"),
        (Judged.NOT_APPLICABLE, "Does not apply"),
        (Verdict.SIGNED, "Countersigned"),
        (Verdict.RETURNED, "Given back"),
    )
)

Pairs = Sequence[tuple[Judged, Judged]]


def agreed(pairs: Pairs) -> int:
    """How many pairs say the same."""
    return sum(one is other for one, other in pairs)


def kappa(pairs: Pairs) -> float | None:
    """Cohen's kappa: agreement beyond chance, 1 at best; None when chance alone explains everything."""
    if not pairs:
        return None
    total = len(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    by_chance = sum(first[word] * second[word] for word in Judged) / total**2
    if by_chance == 1:
        return None
    return (agreed(pairs) / total - by_chance) / (1 - by_chance)
