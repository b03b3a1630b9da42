"""Reading the metrics: all of them over several quarters in one question, and the rows that say why."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from config.metrics import Metric
from panel.figures.definitions import MEASURES
from panel.figures.models import Figure
from panel.figures.queries import CaseRow, Count, Slice
from panel.figures.queries import trend as trend_of
from panel.figures.slices import number_of, quarter_of
from workflows.metrics import Measured
from workflows.quarters import Quarter

History = Mapping[str, Mapping[Quarter, Count]]


def history(db: Session, of: Slice, quarters: int) -> History:
    """Every metric in so many quarters, the last of them that of the slice; what has no data is absent."""
    if len(of.chosen) > 1:
        return {name: trend_of(db, name, of, quarters) for name in MEASURES}
    last = number_of(of.quarter)
    by, value = next(iter(of.chosen.items()), ("", ""))
    sums = func.sum(Figure.met), func.sum(Figure.counted), func.sum(Figure.excluded)
    query = select(col(Figure.metric), col(Figure.quarter), *sums).where(
        col(Figure.quarter).between(last - quarters + 1, last),
        col(Figure.by) == by,
        col(Figure.area_id).in_(sorted(of.areas)),
    )
    if by:
        query = query.where(col(Figure.value) == value)
    if of.outcome is not None:
        query = query.where(col(Figure.outcome) == of.outcome)
    found: dict[str, dict[Quarter, Count]] = {}
    for name, quarter, met, counted, left in db.execute(
        query.group_by(col(Figure.metric), col(Figure.quarter))
    ):
        count = Count(int(met), int(counted), int(left))
        if count.counted or count.excluded:
            found.setdefault(name, {})[quarter_of(int(quarter))] = count
    return found


def measured(metrics: Iterable[Metric], of: History, quarter: Quarter) -> dict[str, Measured]:
    """The metrics of which something counts in a quarter; the others have no figure, which is not 0 %."""
    found = {}
    for metric in metrics:
        count = of.get(metric.id, {}).get(quarter)
        if count is not None and count.counted:
            found[metric.id] = Measured(metric, count.met, count.counted)
    return found


def rows_of(db: Session, metric: str, rows: Sequence[CaseRow]) -> dict[int, Any]:
    """What the metric looks at of these subjects, by their number."""
    model = MEASURES[metric].model
    query = select(model).where(col(model.subject_id).in_([row.id for row in rows]))
    return {row.subject_id: row for row in db.execute(query).scalars()}
