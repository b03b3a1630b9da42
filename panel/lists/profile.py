"""What stands in each column of a file, read once: examples, its words, and whether they are days."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from panel.lists.days import Order, both_ways
from panel.lists.table import Table

EXAMPLES = 3
MOST_WORDS = 60
LONGEST_WORD = 60


@dataclass
class Days:
    """How many cells of a column are days, read in one order, and between which they lie."""

    count: int = 0
    first: str = ""
    last: str = ""

    def add(self, day: date, times: int = 1) -> None:
        """Count a day."""
        said = day.isoformat()
        self.count += times
        self.first = min(self.first or said, said)
        self.last = max(self.last, said)


@dataclass
class Column:
    """One column: `only_day` and `only_month` count cells that are a day in one order alone."""

    name: str
    letter: str
    filled: int = 0
    examples: list[str] = field(default_factory=list)
    words: dict[str, int] | None = None
    day: Days = field(default_factory=Days)
    month: Days = field(default_factory=Days)
    only_day: int = 0
    only_month: int = 0
    differ: int = 0

    @property
    def order(self) -> Order | None:
        """The order of day and month that the whole column shows; None when it can be both."""
        if self.only_day and self.only_month * 50 <= self.only_day:
            return Order.DAY
        if self.only_month and self.only_day * 50 <= self.only_month:
            return Order.MONTH
        return None if self.only_day or self.differ else Order.DAY

    def days(self, order: Order) -> Days:
        """The days of the column in one order."""
        return self.day if order is Order.DAY else self.month


@dataclass
class Profile:
    """The columns of a file, how many rows it has, and what was assumed in reading it."""

    columns: list[Column]
    rows: int
    notes: list[str]
    from_1904: bool = False

    def kept(self) -> dict[str, Any]:
        """As it is kept with the list."""
        return asdict(self)

    def column(self, name: str) -> Column | None:
        """A column by its name."""
        return next((column for column in self.columns if column.name == name), None)


def read_profile(kept: Mapping[str, Any]) -> Profile:
    """A profile as it was kept."""
    columns = [
        Column(**(raw | {"day": Days(**raw["day"]), "month": Days(**raw["month"])}))
        for raw in kept["columns"]
    ]
    return Profile(columns, kept["rows"], kept["notes"], kept["from_1904"])


def profile(table: Table, *, this_year: int) -> Profile:
    """Read every row once. Raises `ListRefused`."""
    width, number = len(table.headings), 0
    columns = [Column(*named) for named in zip(table.headings, table.letters, strict=True)]
    words: list[Counter[str] | None] = [Counter() for _ in columns]
    for _, cells in table.rows():
        number += 1
        for place in range(width):
            if text := cells[place]:
                _count(columns[place], words, place, text, (this_year, table.from_1904))
    for column, counted in zip(columns, words, strict=True):
        column.words = None if counted is None else dict(counted)
    return Profile(columns, number, list(table.notes), table.from_1904)


def _count(
    column: Column, words: list[Counter[str] | None], place: int, text: str, how: tuple[int, bool]
) -> None:
    column.filled += 1
    if len(column.examples) < EXAMPLES and text not in column.examples:
        column.examples.append(text[:LONGEST_WORD])
    counted = words[place]
    if counted is not None:
        counted[text[:LONGEST_WORD]] += 1
        if len(counted) > MOST_WORDS:
            words[place] = None
    if not text[0].isdigit() and not text[-1].isdigit():
        return
    by_day, by_month = both_ways(text, *how)
    if by_day:
        column.day.add(by_day)
    if by_month:
        column.month.add(by_month)
    column.only_day += by_month is None and by_day is not None
    column.only_month += by_day is None and by_month is not None
    column.differ += by_day is not None and by_month is not None and by_day != by_month
