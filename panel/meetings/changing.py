"""Changing a planned meeting: day, time and place, its chair, and who is invited. Everybody is told."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select, update

from panel.access import Actor
from panel.accounts.models import User
from panel.history.record import meeting_chain, note
from panel.meetings import commands as c
from panel.meetings.actions import make_move, may_sit, touch
from panel.meetings.inviting import To, audience, set_guests, write_to
from panel.meetings.models import Guest, Meeting, Member
from panel.meetings.queries import lock_meeting
from panel.meetings.series import following
from panel.meetings.words import when_words
from panel.notifications.invitations import Kind
from workflows.calendar import add_working_days, bank_holiday
from workflows.meeting import Reply
from workflows.roles import SEAT_WORDS, Seat

PARTS = {
    "held_on": "day",
    "starts_at": "time",
    "location": "place",
    "joining": "link to join",
    "capacity": "number of cases",
}


def _lock_all(db: Session, meeting: Meeting, later: bool) -> list[Meeting]:
    """The meeting, and those that follow when they change too, locked in the order of their numbers."""
    seen, rows = meeting.version, [meeting, *(following(db, meeting) if later else [])]
    for row in sorted(rows, key=lambda row: row.id):
        lock_meeting(db, row.id, expect=seen if row is meeting else None)
    return rows


def change(db: Session, meeting: Meeting, command: c.WhenWhere, *, by: Actor, at: datetime) -> list[Meeting]:
    """Change when and where; those that follow take over only what is changed here. What was changed."""
    new = {name: getattr(command, name) for name in PARTS if getattr(command, name) != getattr(meeting, name)}
    if not new:
        return []
    rows = _lock_all(db, meeting, command.following)
    moved = command.held_on - meeting.held_on
    for row in rows:
        days = _day(row.held_on, moved, first=row is meeting)
        fresh = new | ({"held_on": days} if "held_on" in new else {})
        _change_one(db, row, fresh, by=by, at=at)
    return rows


def _day(day: date, by: timedelta, *, first: bool) -> date:
    """As many days later; a later meeting of the series goes round a bank holiday."""
    day += by
    return add_working_days(day, 1) if not first and bank_holiday(day) else day


def _change_one(db: Session, meeting: Meeting, new: dict[str, Any], *, by: Actor, at: datetime) -> None:
    held_on = new.get("held_on", meeting.held_on)
    when = when_words(held_on, new.get("starts_at", meeting.starts_at))
    place = new.get("location", meeting.location) or "online"
    what = f"{', '.join(PARTS[name] for name in new)}; now {when}, {place}"
    make_move(db, meeting, "change", by=by, at=at, said={"what": what}, held_on=held_on)
    for name, value in new.items():
        setattr(meeting, name, value)
    if {"held_on", "starts_at"} & set(new):
        _ask_again(db, meeting)
    meeting.sequence += 1
    db.flush()
    write_to(db, meeting, Kind.CHANGED, audience(db, meeting), at=at)


def _ask_again(db: Session, meeting: Meeting) -> None:
    """What was answered for another day says nothing about this one."""
    for kind in (Member, Guest):
        answered = update(kind).where(col(kind.meeting_id) == meeting.id)
        db.exec(answered.values(reply=Reply.NONE, replied_at=None))


def replace_chair(
    db: Session, meeting: Meeting, command: c.NewChair, *, by: Actor, at: datetime
) -> list[Meeting]:
    """Put another YOT manager in the chair, also while the meeting goes on."""
    name = may_sit(db, meeting.area_id, [(Seat.YOT_MANAGER, command.chair_id)], at)[Seat.YOT_MANAGER]
    rows = _lock_all(db, meeting, command.following)
    for row in rows:
        if row is not meeting and row.chair_id == command.chair_id:
            continue
        before = audience(db, row)
        another = command.chair_id != row.chair_id
        make_move(
            db,
            row,
            "replace_chair",
            by=by,
            at=at,
            reason=command.reason,
            said={"chair": name},
            another_chair=another,
        )
        row.chair_id = command.chair_id
        _tell_difference(db, row, before, at=at)
    return rows


def _tell_difference(db: Session, meeting: Meeting, before: list[To], *, at: datetime) -> None:
    """Those who came new are invited, those who went are told so, the others that something changed."""
    meeting.sequence += 1
    db.flush()
    after = audience(db, meeting)
    write_to(db, meeting, Kind.CANCELLED, [one for one in before if one not in after], at=at)
    write_to(db, meeting, Kind.INVITED, [one for one in after if one not in before], at=at)
    write_to(db, meeting, Kind.CHANGED, [one for one in after if one in before], at=at)


def members(db: Session, meeting: Meeting, command: c.Members, *, by: Actor, at: datetime) -> list[Meeting]:
    """Change who sits in the seats, their deputies and who is invited from outside."""
    names = may_sit(db, meeting.area_id, command.seats.items(), at)
    may_sit(db, meeting.area_id, command.deputies.items(), at)
    rows = _lock_all(db, meeting, command.following)
    who = ", ".join(f"{name} ({SEAT_WORDS[seat]})" for seat, name in names.items())
    for row in rows:
        before = audience(db, row)
        make_move(db, row, "invite", by=by, at=at, said={"who": who})
        _seat(db, row, command)
        set_guests(db, row, command.guests)
        _tell_difference(db, row, before, at=at)
    return rows


def _seat(db: Session, meeting: Meeting, command: c.Members) -> None:
    known = {m.user_id: m for m in db.exec(select(Member).where(Member.meeting_id == meeting.id))}
    declined = {
        m.seat for m in known.values() if m.reply is Reply.DECLINED and command.seats[m.seat] == m.user_id
    }
    asked = {command.deputies[seat] for seat in declined if seat in command.deputies}
    for user_id, member in known.items():
        if user_id not in {*command.seats.values(), *asked}:
            db.delete(member)
    for seat, user_id in command.seats.items():
        member = known.get(user_id) or Member(meeting_id=meeting.id, user_id=user_id, seat=seat)
        if member.seat is not seat:
            member.seat, member.reply, member.replied_at = seat, Reply.NONE, None
        member.deputy_id = command.deputies.get(seat)
        db.add(member)
    db.flush()
    for seat in declined:
        deputy = command.deputies.get(seat)
        if deputy is not None and deputy not in known:
            db.add(Member(meeting_id=meeting.id, user_id=deputy, seat=seat))
    db.flush()


def say_names(db: Session, ids: set[int]) -> dict[int, str]:
    """The names of these people."""
    query = select(User.id, User.name).where(col(User.id).in_(ids))
    return {int(number): str(name) for number, name in db.exec(query)}


def note_on(db: Session, meeting: Meeting, verb: str, *, by: Actor, at: datetime, **facts: str) -> None:
    """Write down an act that moves no status, and raise the version of the meeting."""
    note(db, f"meeting.{verb}", chain=meeting_chain(meeting.id), by=by, at=at, facts=facts)
    touch(db, meeting, by=by, at=at, page=f"meeting.{verb}")
