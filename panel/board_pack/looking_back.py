"""Earlier quarters beside the one of the pack, and four quarters together where each of them is too small.

What was told of a quarter before is told again as it was. Of a quarter that nobody was told of the figures
are counted anew and withheld like any others; from then on they count as told.

Quarters are added up only from April to March, once, and only numbers that are withheld in every quarter in
which there is anything, and in two of them at least. So no sum can be taken from another one, and what a sum
tells of a quarter is not one number: of windows that move on, two would tell what came and what left.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from panel.board_pack.disparity import period_words, year_of
from panel.board_pack.facts import Scope
from panel.board_pack.figures import RATES, Figure, figures
from panel.board_pack.later_facts import QUARTERS_BACK
from panel.board_pack.showing import ALL, Known, for_board, in_group, numbers_told
from panel.board_pack.told import Told, by_key
from workflows.board_pack import Shape
from workflows.nested import Number
from workflows.periods import Period
from workflows.quarters import Quarter

QUARTERS = 8
FEWEST = 2
# They follow from the outcomes, which are told by quarter.
FOLLOW = ("entrants",)
# Lines about the same cases.
SAME = (("cases",), ("assessments",), ("victims", "victims question"))
TOLD = ("key", "shape", "period", "lines", "total")
Past = Mapping[str, Sequence[Figure]]


def past(db: Session, scope: Scope) -> dict[str, list[Figure]]:
    """The figures of the quarters before, all their numbers; what is said of whole years is not in it."""
    found = {}
    for back in range(1, QUARTERS):
        quarter = scope.quarter.moved(-back)
        found[quarter.key] = figures(db, Scope(scope.area_id, quarter, scope.today), rates=False)
    return found


def quarter_of(key: str) -> Quarter:
    """The quarter of a key that we wrote ourselves."""
    found = Quarter.read(key)
    if found is None:
        raise ValueError(f"no quarter {key}")
    return found


def past_for_board(counted: Past, known: Told, least: int) -> dict[str, list[Figure]]:
    """The same as the board reads them."""
    shown: dict[str, list[Figure]] = {}
    for key in sorted(counted):
        quarter = quarter_of(key)
        said = [one for one in known.last(quarter).values() if one["key"] != RATES]
        if said:
            shown[key] = [{name: one[name] for name in TOLD} for one in said]
            continue
        ago = quarter.moved(-QUARTERS_BACK)
        year_ago = by_key(shown[ago.key]) if ago.key in shown else known.last(ago)
        knows = Known(
            year_ago=year_ago.get("outcomes"),
            hidden=added_up(quarter, known),
            numbers=known.numbers(quarter),
            ago=[*known.numbers(ago), *numbers_shown(shown.get(ago.key, ()))],
        )
        shown[key] = for_board(counted[key], knows, least)
    return shown


def numbers_shown(figures: Sequence[Figure]) -> list[Number]:
    """Every number of a quarter that its figures tell; who may have offended again is of an earlier one."""
    return [number for one in figures if one["key"] != "reoffending" for number in numbers_told(one)]


def together_for_board(counted: Past, shown: Past, last: date, known: Told, least: int) -> list[Figure]:
    """The last whole year from April to March, for what its quarters are too small for."""
    year = year_of(last)
    keys = quarters_of(year)
    if any(key not in counted or key not in shown for key in keys):
        return []
    of_quarters, told_of = [by_key(counted[key]) for key in keys], [by_key(shown[key]) for key in keys]
    both = [key for key in of_quarters[0] if all(key in one for one in (*of_quarters, *told_of))]
    added = [
        _added([one[key] for one in of_quarters]) | {"period": period_of(key, year)}
        for key in both
        if key not in FOLLOW and known.year(key, period_of(key, year)) is None
    ]
    hidden = {
        one["key"]: _hidden(one, [of[one["key"]] for of in told_of], [of[one["key"]] for of in of_quarters])
        for one in added
    }
    _keep_groups(hidden, added, told_of)
    said = for_board([one for one in added if _may_be(one, hidden)], Known(hidden=hidden), least)
    before = [one for key in both if (one := known.year(key, period_of(key, year))) is not None]
    return [*before, *(one for one in said if says_something(one))]


def quarters_of(year: Period) -> list[str]:
    """The keys of the four quarters of a year."""
    first = Quarter.of(year.first)
    return [first.moved(n).key for n in range(QUARTERS_BACK)]


def period_of(key: str, year: Period) -> str:
    """What a year is called in a figure: those who may have offended again were dealt with a year before."""
    if key != "reoffending":
        return period_words(year)
    return period_words(year_of(date(year.last.year - 1, 3, 31)))


def added_up(quarter: Quarter, known: Told) -> dict[str, set[str]]:
    """By figure the lines of a quarter that were told as part of a year: they stay withheld by themselves."""
    year = year_of(quarter.moved(3).last)
    found: dict[str, set[str]] = {}
    for one in (year, year_of(quarter.last)):
        if quarter.key in quarters_of(one):
            for (key, period), figure in known.years.items():
                if key != RATES and period == period_of(key, one):
                    found[key] = {line["key"] for line in figure["lines"] if line["part"] is not None} | {ALL}
    return found


def says_something(figure: Figure) -> bool:
    """Whether any number of a figure is shown."""
    return figure["total"] is not None or any(line["part"] is not None for line in figure["lines"])


def _added(quarters: Sequence[Figure]) -> Figure:
    """The sums of the lines of four quarters."""
    sums: dict[str, dict[str, Any]] = {}
    for line in (line for figure in quarters for line in figure["lines"]):
        one = sums.setdefault(line["key"], {"key": line["key"], "part": 0, "whole": 0})
        one["part"] += line["part"]
        one["whole"] += line["whole"]
    figure, lines = quarters[0], list(sums.values())
    named = {"key": figure["key"], "shape": figure["shape"]}
    if figure["shape"] == Shape.SHARES:
        return named | {"lines": lines, "total": None}
    total = {side: sum(one["total"][side] for one in quarters) for side in ("part", "whole")}
    if figure["shape"] == Shape.MIX:
        lines = [line | {"whole": total["whole"]} for line in lines]
    return named | {"lines": lines, "total": total}


def _hidden(added: Figure, told: Sequence[Figure], counted: Sequence[Figure]) -> set[str]:
    """The lines that may not be added up: of those some quarter told, or there is something in one only."""
    every = {line["key"] for line in added["lines"]}
    if added["shape"] != Shape.SHARES and any(map(says_something, told)):
        return every | {ALL}
    if added["key"] == "reoffending":
        # Its lines are as many as the outcomes of a year before, of which some may be withheld.
        return every if sum(bool(one["lines"]) for one in told) >= FEWEST else every | {ALL}
    return {line for line in every if not _is_withheld_throughout(line, told, counted)}


def _is_withheld_throughout(line: str, told: Sequence[Figure], counted: Sequence[Figure]) -> bool:
    parts = [one["part"] for figure in told for one in figure["lines"] if one["key"] == line]
    many = [one for figure in counted for one in figure["lines"] if one["key"] == line]
    return min(len(parts), len(many)) >= FEWEST and all(part is None for part in parts)


def _keep_groups(
    hidden: dict[str, set[str]], added: Sequence[Figure], told_of: Sequence[Mapping[str, Figure]]
) -> None:
    """Lines about the same cases are added up only where none of them was told by quarter."""
    for group in SAME:
        if any(in_group(group, key, line) and line["part"] is not None for key, line in _lines(told_of)):
            for one in added:
                hidden[one["key"]] |= {
                    line["key"] for line in one["lines"] if in_group(group, one["key"], line)
                }
    hidden.get("exceptions", set()).add("outside")


def _lines(told_of: Sequence[Mapping[str, Figure]]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for quarter in told_of:
        for key, figure in quarter.items():
            for line in figure["lines"]:
                yield key, line


def _may_be(one: Figure, hidden: Mapping[str, set[str]]) -> bool:
    return ALL not in hidden[one["key"]] and bool(one["lines"])
