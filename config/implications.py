"""What each outcome means for the child: plain sentences, each with its rule, source and first day."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

WORDS = Path(__file__).with_name("implications.toml")


@dataclass(frozen=True)
class Implication:
    """One sentence to print and to read out, in force from `since`."""

    text: str
    rule: str
    source: str
    since: date
    topic: str


@cache
def _all_of_them() -> dict[str, tuple[Implication, ...]]:
    """Every sentence by kind of outcome, in the order of the file."""
    with WORDS.open("rb") as file:
        kinds = tomllib.load(file)
    return {kind: tuple(Implication(**row) for row in rows) for kind, rows in kinds.items()}


def implications(kind: str, on: date) -> tuple[Implication, ...]:
    """The sentences in force on a day, one per topic; `ValueError` for a kind that has none at all."""
    rows = _all_of_them().get(kind)
    if rows is None:
        raise ValueError(f"No words about what {kind!r} means. Add them to {WORDS.name}.")
    chosen: dict[str, Implication] = {}
    for row in rows:
        held = chosen.get(row.topic)
        if row.since <= on and (held is None or held.since < row.since):
            chosen[row.topic] = row
    return tuple(chosen.values())
