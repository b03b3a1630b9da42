"""The minutes of a meeting: what the chair adds, and each version that was confirmed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, UniqueConstraint

from panel.columns import line, link, moment, prose, word
from panel.tables import Row, Versioned
from workflows.minutes import Status


class Minutes(Versioned, table=True):
    """What the chair writes beside what the service knows; one row a meeting."""

    __tablename__ = "meeting_minutes"
    meeting_id: int = link("meeting.id", unique=True)
    status: Status = word(Status, default=Status.DRAFT)
    other_matters: str = prose("for the copy with names")
    public_note: str = prose("for the copy without names; refused while it tells who or where")
    changed_at: datetime = moment()


class MinutesVersion(Row, table=True):
    """The minutes as the chair confirmed them: content and digest, never changed."""

    __tablename__ = "minutes_version"
    __table_args__ = (UniqueConstraint("minutes_id", "number"),)
    minutes_id: int = link("meeting_minutes.id", index=False)
    number: int
    content: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    digest: str = line(64)
    reason: str = line(300)
    confirmed_by_id: int = link("user_account.id", index=False)
    confirmed_at: datetime = moment()
