"""Small numbers in tables that are shown to those who may see totals only (DP-13)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One line of a table: how many there were, and how many of them we were not told of."""

    whole: int
    part: int

    def is_small(self, least: int) -> bool:
        """Whether the part, or what is left of the whole, is too small to be shown."""
        return self.part < least or self.whole - self.part < least


def shown(lines: Mapping[str, Line], least: int) -> dict[str, Line | None]:
    """The lines of one breakdown of one total, None where a line is withheld.

    A small line is withheld as a whole. What is withheld together must not be small either, and must be at
    least two lines: otherwise the smallest line that is left is withheld too, until that holds.
    """
    kept = {name: line for name, line in lines.items() if not line.is_small(least)}
    while len(kept) < len(lines):
        hidden = [line for name, line in lines.items() if name not in kept]
        if not kept or (len(hidden) > 1 and not _sum(hidden).is_small(least)):
            break
        del kept[min(kept, key=lambda name: (kept[name].part, kept[name].whole, name))]
    return {name: kept.get(name) for name in lines}


def total(lines: Sequence[Line], least: int) -> Line | None:
    """The total of a breakdown, None where it is too small; every breakdown of it gives the same answer."""
    whole = _sum(lines)
    return None if whole.is_small(least) else whole


def _sum(lines: Sequence[Line]) -> Line:
    return Line(sum(line.whole for line in lines), sum(line.part for line in lines))
