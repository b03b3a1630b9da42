"""Appointments at which a disposal is given, and each state in which one ever was."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, Column, text
from sqlmodel import Field, Index

from panel.columns import line, link, moment, prose, word
from panel.tables import Row, Versioned
from workflows.appointment import AskedBy, Status


class Appointment(Versioned, table=True):
    """When, where and with whom a disposal is given; how to reach the family stands here and in no mail."""

    __tablename__ = "appointment"
    __table_args__ = (
        # One at a time; what was called off stays.
        Index(
            "uq_appointment_planned",
            "referral_id",
            unique=True,
            sqlite_where=text("status = 'planned'"),
            postgresql_where=text("status = 'planned'"),
        ),
    )
    referral_id: int = link("referral.id")
    status: Status = word(Status, default=Status.NEW)
    held_on: date
    starts_at: time
    minutes: int
    place: str = line(200)
    officer_id: int = link("user_account.id")
    case_manager_id: int | None = link("user_account.id", null=True, index=False)
    adult_name: str = line(160)
    adult_phone: str = line(40)
    language: str = line(80)
    interpreter: str = line(160)
    easy_read: bool = False
    needs: str = prose("access and other needs, as far as the day is planned for them")
    moved: int = Field(default=0, description="how often it was moved")
    sequence: int = 0
    changed_at: datetime = moment()


class AppointmentChange(Row, table=True):
    """One act on an appointment, with everything as it stood after it; never changed."""

    __tablename__ = "appointment_change"
    appointment_id: int = link("appointment.id")
    number: int
    move: str = line(20)
    code: str = line(40)
    asked_by: AskedBy | None = word(AskedBy, null=True)
    reason: str = prose("why it was moved or called off, in words")
    content: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    by_id: int = link("user_account.id", index=False)
    at: datetime = moment()
