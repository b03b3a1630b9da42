"""Significant events, and whether the child was referred to children's social care."""

from datetime import date, datetime

from sqlmodel import Field, Index, UniqueConstraint

from panel.columns import line, link, moment, prose, word
from panel.tables import Row
from workflows.concerns import EventKind, Follows, Safeguarding


class SignificantEvent(Row, table=True):
    """Something that happened to the child or that the child did (ASM-5), and what followed from it."""

    __tablename__ = "significant_event"
    referral_id: int = link("referral.id")
    kind: EventKind = word(EventKind)
    happened_on: date
    what: str = prose("what happened")
    source: str = line(300)
    recorded_by_id: int = link("user_account.id", index=False)
    recorded_at: datetime = moment()
    follows: Follows | None = word(Follows, null=True)
    follows_why: str = prose()
    follows_by_id: int | None = link("user_account.id", null=True, index=False)
    follows_at: datetime | None = moment(null=True)


class SafeguardingAnswer(Row, table=True):
    """Whether children's social care was told (ASM-6): about one event, or without one about the child."""

    __tablename__ = "safeguarding_answer"
    __table_args__ = (
        UniqueConstraint("referral_id", "event_id"),
        Index("ix_safeguarding_answer_without_reply", "answer", "replied_on", "made_on", "id"),
    )
    referral_id: int = link("referral.id")
    event_id: int | None = link("significant_event.id", null=True)
    answer: Safeguarding = word(Safeguarding)
    reason: str = prose("why it is not needed, or who is involved already")
    made_on: date | None = Field(default=None)
    made_to: str = line(200)
    reference: str = line(60)
    reply: str = prose("what children's social care answered")
    replied_on: date | None = Field(default=None)
    answered_by_id: int = link("user_account.id", index=False)
    answered_at: datetime = moment()
