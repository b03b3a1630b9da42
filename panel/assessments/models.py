"""Assessments and the steps that they propose."""

from datetime import datetime

from panel.columns import link, moment, prose, word
from panel.steps import StepFields
from panel.tables import Row, Versioned
from workflows.assessment import Status
from workflows.vocabulary import Level, Outcome


class Assessment(Versioned, table=True):
    """What the case manager found; the countersigned version is what the panel reads."""

    __tablename__ = "assessment"
    referral_id: int = link("referral.id", unique=True)
    author_id: int = link("user_account.id")
    status: Status = word(Status, default=Status.IN_PROGRESS)

    offence_analysis: str = prose()
    diversity: str = prose()
    family: str = prose()
    strengths: str = prose()
    worries: str = prose()
    education_health: str = prose()
    child_words: str = prose("the child's own words")
    parent_words: str = prose("the parent's or carer's own words")
    sources: str = prose("who else was asked, and when")

    reoffending: Level | None = word(Level, null=True)
    reoffending_why: str = prose()
    safety: Level | None = word(Level, null=True)
    safety_why: str = prose()
    harm: Level | None = word(Level, null=True)
    harm_why: str = prose()

    recommended: Outcome | None = word(Outcome, null=True)
    recommended_why: str = prose()

    submitted_at: datetime | None = moment(null=True)
    countersigned_by_id: int | None = link("user_account.id", null=True, index=False)
    countersigned_at: datetime | None = moment(null=True)
    comment: str = prose("the manager's last comment")


class ProposedStep(Row, StepFields, table=True):
    """A step that the case manager proposes; the panel starts from it."""

    __tablename__ = "proposed_step"
    assessment_id: int = link("assessment.id")
