"""The work of a liaison and diversion worker with one child, and each thing that was done."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from panel.columns import line, link, moment, prose, word
from panel.tables import Row, Versioned
from workflows.liaison import Kind, Result, Status


class LiaisonWork(Versioned, table=True):
    """The work after one community resolution."""

    __tablename__ = "liaison_work"
    referral_id: int = link("referral.id", unique=True)
    status: Status = word(Status, default=Status.NEW, index=True)
    reached_on: date | None = Field(default=None)
    agrees: bool | None = Field(default=None)
    result: Result | None = word(Result, null=True)
    passed_to: str = line(200)
    ended_on: date | None = Field(default=None)
    changed_at: datetime = moment()


class LiaisonEntry(Row, table=True):
    """One thing that was done: dated, by a named person, never changed."""

    __tablename__ = "liaison_entry"
    work_id: int = link("liaison_work.id")
    kind: Kind = word(Kind)
    happened_on: date
    said: str = prose()
    more: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    by_id: int = link("user_account.id", index=False)
    by_words: str = line(200)
    at: datetime = moment()
