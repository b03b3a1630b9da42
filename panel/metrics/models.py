"""Which figures left the service and why, and what the board reads of a quarter."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, UniqueConstraint

from panel.columns import line, link, moment
from panel.tables import Row


class MetricExport(Row, table=True):
    """One export: what, of which areas and days, with or without personal data, why, by whom, its digest."""

    __tablename__ = "metric_export"
    what: str = line(20)
    areas: str = line(200)
    first_on: date
    last_on: date
    kind: str = line(8)
    named: bool
    rows: int
    reason: str = line(300)
    digest: str = line(64)
    by_id: int = link("user_account.id", index=False)
    at: datetime = moment()


class BoardReading(Row, table=True):
    """What the board reads of a quarter, as it stood when the pack of the quarter was first published.

    Never changed and never taken again: two readings on two days would tell of the one case between them.
    """

    __tablename__ = "board_reading"
    __table_args__ = (UniqueConstraint("area_id", "quarter", "what"),)
    area_id: int = link("area.id", index=False)
    quarter: str = line(6)
    what: str = line(10)
    content: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    taken_on: date
    at: datetime = moment()
