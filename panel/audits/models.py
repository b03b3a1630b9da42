"""Rounds of case audits, the list each was drawn from, its cases, and what each auditor answered."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, Index, UniqueConstraint

from panel.columns import line, link, moment, prose, word
from panel.rounds.models import DrawnCase, DrawnRound, RoundMember
from panel.tables import Row, Versioned
from workflows.audit import Answer, AuditStatus, CaseStatus, LeftOut, RoundStatus
from workflows.ratings import Framework
from workflows.vocabulary import Gender, Level, Outcome


class AuditRound(DrawnRound, table=True):
    """A sample of the disposals of a period, with all that is needed to draw it again."""

    __tablename__ = "audit_round"
    reference: str = line(12, unique=True)
    area_id: int = link("area.id")
    status: RoundStatus = word(RoundStatus, default=RoundStatus.NEW)
    framework: Framework = word(Framework)
    since: date
    until: date
    confidence: int = Field(description="two-sided, in per cent")
    margin: int = Field(description="to either side, in per cent")
    whole: int | None = Field(default=None, description="cases of the inspection, where that was fixed")
    share: int | None = Field(default=None, description="of these, out of court, in per cent")
    population: int = Field(description="how many cases the lot was drawn from")
    size: int = Field(description="how many were drawn")
    seed: str = line(40)
    list_digest: str = line(64)
    largest_gap: str = line(20)
    learned: str = prose("what is learned from the round, or why it was dropped")
    opened_by_id: int = link("user_account.id", index=False)
    opened_at: datetime = moment()
    finished_at: datetime | None = moment(null=True)
    changed_at: datetime = moment()


class AuditMember(RoundMember, table=True):
    """An auditor of a round, invited by name."""

    __tablename__ = "audit_member"
    __table_args__ = (UniqueConstraint("round_id", "user_id"),)
    round_id: int = link("audit_round.id", index=False)
    user_id: int = link("user_account.id")


class PopulationRow(Row, table=True):
    """One disposal of the period, with its traits as they were when the list was made; never changed."""

    __tablename__ = "audit_population_row"
    __table_args__ = (UniqueConstraint("round_id", "referral_id"),)
    round_id: int = link("audit_round.id", index=False)
    referral_id: int = link("referral.id", index=False)
    given_on: date
    gender: Gender = word(Gender)
    outcome: Outcome = word(Outcome)
    harm: Level | None = word(Level, null=True)
    safety: Level | None = word(Level, null=True)
    left_out: LeftOut | None = word(LeftOut, null=True)
    reason: str = line(300)


class AuditedCase(DrawnCase, table=True):
    """One case of a sample, and what followed from its audits."""

    __tablename__ = "audited_case"
    __table_args__ = (UniqueConstraint("round_id", "place"), UniqueConstraint("round_id", "referral_id"))
    round_id: int = link("audit_round.id", index=False)
    place: int = Field(description="its number in the round, from 1")
    referral_id: int = link("referral.id")
    status: CaseStatus = word(CaseStatus, default=CaseStatus.DRAWN)
    twice: bool = Field(description="whether two people audit it without seeing each other's answers")
    replaces_id: int | None = link("audited_case.id", null=True, index=False)
    left_out: LeftOut | None = word(LeftOut, null=True)
    reason: str = line(300)
    feedback: str = prose("what the case manager is told")
    fed_back_by_id: int | None = link("user_account.id", null=True, index=False)
    fed_back_at: datetime | None = moment(null=True)
    reply: str = prose("what the case manager answered")
    replied_at: datetime | None = moment(null=True)
    action_id: int | None = link("agreed_action.id", null=True, index=False)
    changed_at: datetime = moment()


class CaseAudit(Versioned, table=True):
    """One audit by one auditor. Until it is finished the answers are a draft; after that nothing changes.

    `hints` is what the recorded data showed when it was finished, `recorded_*` the classifications then.
    """

    __tablename__ = "case_audit"
    __table_args__ = (
        UniqueConstraint("case_id", "auditor_id"),
        Index("ix_case_audit_of_referral", "referral_id", "finished_on"),
    )
    case_id: int = link("audited_case.id", index=False)
    referral_id: int = link("referral.id", index=False)
    auditor_id: int = link("user_account.id")
    status: AuditStatus = word(AuditStatus, default=AuditStatus.NEW)
    draft: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    hints: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    disposal_right: bool | None = Field(default=None)
    safety_class: Level | None = word(Level, null=True)
    harm_class: Level | None = word(Level, null=True)
    recorded_safety: Level | None = word(Level, null=True)
    recorded_harm: Level | None = word(Level, null=True)
    comment: str = prose("what the auditor wants to say about the case as a whole")
    began_at: datetime = moment()
    signed_off_at: datetime | None = moment(null=True)
    finished_on: date | None = Field(default=None)


class CaseAuditAnswer(Row, table=True):
    """The answer to one prompt or key question in a finished audit; never changed."""

    __tablename__ = "case_audit_answer"
    __table_args__ = (UniqueConstraint("audit_id", "item"),)
    audit_id: int = link("case_audit.id", index=False)
    item: str = line(20)
    answer: Answer = word(Answer)
    note: str = prose()


class AuditModeration(Row, table=True):
    """How a third person settled one item on which two auditors differ; the answers stay as they are."""

    __tablename__ = "audit_moderation"
    __table_args__ = (UniqueConstraint("case_id", "item"),)
    case_id: int = link("audited_case.id", index=False)
    item: str = line(20)
    settled: str = line(40)
    reason: str = prose()
    by_id: int = link("user_account.id", index=False)
    at: datetime = moment()
