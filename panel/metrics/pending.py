"""What would change the figures of the running quarter most: open cases, and what each could move."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Date, Integer, String, and_, bindparam, func, literal, or_, select, union_all
from sqlalchemy import cast as as_type
from sqlmodel import Session, col

from config.metrics import Metric
from panel.figures.definitions import MEASURES
from panel.figures.measure import Measure
from panel.figures.models import Milestone
from panel.figures.queries import Slice
from workflows.case import OPEN
from workflows.metrics import Measured

WAITING, FAILING = "waiting", "failing"
HUNDREDTHS = 100  # points of per cent are added up as whole hundredths


@dataclass(frozen=True)
class Item:
    """One thing about a case that a figure waits for; `points` says by how much it may move it."""

    metric: str
    state: str
    points: float


@dataclass(frozen=True)
class Open:
    """An open case with all that it could still move; `key` leads to the page behind it."""

    id: int
    reference: str
    weight: int
    items: tuple[Item, ...]

    @property
    def points(self) -> float:
        """All points together, over all figures."""
        return self.weight / HUNDREDTHS


def open_cases(
    db: Session,
    of: Slice,
    metrics: Sequence[Metric],
    found: Mapping[str, Measured],
    *,
    after: tuple[int, int] | None,
    limit: int,
) -> tuple[list[Open], int]:
    """A page of the open cases, what moves most first, and how many there are that could move something.

    `after` is weight and number of the last one shown; behind the last case there is no number either.
    """
    items, values = _items(of, metrics, found)
    if items is None:
        return [], 0
    weight = func.sum(items.c.weight).label("weight")
    each = select(items.c.id, items.c.reference, weight, func.count().over().label("many"))
    all_of_them = each.group_by(items.c.id, items.c.reference).subquery()
    moves, number = all_of_them.c.weight, all_of_them.c.id
    query = select(all_of_them)
    if after is not None:
        query = query.where(or_(moves < after[0], and_(moves == after[0], number > after[1])))
    cases = db.execute(query.order_by(moves.desc(), number).limit(limit), values).all()
    of_each: dict[int, list[Item]] = {}
    rows = select(items.c.id, items.c.metric, items.c.state, items.c.weight)
    rows = rows.where(items.c.id.in_([case[0] for case in cases]))
    for one, metric, state, part in db.execute(rows, values):
        of_each.setdefault(one, []).append(Item(metric, state, part / HUNDREDTHS))
    listed = [
        Open(one, reference, int(total), tuple(sorted(of_each[one], key=_heaviest)))
        for one, reference, total, _ in cases
    ]
    return listed, cases[0][3] if cases else 0


@dataclass(frozen=True)
class Elsewhere:
    """A figure of something else than open cases: how many are to look at, and what one weighs."""

    metric: Metric
    bad: int
    counted: int

    @property
    def points(self) -> float:
        """By how much one of them moves the figure."""
        return 100 / self.counted

    @property
    def together(self) -> float:
        """By how much all of them together move it."""
        return 100 * self.bad / self.counted


def elsewhere(metrics: Sequence[Metric], found: Mapping[str, Measured]) -> list[Elsewhere]:
    """Police disposals, meetings and audits not as they should be: first what all of one figure move most."""
    rows = [
        Elsewhere(metric, one.bad, one.counted)
        for metric in metrics
        if MEASURES[metric.id].model is not Milestone and (one := found.get(metric.id)) and one.bad
    ]
    return sorted(rows, key=lambda row: (-row.together, int(row.metric.id[1:])))


def _heaviest(item: Item) -> tuple[float, int]:
    return -item.points, int(item.metric[1:])


def _items(of: Slice, metrics: Sequence[Metric], found: Mapping[str, Measured]) -> tuple[Any, dict[str, Any]]:
    """What open cases could still move, one row for each thing, with the values of its places."""
    asked = tuple((one.id, one.mends_late) for one in metrics if MEASURES[one.id].model is Milestone)
    values = {"areas": sorted(of.areas), "first": of.quarter.first, "last": of.quarter.last}
    for name, _ in asked:
        counted = now.counted if (now := found.get(name)) is not None else 0
        values[_place(name, WAITING)] = 100 * HUNDREDTHS // (counted + 1)
        values[_place(name, FAILING)] = 100 * HUNDREDTHS // max(counted, 1)
    return _union(asked), values


def _place(name: str, state: str) -> str:
    return f"{name}_{state}"


@cache
def _union(asked: tuple[tuple[str, bool], ...]) -> Any:
    """The question behind the page, written once: to write it takes longer than to answer it."""
    parts = [part for name, late in asked for part in _of(MEASURES[name], late=late)]
    return union_all(*parts).subquery() if parts else None


def _of(one: Measure, *, late: bool) -> list[Any]:
    """What waits, and what fails and can still be put right, if it can be late."""
    left = one.excluded_part
    waits = _rows(one, WAITING, left).where(one.reason == "still_time", left > 0)
    if not late:
        return [waits] if one.excluded or one.apart is not None else []
    return [waits, _rows(one, FAILING, one.counted_part - one.met_part).where(one.failing)]


def _rows(one: Measure, state: str, parts: Any) -> Any:
    columns: list[Any] = [
        col(Milestone.subject_id).label("id"),
        col(Milestone.reference).label("reference"),
        as_type(literal(one.id), String).label("metric"),
        as_type(literal(state), String).label("state"),
        (parts * bindparam(_place(one.id, state), type_=Integer)).label("weight"),
    ]
    return select(*columns).where(
        col(Milestone.area_id).in_(bindparam("areas", expanding=True)),
        one.day.between(bindparam("first", type_=Date), bindparam("last", type_=Date)),
        one.within,
        col(Milestone.status).in_([status.value for status in OPEN]),
    )
