"""What the board reads of a quarter: counts as they stood when its pack was first published (DP-13)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from config.metrics import Metric
from panel.figures.models import Figure
from panel.figures.queries import Count
from panel.figures.slices import number_of
from panel.metrics.models import BoardReading
from panel.metrics.queries import History, measured
from panel.notifications.actions import INSERTS
from workflows.calendar import today_in_london
from workflows.metrics import Measured, for_totals
from workflows.nested import Told, told_of
from workflows.quarters import Quarter

METRICS, GAP, TOLD = "metrics", "gap", "told"
ALL = ""
NOTHING_KNOWN = Told(anything=False)
Content = dict[str, Any]
Shown = dict[str, Measured | None]


@dataclass(frozen=True)
class Reading:
    """One quarter of one area: by metric and breakdown the counts of each value, and when they were taken."""

    content: Mapping[str, Mapping[str, Mapping[str, list[int]]]]
    taken_on: date
    told: Told = NOTHING_KNOWN

    def count(self, metric: str) -> Count | None:
        """All together; None without data."""
        return self.lines(metric, ALL).get(ALL)

    def lines(self, metric: str, by: str) -> dict[str, Count]:
        """The counts of a breakdown by its values."""
        return {value: Count(*sums) for value, sums in self.content.get(metric, {}).get(by, {}).items()}


def pin(
    db: Session, area_id: int, quarter: Quarter, what: str, content: Mapping[str, Any], *, at: datetime
) -> None:
    """Keep what the board reads; what is there already stays as it is."""
    insert = INSERTS[db.get_bind().dialect.name](BoardReading)
    row = {"area_id": area_id, "quarter": quarter.key, "what": what, "content": dict(content)}
    new = insert.values(**row, taken_on=today_in_london(at), at=at)
    db.execute(new.on_conflict_do_nothing(index_elements=["area_id", "quarter", "what"]))


def taken(db: Session, area_id: int, quarter: Quarter) -> Content:
    """Every count of a quarter, as it is kept now."""
    names = (col(Figure.metric), col(Figure.by), col(Figure.outcome), col(Figure.value))
    sums = func.sum(Figure.met), func.sum(Figure.counted), func.sum(Figure.excluded)
    query = select(*names, *sums).where(
        col(Figure.area_id) == area_id, col(Figure.quarter) == number_of(quarter)
    )
    found: Content = {}
    for metric, by, outcome, value, *parts in db.execute(query.group_by(*names).order_by(*names)):
        places = [(by, value)] if by else [(ALL, ALL), ("outcome", outcome)]
        for place, key in places:
            line = found.setdefault(metric, {}).setdefault(place, {}).setdefault(key, [0, 0, 0])
            line[:] = [one + int(more) for one, more in zip(line, parts, strict=True)]
    return found


def quarters_of(db: Session, area_id: int, *, most: int) -> list[Quarter]:
    """The quarters of which the board may read, the newest first."""
    query = (
        select(col(BoardReading.quarter))
        .where(col(BoardReading.area_id) == area_id, col(BoardReading.what) == METRICS)
        .order_by(col(BoardReading.quarter).desc())
        .limit(most)
    )
    return [quarter for key in db.execute(query).scalars() if (quarter := Quarter.read(key))]


def readings(db: Session, area_id: int, last: Quarter, many: int) -> dict[Quarter, Reading]:
    """What is pinned of so many quarters, the last of them this one."""
    query = select(BoardReading).where(
        col(BoardReading.area_id) == area_id,
        col(BoardReading.what).in_((METRICS, TOLD)),
        col(BoardReading.quarter).between(last.moved(1 - many).key, last.key),
    )
    rows = list(db.execute(query).scalars())
    told = {row.quarter: told_of(row.content) for row in rows if row.what == TOLD}
    return {
        quarter: Reading(row.content, row.taken_on, told.get(row.quarter, NOTHING_KNOWN))
        for row in rows
        if row.what == METRICS and (quarter := Quarter.read(row.quarter))
    }


def shown_of(reading: Reading, metrics: Sequence[Metric], quarter: Quarter, least: int) -> Shown:
    """The metrics of a quarter as the board reads them: None where a number is withheld.

    That there is nothing of a part is withheld too: it would tell of all the others.
    """
    found = measured(metrics, history({quarter: reading}), quarter)
    told = for_totals(found, least, reading.told)
    none = [one.id for one in metrics if one.id not in found and any(name in found for name in one.within)]
    return told | dict.fromkeys(none)


def other(db: Session, area_id: int, quarter: Quarter, what: str) -> BoardReading | None:
    """Something else that is pinned of a quarter."""
    query = select(BoardReading).where(
        col(BoardReading.area_id) == area_id,
        col(BoardReading.what) == what,
        col(BoardReading.quarter) == quarter.key,
    )
    return db.execute(query).scalars().first()


def history(read: Mapping[Quarter, Reading]) -> History:
    """The same by metric, as the pages of the metrics know it."""
    found: dict[str, dict[Quarter, Count]] = {}
    for quarter, reading in read.items():
        for metric in reading.content:
            count = reading.count(metric)
            if count is not None and (count.counted or count.excluded):
                found.setdefault(metric, {})[quarter] = count
    return found
