"""How an inspectorate rates: answers, percentage, band, standard, total (inspection digest, 1).

Nothing here is ever raised or lowered by itself: what rests on rounding, and what one case would change, is
said beside the rating, and a person who overrides it does so with a reason elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from fractions import Fraction


class Framework(StrEnum):
    """The inspection framework that was in use; their ratings are never mixed."""

    F2018 = "2018"
    F2021 = "2021"
    F2025 = "2025"


class Rating(IntEnum):
    """The four ratings; the value is the points that a standard adds to the total."""

    INADEQUATE = 0
    REQUIRES_IMPROVEMENT = 1
    GOOD = 2
    OUTSTANDING = 3

    @property
    def says(self) -> str:
        """'Requires improvement'."""
        return self.name.capitalize().replace("_", " ")


ROUNDING = "rounded half up to a whole per cent, then banded"
# The first whole per cent of each band above the lowest.
BANDS = (50, 65, 80)
# The last total of each rating but the highest, out of FULL points; other maxima are scaled, which we assume.
TOTALS = (6, 18, 30)
FULL = 36
BEST = 3


def percent(yes: int, answered: int) -> int | None:
    """Yes answers of all that were answered, as a whole per cent, halves up; None where nothing was.

    ValueError for counts that cannot be.
    """
    if not 0 <= yes <= answered:
        raise ValueError("there cannot be more yes answers than answers, nor fewer than none")
    return None if answered == 0 else (200 * yes + answered) // (2 * answered)


def rounded(per_cent: Fraction) -> int:
    """A percentage with decimals as a whole per cent, halves up. ValueError outside 0 to 100."""
    if not 0 <= per_cent <= 100:
        raise ValueError("a percentage lies between 0 and 100")
    return int(per_cent + Fraction(1, 2))


def band(per_cent: int | Fraction) -> Rating:
    """The band of a percentage."""
    return Rating(sum(per_cent >= first for first in BANDS))


@dataclass(frozen=True, kw_only=True)
class KeyQuestion:
    """The answers to one key question, or only the percentage that was published.

    `not_applicable` cases are in no percentage (inspection digest, 1.2).
    """

    key: str
    yes: int = 0
    no: int = 0
    not_applicable: int = 0
    published: Fraction | None = None

    @property
    def answered(self) -> int:
        """How many cases count."""
        return self.yes + self.no

    @property
    def exact(self) -> Fraction | None:
        """The percentage before rounding; None where nothing was answered."""
        if self.published is not None:
            return self.published
        return Fraction(100 * self.yes, self.answered) if self.answered else None

    @property
    def per_cent(self) -> int | None:
        """The whole per cent that is banded."""
        if self.published is not None:
            return rounded(self.published)
        return percent(self.yes, self.answered)

    @property
    def band(self) -> Rating | None:
        """Its band; None where nothing was answered."""
        return None if self.per_cent is None else band(self.per_cent)

    @property
    def rests_on_rounding(self) -> bool:
        """Whether the percentage before rounding lies in a lower band."""
        return self.exact is not None and band(self.exact) is not self.band

    def with_one(self, change: int) -> Rating | None:
        """The band if one case had been answered the other way: +1 a no turned yes, -1 a yes turned no.

        None where there is no such case, or only a percentage is known.
        """
        turned = self.no if change > 0 else self.yes
        if self.published is not None or not turned:
            return None
        other = percent(self.yes + change, self.answered)
        return None if other is None else band(other)


@dataclass(frozen=True, kw_only=True)
class Standard:
    """One standard: judged by its key questions, or `judged` by people where there are none.

    Not `in_total` is what is rated beside it: resettlement (inspection digest, 1.4).
    """

    name: str
    questions: tuple[KeyQuestion, ...] = ()
    judged: Rating | None = None
    in_total: bool = True

    @property
    def rating(self) -> Rating | None:
        """The lowest band among its key questions, never an average; None when nothing was rated."""
        bands = [question.band for question in self.questions if question.band is not None]
        return min(bands) if bands else self.judged

    @property
    def lowest(self) -> KeyQuestion | None:
        """The key question that holds the standard down: the lowest percentage, the first of equals."""
        asked = [question for question in self.questions if question.per_cent is not None]
        return min(asked, key=lambda question: question.per_cent or 0, default=None)

    @property
    def rests_on_rounding(self) -> bool:
        """Whether exact percentages would give another rating."""
        exact = [band(question.exact) for question in self.questions if question.exact is not None]
        return bool(exact) and min(exact) is not self.rating

    def one_case_away(self) -> tuple[Rating, ...]:
        """Every other rating that the standard would have if one case had been answered otherwise."""
        found = set()
        for at, question in enumerate(self.questions):
            for change in (1, -1):
                turned = question.with_one(change)
                if turned is None:
                    continue
                others = [other.band for n, other in enumerate(self.questions) if n != at]
                found.add(min([turned, *(other for other in others if other is not None)]))
        return tuple(sorted(found - {self.rating}))


@dataclass(frozen=True)
class Overall:
    """The total of the rated standards. `scaled`: the maximum is not 36, so the bands are our assumption."""

    total: int
    maximum: int
    rating: Rating
    scaled: bool


def overall(framework: Framework, standards: Sequence[Standard]) -> Overall | None:
    """Points and overall rating; None in the framework of 2025, which has no total, and without ratings."""
    rated = [s.rating for s in standards if s.in_total and s.rating is not None]
    if framework is Framework.F2025 or not rated:
        return None
    total, maximum = sum(rated), BEST * len(rated)
    above = sum(total * FULL > last * maximum for last in TOTALS)
    return Overall(total, maximum, Rating(above), scaled=maximum != FULL)


def framework_of(year: int) -> Framework:
    """The framework of most reports of a year; those of late 2021 used the next one (inspection digest)."""
    if year >= 2025:
        return Framework.F2025
    return Framework.F2018 if year <= 2021 else Framework.F2021
