"""How many children live in an area: what rates for a child population are counted against."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("population.toml")


@dataclass(frozen=True)
class Population:
    """The children of 10 to 17 of one area in one year, by ethnic group and by gender."""

    code: str
    year: int
    since: date
    source: str
    says: str
    group: Mapping[str, int]
    gender: Mapping[str, int]
    invented: bool = False

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.group.values())

    @property
    def caveat(self) -> str:
        """Year, source and what the figure cannot do, in words."""
        invented = " These figures are invented." if self.invented else ""
        return f"Population of {self.year}. {self.says} Source: {self.source}.{invented}"


@cache
def _all() -> tuple[Population, ...]:
    with FILE.open("rb") as file:
        return tuple(Population(**row) for row in tomllib.load(file)["area"])


def population(code: str, on: date) -> Population | None:
    """The newest figures of an area that hold on a day; None where nobody has entered any."""
    held = [one for one in _all() if one.code == code and one.since <= on]
    return max(held, key=lambda one: one.since, default=None)
