"""Placements and the bookings of decided conditions."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field

from panel.columns import line, link, moment, prose
from panel.tables import Row, Versioned


class Placement(Versioned, table=True):
    """A place where a child puts something right: when it is open, for whom, and who looks after them."""

    __tablename__ = "placement"
    area_id: int = link("area.id")
    name: str = line(160)
    address: str = line(300)
    work: str = line(300)
    days: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    weekend: bool = Field(default=False, description="whether one of the days is at the weekend")
    starts_at: time
    ends_at: time
    girls_only: bool = False
    min_age: int = Field(default=10, description="the youngest age that may come")
    capacity: int = Field(description="children in one session")
    supervisor: str = line(200)
    ratio: str = line(80)
    risks: str = prose("what could go wrong there and what is done about it")
    risk_assessed_on: date | None = Field(default=None)
    risk_review_due: date | None = Field(default=None)
    contact: str = line(300)
    active_from: date
    active_until: date | None = Field(default=None)
    changed_at: datetime = moment()


class Booking(Row, table=True):
    """One decided condition that takes a place, from a day until a day or until it is released."""

    __tablename__ = "placement_booking"
    __table_args__ = (UniqueConstraint("condition_id"),)
    placement_id: int = link("placement.id")
    referral_id: int = link("referral.id")
    condition_id: int = link("condition.id", index=False)
    from_on: date
    until_on: date
    released_on: date | None = Field(default=None)
    released_why: str = line(200)
