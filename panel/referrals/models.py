"""A referral, which is the case from the officer's draft to the closed file."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, text
from sqlalchemy import false as sa_false
from sqlmodel import Field, Index, SQLModel

from panel.columns import line, link, moment, prose, word
from panel.tables import Row, Versioned
from workflows.case import Status
from workflows.limitation import last_day_to_prosecute
from workflows.returns import Round
from workflows.said import LegalAdvice, SaidIn
from workflows.source import Source
from workflows.vocabulary import Admission, Adult, ModeOfTrial, Outcome

# The deadline of a case that has none, so that lists can be sorted and read on by an index.
NEVER = date(9999, 12, 31)
OPEN_EVENT = "event_open_on IS NOT NULL"


class Referral(Versioned, table=True):
    """One child's case. Milestones are kept beside the status so that lists and clocks need one row."""

    __tablename__ = "referral"
    __table_args__ = (
        # The last two let the page of the team count without reading a row.
        Index(
            *("ix_referral_by_status", "area_id", "status", "due_on", "id", "case_manager_id", "given_on"),
        ),
        Index("ix_referral_by_due", "area_id", "due_on", "id"),
        Index("ix_referral_by_worker", "case_manager_id", "status", "due_on", "id"),
        Index("ix_referral_by_officer", "referred_by_id", "due_on", "id"),
        Index("ix_referral_of_writer", "referred_by_id", "status", "changed_at"),
        Index("ix_referral_by_giving", "area_id", "given_on", "outcome"),
        Index("ix_referral_by_receiving", "area_id", "submitted_at", "status"),
        Index("ix_referral_by_deciding", "area_id", "decided_at", "status"),
        Index("ix_referral_by_outcome", "area_id", "outcome", "status", "referred_by_id", "id"),
        Index("ix_referral_by_alert", "alert_on", "id"),
        Index(
            "ix_referral_with_event",
            "area_id",
            "event_open_on",
            sqlite_where=text(OPEN_EVENT),
            postgresql_where=text(OPEN_EVENT),
        ),
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
    appointed_on: date | None = Field(default=None)
    given_on: date | None = Field(default=None)
    notified_at: datetime | None = moment(null=True)
    plan_due_on: date | None = Field(default=None)
    assessment_stopped_days: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    assessment_stopped_since: date | None = Field(default=None)
    assessment_stopped_for: str = line(120)
    reopened_at: datetime | None = moment(null=True)
    event_open_on: date | None = Field(default=None)
    closed_at: datetime | None = moment(null=True)
    keeping_since: date | None = Field(
        default=None, description="since when something that was not kept waits for an answer or a decision"
    )
    keeping_with_police: bool = Field(default=False, sa_column_kwargs={"server_default": sa_false()})
    due_on: date = Field(default=NEVER)
    alert_on: date = Field(
        default=NEVER, sa_column_kwargs={"comment": "the next day on which an alert is due"}
    )
    has_alerts: bool = Field(
        default=False, sa_column_kwargs={"comment": "an alert of this case was raised and may be open"}
    )


class GravityFields(SQLModel):
    """How serious an offence is by the matrix that was in force when somebody said so (GM-1).

    `gravity` is the final score. What the matrix said then is kept here too: its base score, the factors that
    were ticked, and the outcomes that the score presumes.
    """

    gravity: int | None = Field(default=None, description="final score; empty until somebody gives it")
    gravity_version_id: int | None = Field(default=None, foreign_key="code_version.id")
    gravity_matrix: str = Field(default="", max_length=80, description="the name of that version")
    gravity_listed: int | None = Field(default=None, description="base score in the matrix, if it has one")
    gravity_base: int | None = None
    gravity_factors: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    gravity_adjustment: int = 0
    gravity_reason: str = Field(default="", max_length=1000)
    gravity_presumes: list[str] = Field(default_factory=list, sa_type=JSON)


class Offence(Row, GravityFields, table=True):
    """One offence of a referral, with its gravity and the outcome that was decided for it."""

    __tablename__ = "offence"
    referral_id: int = link("referral.id")
    title: str = line(200)
    code: str = line(12)
    code_version_id: int | None = link("code_version.id", null=True, index=False)
    by_hand_reason: str = line(300)
    mode: ModeOfTrial = word(ModeOfTrial)
    mode_reason: str = line(300)
    categories: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    admission: Admission = word(Admission, default=Admission.NONE)
    committed_on: date
    ended_on: date | None = Field(default=None)
    location: str = line(200)
    crime_reference: str = line(11, index=True)
    asn: str = line(20)
    prosecute_by: date | None = Field(default=None)
    prosecute_source: str = line(200)
    prosecute_reason: str = line(300)
    cps_authority: bool = False
    outcome: Outcome | None = word(Outcome, null=True)

    @property
    def last_day_to_prosecute(self) -> date | None:
        """Until when it can be charged; None without a limit (LIM-1, LIM-3)."""
        return last_day_to_prosecute(
            self.mode, self.committed_on, ended_on=self.ended_on, set_to=self.prosecute_by
        )


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
