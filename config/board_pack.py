"""The figures of the board pack: their words, their order, and what each cannot know."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from config.metrics import definition

FILE = Path(__file__).with_name("board_pack.toml")


@dataclass(frozen=True)
class FigureWords:
    """What a figure is called and what it counts."""

    key: str
    title: str
    shape: str
    part: str
    whole: str
    better: str
    counts: str
    cannot: str
    source: str
    since: date
    until: date | None = None
    line: Mapping[str, str] = field(default_factory=dict)
    ask: Mapping[str, str] = field(default_factory=dict)
    say: Mapping[str, str] = field(default_factory=dict)
    target: Mapping[str, str] = field(default_factory=dict)

    def target_of(self, line: str, on: date) -> int | None:
        """The target of a line in per cent, as the metric has it that asks the same; None without one."""
        metric = definition(self.target[line], on) if line in self.target else None
        if metric is None or metric.target is None:
            return None
        return metric.target if metric.better == self.better else 100 - metric.target


@cache
def _all() -> tuple[FigureWords, ...]:
    with FILE.open("rb") as file:
        return tuple(FigureWords(**row) for row in tomllib.load(file)["figure"])


def figure_words(on: date) -> tuple[FigureWords, ...]:
    """The figures of a pack about a quarter that ends on a day, in their order."""
    return tuple(one for one in _all() if one.since <= on and (one.until is None or on <= one.until))
