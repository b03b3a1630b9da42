"""Victims, apart from everything that the child or their family may ever see (VIC-9)."""

from datetime import date, datetime

from sqlalchemy import text
from sqlmodel import Field, Index, UniqueConstraint

from panel.columns import line, link, moment, prose, word
from panel.tables import Row
from workflows.victim import (
    Agreement,
    Answer,
    Ground,
    Happened,
    How,
    Kind,
    Meeting,
    NotOwed,
    Recipient,
    Result,
    Statement,
)
from workflows.vocabulary import View

TO_TELL = "told_on IS NULL AND not_owed IS NULL"


class Victim(Row, table=True):
    """Who was harmed, and what the victim worker records: for the victim worker's eyes."""

    __tablename__ = "victim"
    __table_args__ = (UniqueConstraint("referral_id", "place"),)
    referral_id: int = link("referral.id")
    place: int = Field(description="the number by which everybody else calls them, from 1")
    kind: Kind = word(Kind, default=Kind.PERSON)
    name: str = line(160)
    under_18: bool = False
    same_household: bool = False
    objects_to_sharing: bool = False
    objected_at: datetime | None = moment(null=True)
    told_by_id: int | None = link("user_account.id", null=True, index=False)
    taken_up: bool = Field(default=False, description="the victim worker has begun with them")

    view: View = word(View, default=View.NOT_YET)
    view_reason: str = prose("why the view was not sought, declined or could not be had")
    few_attempts: str = prose("why fewer attempts than policy asks for were enough")
    statement: Statement | None = word(Statement, null=True)
    own_words: str = prose("the victim's own words, for the victim worker only")
    impact: str = prose("what it did to them")
    safety: str = prose("what they are afraid of, and of whom")
    safety_plan: str = prose("how they stay safe; asked for when they live with the child (VIC-10)")
    justice_offered: bool | None = Field(default=None)
    justice_reason: str = prose("why restorative justice is or is not offered (VIC-5)")
    justice_answer: Answer | None = word(Answer, null=True)
    wants_reparation: bool | None = Field(default=None)
    reparation: str = prose("what they wish by way of reparation (CON-8)")
    reparation_at_home: bool | None = Field(default=None)
    meeting: Meeting | None = word(Meeting, null=True)
    enhanced: bool = False
    ground: Ground | None = word(Ground, null=True)
    enhanced_why: str = prose("what the ground for enhanced rights rests on")
    support: str = prose("support that was asked for and given")
    wants_updates: bool | None = Field(default=None)
    updates_how: str = line(300)


class VictimContact(Row, table=True):
    """How to reach a victim, apart from all else; each look is logged as a subject of its own."""

    __tablename__ = "victim_contact"
    victim_id: int = link("victim.id", unique=True)
    speak_with: str = line(160)
    adult_suspected: bool = False
    phone: str = line(80)
    email: str = line(200)
    address: str = line(300)
    safe_ways: str = prose("ways and times at which it is safe to reach them")
    language: str = line(200)


class VictimAttempt(Row, table=True):
    """One attempt to reach a victim."""

    __tablename__ = "victim_attempt"
    victim_id: int = link("victim.id")
    made_on: date
    how: How = word(How)
    result: Result = word(Result)
    note: str = prose()
    by_id: int = link("user_account.id", index=False)
    at: datetime = moment()


class VictimClearing(Row, table=True):
    """What the panel may read of a victim, as it was cleared; a change makes another row."""

    __tablename__ = "victim_clearing"
    victim_id: int = link("victim.id")
    view: View = word(View)
    text: str = prose()
    justice_answer: Answer | None = word(Answer, null=True)
    reparation: str = prose()
    by_id: int = link("user_account.id", index=False)
    at: datetime = moment()


class VictimUpdate(Row, table=True):
    """A decision of which a victim is to be told, and what they were told (Right 6)."""

    __tablename__ = "victim_update"
    __table_args__ = (
        UniqueConstraint("victim_id", "happened", "round"),
        Index(
            "ix_victim_update_to_tell",
            "due_on",
            "id",
            sqlite_where=text(TO_TELL),
            postgresql_where=text(TO_TELL),
        ),
    )
    victim_id: int = link("victim.id")
    round: int = Field(default=1, description="which decision of the case it belongs to")
    happened: Happened = word(Happened)
    happened_on: date
    due_on: date = Field(index=True)
    not_owed: NotOwed | None = word(NotOwed, null=True)
    told_on: date | None = Field(default=None)
    how: How | None = word(How, null=True)
    what: str = prose("what was told, or why it could not be")
    late_reason: str = prose()
    by_id: int | None = link("user_account.id", null=True, index=False)
    at: datetime | None = moment(null=True)


class VictimLetter(Row, table=True):
    """A letter that tells a victim of a decision; another one is another version."""

    __tablename__ = "victim_letter"
    __table_args__ = (UniqueConstraint("update_id", "number"),)
    update_id: int = link("victim_update.id")
    number: int
    recipient: Recipient = word(Recipient)
    reasons: str = prose("the reasons in words for the victim, checked for what is about the child's life")
    document_id: int = link("document.id", unique=True)
    by_id: int = link("user_account.id", index=False)
    at: datetime = moment()
    sent_on: date | None = Field(default=None)
    sent_by_id: int | None = link("user_account.id", null=True, index=False)


class VictimConsent(Row, table=True):
    """What a victim agreed to, and when they took it back."""

    __tablename__ = "victim_consent"
    victim_id: int = link("victim.id")
    agreement: Agreement = word(Agreement)
    agreed_on: date
    withdrawn_on: date | None = Field(default=None)
    note: str = prose()
    by_id: int = link("user_account.id", index=False)
