"""Two records of one child, made one; with what they were before, so that it can be taken back."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from panel.columns import line, link, moment, prose, word
from panel.tables import Versioned
from workflows.merge import Status


class Merge(Versioned, table=True):
    """One merge from the proposal on. `before` and `after` hold the records as they were and became."""

    __tablename__ = "merge"
    reference: str = line(12, unique=True)
    area_id: int = link("area.id")
    survivor_id: int = link("child.id")
    merged_id: int = link("child.id")
    status: Status = word(Status, default=Status.SEEN, index=True)
    reason: str = prose("why the two records are of one child")
    taken: list[str] = Field(
        default_factory=list,
        sa_column=Column(JSON, nullable=False, comment="what is taken over from the merged record"),
    )
    before: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    after: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    proposed_by_id: int = link("user_account.id", index=False)
    proposed_at: datetime = moment()
    answered_by_id: int | None = link("user_account.id", null=True, index=False)
    answered_at: datetime | None = moment(null=True)
    undone_by_id: int | None = link("user_account.id", null=True, index=False)
    undone_at: datetime | None = moment(null=True)
