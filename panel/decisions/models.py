"""What a panel decided, on which papers and why."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

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


class DraftCondition(Row, StepFields, table=True):
    """A condition of a decision that is not recorded yet."""

    __tablename__ = "draft_condition"
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
    decision_id: int = link("decision.id")
