"""What a panel decided, on which papers and why."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, UniqueConstraint

from panel.columns import line, link, moment, prose, word
from panel.steps import StepFields
from panel.tables import Row
from workflows.vocabulary import Outcome


class DraftDecision(Row, table=True):
    """What the chair has typed so far, so that nothing is lost before it is recorded."""

    __tablename__ = "draft_decision"
    item_id: int = link("agenda_item.id", unique=True)
    outcomes: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    reasons: str = prose()
    considered: str = prose("what else was considered")
    evidence: str = prose("how the police see the evidence")
    took_place_on: date | None = Field(default=None)
    late_reason: str = prose("why it is recorded later than it was made")


class DraftCondition(Row, StepFields, table=True):
    """A condition of a decision that is not recorded yet."""

    __tablename__ = "draft_condition"
    sealed: str = prose("a schedule that is read out and never handed over (X4)")
    draft_id: int = link("draft_decision.id")


class Decision(Row, table=True):
    """One decision, written once."""

    __tablename__ = "decision"
    referral_id: int = link("referral.id")
    item_id: int = link("agenda_item.id", unique=True)
    chair_id: int = link("user_account.id")
    outcome: Outcome = word(Outcome)
    reasons: str = prose()
    decided_at: datetime = moment()
    quorum: list[dict[str, str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    assessment_version: int
    number: str = line(20, unique=True)
    took_place_on: date
    late_reason: str = prose("why it is recorded later than it was made")
    considered: str = prose("what else was considered")
    evidence: str = prose("how the police see the evidence")
    rehears_id: int | None = link("decision.id", null=True)
    pack_number: int | None = Field(default=None)
    pack_digest: str = line(64)
    policy_digest: str = line(64)
    content: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    digest: str = line(64)


class DecisionCounter(Row, table=True):
    """The last number of an area in a year; raised in the transaction that records the decision."""

    __tablename__ = "decision_counter"
    __table_args__ = (UniqueConstraint("area_id", "year"),)
    area_id: int = link("area.id", index=False)
    year: int
    last: int


class DecidedOutcome(Row, table=True):
    """The outcome for one offence."""

    __tablename__ = "decided_outcome"
    decision_id: int = link("decision.id")
    offence_id: int = link("offence.id")
    outcome: Outcome = word(Outcome)


class Deferral(Row, table=True):
    """A case that was put off, once: why, and to which meeting it went at once or what it waits for."""

    __tablename__ = "deferral"
    referral_id: int = link("referral.id")
    item_id: int = link("agenda_item.id", unique=True)
    code: str = line(40)
    reason: str = prose()
    relisted_for: date | None = Field(default=None)
    waits_for: str = prose("what stood against putting it on the next meeting, in words")
    by_id: int = link("user_account.id", index=False)
    at: datetime = moment()


class Condition(Row, StepFields, table=True):
    """A condition as decided."""

    __tablename__ = "condition"
    sealed: str = prose("a schedule that is read out and never handed over (X4)")
    decision_id: int = link("decision.id")
