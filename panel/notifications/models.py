"""Tasks and the mails that nudge people to them."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, Index, UniqueConstraint

from panel.columns import line, link, moment, word
from panel.tables import Row
from workflows.roles import Role


class Why(StrEnum):
    """What a notification is about; each has its sentence in `words.py`."""

    REFERRAL_SENT = "referral_sent"
    REFERRAL_SENT_BACK = "referral_sent_back"
    REFERRAL_ACCEPTED = "referral_accepted"
    CASE_ALLOCATED = "case_allocated"
    ASSESSMENT_TO_COUNTERSIGN = "assessment_to_countersign"
    ASSESSMENT_GIVEN_BACK = "assessment_given_back"
    CASE_LISTED = "case_listed"
    DISPOSAL_TO_GIVE = "disposal_to_give"
    DISPOSAL_GIVEN = "disposal_given"
    CASE_DEFERRED = "case_deferred"
    CASE_TO_LIST = "case_to_list"
    CASE_WITHDRAWN = "case_withdrawn"
    CASE_CLOSED = "case_closed"
    MERGE_PROPOSED = "merge_proposed"
    SIGNIFICANT_EVENT = "significant_event"
    SECOND_READING = "second_reading"
    ASSESSMENT_REOPENED = "assessment_reopened"
    CASE_OFF_AGENDA = "case_off_agenda"
    CASE_TAKEN_OFF = "case_taken_off"
    ADMISSION_CHANGED = "admission_changed"
    REFERRAL_REJECTED = "referral_rejected"
    DEADLINE_NEAR = "deadline_near"
    DEADLINE_TODAY = "deadline_today"
    DEADLINE_LATE = "deadline_late"
    VICTIM_TO_TELL = "victim_to_tell"
    PAPERS_TO_READ = "papers_to_read"
    RULING_TO_CONFIRM = "ruling_to_confirm"
    DECISION_RESCINDED = "decision_rescinded"
    POLICE_DECIDED = "police_decided"
    DECISION_CONCERN = "decision_concern"
    ACTION_AGREED = "action_agreed"
    SCRUTINY_TO_DO = "scrutiny_to_do"
    SCRUTINY_LEARNING = "scrutiny_learning"
    CONFLICT_DECLARED = "conflict_declared"
    URGENT_DECISION = "urgent_decision"
    DECISION_TO_RATIFY = "decision_to_ratify"
    DECISION_REOPENED = "decision_reopened"
    CONDITIONS_VARIED = "conditions_varied"


# Raised by the calendar and not by an act: mailed once a day for all cases together.
ALERTS = (Why.DEADLINE_NEAR, Why.DEADLINE_TODAY, Why.DEADLINE_LATE)
# What the mail of a morning counts.
IN_DIGEST = (*ALERTS, Why.PAPERS_TO_READ)

# A victim is also told that a case does not go on.
END_WITH_THE_CASE = tuple(why for why in Why if why is not Why.VICTIM_TO_TELL)


class Mail(StrEnum):
    """Where the nudge by mail stands; the task itself is always there."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    NOT_NEEDED = "not_needed"


class Notification(Row, table=True):
    """One task for one person, or for everyone who holds a role in the area; exactly one per key."""

    __tablename__ = "notification"
    __table_args__ = (
        Index("ix_notification_of_role", "area_id", "role", "done_at", "due_on"),
        Index("ix_notification_of_page", "path", "done_at"),
        Index("ix_notification_of_person", "user_id", "done_at", "due_on"),
    )
    key: str = line(120, unique=True)
    why: Why = word(Why)
    about: str = line(120)
    area_id: int = link("area.id", index=False)
    referral_id: int | None = link("referral.id", null=True)
    path: str = line(80)
    user_id: int | None = link("user_account.id", null=True, index=False)
    role: Role | None = word(Role, null=True)
    queued_at: datetime = moment()
    due_on: date | None = Field(default=None)
    mail: Mail = word(Mail, default=Mail.QUEUED)
    sent_at: datetime | None = moment(null=True)
    tries: int = 0
    done_at: datetime | None = moment(null=True)
    done_by_id: int | None = link("user_account.id", null=True, index=False)


class MailCopy(Row, table=True):
    """One person's copy of a mail: sent, or refused for good; who has one is not mailed again by a retry."""

    __tablename__ = "mail_copy"
    __table_args__ = (UniqueConstraint("notification_id", "user_id"),)
    notification_id: int = link("notification.id", index=False)
    user_id: int = link("user_account.id")
    message_id: str = line(200)
    sent_at: datetime | None = moment(null=True)
    refused_at: datetime | None = moment(null=True)
    reply_code: int | None = Field(default=None)


class Digest(Row, table=True):
    """One person's mail of one day about deadlines and papers on their list: counts, and nobody's data."""

    __tablename__ = "digest"
    __table_args__ = (UniqueConstraint("user_id", "day"),)
    user_id: int = link("user_account.id", index=False)
    day: date
    near: int
    late: int
    papers: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    queued_at: datetime = moment()
    mail: Mail = word(Mail, default=Mail.QUEUED)
    sent_at: datetime | None = moment(null=True)
    tries: int = 0
