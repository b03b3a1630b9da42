"""What left the service as case-level fields: each export with its manifest."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, Index

from panel.columns import line, link, moment, word
from panel.tables import Row
from workflows.data_quality import Basis


class Extract(Row, table=True):
    """One export of case-level fields: of which area and days, why, by whom, and what exactly left."""

    __tablename__ = "extract"
    __table_args__ = (Index("ix_extract_by_area", "area_id", "id"),)
    reference: str = line(12, unique=True)
    area_id: int = link("area.id", index=False)
    basis: Basis = word(Basis)
    first_on: date
    last_on: date
    kind: str = line(8)
    named: bool
    cases: int
    reason: str = line(300)
    recipient: str = line(200)
    digest: str = line(64)
    manifest: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    by_id: int = link("user_account.id", index=False)
    by_words: str = line(200)
    at: datetime = moment()
