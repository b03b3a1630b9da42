"""What a count of a metric says: share, target, change, and what one case would change."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from config.metrics import Metric
from workflows.gap import interval, per_cent
from workflows.nested import Known, Number, Told, numbers_of
from workflows.ratings import KeyQuestion, Rating, Standard, percent
from workflows.small_numbers import Line
from workflows.wilson import differ

FEWEST = 5  # no band for fewer cases (inspection digest, 3: our choice)

NOTHING_TOLD = Told()


@dataclass(frozen=True)
class Measured:
    """One metric with its count in one quarter; `counted` is never 0, for that is no data."""

    metric: Metric
    met: int
    counted: int

    @property
    def per_cent(self) -> str:
        """'75 %'."""
        return per_cent(self.met, self.counted)

    @property
    def share(self) -> float:
        """The share in per cent, as it is drawn."""
        return 100 * self.met / self.counted

    @property
    def fewer(self) -> bool:
        """Whether it would be better if fewer met it."""
        return self.metric.better == "fewer"

    @property
    def bad(self) -> int:
        """How many did not go as they should."""
        return self.met if self.fewer else self.counted - self.met

    @property
    def sentence(self) -> str:
        """'9 of 12 assessments due came by the day on which they were due (75 %).'"""
        return f"{self.met:,} of {self.counted:,} {self.metric.counts} {self.metric.did} ({self.per_cent})."

    @property
    def on_target(self) -> bool | None:
        """Whether the target is reached, before any rounding; None without a target."""
        return None if self.metric.target is None else self.short == 0

    @property
    def short(self) -> int:
        """How many more would have had to go well for the target to be reached."""
        target = self.metric.target
        if target is None:
            return 0
        if self.fewer:
            return max(0, self.met - target * self.counted // 100)
        return max(0, -(-target * self.counted // 100) - self.met)

    @property
    def target_words(self) -> str:
        """What the target is and whether it is reached; empty without one."""
        if self.metric.target is None:
            return ""
        most = "at most " if self.fewer else "at least "
        goal = f"{most if self.metric.target else ''}{self.metric.target} %"
        if self.on_target:
            return f"Target: {goal}. It is reached."
        return f"Target: {goal}. {self.short:,} more would have had to go well."

    def limits(self, confidence: int) -> tuple[int, int]:
        """Wilson's interval in whole per cent, rounded outwards."""
        return interval(self.met, self.counted, confidence)

    def points(self) -> float:
        """By how many points of per cent one case moves the figure."""
        return 100 / self.counted


def change_words(now: Measured, before: Measured | None, when: str, confidence: int) -> str:
    """'Up 5 points from 70 % in April to June 2026, which may be chance.'"""
    if before is None:
        return f"There is no figure for {when} to compare it with."
    shares = (now.met, now.counted), (before.met, before.counted)
    points = (percent(*shares[0]) or 0) - (percent(*shares[1]) or 0)
    if not points:
        return f"As in {when} ({before.per_cent})."
    better = (points > 0) is not now.fewer
    by = f"{'Up' if points > 0 else 'Down'} {abs(points)} point{'' if abs(points) == 1 else 's'}"
    chance = "" if differ(*shares, confidence) else ", which may be chance"
    return f"{'Better' if better else 'Worse'}: {by.lower()} from {before.per_cent} in {when}{chance}."


@dataclass(frozen=True)
class Held:
    """What the metrics of one standard would make of it, if each were a key question."""

    rating: Rating
    lowest: Metric
    other: tuple[Rating, ...]

    @property
    def sentence(self) -> str:
        """The band, what holds it down, and whether one case would change it."""
        said = f"{self.rating.says}, held down by “{self.lowest.name}” ({self.lowest.id})."
        if not self.other:
            return f"{said} One case more or less would not change that."
        could = " or ".join(rating.says for rating in self.other)
        return f"{said} One case more or less would make it {could}."


