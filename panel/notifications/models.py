"""Tasks and the mails that nudge people to them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, text
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
    CASE_TAKEN_OVER = "case_taken_over"
    CASE_HANDED_ON = "case_handed_on"
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
    ASSESSMENT_CONCLUDED = "assessment_concluded"
    SOCIAL_CARE_TO_CALL = "social_care_to_call"
    NOT_ACKNOWLEDGED = "not_acknowledged"
    APPOINTMENT_PLANNED = "appointment_planned"
    CHILD_WITHDREW = "child_withdrew"
    MISSED_TO_ANSWER = "missed_to_answer"
    BREACH_TO_DECIDE = "breach_to_decide"
    BREACH_DECIDED = "breach_decided"
    PLAN_COMPLETED = "plan_completed"
    CODE_TO_RELEASE = "code_to_release"
    CODE_RELEASED = "code_released"
    CONDITIONS_VARIED = "conditions_varied"
    POLICE_TOLD = "police_told"
    POLICE_EXCEPTION = "police_exception"
    KNOWN_CHILD = "known_child"
    GIVEN_BEFORE_PANEL = "given_before_panel"
    AUDIT_TO_DO = "audit_to_do"
    AUDIT_FED_BACK = "audit_fed_back"
    PACK_PUBLISHED = "pack_published"


# Raised by the calendar and not by an act: mailed once a day for all cases together.
ALERTS = (Why.DEADLINE_NEAR, Why.DEADLINE_TODAY, Why.DEADLINE_LATE)
# What the mail of a morning counts.
IN_DIGEST = (*ALERTS, Why.PAPERS_TO_READ)

# A victim is also told that a case does not go on, children's social care still has to call, and the police
# are told how it ended.
OUTLIVE_THE_CASE = (
    *(Why.VICTIM_TO_TELL, Why.SOCIAL_CARE_TO_CALL, Why.NOT_ACKNOWLEDGED),
    *(Why.PLAN_COMPLETED, Why.CODE_TO_RELEASE, Why.CODE_RELEASED),
    Why.AUDIT_FED_BACK,
)
END_WITH_THE_CASE = tuple(why for why in Why if why not in OUTLIVE_THE_CASE)


class Party(StrEnum):
    """Who is told by an address that the area keeps, and has no list in the service."""

    DUTY = "duty"
    SOCIAL_CARE = "social_care"


class Mail(StrEnum):
    """Where the nudge by mail stands; the task itself is always there."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    NOT_NEEDED = "not_needed"


OPEN = "done_at IS NULL"
UNANSWERED = "acknowledge_by IS NOT NULL AND done_at IS NULL"


class Notification(Row, table=True):
    """One task for one person, or for everyone who holds a role in the area; exactly one per key."""

    __tablename__ = "notification"
    __table_args__ = (
        # Of what is open only: SQLite takes an empty column for as rare as any one value of it, and would
        # look through everything that is done for what waits.
        *(
            Index(name, *columns, sqlite_where=text(OPEN), postgresql_where=text(OPEN))
            for name, *columns in (
                ("ix_notification_of_role", "area_id", "role", "due_on"),
                ("ix_notification_of_person", "user_id", "due_on"),
            )
        ),
        Index("ix_notification_of_page", "path"),
        Index(
            "ix_notification_to_acknowledge",
            "area_id",
            "acknowledge_by",
            "id",
            "why",
            "path",
            sqlite_where=text(UNANSWERED),
            postgresql_where=text(UNANSWERED),
        ),
        Index("ix_notification_of_mail", "area_id", "mail"),
    )
    key: str = line(120, unique=True)
    why: Why = word(Why)
    about: str = line(120)
    area_id: int = link("area.id", index=False)
    referral_id: int | None = link("referral.id", null=True)
    path: str = line(80)
    user_id: int | None = link("user_account.id", null=True, index=False)
    role: Role | None = word(Role, null=True)
    party: Party | None = word(Party, null=True)
    queued_at: datetime = moment()
    due_on: date | None = Field(default=None)
    acknowledge_by: date | None = Field(default=None)
    mail: Mail = word(Mail, default=Mail.QUEUED)
    sent_at: datetime | None = moment(null=True)
    tries: int = 0
    done_at: datetime | None = moment(null=True)
    done_by_id: int | None = link("user_account.id", null=True, index=False)


class Acknowledgement(Row, table=True):
    """The one fact that somebody has read a notification, or heard from an outside address that it has."""

    __tablename__ = "acknowledgement"
    notification_id: int = link("notification.id", unique=True)
    user_id: int = link("user_account.id")
    at: datetime = moment()


class Escalated(Row, table=True):
    """A notification that nobody acknowledged in time was passed on, to whom and when; once for each step."""

    __tablename__ = "notification_escalated"
    __table_args__ = (UniqueConstraint("notification_id", "step"),)
    notification_id: int = link("notification.id", index=False)
    step: int
    task_id: int = link("notification.id")
    at: datetime = moment()


class Digest(Row, table=True):
    """One person's mail of one day about deadlines and papers on their list: counts, and nobody's data."""

    __tablename__ = "digest"
    __table_args__ = (UniqueConstraint("user_id", "day"),)
    user_id: int = link("user_account.id", index=False)
    day: date
    near: int
    late: int
    papers: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    tasks: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    queued_at: datetime = moment()
    mail: Mail = word(Mail, default=Mail.QUEUED)
    sent_at: datetime | None = moment(null=True)
    tries: int = 0


class WeekMail(Row, table=True):
    """One manager's mail of one Monday: what stands in the area, in counts that were taken that morning."""

    __tablename__ = "week_mail"
    __table_args__ = (UniqueConstraint("user_id", "monday"),)
    user_id: int = link("user_account.id", index=False)
    monday: date
    counts: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    queued_at: datetime = moment()
    mail: Mail = word(Mail, default=Mail.QUEUED)
    sent_at: datetime | None = moment(null=True)
    tries: int = 0


class MailWish(Row, table=True):
    """How one person wants their mails: those who want them once a day have a row that says so."""

    __tablename__ = "mail_wish"
    user_id: int = link("user_account.id", unique=True)
    daily: bool = False
    changed_at: datetime = moment()
