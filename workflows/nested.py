"""Numbers of the same cases, or of cases within others, which tell of a few by their difference (DP-13).

Readers have the tables of a pack, those of later packs, the pages of the metrics and the gap side by side. Of
two populations of which one lies within the other, 102 and 98 say that four are in one and not in the other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from typing import Any

from workflows.vocabulary import CAUTIONS, Outcome

Number = tuple[str, int]  # a population, and how many are in it
CASES = ("cases", "", "")
# By line of a pack, and by metric: which population its whole is, its part, and what is left of it.
POPULATIONS: Mapping[str, tuple[str, str, str]] = {
    "exceptions|untold": ("listed", "missed", "listed and told"),
    "exceptions|outside": ("cautions", "cautions undecided", "cautions decided"),
    "exceptions|unsigned": CASES,
    "exceptions|late": ("cases", "late", "in time"),
    "timeliness|assessed": ("cases", "", "assessed late"),
    "timeliness|decided": ("cases", "", "decided late"),
    "timeliness|given": ("cases", "", "given late"),
    "timeliness|told": ("cases", "", "confirmed late"),
    "entrants": ("cautions", "", ""),
    "outcomes": ("given", "", ""),
    "education": CASES,
    "reoffending": CASES,
    "reparation": ("reparation", "", ""),
    "needs|health": CASES,
    "needs|speech": ("cases", "screened", ""),
    "needs|speech_met": ("signs", "", ""),
    "needs|alcohol": CASES,
    "countersigning|first": ("assessments", "", ""),
    "countersigning|soon": ("assessments", "", ""),
    "countersigning|second": ("assessments", "", ""),
    "victims|answered": ("victims", "victims who answered", ""),
    "M1": ("listed", "missed", "listed and told"),
    "M2": ("told", "", ""),
    "M3": ("cautions", "cautions unasked", "cautions asked"),
    "M4": ("for the panel", "decided", "undecided"),
    "M6": ("decisions", "", ""),
    "M8": ("decisions", "", ""),
    "M9": ("decisions", "", ""),
    "M10": CASES,
    "M11": CASES,
    "M12": ("our cautions", "", ""),
    "M14": ("assessments", "", ""),
    "M15": ("assessments", "", ""),
    "M17": ("assessments", "", ""),
    "M18": ("audits", "", ""),
    "M19": ("audits", "", ""),
    "M20": ("steps", "", ""),
    "M21": CASES,
    "M22": CASES,
    "M23": ("concern", "", ""),
    "M24": ("risk", "", ""),
    "M25": ("care plan", "", ""),
    "M29": ("reparation", "", ""),
}
CR = f"given {Outcome.CR.value}"
WITHIN: Mapping[str, tuple[str, ...]] = {
    "listed": (CR,),
    "told": (CR,),
    "told or missed": (CR,),
    "listed and told": ("told",),
    "cautions": ("sums", "for the panel", "given"),
    "cautions unasked": ("cautions undecided",),
    "cautions undecided": ("undecided",),
    "cautions decided": ("cautions asked", "decided"),
    "for the panel": ("given", "sums"),
    "our cautions": ("cautions", "cases"),
    "cases": ("given",),
    "assessed late": ("late",),
    "decided late": ("late",),
    "given late": ("late",),
    "confirmed late": ("late",),
    "signs": ("screened",),
    "concern": ("cases",),
    "risk": ("cases",),
    "care plan": ("cases",),
    "reparation": ("steps",),
    "victims question": ("victims who answered", "victims"),
    **{f"given {one.value}": ("given",) for one in Outcome},
    **{f"case {one.value}": (f"given {one.value}", "cases") for one in Outcome},
}
# What follows from lines of the outcomes: told only where these lines are.
FOLLOWS: Mapping[str, tuple[str, ...]] = {
    "M3": tuple(one.value for one in CAUTIONS),
    "M4": tuple(one.value for one in Outcome),
    "M12": tuple(one.value for one in CAUTIONS),
}
# Metrics that are a line of a pack, and whether the pack counts the other side of it.
ALSO: Mapping[str, tuple[str, bool]] = {
    "M1": ("exceptions|untold", False),
    "M11": ("exceptions|unsigned", True),
    "M14": ("countersigning|soon", False),
    "M29": ("reparation", False),
}


@cache
def _around(population: str) -> frozenset[str]:
    found = {population}
    for one in WITHIN.get(population, ()):
        found |= _around(one)
    return frozenset(found)


def alike(one: str, other: str) -> bool:
    """Whether the wholes of two lines or metrics are the same population, or one lies within the other."""
    return (
        one in POPULATIONS and other in POPULATIONS and comparable(POPULATIONS[one][0], POPULATIONS[other][0])
    )


def comparable(one: str, other: str) -> bool:
    """Whether two populations are the same, or one lies within the other."""
    return one in _around(other) or other in _around(one)


def numbers_of(key: str, whole: int, part: int) -> list[Number]:
    """What a line of a pack, or a metric, tells."""
    names = POPULATIONS.get(key)
    if names is None:
        names = ("victims question", "", "") if key.startswith("victims|") else ("", "", "")
    return [(name, many) for name, many in zip(names, (whole, part, whole - part), strict=True) if name]


def numbers_of_outcomes(lines: Mapping[str, int], *, sums: bool) -> Iterator[Number]:
    """What shown outcomes tell: each, and with `sums` all cautions and the sums that hold them."""
    yield from ((f"given {name}", many) for name, many in lines.items())
    cautions = [many for name, many in lines.items() if name in FOLLOWS["M3"]]
    others = [many for name, many in lines.items() if name not in FOLLOWS["M3"]]
    if cautions and sums:
        yield "cautions", sum(cautions)
        for size in range(1, len(others) + 1):
            yield from (("sums", sum(cautions) + sum(some)) for some in combinations(others, size))


@dataclass
class Known:
    """Every number that readers know about one quarter; what is shown to them is added as it is."""

    numbers: set[Number] = field(default_factory=set)

    def tells_few(self, new: Iterable[Number], least: int) -> bool:
        """Whether a new number would tell of fewer than `least` together with one that is known."""
        return any(
            0 < abs(many - told) < least and comparable(name, of)
            for name, many in new
            for of, told in self.numbers
        )

    def add(self, new: Iterable[Number]) -> None:
        """From now on these are known."""
        self.numbers.update(new)


@dataclass(frozen=True)
class Told:
    """What packs told of a quarter before its pages were first shown.

    `lines`: by metric what the pack says of the same, met and counted, None where it is withheld.
    `hidden`: the outcomes that are withheld. `anything` is False where nobody wrote down what was told.
    """

    numbers: Sequence[Number] = ()
    lines: Mapping[str, tuple[int, int] | None] = field(default_factory=dict)
    hidden: Sequence[str] = ()
    anything: bool = True

    def withholds(self, metric: str) -> bool:
        """Whether a metric is withheld whatever its numbers are."""
        if not self.anything:
            return metric in POPULATIONS
        follows = bool(set(FOLLOWS.get(metric, ())) & set(self.hidden))
        return follows or (metric in self.lines and self.lines[metric] is None)


def told_of(content: Mapping[str, Any]) -> Told:
    """What packs told of a quarter, as it is kept."""
    return Told(
        tuple((name, many) for name, many in content["numbers"]),
        {name: None if pair is None else (pair[0], pair[1]) for name, pair in content["lines"].items()},
        tuple(content["hidden"]),
    )