def held(found: Sequence[Measured]) -> Held | None:
    """The band that these metrics would give; None without any of `FEWEST` cases. It is no rating."""
    questions = tuple(
        KeyQuestion(key=one.metric.id, yes=one.counted - one.bad, no=one.bad)
        for one in found
        if one.counted >= FEWEST
    )
    standard = Standard(name="", questions=questions)
    if standard.rating is None or standard.lowest is None:
        return None
    lowest = next(one.metric for one in found if one.metric.id == standard.lowest.key)
    return Held(standard.rating, lowest, tuple(sorted(standard.one_case_away())))


def for_totals(
    found: Mapping[str, Measured], least: int, told: Told = NOTHING_TOLD
) -> dict[str, Measured | None]:
    """What somebody may read who sees totals only: None where a number is too small (DP-13).

    What a pack told of the same is told again; what would tell of a few beside what was told is withheld.
    """
    known, shown = Known(set(told.numbers)), dict.fromkeys(found)
    again = {name: _again(one, told) for name, one in found.items()}
    for name, one in again.items():
        new = _numbers(name, one, shown)
        if not (told.withholds(name) or _tells(one, again, least) or known.tells_few(new, least)):
            shown[name] = one
            known.add(new)
    return shown


def numbers_shown(shown: Mapping[str, Measured | None]) -> list[Number]:
    """Every number that metrics tell as they are shown."""
    return [number for name, one in shown.items() if one is not None for number in _numbers(name, one, shown)]


def _numbers(name: str, one: Measured, shown: Mapping[str, Measured | None]) -> list[Number]:
    """What a metric tells by itself, and together with another: those told to us, and those that were not."""
    found, missed = numbers_of(name, one.counted, one.met), shown.get("M1")
    if name == "M2" and missed is not None:
        found.append(("told or missed", one.counted + missed.met))
    return found


def _again(one: Measured, told: Told) -> Measured:
    met, counted = told.lines.get(one.metric.id) or (one.met, one.counted)
    return Measured(one.metric, met, counted)


def _tells(one: Measured, found: Mapping[str, Measured], least: int) -> bool:
    """Whether a count is too small, or tells too small a number together with that of which it is a part."""
    rests = [found[name].counted - one.counted for name in one.metric.within if name in found]
    return Line(one.counted, one.met).is_small(least) or any(0 <= rest < least for rest in rests)


def lines_for_totals(
    lines: Mapping[str, Measured],
    around: Sequence[Mapping[str, Measured]],
    least: int,
    near: Sequence[Mapping[str, Measured]] = (),
) -> dict[str, Measured | None]:
    """One breakdown of one metric for who sees totals only; `around`: the same of what it is a part of.

    A line that would tell a small number is withheld. What is withheld together must not be small either, and
    must be at least two lines, or the total would tell: the smallest line that is left is withheld too.
    `near`: the same of metrics of the same cases; no line and nothing that is left may differ by a few.
    """
    kept = {name: one for name, one in lines.items() if not _follows(name, one, around, near, least)}
    while len(kept) < len(lines):
        hidden = [one for name, one in lines.items() if name not in kept]
        rest = Line(sum(one.counted for one in hidden), sum(one.met for one in hidden))
        if not kept or (len(hidden) > 1 and not rest.is_small(least)):
            break
        del kept[min(kept, key=lambda name: (kept[name].met, kept[name].counted, name))]
    if any(0 < abs(_rest(lines, kept) - _rest(other, kept)) < least for other in near):
        kept = {}
    return {name: kept.get(name) for name in lines}


def _rest(lines: Mapping[str, Measured], kept: Collection[str]) -> int:
    return sum(one.counted for name, one in lines.items() if name not in kept)


def _follows(
    name: str,
    one: Measured,
    around: Sequence[Mapping[str, Measured]],
    near: Sequence[Mapping[str, Measured]],
    least: int,
) -> bool:
    outer = [lines[name].counted - one.counted for lines in around if name in lines]
    beside = [abs(lines[name].counted - one.counted) for lines in near if name in lines]
    small = any(0 <= rest < least for rest in outer) or any(0 < rest < least for rest in beside)
    return small or Line(one.counted, one.met).is_small(least)
