"""Self-inspections: what they rest on, what people judged, and the drafts and versions of their reports."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, Index, UniqueConstraint

from panel.columns import line, link, moment, prose, word
from panel.tables import Row, Versioned
from workflows.ratings import Framework


class SelfInspection(Versioned, table=True):
    """A service rates itself for a period in one framework. Each act raises its version."""

    __tablename__ = "self_inspection"
    __table_args__ = (Index("ix_self_inspection_by_area", "area_id", "id"),)
    reference: str = line(12, unique=True)
    area_id: int = link("area.id", index=False)
    framework: Framework = word(Framework)
    title: str = line(120)
    first_on: date
    last_on: date
    with_court: bool = Field(description="whether domain two is rated too")
    audit_round_id: int | None = link("audit_round.id", null=True)
    by_id: int = link("user_account.id", index=False)
    by_words: str = line(200)
    at: datetime = moment()
    changed_at: datetime = moment()


class RatingAnswer(Row, table=True):
    """How often a key question was answered, as a person entered it; the last row holds."""

    __tablename__ = "rating_answer"
    inspection_id: int = link("self_inspection.id")
    question: str = line(12)
    yes: int
    no: int
    not_applicable: int
    source: str = prose("where the answers come from")
    by_id: int = link("user_account.id", index=False)
    by_words: str = line(200)
    at: datetime = moment()


class RatingJudged(Row, table=True):
    """The rating of a standard by judgement; the last row holds, one without a rating takes it back."""

    __tablename__ = "rating_judged"
    inspection_id: int = link("self_inspection.id")
    standard: str = line(8)
    rating: int | None = None
    reason: str = prose()
    by_id: int = link("user_account.id", index=False)
    by_words: str = line(200)
    at: datetime = moment()


class RatingLift(Row, table=True):
    """A rating lifted at the edge of a band; the last row holds, one without a new rating takes it back."""

    __tablename__ = "rating_lift"
    inspection_id: int = link("self_inspection.id")
    standard: str = line(8)
    old: int
    new: int | None = None
    rests_on: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    reason: str = prose()
    by_id: int = link("user_account.id", index=False)
    by_words: str = line(200)
    at: datetime = moment()


class ReportDraft(Row, table=True):
    """One saved draft of a report; `rests_on` is the digest of the ratings that it was written about."""

    __tablename__ = "self_report_draft"
    __table_args__ = (UniqueConstraint("inspection_id", "number"),)
    inspection_id: int = link("self_inspection.id", index=False)
    number: int
    texts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    rests_on: str = line(64)
    by_id: int = link("user_account.id", index=False)
    by_words: str = line(200)
    at: datetime = moment()


class ReportVersion(Row, table=True):
    """A published report, pinned with the digest of its content."""

    __tablename__ = "self_report_version"
    __table_args__ = (UniqueConstraint("inspection_id", "number"),)
    inspection_id: int = link("self_inspection.id", index=False)
    number: int
    content: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    digest: str = line(64)
    by_id: int = link("user_account.id", index=False)
    by_words: str = line(200)
    at: datetime = moment()
