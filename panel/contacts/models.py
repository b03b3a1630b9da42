"""Contacts with a child and family: what was offered, what became of it, what was done."""

from datetime import datetime, time

from sqlmodel import Field

from panel.columns import line, link, moment, prose, word
from panel.tables import Row
from workflows.contact import Attendance, Busy, ContactKind

__all__ = ["Attendance", "Availability", "BusyTimeRow", "Contact", "ContactKind"]


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
    reason_code: str = line(40)
    done: str = prose("what was done")
    counted_minutes: int = Field(default=0, description="minutes of reparation or attendance that count")
    sequence: int = Field(
        default=0,
        sa_column_kwargs={"server_default": "0"},
        description="how often time or place changed, for the family's calendar",
    )
    offered_by_id: int = link("user_account.id", index=False)
    offered_at: datetime = moment()
    noted_by_id: int | None = link("user_account.id", null=True, index=False)
    noted_at: datetime | None = moment(null=True)

    @property
    def status(self) -> Attendance:
        """What became of it, as the history moves it."""
        return self.state

    @status.setter
    def status(self, reached: Attendance) -> None:
        self.state = reached


class Availability(Row, table=True):
    """What the family said about times, for one case: asked when and by whom."""

    __tablename__ = "availability"
    referral_id: int = link("referral.id", unique=True)
    at_school: bool = False
    note: str = prose("what helps the family to come, in their words")
    asked_by_id: int = link("user_account.id", index=False)
    asked_at: datetime = moment()


class BusyTimeRow(Row, table=True):
    """A time of each week that does not fit the family."""

    __tablename__ = "busy_time"
    referral_id: int = link("referral.id")
    kind: Busy = word(Busy)
    weekday: int
    starts: time
    ends: time
