"""What the panel was given to read, word for word, and who opened and read it; nothing of it ever changes."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, UniqueConstraint

from panel.columns import line, link, moment, prose, word
from panel.tables import Row


class Pack(Row, table=True):
    """One version of the papers of a case; `made_by_id` is empty when the service made it by itself.

    A case may leave a meeting and its place there may go; its papers stay, so they name the meeting.
    """

    __tablename__ = "pack"
    __table_args__ = (UniqueConstraint("referral_id", "number"),)
    referral_id: int = link("referral.id", index=False)
    meeting_id: int = link("meeting.id")
    number: int
    made_at: datetime = moment()
    made_by_id: int | None = link("user_account.id", null=True, index=False)
    why: str = prose("why this version was made")
    changes: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    content: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    manifest: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    digest: str = line(64)


class Mark(StrEnum):
    """What a member did with one version of the papers."""

    OPENED = "opened"
    READ = "read"


class PackReading(Row, table=True):
    """A member opened one version of the papers, or said that they have read it."""

    __tablename__ = "pack_reading"
    __table_args__ = (UniqueConstraint("pack_id", "user_id", "mark"),)
    pack_id: int = link("pack.id", index=False)
    user_id: int = link("user_account.id")
    mark: Mark = word(Mark)
    at: datetime = moment()
