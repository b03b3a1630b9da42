"""Urgent decisions between meetings, and what the next meeting said of each; nothing here is ever changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from panel.columns import link, moment, prose, word
from panel.tables import Row
from workflows.urgent import Answer, Ground


class Urgent(Row, table=True):
    """What makes a meeting an urgent one: one case, named people, a ground and a reason."""

    __tablename__ = "urgent"
    meeting_id: int = link("meeting.id", unique=True)
    ground: Ground = word(Ground)
    reason: str = prose()
    by_id: int = link("user_account.id", index=False)
    at: datetime = moment()


class Ratification(Row, table=True):
    """What a later meeting said of an urgent decision, and who sat in it."""

    __tablename__ = "ratification"
    item_id: int = link("agenda_item.id", unique=True)
    meeting_id: int = link("meeting.id")
    answer: Answer = word(Answer)
    reason: str = prose()
    members: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    by_id: int = link("user_account.id", index=False)
    at: datetime = moment()
