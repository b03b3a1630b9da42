"""A list that a force supplied: from the file to what it says, and back (CR-7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from workflows.flow import Flow, Guard, Move
from workflows.roles import Role
from workflows.vocabulary import register


class Status(StrEnum):
    """How far a list has come."""

    UPLOADED = "uploaded"
    MAPPED = "mapped"
    CHECKED = "checked"
    IMPORTING = "importing"
    DONE = "done"
    UNDONE = "undone"
    DROPPED = "dropped"


class RowResult(StrEnum):
    """What a row of a list is, or what became of it."""

    NEW = "new"
    HELD = "held"
    TWICE = "twice"
    ADULT = "adult"
    OTHER_AREA = "other_area"
    NOT_COUNTED = "not_counted"
    BAD = "bad"
    TAKEN_BACK = "taken_back"
    STAYS = "stays"


GOOD = (RowResult.NEW, RowResult.HELD)
register(
    (
        (Status.UPLOADED, "Columns to be named"),
        (Status.MAPPED, "Being checked"),
        (Status.CHECKED, "Checked, not imported yet"),
        (Status.IMPORTING, "Being imported"),
        (Status.DONE, "Imported"),
        (Status.UNDONE, "Taken back"),
        (Status.DROPPED, "Dropped"),
        (RowResult.NEW, "New to us"),
        (RowResult.HELD, "Held already"),
        (RowResult.TWICE, "Twice in the file"),
        (RowResult.ADULT, "18 or over"),
        (RowResult.OTHER_AREA, "Another area"),
        (RowResult.NOT_COUNTED, "Nothing that we count"),
        (RowResult.BAD, "Has a mistake"),
        (RowResult.TAKEN_BACK, "Taken back"),
        (RowResult.STAYS, "Stays: something was built on it"),
    )
)


@dataclass(frozen=True, kw_only=True)
class ListFacts:
    """What the rules of a list look at."""

    mapped: bool = False
    first_on: date | None = None
    last_on: date | None = None
    supplied_on: date | None = None
    good: int = 0
    bad: int = 0
    whole: bool = False
    waiting: int = 0
    reason: str = ""
    own: bool = False


KEEPERS = (Role.YOT_MANAGER, Role.SECONDED)
OURS = "Our default"
COLUMNS_NAMED = Guard[ListFacts](
    "columns_named",
    lambda f: f.mapped,
    "Say first which column holds what.",
    "ID-1",
    OURS,
)
PERIOD_GIVEN = Guard[ListFacts](
    "period_given",
    lambda f: f.first_on is not None and f.last_on is not None and f.first_on <= f.last_on,
    "Give the first and the last day that the list covers; the first must not be after the last.",
    "CR-7",
    "HM Inspectorate of Probation, Bradford, January 2020: disposals of which the YOT did not know",
)
PERIOD_OVER = Guard[ListFacts](
    "period_over",
    lambda f: f.last_on is None or f.supplied_on is None or f.last_on <= f.supplied_on,
    "A list cannot cover days after the day on which it was supplied.",
    "CR-7",
    OURS,
)
SOMETHING_GOOD = Guard[ListFacts](
    "something_good",
    lambda f: f.good > 0,
    "No row of this list can be imported. Put the file or the columns right first.",
    "CR-7",
    OURS,
)
ALL_CLEAN = Guard[ListFacts](
    "all_clean",
    lambda f: not f.whole or f.bad == 0,
    "You asked for all rows or none, and some rows have mistakes. Put them right, or import the good rows.",
    "ID-1",
    OURS,
)
NOTHING_WAITS = Guard[ListFacts](
    "nothing_waits",
    lambda f: f.waiting == 0,
    "Some rows are not imported yet.",
    "CR-7",
    OURS,
)
REASON_WHY = Guard[ListFacts](
    "undo_reason",
    lambda f: bool(f.reason.strip()),
    "Say why the list is taken back.",
    "CR-7",
    OURS,
)
OWN_OR_MANAGER = Guard[ListFacts](
    "own_or_manager",
    lambda f: f.own,
    "Only the person who imported a list, or a YOT manager, may take it back.",
    "CR-7",
    OURS,
)
OPEN = (Status.UPLOADED, Status.MAPPED, Status.CHECKED)
POLICE_LIST: Flow[Status, ListFacts] = Flow(
    "police_list",
    Status,
    Status.UPLOADED,
    (
        Move("map", OPEN, Status.MAPPED, by=KEEPERS, guards=(COLUMNS_NAMED, PERIOD_GIVEN, PERIOD_OVER)),
        Move("check", Status.MAPPED, Status.CHECKED, by=KEEPERS),
        Move("confirm", Status.CHECKED, Status.IMPORTING, by=KEEPERS, guards=(SOMETHING_GOOD, ALL_CLEAN)),
        Move("finish", Status.IMPORTING, Status.DONE, by=KEEPERS, guards=(NOTHING_WAITS,)),
        Move("undo", Status.DONE, Status.UNDONE, by=KEEPERS, guards=(REASON_WHY, OWN_OR_MANAGER)),
        Move("drop", OPEN, Status.DROPPED, by=KEEPERS),
    ),
)


class Covering(Protocol):
    """What is asked of a list to know which days it covers."""

    status: str
    first_on: date | None
    last_on: date | None


@dataclass(frozen=True)
class MonthCover:
    """One month by its first day, and whether imported lists cover every day of it."""

    month: date
    covered: bool


def months_covered(lists: Iterable[Covering], first: date, last: date) -> tuple[MonthCover, ...]:
    """Each month from that of `first` to that of `last`: covered when every day lies in an imported list."""
    days = sorted(
        (one.first_on, one.last_on)
        for one in lists
        if one.status == Status.DONE and one.first_on is not None and one.last_on is not None
    )
    found, month = [], first.replace(day=1)
    while month <= last:
        following = (month + timedelta(days=31)).replace(day=1)
        found.append(MonthCover(month, _reach(days, month) >= following))
        month = following
    return tuple(found)


def _reach(days: list[tuple[date, date]], start: date) -> date:
    """The first day from `start` on that no list covers; `days` are in order of their first day."""
    for begins, ends in days:
        if begins <= start <= ends:
            start = ends + timedelta(days=1)
    return start
