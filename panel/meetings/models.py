"""Meetings of the panel, who is there, and the cases on the agenda."""

from datetime import date, datetime, time

from sqlmodel import Field, UniqueConstraint

from panel.columns import line, link, moment, prose, word
from panel.tables import Row, Versioned
from workflows.meeting import Status
from workflows.roles import Seat
from workflows.vocabulary import Outcome


class Meeting(Versioned, table=True):
    """One meeting, with its chair; the version is the lock of everything decided in it."""

    __tablename__ = "meeting"
    reference: str = line(12, unique=True)
    area_id: int = link("area.id")
    status: Status = word(Status, default=Status.PLANNED)
    held_on: date = Field(index=True)
    starts_at: time
    location: str = line(200)
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
