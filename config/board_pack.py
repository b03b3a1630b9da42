"""The figures of the board pack: their words, their order, and what each cannot know."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

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
    was: Mapping[str, str] = field(default_factory=dict)
    ask: Mapping[str, str] = field(default_factory=dict)
    say: Mapping[str, str] = field(default_factory=dict)
    target: Mapping[str, str] = field(default_factory=dict)

    def target_of(self, line: str, on: date) -> int | None:
        """The target of a line in per cent, as the metric has it that asks the same; None without one."""
        metric = definition(self.target[line], on) if line in self.target else None
        if metric is None or metric.target is None:
            return None
        return metric.target if metric.better == self.better else 100 - metric.target


@dataclass(frozen=True)
class PageWords:
    """One page of the pack after the first: what it is called, and the keys of its figures."""

    title: str
    figures: tuple[str, ...]


@cache
def _read() -> Mapping[str, Any]:
    with FILE.open("rb") as file:
        return tomllib.load(file)


@cache
def _all() -> tuple[FigureWords, ...]:
    return tuple(FigureWords(**row) for row in _read()["figure"])


@cache
def page_words() -> tuple[PageWords, ...]:
    """The pages of a pack after the first one; every figure stands on one of them."""
    return tuple(PageWords(row["title"], tuple(row["figures"])) for row in _read()["page"])


def figure_words(on: date) -> tuple[FigureWords, ...]:
    """The figures of a pack about a quarter that ends on a day, in their order."""
    return tuple(one for one in _all() if one.since <= on and (one.until is None or on <= one.until))
