"""What was submitted, word for word, and how managers judged it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, UniqueConstraint

from panel.columns import line, link, moment, prose, word
from panel.tables import Row
from workflows.countersigning import Judged, Verdict


class AssessmentVersion(Row, table=True):
    """The whole of an assessment as it was submitted; never changed."""

    __tablename__ = "assessment_version"
    __table_args__ = (UniqueConstraint("assessment_id", "number"),)
    assessment_id: int = link("assessment.id", index=False)
    number: int
    content: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    digest: str = line(64)
    by_id: int = link("user_account.id", index=False)
    at: datetime = moment()


class Countersignature(Row, table=True):
    """What one manager did with one version; a void one is kept with the reason."""

    __tablename__ = "countersignature"
    version_id: int = link("assessment_version.id")
    by_id: int = link("user_account.id", index=False)
    at: datetime = moment()
    verdict: Verdict = word(Verdict)
    comment: str = prose()
    reasons: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    voided_at: datetime | None = moment(null=True)
    voided_by_id: int | None = link("user_account.id", null=True, index=False)
    voided_because: str = prose()


class SecondRead(Row, table=True):
    """A second manager's reading of a countersigned version, made without seeing the first one's."""

    __tablename__ = "second_read"
    countersignature_id: int = link("countersignature.id", unique=True)
    reader_id: int = link("user_account.id")
    drawn_at: datetime = moment()
    done_at: datetime | None = moment(null=True, index=True)
    would_sign: bool | None = Field(default=None)
    comment: str = prose()


class CriterionJudged(Row, table=True):
    """One criterion in one of these judgements; never changed."""

    __tablename__ = "criterion_judged"
    countersignature_id: int | None = link("countersignature.id", null=True)
    second_read_id: int | None = link("second_read.id", null=True)
    key: str = line(40)
    judged: Judged = word(Judged)
    remark: str = prose()


class JudgementDraft(Row, table=True):
    """How far a manager has judged a version before signing it or giving it back."""

    __tablename__ = "judgement_draft"
    __table_args__ = (UniqueConstraint("version_id", "by_id"),)
    version_id: int = link("assessment_version.id", index=False)
    by_id: int = link("user_account.id")
    criteria: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
