"""Assessments and the steps that they propose."""

from datetime import datetime

from sqlmodel import Field, Index

from panel.columns import line, link, moment, prose, word
from panel.steps import StepFields
from panel.tables import Row, Versioned
from workflows.assessment import Status
from workflows.assessment_parts import Part
from workflows.vocabulary import Level, Outcome


class Assessment(Versioned, table=True):
    """What the case manager found; the countersigned version is what the panel reads."""

    __tablename__ = "assessment"
    __table_args__ = (Index("ix_assessment_by_status", "status", "submitted_at"),)
    referral_id: int = link("referral.id", unique=True)
    author_id: int = link("user_account.id")
    status: Status = word(Status, default=Status.IN_PROGRESS)

    reoffending: Level | None = word(Level, null=True)
    reoffending_why: str = prose()
    reoffending_up: str = prose("what would raise this judgement")
    reoffending_down: str = prose("what would lower it")
    safety: Level | None = word(Level, null=True)
    safety_why: str = prose()
    safety_who: str = prose("from whom or from what the child is at risk")
    safety_up: str = prose()
    safety_down: str = prose()
    harm: Level | None = word(Level, null=True)
    harm_why: str = prose()
    harm_who: str = prose("which person or group is at risk, never the victim's name")
    harm_up: str = prose()
    harm_down: str = prose()

    recommended: Outcome | None = word(Outcome, null=True)
    recommended_why: str = prose()

    contingency_signs: str = prose("what would tell us that things get worse")
    contingency_actions: str = prose("who then does what, by when")
    social_care_open: bool | None = Field(default=None)

    submitted_at: datetime | None = moment(null=True)
    countersigned_by_id: int | None = link("user_account.id", null=True, index=False)
    countersigned_at: datetime | None = moment(null=True)
    comment: str = prose("the manager's last comment")


class ProposedStep(Row, StepFields, table=True):
    """A step that the case manager proposes; the panel starts from it."""

    __tablename__ = "proposed_step"
    assessment_id: int = link("assessment.id")
    how: str = line(300)
    part: Part = word(Part, default=Part.CHILD)
    strength: str = line(200)
