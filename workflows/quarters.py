"""Quarters of a year: which days they hold and how they are named."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

LENGTH = 3
FIRST_YEAR, LAST_YEAR = 2013, 9998


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months; `number` is 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter of a day."""
        return cls(day.year, (day.month - 1) // LENGTH + 1)

    @classmethod
    def read(cls, text: str) -> "Quarter | None":
        """The quarter of a key such as `2026-3`; None for anything else."""
        found = re.fullmatch(r"(\d{4})-([1-4])", text, re.ASCII)
        if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
            return None
        return cls(int(found[1]), int(found[2]))

    @property
    def key(self) -> str:
        """How it stands in an address."""
        return f"{self.year}-{self.number}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, LENGTH * (self.number - 1) + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.moved(1).first - timedelta(days=1)

    @property
    def words(self) -> str:
        """Its months and year."""
        return f"{self.first:%B} to {self.last:%B} {self.year}"

    def moved(self, by: int) -> "Quarter":
        """So many quarters later, or earlier."""
        place = 4 * self.year + self.number - 1 + by
        return Quarter(place // 4, place % 4 + 1)
