"""What came after a decision and changes what stands: rescinded, decided anew by the police, escalated."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, UniqueConstraint

from panel.columns import line, link, moment, prose, word
from panel.tables import Row, Versioned
from workflows.ruling import Authority, Side, Status
from workflows.vocabulary import Outcome


class Rescission(Versioned, table=True):
    """A decision taken back by two people; the decision itself stays as it was written."""

    __tablename__ = "rescission"
    decision_id: int = link("decision.id")
    status: Status = word(Status, default=Status.OPEN)
    reason: str = prose()
    asked_by_id: int = link("user_account.id", index=False)
    asked_by: str = line(200)
    side: Side = word(Side)
    asked_at: datetime = moment()
    answered_by_id: int | None = link("user_account.id", null=True, index=False)
    answered_by: str = line(200)
    answered_at: datetime | None = moment(null=True)
    answer: str = prose("why it was declined")


class PoliceDecision(Row, table=True):
    """What the police decided after the panel; never changed, a later one stands in its place."""

    __tablename__ = "police_decision"
    __table_args__ = (UniqueConstraint("decision_id", "number"),)
    decision_id: int = link("decision.id", index=False)
    number: int
    outcome: Outcome = word(Outcome)
    outcomes: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    kept: list[int] = Field(
        default_factory=list,
        sa_column=Column(JSON, nullable=False, comment="the conditions of the panel that stay"),
    )
    code: str = line(40)
    reason: str = prose()
    name: str = line(120)
    rank: str = line(60)
    collar: str = line(20)
    authority: Authority = word(Authority)
    decided_on: date
    recorded_by_id: int = link("user_account.id", index=False)
    recorded_by: str = line(200)
    recorded_at: datetime = moment()
    told: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    named: list[str] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False, comment="guidance that was not met")
    )
    content: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    digest: str = line(64)


class Escalation(Row, table=True):
    """A split view taken to somebody senior; what they answered is a row of its own."""

    __tablename__ = "escalation"
    referral_id: int = link("referral.id")
    answers_id: int | None = link("escalation.id", null=True, unique=True)
    to_name: str = line(120)
    to_post: str = line(120)
    escalated_on: date
    text: str = prose("what the views are, or what was answered")
    by_id: int = link("user_account.id", index=False)
    by_words: str = line(200)
    at: datetime = moment()


class ChildInformation(Row, table=True):
    """The Child Information Form as it was filled in or sent (CHG-1); each change is another row."""

    __tablename__ = "child_information"
    __table_args__ = (UniqueConstraint("referral_id", "number"),)
    referral_id: int = link("referral.id", index=False)
    number: int
    content: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    digest: str = line(64)
    sent_on: date | None = Field(default=None)
    sent_to: str = line(200)
    their_reference: str = line(40)
    by_id: int = link("user_account.id", index=False)
    by_words: str = line(200)
    at: datetime = moment()
