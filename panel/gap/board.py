"""The gap for board members: whole quarters that are over, small numbers withheld (DP-13)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from config.policy import number
from panel.codes.queries import ethnicities
from panel.gap.queries import by_breakdown, by_outcome, lists_of
from panel.gap.scope import BREAKDOWNS, FIRST_TIME
from workflows.gap import Group, Tally
from workflows.periods import Coverage, Period, coverage
from workflows.small_numbers import Line, shown, total
from workflows.vocabulary import Outcome


@dataclass(frozen=True)
class BoardGap:
    """What a board member reads of one quarter: the total and its breakdowns, None where it is withheld."""

    coverage: Coverage
    total: Line | None
    breakdowns: Mapping[str, Mapping[str, Line | None]]
    least: int


def line_of(tally: Tally) -> Line:
    """On the force's list, and of those not told."""
    return Line(tally.of(Group.LISTED), tally.of(Group.MISSED))


def board_gap(db: Session, area_id: int, outcome: Outcome, period: Period, *, today: date) -> BoardGap:
    """The figures of a quarter. Without a list for all of it nothing is counted."""
    least = number("small_number_threshold", today)
    covered = coverage(period, lists_of(db, area_id, period), today=today)
    whole = line_of(by_outcome(db, area_id, period, today=today)[outcome])
    said = {"ethnicity": ethnicities(db, today), "first_time": FIRST_TIME}
    found = by_breakdown(db, area_id, outcome, period, today=today)
    tables = {
        title: _named(shown(_lines(found[name]), least), said.get(name, {}))
        for name, (title, _) in BREAKDOWNS.items()
    }
    return BoardGap(covered, total([whole], least), tables, least)


def _lines(tallies: Mapping[str, Tally]) -> dict[str, Line]:
    lines = {value: line_of(tally) for value, tally in tallies.items()}
    return {value: line for value, line in lines.items() if line.whole}


def _named(lines: Mapping[str, Line | None], said: Mapping[str, str]) -> dict[str, Line | None]:
    return {said.get(value, value) or "Not recorded": line for value, line in lines.items()}
