"""What was not kept, and each rung of what was done about it; curfew checks."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, text
from sqlmodel import Field, Index, UniqueConstraint

from panel.columns import line, link, moment, prose, word
from panel.tables import Row, Versioned
from workflows.curfew import Found
from workflows.keeping import Choice, Level, Rung, Status


class Matter(Versioned, table=True):
    """One matter of not keeping to a plan, from what was missed to its end; one at a time for a case."""

    __tablename__ = "compliance_matter"
    __table_args__ = (
        UniqueConstraint("referral_id", "number"),
        Index(
            "uq_matter_open",
            "referral_id",
            unique=True,
            sqlite_where=text("over_at IS NULL"),
            postgresql_where=text("over_at IS NULL"),
        ),
        Index("ix_compliance_matter_by_status", "status", "due_on", "id"),
    )
    referral_id: int = link("referral.id")
    number: int
    status: Status = word(Status, default=Status.MISSED)
    opened_on: date
    due_on: date | None = Field(default=None, description="by when whoever has the turn should act")
    changed_at: datetime = moment()
    over_at: datetime | None = moment(null=True)


class Entry(Row, table=True):
    """One rung: dated, by a named person, never changed; `more` are its lines as people read them."""

    __tablename__ = "compliance_entry"
    matter_id: int = link("compliance_matter.id")
    rung: Rung = word(Rung)
    happened_on: date
    said: str = prose("what was said or done, in full; of a warning its wording")
    who: str = line(200)
    more: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    contact_id: int | None = link("contact.id", null=True, index=False)
    level: Level | None = word(Level, null=True)
    excused: bool | None = Field(default=None)
    choice: Choice | None = word(Choice, null=True)
    overridden: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    by_id: int = link("user_account.id", index=False)
    by_words: str = line(200)
    at: datetime = moment()


class CurfewCheck(Row, table=True):
    """One check of a curfew by the neighbourhood team: never changed."""

    __tablename__ = "curfew_check"
    referral_id: int = link("referral.id")
    step_place: int
    checked_at: datetime = moment()
    team: str = line(160)
    officer: str = line(160)
    collar: str = line(20)
    found: Found = word(Found)
    followed: str = prose("what followed from it")
    by_id: int = link("user_account.id", index=False)
    by_words: str = line(200)
    at: datetime = moment()
