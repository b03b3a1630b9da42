"""The facts behind the figures: each is one case, disposal or answer that stands in one line."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from panel.figures.slices import Slice
from workflows.quarters import Quarter


class Kind(StrEnum):
    """What a fact is about, and so which page it opens."""

    CASE = "case"
    POLICE = "police"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Fact:
    """One of those that a line counts; `part` says whether it is among those that the line is about."""

    line: str
    part: bool
    subject: int = 0
    kind: Kind = Kind.CASE


@dataclass(frozen=True)
class Scope:
    """Of whom a pack tells: the area, the quarter, and the day on which it is counted."""

    area_id: int
    quarter: Quarter
    today: date

    @property
    def first(self) -> date:
        """The first day of the quarter."""
        return self.quarter.first

    @property
    def last(self) -> date:
        """The last day of the quarter."""
        return self.quarter.last

    @property
    def slice(self) -> Slice:
        """The same for the figures of the metrics."""
        return Slice(frozenset({self.area_id}), self.quarter)


def begins(day: date) -> datetime:
    """The instant at which a day begins in London."""
    return datetime.combine(day, time(), ZoneInfo("Europe/London"))
