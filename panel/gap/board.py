"""The gap for board members: what is pinned of a quarter, small numbers withheld (DP-13)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from panel.codes.queries import ethnicities
from panel.gap.queries import by_breakdown, by_outcome, lists_of
from panel.gap.scope import BREAKDOWNS, FIRST_TIME
from workflows.gap import Group, Tally
from workflows.nested import Known, Number, Told, numbers_of, told_of
from workflows.periods import Cover, Period, coverage
from workflows.small_numbers import Line, shown, total
from workflows.vocabulary import Outcome

METRIC = "M1"
OTHERS = "All others"
FEWEST = 2


@dataclass(frozen=True)
class BoardGap:
    """What a board member reads of one quarter: the total and its breakdowns, None where it is withheld."""

    covers: str
    total: Line | None
    breakdowns: Mapping[str, Mapping[str, Line | None]]


def line_of(tally: Tally) -> Line:
    """On the force's list, and of those not told."""
    return Line(tally.of(Group.LISTED), tally.of(Group.MISSED))


def taken(db: Session, area_id: int, outcome: Outcome, period: Period, *, today: date) -> dict[str, Any]:
    """The figures of a quarter to be pinned. Without a list for any of it there is nothing to tell."""
    covered = coverage(period, lists_of(db, area_id, period), today=today)
    if covered.cover is Cover.NONE:
        return {}
    whole = line_of(by_outcome(db, area_id, period, today=today)[outcome])
    said = {"ethnicity": ethnicities(db, today), "first_time": FIRST_TIME}
    found = by_breakdown(db, area_id, outcome, period, today=today)
    return {
        "covers": covered.sentence,
        "total": [whole.whole, whole.part],
        "tables": {title: _pairs(found[name], said.get(name, {})) for name, (title, _) in BREAKDOWNS.items()},
    }


def _pairs(tallies: Mapping[str, Tally], said: Mapping[str, str]) -> dict[str, list[int]]:
    lines = {said.get(value, value) or "Not recorded": line_of(tally) for value, tally in tallies.items()}
    return {name: [line.whole, line.part] for name, line in lines.items() if line.whole}


def told_with(pinned: Mapping[str, Any]) -> Told:
    """What packs had told of the quarter when its gap was pinned."""
    return told_of(pinned["told"]) if "told" in pinned else Told(anything=False)


def board_gap(pinned: Mapping[str, Any], least: int, told: Told, known: Collection[Number] = ()) -> BoardGap:
    """What is pinned, as a board member may read it; of a total that is withheld no line is shown.

    The total is that of M1: what a pack told of it is told again, and beside `known`, all that is told of the
    quarter, it may not tell of a few. A line is named only where it is shown.
    """
    whole = total([Line(*pinned["total"])], least)
    again = told.lines.get(METRIC)
    new = [] if whole is None else numbers_of(METRIC, whole.whole, whole.part)
    if told.withholds(METRIC) or Known(set(known)).tells_few(new, least):
        whole = None
    if again is not None and again != (pinned["total"][1], pinned["total"][0]):
        # It was counted on another day, so the lines of this one do not belong to it.
        return BoardGap(pinned["covers"], total([Line(again[1], again[0])], least), {})
    tables = {title: _named(lines, least) for title, lines in pinned["tables"].items()}
    said = {title: lines for title, lines in tables.items() if lines}
    return BoardGap(pinned["covers"], whole, said if whole is not None else {})


def _named(lines: Mapping[str, Sequence[int]], least: int) -> dict[str, Line | None]:
    """The lines that are shown, and all others in one; nothing where none is, or all are in one group."""
    every = shown({name: Line(pair[0], pair[1]) for name, pair in lines.items()}, least)
    kept: dict[str, Line | None] = {name: line for name, line in every.items() if line is not None}
    if not kept or len(every) < FEWEST:
        return {}
    return kept if len(kept) == len(every) else kept | {OTHERS: None}
