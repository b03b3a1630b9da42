"""A referral, which is the case from the officer's draft to the closed file."""

from datetime import date, datetime

from sqlmodel import Field, Index

from panel.columns import line, link, moment, prose, word
from panel.tables import Row, Versioned
from workflows.case import Status
from workflows.returns import Round
from workflows.said import LegalAdvice, SaidIn
from workflows.source import Source
from workflows.vocabulary import Admission, Adult, ModeOfTrial, Outcome

# The deadline of a case that has none, so that lists can be sorted and read on by an index.
NEVER = date(9999, 12, 31)


class Referral(Versioned, table=True):
    """One child's case. Milestones are kept beside the status so that lists and clocks need one row."""

    __tablename__ = "referral"
    __table_args__ = (
        Index("ix_referral_by_status", "area_id", "status", "due_on", "id"),
        Index("ix_referral_by_due", "area_id", "due_on", "id"),
        Index("ix_referral_by_worker", "case_manager_id", "status", "due_on", "id"),
        Index("ix_referral_by_officer", "referred_by_id", "due_on", "id"),
        Index("ix_referral_by_giving", "area_id", "given_on", "outcome"),
    )
    reference: str = line(12, unique=True)
    area_id: int = link("area.id", index=False)
    child_id: int = link("child.id")
    status: Status = word(Status, default=Status.DRAFT)
    referred_by_id: int = link("user_account.id", index=False)
    case_manager_id: int | None = link("user_account.id", null=True, index=False)

    no_carer_reason: str = line(300)
    circumstances: str = prose("what happened, in the officer's words")
    source: Source | None = word(Source, null=True)
    source_on: date | None = Field(default=None, description="heard, asked, seen or transferred on this day")
    source_due_on: date | None = Field(default=None, description="the day that court or prosecutor named")
    admission_changed_at: datetime | None = moment(null=True)
    victim_identified: bool | None = Field(default=None)
    victim_named: bool = False
    bailed_on: date | None = Field(default=None)
    reason: str = prose("the reason of the last sending back, deferral or withdrawal")

    outcome: Outcome | None = word(Outcome, null=True)
    created_at: datetime = moment()
    changed_at: datetime = moment()
    submitted_at: datetime | None = moment(null=True)
    accepted_at: datetime | None = moment(null=True)
    assessed_at: datetime | None = moment(null=True)
    decided_at: datetime | None = moment(null=True)
    given_on: date | None = Field(default=None)
    notified_at: datetime | None = moment(null=True)
    plan_due_on: date | None = Field(default=None)
    closed_at: datetime | None = moment(null=True)
    due_on: date = Field(default=NEVER)


class Offence(Row, table=True):
    """One offence of a referral, with its gravity score and the outcome that was decided for it."""

    __tablename__ = "offence"
    referral_id: int = link("referral.id")
    title: str = line(200)
    code: str = line(12)
    mode: ModeOfTrial = word(ModeOfTrial)
    admission: Admission = word(Admission, default=Admission.NONE)
    committed_on: date
    location: str = line(200)
    gravity: int
    gravity_reason: str = line(300)
    cps_authority: bool = False
    outcome: Outcome | None = word(Outcome, null=True)


class Origin(Row, table=True):
    """How a case came to us, when it was not the police who referred the child."""

    __tablename__ = "origin"
    referral_id: int = link("referral.id", unique=True)
    who: str = line(200)
    charge: str = line(300)
    stands: str = prose("where the case stands elsewhere, in the words of whoever passed it on")
    why: str = prose("why the case comes to us")


class AdmissionAccount(Row, table=True):
    """What a child said about the offences, once: a later account stands beside it and changes nothing."""

    __tablename__ = "admission_account"
    referral_id: int = link("referral.id")
    source: SaidIn = word(SaidIn)
    said_on: date | None = Field(default=None)
    told_name: str = line(160)
    told_collar: str = line(20)
    adult_present: bool | None = Field(default=None)
    adult: Adult | None = word(Adult, null=True)
    adult_name: str = line(160)
    adult_aged_18: bool = False
    adult_is_police: bool = False
    adult_involved: bool = False
    advice: LegalAdvice = word(LegalAdvice)
    advice_on: date | None = Field(default=None)
    defence_raised: bool | None = Field(default=None)
    offered_first: bool | None = Field(default=None)
    reason: str = prose("why what the child said was changed once the YOT had the referral")
    recorded_by_id: int = link("user_account.id", index=False)
    recorded_at: datetime = moment()


class AdmissionSaid(Row, table=True):
    """The answer to one offence in one account; it outlives the offence, which a draft may drop."""

    __tablename__ = "admission_said"
    account_id: int = link("admission_account.id")
    offence_id: int = Field(index=True)
    offence_title: str = line(200)
    before: Admission = word(Admission)
    state: Admission = word(Admission)


class ReferralReturn(Row, table=True):
    """One time that a referral was sent back or turned down, with the reasons by their codes."""

    __tablename__ = "referral_return"
    referral_id: int = link("referral.id")
    kind: Round = word(Round)
    codes: str = line(400)
    reason: str = prose("what the YOT manager wrote")
    told_social_care: str = line(300)
    by_id: int = link("user_account.id", index=False)
    by_name: str = line(120)
    at: datetime = moment()
    event_seq: int = Field(description="place in the history of the case; what came later is an answer to it")
    resent_at: datetime | None = moment(null=True)
