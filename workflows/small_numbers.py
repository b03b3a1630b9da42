"""Small numbers in tables that are shown to those who may see totals only (DP-13)."""

from collections.abc import Collection, Mapping, Sequence
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


@dataclass(frozen=True)
class Told:
    """What readers were told before of the same breakdown: its total and its lines, None where withheld."""

    total: Line | None
    lines: Mapping[str, Line | None]


def changes_little(now: Line, before: Line, least: int) -> bool:
    """Whether the difference of two statements of one number tells of fewer than `least`."""
    part = abs(now.part - before.part)
    rest = abs((now.whole - now.part) - (before.whole - before.part))
    return 0 < part < least or 0 < rest < least


def shown_again(
    lines: Mapping[str, Line], told: Sequence[Told], least: int, withheld: Collection[str] = ()
) -> tuple[Line | None, dict[str, Line | None]] | None:
    """Total and lines that may be shown to readers who were told of them before; None: nothing may be anew.

    What is shown must be large enough by itself, and so must each difference that can be worked out: of every
    line, of the total, and of all that is withheld together. What was withheld once stays withheld, so that
    what was withheld then and now is one known sum; `withheld` is what is withheld elsewhere of the same.
    """
    told = [one for one in told if one.total is not None]
    gone = {
        name: Line(0, 0)
        for one in told
        for name, line in one.lines.items()
        if name not in lines and line is not None
    }
    lines = {**lines, **gone}
    whole = total(list(lines.values()), least)
    if whole is None:
        return None if told else (None, dict.fromkeys(lines))
    if any(one.total is not None and changes_little(whole, one.total, least) for one in told):
        return None
    kept = {name: line for name, line in shown(lines, least).items() if line and name not in withheld}
    for one in told:
        kept = {name: line for name, line in kept.items() if _may_follow(name, line, one, least)}
    while kept and not _hides_enough(lines, kept, told, least):
        del kept[min(kept, key=lambda name: (kept[name].part, kept[name].whole, name))]
    return whole, {name: kept.get(name) for name in lines if name not in gone}


def _may_follow(name: str, line: Line, told: Told, least: int) -> bool:
    before = told.lines.get(name, Line(0, 0))
    return before is not None and not changes_little(line, before, least)


def _hides_enough(
    lines: Mapping[str, Line], kept: Mapping[str, Line], told: Sequence[Told], least: int
) -> bool:
    hidden = [line for name, line in lines.items() if name not in kept]
    if not hidden:
        return True
    now = _sum(hidden)
    if len(hidden) < 2 or now.is_small(least):
        return False
    return not any(changes_little(now, _rest_of(one, kept), least) for one in told)


def _rest_of(told: Told, kept: Mapping[str, Line]) -> Line:
    """What was told of all lines together that are withheld now."""
    seen = [line for name, line in told.lines.items() if name in kept and line is not None]
    whole, known = told.total or Line(0, 0), _sum(seen)
    return Line(whole.whole - known.whole, whole.part - known.part)


def rounded(count: int, base: int) -> int:
    """A count to the nearest multiple of `base`, halves up."""
    return base * ((2 * count + base) // (2 * base))
