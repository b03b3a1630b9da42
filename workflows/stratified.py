"""A sample in proportion on several traits at once: quotas, lot, swaps; anybody can draw it again.

Digests and no random module decide the lot, so that the same list, size and seed give the same sample for as
long as SHA-256 does.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from workflows.sampling import quotas

Strata = tuple[str, ...]
Margin = tuple[int, str]
ATTEMPTS = 40


@dataclass(frozen=True)
class Member:
    """One case that may be drawn, with its value on each trait."""

    key: int
    strata: Strata


@dataclass(frozen=True)
class Balance:
    """One value of one trait: how many there are, how many were due and how many were drawn."""

    trait: int
    value: str
    population: int
    quota: Fraction
    drawn: int

    @property
    def gap(self) -> Fraction:
        """How many cases the sample is away from its quota."""
        return abs(self.drawn - self.quota)


def digest_of(listed: Sequence[Member]) -> str:
    """SHA-256 of the list that a sample is drawn from, whatever its order."""
    text = json.dumps(sorted([m.key, *m.strata] for m in listed), separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def rank(seed: str, key: object) -> str:
    """The place of a key in the lot of a seed."""
    return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()


def draw(listed: Sequence[Member], size: int, seed: str) -> list[int]:
    """The keys of the sample, in the order of the lot. ValueError when the size exceeds the list.

    No cell gives more than it has. Each margin is within one case of its quota where swapping finds such a
    sample; `largest_gap` says how near it came, because for some lists there is none.
    """
    if not 0 <= size <= len(listed):
        raise ValueError("a sample is no larger than what it is drawn from")
    if size == 0:
        return []
    best = _nearest(listed, size, seed)
    cells: dict[Strata, list[int]] = {}
    for member in sorted(listed, key=lambda m: rank(seed, m.key)):
        cells.setdefault(member.strata, []).append(member.key)
    chosen = [key for cell, keys in cells.items() for key in keys[: best.places[cell]]]
    return sorted(chosen, key=lambda key: rank(seed, key))


def _nearest(listed: Sequence[Member], size: int, seed: str) -> "_Cells":
    """The first lot whose margins are true after swapping; the nearest of all where none is."""
    best = _Cells(listed, size, seed, 0).swapped()
    for attempt in range(1, ATTEMPTS):
        if best.cost()[0] == 0:
            break
        best = min(best, _Cells(listed, size, seed, attempt).swapped(), key=lambda cells: cells.cost())
    return best


class _Cells:
    """How many cases each cell gives; integers throughout: a gap of `population` is a gap of one case."""

    def __init__(self, listed: Sequence[Member], size: int, seed: str, attempt: int) -> None:
        self.size, self.total = size, len(listed)
        self.there = Counter(member.strata for member in listed)
        names = {cell: json.dumps(cell) for cell in self.there}
        shares = quotas({names[cell]: n for cell, n in self.there.items()}, size, f"{seed}:{attempt}")
        self.places = {cell: shares[name] for cell, name in names.items()}
        self.off: dict[Margin, int] = {}
        for cell, count in self.there.items():
            for margin in enumerate(cell):
                due = size * count
                self.off[margin] = self.off.get(margin, 0) + self.total * self.places[cell] - due
        self.order = sorted(self.there, key=lambda cell: rank(f"{seed}:{attempt}", names[cell]))

    def _pain(self, off: int) -> tuple[int, int]:
        return max(0, abs(off) - self.total), off * off

    def cost(self) -> tuple[int, int]:
        """By how much margins are further than one case away, then all gaps squared."""
        pains = [self._pain(off) for off in self.off.values()]
        return sum(p[0] for p in pains), sum(p[1] for p in pains)

    def _change(self, out: Strata, into: Strata) -> tuple[int, int]:
        far = square = 0
        for trait, (before, after) in enumerate(zip(out, into, strict=True)):
            if before == after:
                continue
            for value, step in ((before, -self.total), (after, self.total)):
                old, new = self._pain(self.off[trait, value]), self._pain(self.off[trait, value] + step)
                far, square = far + new[0] - old[0], square + new[1] - old[1]
        return far, square

    def swapped(self) -> "_Cells":
        """Swap one case for another as long as that brings the margins nearer to their quotas."""
        while True:
            ways = (
                (self._change(out, into), out, into)
                for out in self.order
                if self.places[out] > 0
                for into in self.order
                if into != out and self.places[into] < self.there[into]
            )
            change, out, into = min(ways, key=lambda way: way[0], default=((0, 0), (), ()))
            if change >= (0, 0):
                return self
            self.places[out] -= 1
            self.places[into] += 1
            for trait, (before, after) in enumerate(zip(out, into, strict=True)):
                self.off[trait, before] -= self.total
                self.off[trait, after] += self.total


def balance(listed: Sequence[Member], keys: Collection[int]) -> list[Balance]:
    """For each value of each trait what was due and what is in the sample."""
    chosen = set(keys)
    there = Counter(margin for member in listed for margin in enumerate(member.strata))
    drawn = Counter(margin for m in listed if m.key in chosen for margin in enumerate(m.strata))
    return [
        Balance(trait, value, count, Fraction(len(chosen) * count, len(listed)), drawn[trait, value])
        for (trait, value), count in sorted(there.items())
    ]


def largest_gap(listed: Sequence[Member], keys: Collection[int]) -> Fraction:
    """The largest distance of any margin from its quota, in cases."""
    return max((one.gap for one in balance(listed, keys)), default=Fraction(0))


def replacement(
    listed: Sequence[Member], kept: Collection[int], used: Collection[int], seed: str
) -> int | None:
    """The case that takes a free place: nearest margins first, then the lot; None if none is left.

    `kept` stays in the sample, `used` was in it at any time.
    """
    waiting = [member.key for member in listed if member.key not in set(used)]
    return min(
        waiting,
        key=lambda key: (largest_gap(listed, {*kept, key}), rank(seed, key)),
        default=None,
    )


def twice_due(count: int, per_cent: int) -> int:
    """How many of a sample two people audit: the share rounded up."""
    return -(-count * per_cent // 100)


def audited_twice(keys: Sequence[int], count: int, seed: str) -> list[int]:
    """Which of these cases two people audit, by lot; all of them where there are no more."""
    return sorted(keys, key=lambda key: rank(f"{seed}:twice", key))[:count]
