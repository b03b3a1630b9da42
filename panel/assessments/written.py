"""What an assessment is made of: sections and statements, sources, screens, plans, the child's answers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, UniqueConstraint

from panel.columns import line, link, moment, prose, word
from panel.tables import Row
from workflows.assessment_parts import Answer, Basis, PlanKind, Screen, SourceKind
from workflows.screening import Referral as Referred
from workflows.vocabulary import Level


class Section(Row, table=True):
    """The text of one section: what its author found, and so an opinion (DP-6)."""

    __tablename__ = "assessment_section"
    __table_args__ = (UniqueConstraint("assessment_id", "key"),)
    assessment_id: int = link("assessment.id", index=False)
    key: str = line(40)
    text: str = prose()
    edited_by_id: int = link("user_account.id", index=False)
    edited_at: datetime = moment()


class Statement(Row, table=True):
    """One thing that is known, thought or was said, with where it comes from (DP-6)."""

    __tablename__ = "assessment_statement"
    assessment_id: int = link("assessment.id")
    section: str = line(40)
    text: str = prose()
    basis: Basis = word(Basis)
    source_id: int | None = link("assessment_source.id", null=True, index=False)
    source_words: str = line(200)
    said_by: str = line(160)
    said_on: date | None = Field(default=None)
    written_by_id: int = link("user_account.id", index=False)
    written_at: datetime = moment()


class Source(Row, table=True):
    """Somebody who was asked about the child, or was not, with a reason."""

    __tablename__ = "assessment_source"
    assessment_id: int = link("assessment.id")
    kind: SourceKind = word(SourceKind)
    who: str = line(160)
    asked_on: date | None = Field(default=None)
    due_on: date | None = Field(default=None, index=True)
    answer: Answer = word(Answer, default=Answer.WAITING)
    answered_on: date | None = Field(default=None)
    reason: str = line(300)


class Chase(Row, table=True):
    """One time that a source was reminded; `letter_id` is the mail, when there was an address for one."""

    __tablename__ = "assessment_chase"
    source_id: int = link("assessment_source.id")
    chased_on: date
    by_id: int = link("user_account.id", index=False)
    letter_id: int | None = link("letter.id", null=True, index=False)


class AgencyContact(Row, table=True):
    """Where an agency of an area takes mail about requests: never a person's own data."""

    __tablename__ = "agency_contact"
    area_id: int = link("area.id")
    kind: SourceKind = word(SourceKind)
    name: str = line(160)
    email: str = line(200)


class ScreenDone(Row, table=True):
    """The answers of one screen and what a person decided, or why it was not done."""

    __tablename__ = "assessment_screen"
    __table_args__ = (UniqueConstraint("assessment_id", "kind"),)
    assessment_id: int = link("assessment.id", index=False)
    kind: Screen = word(Screen)
    answers: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    score: int | None = Field(default=None)
    not_done_reason: str = line(300)
    referred: Referred | None = word(Referred, null=True)
    note: str = prose()
    done_by_id: int = link("user_account.id", index=False)
    done_on: date


class LinkedPlan(Row, table=True):
    """A plan of another service for the same child, and how ours fits."""

    __tablename__ = "linked_plan"
    assessment_id: int = link("assessment.id")
    kind: PlanKind = word(PlanKind)
    lead_worker: str = line(160)
    next_review_on: date | None = Field(default=None)
    fit: str = prose("how our plan fits with it")


class AssetPlus(Row, table=True):
    """The full AssetPlus that was made elsewhere: where it is and how it judged (ASM-2)."""

    __tablename__ = "asset_plus"
    assessment_id: int = link("assessment.id", unique=True)
    reference: str = line(60)
    started_on: date | None = Field(default=None)
    completed_on: date | None = Field(default=None)
    reoffending: Level | None = word(Level, null=True)
    safety: Level | None = word(Level, null=True)
    harm: Level | None = word(Level, null=True)


class SelfAssessment(Row, table=True):
    """The questions that the child answers alone, on a tablet or with somebody's help."""

    __tablename__ = "self_assessment"
    assessment_id: int = link("assessment.id", unique=True)
    helper: str = line(160)
    started_on: date
    given_back_at: datetime | None = moment(null=True)


class SelfAnswer(Row, table=True):
    """The child's words to one question; `skipped` is an answer too."""

    __tablename__ = "self_answer"
    __table_args__ = (UniqueConstraint("self_assessment_id", "key"),)
    self_assessment_id: int = link("self_assessment.id", index=False)
    key: str = line(40)
    text: str = prose()
    skipped: bool = False
    answered_at: datetime = moment()
