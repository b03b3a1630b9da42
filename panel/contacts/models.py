"""Contacts with a child and family: what was offered, what became of it, what was done."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field

from panel.columns import line, link, moment, prose, word
from panel.tables import Row


class ContactKind(StrEnum):
    """What kind of contact it is."""

    SESSION = "session"
    HOME_VISIT = "home_visit"
    PHONE = "phone"
    REPARATION = "reparation"
    CURFEW_CHECK = "curfew_check"
    CARER = "carer"
    AGENCY = "agency"


class Attendance(StrEnum):
    """What became of a contact that was offered."""

    OFFERED = "offered"
    ATTENDED = "attended"
    MISSED = "missed"
    EXCUSED = "excused"
    CANCELLED = "cancelled"


class Contact(Row, table=True):
    """One contact that was offered; `step_place` is the step of the plan that it serves, 0 for none."""

    __tablename__ = "contact"
    referral_id: int = link("referral.id")
    step_place: int = 0
    kind: ContactKind = word(ContactKind)
    starts_at: datetime = moment(index=True)
    minutes: int = 60
    where_at: str = line(200)
    worker_id: int = link("user_account.id")
    others: str = line(200)
    fits: str = prose("how school, work and faith were asked about, and how the time fits them")
    state: Attendance = word(Attendance, default=Attendance.OFFERED)
    reason: str = prose("why it was missed, excused or cancelled, as the family or the worker says")
    done: str = prose("what was done")
    counted_minutes: int = Field(default=0, description="minutes of reparation or attendance that count")
    offered_by_id: int = link("user_account.id", index=False)
    offered_at: datetime = moment()
    noted_by_id: int | None = link("user_account.id", null=True, index=False)
    noted_at: datetime | None = moment(null=True)
