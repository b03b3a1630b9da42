"""Rounds of independent scrutiny, the cases of their samples, and what scrutineers make of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, UniqueConstraint

from panel.columns import line, link, moment, prose, word
from panel.rounds.models import DrawnCase, DrawnRound, RoundMember
from panel.tables import Row
from workflows.scrutiny import CaseStatus, Finding, RoundStatus
from workflows.vocabulary import Outcome


class ScrutinyRound(DrawnRound, table=True):
    """A sample of the decisions of a period, with all that is needed to draw it again."""

    __tablename__ = "scrutiny_round"
    reference: str = line(12, unique=True)
    area_id: int = link("area.id")
    status: RoundStatus = word(RoundStatus, default=RoundStatus.NEW)
    since: date
    until: date
    size: int = Field(description="how many were drawn by lot, flagged cases not counted")
    seed: str = line(40)
    listed: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    list_digest: str = line(64)
    edition: date = Field(description="the first day of the criteria in use")
    themes: str = prose("what is learned from the round, or why it was dropped")
    drawn_by_id: int = link("user_account.id", index=False)
    drawn_at: datetime = moment()
    finished_at: datetime | None = moment(null=True)
    changed_at: datetime = moment()


class ScrutinyMember(RoundMember, table=True):
    """A scrutineer of a round."""

    __tablename__ = "scrutiny_member"
    __table_args__ = (UniqueConstraint("round_id", "user_id"),)
    round_id: int = link("scrutiny_round.id", index=False)
    user_id: int = link("user_account.id")


class SampledCase(DrawnCase, table=True):
    """One decision in a sample. Scrutineers see `facts` and the two cleared texts, and nothing else of it."""

    __tablename__ = "sampled_case"
    __table_args__ = (UniqueConstraint("round_id", "place"), UniqueConstraint("round_id", "decision_id"))
    round_id: int = link("scrutiny_round.id", index=False)
    place: int = Field(description="the number by which scrutineers call it, from 1")
    decision_id: int = link("decision.id")
    referral_id: int = link("referral.id")
    status: CaseStatus = word(CaseStatus, default=CaseStatus.DRAWN)
    stratum: Outcome = word(Outcome)
    flag: str = line(200)
    replaces_id: int | None = link("sampled_case.id", null=True, index=False)
    reason: str = line(300)
    facts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    offences: str = prose("the offences, as a person cleared them")
    reasons: str = prose("the panel's reasons, as a person cleared them")
    cleared_by_id: int | None = link("user_account.id", null=True, index=False)
    cleared_at: datetime | None = moment(null=True)
    finding: Finding | None = word(Finding, null=True)
    found_words: str = prose()
    found_by_id: int | None = link("user_account.id", null=True, index=False)
    found_at: datetime | None = moment(null=True)
    learning: str = prose("what case manager and chair are told")
    learned_by_id: int | None = link("user_account.id", null=True, index=False)
    learned_at: datetime | None = moment(null=True)
    changed_at: datetime = moment()


class ScrutinyTie(Row, table=True):
    """A scrutineer who knows somebody in a case, and so takes no part in it."""

    __tablename__ = "scrutiny_tie"
    __table_args__ = (UniqueConstraint("case_id", "user_id"),)
    case_id: int = link("sampled_case.id", index=False)
    user_id: int = link("user_account.id", index=False)
    at: datetime = moment()


class ScrutinyScore(Row, table=True):
    """What one scrutineer made of a case on their own; never changed."""

    __tablename__ = "scrutiny_score"
    __table_args__ = (UniqueConstraint("case_id", "user_id"),)
    case_id: int = link("sampled_case.id", index=False)
    user_id: int = link("user_account.id", index=False)
    finding: Finding = word(Finding)
    answers: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    comment: str = prose()
    at: datetime = moment()
