"""What a liaison and diversion worker asks: a list that an area may change."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("liaison.toml")


@dataclass(frozen=True)
class NeedAsked:
    """One kind of need."""

    key: str
    says: str
    since: date
    until: date | None = None


@cache
def _all() -> tuple[NeedAsked, ...]:
    with FILE.open("rb") as file:
        return tuple(NeedAsked(**row) for row in tomllib.load(file)["need"])


def needs(on: date) -> tuple[NeedAsked, ...]:
    """What is asked on a day."""
    return tuple(need for need in _all() if need.since <= on and (need.until is None or on <= need.until))
