"""The arithmetic of a gravity score, on a matrix that is data: no score is written here (GM-1 to GM-6)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from workflows.vocabulary import Outcome


@dataclass(frozen=True)
class Factor:
    """One aggravating (above 0) or mitigating (below 0) factor of a matrix."""

    key: str
    words: str
    value: int

    @property
    def aggravates(self) -> bool:
        """Whether it speaks for a higher score."""
        return self.value > 0


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """One version of a matrix, as far as one offence needs it; `listed` is the base score of that offence."""

    version_id: int
    name: str
    since: date
    lowest: int
    highest: int
    lower_by: int
    raise_by: int
    factors: tuple[Factor, ...] = ()
    presumes: Mapping[int, frozenset[Outcome]] = field(default_factory=dict)
    listed: int | None = None

    @property
    def scale(self) -> range:
        """Every score that there is."""
        return range(self.lowest, self.highest + 1)

    @property
    def adjustments(self) -> range:
        """By how much a base score may be changed (GM-4)."""
        return range(-self.lower_by, self.raise_by + 1)


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What a person says of one offence; without `final` the score is as it is worked out."""

    base: int
    factors: frozenset[str] = frozenset()
    adjustment: int = 0
    final: int | None = None


def proposed(matrix: Matrix, ticked: Collection[str]) -> int:
    """The adjustment that the ticked factors call for, within what the matrix allows (GM-4)."""
    total = sum(factor.value for factor in matrix.factors if factor.key in ticked)
    return max(-matrix.lower_by, min(matrix.raise_by, total))


def worked_out(matrix: Matrix, base: int, adjustment: int) -> int:
    """The final score: base and adjustment, kept inside the scale (GM-4)."""
    return max(matrix.lowest, min(matrix.highest, base + adjustment))


def final_score(matrix: Matrix, judgement: Judgement) -> int:
    """The score that counts."""
    if judgement.final is not None:
        return judgement.final
    return worked_out(matrix, judgement.base, judgement.adjustment)


def presumed(matrix: Matrix, score: int) -> frozenset[Outcome]:
    """The outcomes that a score presumes (GM-2); empty when the matrix says nothing of it."""
    return matrix.presumes.get(score, frozenset())


def problems(matrix: Matrix, judgement: Judgement) -> dict[str, str]:
    """What the matrix does not know at all, one sentence by the name of its field."""
    found: dict[str, str] = {}
    scale = f"must be from {matrix.lowest} to {matrix.highest}, as in {matrix.name}"
    if judgement.base not in matrix.scale:
        found["base"] = f"Base score {scale}"
    if judgement.final is not None and judgement.final not in matrix.scale:
        found["final"] = f"Final score {scale}"
    if judgement.adjustment not in matrix.adjustments:
        found["adjustment"] = f"{matrix.name} lets a score go down by {matrix.lower_by} or up by " + (
            f"{matrix.raise_by} at most"
        )
    if judgement.factors - {factor.key for factor in matrix.factors}:
        found["factors"] = f"Choose factors of {matrix.name}"
    return found


def departures(matrix: Matrix, judgement: Judgement) -> tuple[str, ...]:
    """Where the judgement departs from the matrix: each as a sentence, and each needs the reason (GM-1)."""
    found = []
    if matrix.listed is None:
        found.append(f"{matrix.name} has no base score for this offence, so {judgement.base} is your own.")
    elif judgement.base != matrix.listed:
        found.append(f"The base score in {matrix.name} is {matrix.listed}, not {judgement.base}.")
    called_for = proposed(matrix, judgement.factors)
    if judgement.adjustment != called_for:
        found.append(f"The factors that are ticked {_by(called_for)}, and you {_by(judgement.adjustment)}.")
    worked = worked_out(matrix, judgement.base, judgement.adjustment)
    if judgement.final is not None and judgement.final != worked:
        found.append(f"Base score and factors come to {worked}, not {judgement.final}.")
    return tuple(found)


def _by(adjustment: int) -> str:
    if adjustment == 0:
        return "leave the score as it is"
    return f"{'raise' if adjustment > 0 else 'lower'} the score by {abs(adjustment)}"
