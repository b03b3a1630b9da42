"""What managers and chairs do with a meeting."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session, select

from config.policy import number
from panel.access import Actor
from panel.accounts.models import Area
from panel.db import row_at
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import log_access, meeting_chain, note, record
from panel.meetings import commands as c
from panel.meetings.agenda import cases_left
from panel.meetings.inviting import invite_all, seat_members, set_guests
from panel.meetings.models import Meeting, Member
from panel.meetings.queries import chair_roles, lock_meeting, people_for
from panel.meetings.urgent_models import Urgent
from panel.notifications.invitations import Kind
from panel.references import new_reference
from workflows.calendar import long_date, today_in_london
from workflows.flow import NotYours, Refusal, Refused
from workflows.meeting import MEETING, TERMS, MeetingFacts, Status
from workflows.roles import SEAT_WORDS, Seat


def add(
    db: Session,
    command: c.MeetingDetails,
    area_id: int,
    *,
    by: Actor,
    at: datetime,
    series_id: int | None = None,
) -> Meeting:
    """Plan a meeting and invite its members. Raises `Missing` for somebody who may not take their seat."""
    may_sit(db, area_id, [*command.seats.items(), *command.deputies.items()], at)
    may_sit(db, area_id, [(Seat.YOT_MANAGER, command.chair_id)], at)
    code = row_at(db, Area, area_id).code
    meeting = Meeting(
        reference=new_reference(f"M{code}"),
        area_id=area_id,
        held_on=command.held_on,
        starts_at=command.starts_at,
        location=command.location,
        joining=command.joining,
        capacity=command.capacity or number("panel_capacity", today_in_london(at)),
        series_id=series_id,
        chair_id=command.chair_id,
        changed_at=at,
    )
    db.add(meeting)
    db.flush()
    seat_members(db, meeting, command)
    set_guests(db, meeting, command.guests)
    invite_all(db, meeting, Kind.INVITED, at=at)
    note(
        db,
        "meeting.add",
        chain=meeting_chain(meeting.id),
        by=by,
        at=at,
        facts={"held_on": long_date(meeting.held_on)},
    )
    log_access(db, Operation.COLLECTION, meeting_chain(meeting.id), by=by, at=at, page="meeting.add")
    return meeting


def may_sit(db: Session, area_id: int, seats: Iterable[tuple[Seat, int]], at: datetime) -> dict[Seat, str]:
    """Who they are, by seat. Raises `Missing` for somebody who does not hold the role of the seat there."""
    found = {}
    for seat, user_id in seats:
        names = dict(people_for(db, area_id, seat, today=today_in_london(at)))
        if user_id not in names:
            raise Missing()
        found[seat] = names[user_id]
    return found


def touch(db: Session, meeting: Meeting, *, by: Actor, at: datetime, page: str) -> None:
    """Raise the version of the meeting, also when the clock has not moved, and log the change."""
    meeting.changed_at = at
    flag_modified(meeting, "changed_at")
    log_access(db, Operation.ALTERATION, meeting_chain(meeting.id), by=by, at=at, page=page)
    db.flush()


def facts_of(db: Session, meeting: Meeting, *, at: datetime, reason: str = "") -> MeetingFacts:
    """The meeting as its rules see it."""
    return MeetingFacts(
        today=today_in_london(at),
        held_on=meeting.held_on,
        cases_left=cases_left(db, meeting.id),
        reason=reason,
    )


def make_move(
    db: Session,
    meeting: Meeting,
    name: str,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    said: Mapping[str, str] | None = None,
    **facts: Any,
) -> None:
    """Make a move of the meeting under its lock. Raises `Stale`, `NotYours` or `Refused`."""
    meeting = lock_meeting(db, meeting.id, expect=meeting.version)
    roles = by.roles_in(meeting.area_id) | chair_roles(meeting, by)
    seen = replace(facts_of(db, meeting, at=at, reason=reason), **facts)
    step = MEETING.step(name, meeting.status, seen, roles)
    told = {**(said or {}), **({"reason": reason} if reason else {})}
    record(db, meeting, step, flow="meeting", chain=meeting_chain(meeting.id), by=by, at=at, facts=told)
    touch(db, meeting, by=by, at=at, page=f"meeting.{name}")


def open_meeting(db: Session, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Begin: from now on the panel may take positions and decide."""
    make_move(db, meeting, "open", by=by, at=at)


def close(db: Session, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """End the meeting; nothing may be left on its agenda."""
    make_move(db, meeting, "close", by=by, at=at)


def cancel(db: Session, meeting: Meeting, command: c.WithReason, *, by: Actor, at: datetime) -> None:
    """Call off a meeting that has not begun and has no cases; everybody who was invited is told."""
    make_move(db, meeting, "cancel", by=by, at=at, reason=command.reason)
    meeting.reason = command.reason
    meeting.sequence += 1
    invite_all(db, meeting, Kind.CANCELLED, at=at)
    db.flush()


def attendance(db: Session, meeting: Meeting, command: c.Attendance, *, by: Actor, at: datetime) -> None:
    """Write down who is here; somebody who was not invited may step in if they hold the role of the seat."""
    meeting = lock_meeting(db, meeting.id, expect=meeting.version)
    if not chair_roles(meeting, by):
        raise NotYours("meeting.attendance")
    must_be_open(meeting)
    if db.exec(select(Urgent.id).where(Urgent.meeting_id == meeting.id)).first():
        says = "Nobody is marked as here in an urgent decision: each named person speaks for themselves."
        raise Refused("meeting", "attendance", (Refusal("named_people", says, "PAN-1", TERMS, True),))
    sits = may_sit(db, meeting.area_id, command.seats.items(), at)
    known = {m.user_id: m for m in db.exec(select(Member).where(Member.meeting_id == meeting.id))}
    for member in known.values():
        member.present = False
    for seat, user_id in command.seats.items():
        member = known.get(user_id) or Member(meeting_id=meeting.id, user_id=user_id)
        member.seat, member.present = seat, True
        db.add(member)
    note(db, "meeting.attendance", chain=meeting_chain(meeting.id), by=by, at=at, facts=_said(sits))
    touch(db, meeting, by=by, at=at, page="meeting.attendance")


def _said(sits: Mapping[Seat, str]) -> Mapping[str, str]:
    return {"here": ", ".join(f"{name} ({SEAT_WORDS[seat]})" for seat, name in sits.items()) or "nobody"}


def must_be_open(meeting: Meeting) -> None:
    """Raise `Refused` unless the meeting is going on."""
    if meeting.status is not Status.OPEN:
        says = (
            "The chair has to open the meeting first."
            if meeting.status is Status.PLANNED
            else "The meeting is over."
        )
        raise Refused("meeting", "attendance", (Refusal("meeting_open", says, "PAN-1", TERMS, True),))
