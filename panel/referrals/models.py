"""A referral, which is the case from the officer's draft to the closed file."""

from datetime import date, datetime

from sqlmodel import Field, Index

from panel.columns import line, link, moment, prose, word
from panel.tables import Row, Versioned
from workflows.case import Status
from workflows.vocabulary import Admission, Advice, ModeOfTrial, Outcome

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
    admission: Admission = word(Admission, default=Admission.NONE)
    admitted_on: date | None = Field(default=None)
    admitted_to: str = line(160)
    admission_adult_present: bool | None = Field(default=None)
    admission_advice: Advice = word(Advice, default=Advice.NOT_RECORDED)
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
    reopened_at: datetime | None = moment(null=True)
    event_open_on: date | None = Field(default=None)
    closed_at: datetime | None = moment(null=True)
    due_on: date = Field(default=NEVER)


class Offence(Row, table=True):
    """One offence of a referral, with its gravity score and the outcome that was decided for it."""

    __tablename__ = "offence"
    referral_id: int = link("referral.id")
    title: str = line(200)
    code: str = line(12)
    mode: ModeOfTrial = word(ModeOfTrial)
    committed_on: date
    location: str = line(200)
    gravity: int
    gravity_reason: str = line(300)
    cps_authority: bool = False
    outcome: Outcome | None = word(Outcome, null=True)
