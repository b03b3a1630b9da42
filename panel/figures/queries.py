"""Reading the figures: kept counts where there is at most one breakdown, else the subjects themselves.

The sides of a figure: `met` lists subjects with a part that is as it should be, `failing` those with one that
is not, `excluded` those with one that is left out; a subject of several parts may stand on several sides. For
a metric of which fewer is better the numerator is what fails. Each list adds up by itself: over the side of
the numerator `met_part` makes `Count.met`, over the other one the rest of `counted_part` makes the rest of
`Count.counted`, and over `excluded` the `excluded_part` makes `Count.excluded`.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import String, and_, func, or_, select
from sqlalchemy import cast as as_type
from sqlmodel import Session, col

from panel.figures.definitions import MEASURES
from panel.figures.measure import Measure
from panel.figures.models import (
    AuditedMilestone,
    AuditMilestone,
    Figure,
    FigureDay,
    MeetingMilestone,
    Milestone,
    PoliceMilestone,
)
from panel.figures.slices import DIMENSIONS, CaseRow, Count, Side, Slice, number_of, quarter_of
from workflows.quarters import Quarter

__all__ = [
    "DIMENSIONS",
    "CaseRow",
    "Count",
    "Slice",
    "breakdown",
    "cases",
    "counted_up_to",
    "counts",
    "parts",
    "trend",
]
PAGES: dict[type[Any], tuple[str, str | None]] = {
    Milestone: ("case", "/cases/{}"),
    PoliceMilestone: ("police", "/police-disposals/{}"),
    MeetingMilestone: ("meeting", "/meetings/{}"),
    AuditMilestone: ("audit", "/cases/{}"),
    AuditedMilestone: ("audited", "/cases/{}"),
}
SUMS: tuple[Any, ...] = (func.sum(Figure.met), func.sum(Figure.counted), func.sum(Figure.excluded))


def counted_up_to(db: Session) -> date | None:
    """The day up to which everything that changes by time alone is counted; None before the first time."""
    return db.scalar(select(col(FigureDay.day)))


def counts(db: Session, of: Slice) -> dict[str, Count]:
    """Every metric of a slice that has data, in one question."""
    if len(of.chosen) > 1:
        found = {name: _of_subjects(db, MEASURES[name], of) for name in MEASURES}
        return {name: count for name, count in found.items() if count is not None}
    query = _kept(of, number_of(of.quarter), number_of(of.quarter), col(Figure.metric))
    return _read(db, query)


def trend(db: Session, metric: str, of: Slice, quarters: int) -> dict[Quarter, Count]:
    """One metric in so many quarters, the last of them that of the slice; those without data are absent."""
    last = number_of(of.quarter)
    if len(of.chosen) > 1:
        found: dict[Quarter, Count] = {}
        for number in range(last - quarters + 1, last + 1):
            moved = Slice(of.areas, quarter_of(number), of.outcome, **of.chosen)
            count = _of_subjects(db, MEASURES[metric], moved)
            if count is not None:
                found[moved.quarter] = count
        return found
    query = _kept(of, last - quarters + 1, last, col(Figure.quarter)).where(col(Figure.metric) == metric)
    return {quarter_of(int(number)): count for number, count in _read(db, query).items()}


def breakdown(db: Session, metric: str, of: Slice, by: str) -> dict[str, Count]:
    """One metric by the values of a breakdown of which the slice names none."""
    if of.chosen:
        return _subjects_by(db, MEASURES[metric], of, by)
    number = number_of(of.quarter)
    column = col(Figure.outcome) if by == "outcome" else col(Figure.value)
    query = _kept(of, number, number, column, by="" if by == "outcome" else by)
    return _read(db, query.where(col(Figure.metric) == metric))


def cases(
    db: Session, metric: str, of: Slice, side: Side, after: tuple[Any, ...] | None, limit: int
) -> list[CaseRow]:
    """A page of the subjects behind a side of a figure, the newest first; `after` is the key of a row."""
    one = MEASURES[metric]
    day, number = one.day, col(one.model.subject_id)
    where = {"met": one.passing, "failing": one.failing, "excluded": one.left_out}[side]
    parts = (one.reason, one.met_part, one.counted_part, one.excluded_part)
    query = select(number, col(one.model.reference), day, *parts).where(*_within(one, of), where)
    if after is not None:
        query = query.where(or_(day < after[0], and_(day == after[0], number < after[1])))
    kind, path = PAGES[one.model]
    return [
        CaseRow(kind, row[0], row[1], path.format(row[1]) if path else None, *row[2:])
        for row in db.execute(query.order_by(day.desc(), number.desc()).limit(limit))
    ]


def parts(db: Session, metric: str, of: Slice) -> list[tuple[int, int, int]]:
    """Each subject that counts: its id, how many of its parts are in the numerator, and of how many."""
    one = MEASURES[metric]
    query = select(col(one.model.subject_id), one.met_part, one.counted_part)
    found = db.execute(
        query.where(*_within(one, of), one.counted_part > 0).order_by(col(one.model.subject_id))
    )
    return [(number, met, counted) for number, met, counted in found]


def _kept(of: Slice, first: int, last: int, key: Any, by: str | None = None) -> Any:
    name, value = next(iter(of.chosen.items()), ("", ""))
    wanted = name if by is None else by
    query = select(key, *SUMS).where(
        col(Figure.quarter).between(first, last),
        col(Figure.by) == wanted,
        col(Figure.area_id).in_(sorted(of.areas)),
    )
    if name and by is None:
        query = query.where(col(Figure.value) == value)
    if of.outcome is not None:
        query = query.where(col(Figure.outcome) == of.outcome)
    return query.group_by(key)


def _read(db: Session, query: Any) -> dict[Any, Count]:
    found = {key: Count(int(met), int(counted), int(left)) for key, met, counted, left in db.execute(query)}
    return {key: found[key] for key in sorted(found, key=_place) if found[key].counted or found[key].excluded}


def _place(key: Any) -> tuple[int, str]:
    text = str(key)
    return (int(text[1:]) if text[:1] == "M" and text[1:].isdigit() else 0, text)


def _within(one: Measure, of: Slice) -> list[Any]:
    model = one.model
    where = [
        col(model.area_id).in_(sorted(of.areas)),
        one.day.between(of.quarter.first, of.quarter.last),
        one.within,
    ]
    if of.outcome is not None:
        where.append(col(model.outcome) == of.outcome)
    return where + [value_of(model, name) == value for name, value in of.chosen.items()]


def value_of(model: type[Any], by: str) -> Any:
    """The value of a breakdown of a subject as text, empty for what is not known."""
    column = getattr(model, by)
    return func.coalesce(as_type(column, String), "") if by == "age" else column


def _sums(one: Measure) -> Iterable[Any]:
    return (func.sum(one.met_part), func.sum(one.counted_part), func.sum(one.excluded_part))


def _of_subjects(db: Session, one: Measure, of: Slice) -> Count | None:
    row = db.execute(select(*_sums(one)).where(*_within(one, of))).one()
    count = Count(*(int(number or 0) for number in row))
    return count if count.counted or count.excluded else None


def _subjects_by(db: Session, one: Measure, of: Slice, by: str) -> dict[str, Count]:
    value = value_of(one.model, by)
    return _read(db, select(value, *_sums(one)).where(*_within(one, of)).group_by(value))
