"""What happened, in a chain that shows tampering; and who looked at what."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, UniqueConstraint

from panel.columns import line, link, moment, word
from panel.history.operations import Operation
from panel.tables import Row


class Event(Row, table=True):
    """One act. Never changed: each holds the digest of the one before it in its chain."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("chain", "seq"),)
    chain: str = line(40)
    seq: int
    verb: str = line(60)
    by_id: int = link("user_account.id", index=True)
    by_words: str = line(200)
    at: datetime = moment()
    facts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    overrides: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    before: str = line(64)
    digest: str = line(64)


class AccessEntry(Row, table=True):
    """One line of the log that DPA 2018 s.62 asks for; never changed."""

    __tablename__ = "access_entry"
    user_id: int = link("user_account.id")
    at: datetime = moment(index=True)
    operation: Operation = word(Operation)
    subject: str = line(60, index=True)
    page: str = line(80)
    recipients: str = line(200)
