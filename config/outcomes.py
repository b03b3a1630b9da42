"""What a panel may decide and when: what each outcome needs and causes, with rule and source."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

LIST = Path(__file__).with_name("outcomes.toml")
Status = Literal["V", "K", "V/K"]


@dataclass(frozen=True)
class Line:
    """One sentence; `status` V was seen in a copy of the source, K was not verified."""

    topic: str
    text: str
    rule: str
    source: str
    status: Status


@dataclass(frozen=True)
class About:
    """One outcome, offered from `since` until `until`; `unverified` says why its first day is not sure."""

    since: date
    needs: tuple[Line, ...]
    causes: tuple[Line, ...]
    until: date | None = None
    unverified: str = ""

    def holds(self, on: date) -> bool:
        """Whether the outcome may be chosen on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


@cache
def _list() -> Mapping[str, About]:
    with LIST.open("rb") as file:
        return {kind: _about(row) for kind, row in tomllib.load(file).items()}


def _about(row: dict[str, Any]) -> About:
    needs, causes = (tuple(Line(**line) for line in row[part]) for part in ("needs", "causes"))
    return About(**(row | {"needs": needs, "causes": causes}))


def about(kind: str) -> About:
    """What is known of an outcome. KeyError for one that never was."""
    return _list()[kind]


def in_force(kind: str, on: date) -> bool:
    """Whether an outcome may be chosen on a day."""
    return about(kind).holds(on)


def kinds() -> tuple[str, ...]:
    """Every outcome that is described, in the order of the file."""
    return tuple(_list())
