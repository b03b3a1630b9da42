"""Meetings of the panel, who is there, and the cases on the agenda."""

from datetime import date, datetime, time

from sqlmodel import Column, Field, UniqueConstraint

from panel.columns import Word, line, link, moment, prose, word
from panel.tables import Row, Versioned
from workflows.meeting import Reply, Status
from workflows.meeting_days import OnHoliday, Rhythm, Weekday
from workflows.roles import Invited, Seat
from workflows.vocabulary import Outcome


class Series(Row, table=True):
    """Meetings that were planned together; each of them is a meeting like any other."""

    __tablename__ = "meeting_series"
    area_id: int = link("area.id")
    weekday: Weekday = word(Weekday)
    rhythm: Rhythm = word(Rhythm)
    on_holiday: OnHoliday = word(OnHoliday)
    made_by_id: int = link("user_account.id", index=False)
    made_at: datetime = moment()


class Meeting(Versioned, table=True):
    """One meeting, with its chair; the version is the lock of everything decided in it."""

    __tablename__ = "meeting"
    reference: str = line(12, unique=True)
    area_id: int = link("area.id")
    status: Status = word(Status, default=Status.PLANNED)
    held_on: date = Field(index=True)
    starts_at: time
    location: str = line(200)
    joining: str = line(500)
    capacity: int = Field(default=9, sa_column_kwargs={"server_default": "9"})
    series_id: int | None = link("meeting_series.id", null=True)
    sequence: int = Field(
        default=0, sa_column_kwargs={"server_default": "0", "comment": "how often the invitation has changed"}
    )
    chair_id: int = link("user_account.id")
    reason: str = line(300)
    changed_at: datetime = moment()


class Member(Row, table=True):
    """A person invited to a meeting in one seat, and whether they came."""

    __tablename__ = "meeting_member"
    __table_args__ = (UniqueConstraint("meeting_id", "user_id"),)
    meeting_id: int = link("meeting.id")
    user_id: int = link("user_account.id")
    seat: Seat = word(Seat)
    present: bool = False
    deputy_id: int | None = link("user_account.id", null=True, index=False)
    reply: Reply = Field(
        default=Reply.NONE, sa_column=Column(Word(Reply), nullable=False, server_default=Reply.NONE.value)
    )
    replied_at: datetime | None = moment(null=True)


class OutsidePerson(Row, table=True):
    """Somebody of another agency whom the panel may invite: no account, no papers, no seat."""

    __tablename__ = "outside_person"
    area_id: int = link("area.id")
    name: str = line(120)
    agency: Invited = word(Invited)
    email: str = line(200)
    ended_at: datetime | None = moment(null=True)


class Guest(Row, table=True):
    """An outside person who is invited to one meeting, and what they have said."""

    __tablename__ = "meeting_guest"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)
    meeting_id: int = link("meeting.id", index=False)
    person_id: int = link("outside_person.id")
    reply: Reply = word(Reply, default=Reply.NONE)
    replied_at: datetime | None = moment(null=True)


class AgendaItem(Row, table=True):
    """A case on the agenda of a meeting; at most one open item per case."""

    __tablename__ = "agenda_item"
    __table_args__ = (UniqueConstraint("meeting_id", "referral_id"),)
    meeting_id: int = link("meeting.id")
    referral_id: int = link("referral.id")
    place: int
    finished_at: datetime | None = moment(null=True)


class Position(Row, table=True):
    """What one member thinks, kept apart from what the panel decides."""

    __tablename__ = "position"
    __table_args__ = (UniqueConstraint("item_id", "user_id"),)
    item_id: int = link("agenda_item.id")
    user_id: int = link("user_account.id", index=False)
    seat: Seat = word(Seat)
    outcome: Outcome = word(Outcome)
    comment: str = prose()
    at: datetime = moment()
    entered_by_id: int = link("user_account.id", index=False)


class StandIn(Row, table=True):
    """Who acts in one case only, in an empty seat or, without a seat, in the chair; the last row counts."""

    __tablename__ = "stand_in"
    # Not the place on the agenda, which goes when the case moves to another meeting.
    meeting_id: int = link("meeting.id")
    referral_id: int = link("referral.id")
    seat: Seat | None = word(Seat, null=True)
    user_id: int | None = link("user_account.id", null=True, index=False)
    by_id: int = link("user_account.id", index=False)
    at: datetime = moment()
