"""What a figure is of: areas, a quarter, and at most one value of each breakdown."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from workflows.quarters import Quarter

DIMENSIONS = ("outcome", "gender", "ethnicity", "age", "care")
BREAKDOWNS = DIMENSIONS[1:]  # the outcome is part of every kept count
Side = Literal["met", "failing", "excluded"]


@dataclass(frozen=True)
class Slice:
    """The subjects of some areas in a quarter; a breakdown that is None is all of them together."""

    areas: frozenset[int]
    quarter: Quarter
    outcome: str | None = None
    gender: str | None = None
    ethnicity: str | None = None
    age: str | None = None
    care: str | None = None

    @property
    def chosen(self) -> dict[str, str]:
        """The breakdowns, beside the outcome, of which one value is asked for."""
        return {name: value for name in BREAKDOWNS if (value := getattr(self, name)) is not None}


@dataclass(frozen=True)
class Count:
    """`met` of `counted`, as the metric is published: for M1 those of which we were not told.

    `counted` is 0 where everything is left out; then there is no share.
    """

    met: int
    counted: int
    excluded: int

    @property
    def share(self) -> int | None:
        """The share in whole per cent, halves up; None without anything that counts, which is not 0 %."""
        return (200 * self.met + self.counted) // (2 * self.counted) if self.counted else None


@dataclass(frozen=True)
class CaseRow:
    """One subject behind a figure. `kind` is that of `kinds.py`."""

    kind: str
    id: int
    reference: str
    address: str | None
    day: date
    reason: str
    met_part: int
    counted_part: int
    excluded_part: int

    @property
    def key(self) -> tuple[Any, ...]:
        """Give this as `after` to read on behind this row."""
        return self.day, self.id


def number_of(quarter: Quarter) -> int:
    """The number under which counts of a quarter are kept."""
    return 4 * quarter.year + quarter.number - 1


def quarter_of(number: int) -> Quarter:
    """The quarter of a number."""
    return Quarter(number // 4, number % 4 + 1)
