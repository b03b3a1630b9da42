"""Which figures a page is about: areas, quarter, and values of breakdowns, as they stand in an address."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from panel.access import Actor
from panel.errors import Missing
from panel.figures.queries import DIMENSIONS, Slice
from panel.metrics.words import can_be
from workflows.quarters import Quarter
from workflows.roles import Role

READERS = (Role.YOT_MANAGER, Role.INSPECTOR)
FIRST = Quarter(2013, 2)  # the youth caution began in it; nothing here is older
LONGEST = 40  # characters of a value


@dataclass(frozen=True)
class Choice:
    """The figures of a page. `totals`: the reader sees totals only, of one area and whole quarters."""

    held: Mapping[int, str]
    area: int | None
    quarter: Quarter
    totals: bool
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def areas(self) -> frozenset[int]:
        """The areas that are counted together."""
        return frozenset(self.held) if self.area is None else frozenset({self.area})

    @property
    def area_words(self) -> str:
        """The names of these areas."""
        return ", ".join(name for number, name in self.held.items() if number in self.areas)

    @property
    def slice(self) -> Slice:
        """The same as the figures know it."""
        return Slice(self.areas, self.quarter, **self.values)

    def moved(self, quarter: Quarter) -> "Choice":
        """The same in another quarter."""
        return replace(self, quarter=quarter)

    def where(self, **values: str) -> "Choice":
        """The same of those with these values alone."""
        return replace(self, values={**self.values, **values})

    @property
    def parts(self) -> dict[str, str]:
        """The choice as the parts of an address."""
        area = {} if self.area is None or len(self.held) == 1 else {"area": str(self.area)}
        return {**area, "quarter": self.quarter.key, **self.values}


def read(args: Mapping[str, Any], actor: Actor, *, today: date) -> Choice:
    """The choice of an address. Raises `Missing` for an area, a quarter or a value that there is not.

    Who sees totals only reads one area at a time, quarters that are over, and no cut of them: of two cuts
    one could be taken from the other.
    """
    full = actor.areas_as(*READERS)
    held = {area: actor.area_names[area] for area in full or actor.areas_as(Role.BOARD)}
    now = Quarter.of(today)
    quarter = Quarter.read(args["quarter"]) if args.get("quarter") else now.moved(-1)
    if quarter is None or not FIRST <= quarter <= (now if full else now.moved(-1)):
        raise Missing()
    values = {name: args[name] for name in DIMENSIONS if name in args and (args[name] or name != "outcome")}
    if (values and not full) or not all(len(v) <= LONGEST and can_be(n, v) for n, v in values.items()):
        raise Missing()
    return Choice(held, _area(args.get("area", ""), held, one=not full), quarter, not full, values)


def _area(text: str, held: Mapping[int, str], *, one: bool) -> int | None:
    if not text:
        return min(held) if one else None
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) in held):
        raise Missing()
    return int(text)


def quarters(choice: Choice, *, today: date, most: int) -> list[Quarter]:
    """The quarters that may be chosen, the newest first."""
    newest = Quarter.of(today).moved(-1 if choice.totals else 0)
    return [newest.moved(-n) for n in range(most) if newest.moved(-n) >= FIRST]
