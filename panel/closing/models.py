"""Completion, the release of code 22, the closing summary, and feedback: each row is written once."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, Index, UniqueConstraint

from panel.columns import line, link, moment, prose, word
from panel.tables import Row
from workflows.closing import Means, Side


def _json() -> Any:
    return Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class Completion(Row, table=True):
    """That a plan is over, with the evidence of each step as it was then; the police are told of it."""

    __tablename__ = "completion"
    referral_id: int = link("referral.id", unique=True)
    completed_on: date
    in_full: bool
    steps: list[Any] = _json()
    said: str = prose("how it went, for the police and the file")
    police_due_on: date
    by_id: int = link("user_account.id", index=False)
    by_words: str = line(200)
    at: datetime = moment()


class CodeRelease(Row, table=True):
    """That the code 22 may be recorded, with the activity that was evidence of it (O22-1)."""

    __tablename__ = "code_release"
    referral_id: int = link("referral.id", unique=True)
    evidence: list[Any] = _json()
    said: str = prose("why nothing further is in the public interest")
    by_id: int = link("user_account.id", index=False)
    by_words: str = line(200)
    at: datetime = moment()


class ClosingSummary(Row, table=True):
    """One version of the closing summary: for the file, and in plain words for the child."""

    __tablename__ = "closing_summary"
    __table_args__ = (UniqueConstraint("referral_id", "number"),)
    referral_id: int = link("referral.id", index=False)
    number: int
    content: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    digest: str = line(64)
    by_id: int = link("user_account.id", index=False)
    by_words: str = line(200)
    at: datetime = moment()


class Feedback(Row, table=True):
    """What the child or the parent says about it, or that they would rather not."""

    __tablename__ = "feedback"
    __table_args__ = (Index("ix_feedback_given_on", "given_on", "referral_id"),)
    referral_id: int = link("referral.id")
    side: Side = word(Side)
    declined: bool = False
    answers: list[Any] = _json()
    words: str = prose("in their own words")
    means: Means = word(Means)
    given_on: date
    by_id: int = link("user_account.id", index=False)
    by_words: str = line(200)
    at: datetime = moment()
