"""Who comes and who cannot: the deputy is asked, and the chair and the managers are told."""

from datetime import datetime

from sqlmodel import Session, col, delete, select

from panel.access import Actor
from panel.errors import Missing
from panel.meetings.changing import note_on, say_names
from panel.meetings.inviting import To, managers_of, write_to
from panel.meetings.models import Guest, Meeting, Member, OutsidePerson
from panel.meetings.queries import chair_roles, lock_meeting
from panel.meetings.words import REPLY
from panel.notifications.invitations import Kind
from workflows.flow import NotYours, Refusal, Refused
from workflows.meeting import TERMS, Reply, Status
from workflows.roles import INVITED_WORDS, SEAT_WORDS, Role


def reply(db: Session, meeting: Meeting, answer: Reply, *, by: Actor, at: datetime) -> None:
    """Say for oneself that one comes or cannot. Raises `NotYours` for somebody who is not invited."""
    meeting = lock_meeting(db, meeting.id)
    seated = select(Member).where(Member.meeting_id == meeting.id, Member.user_id == by.id)
    member = db.exec(seated.with_for_update()).first()
    if member is None:
        raise NotYours("meeting.reply")
    _still_planned(meeting)
    if member.reply is answer:
        return
    member.reply, member.replied_at = answer, at
    db.add(member)
    db.flush()
    note_on(db, meeting, "reply", by=by, at=at, reply=REPLY[answer])
    if answer is Reply.DECLINED:
        told = {meeting.chair_id, *managers_of(db, meeting.area_id)} - {by.id}
        people = [To(number) for number in sorted(told)]
        write_to(db, meeting, Kind.CANNOT_COME, people, at=at, mark=f"{by.id}-{meeting.version}")
        _ask_deputy(db, meeting, member, by=by, at=at)
    else:
        _let_deputy_go(db, meeting, member, at=at)


def _still_planned(meeting: Meeting) -> None:
    if meeting.status is not Status.PLANNED:
        says = "The meeting has begun or is over: the chair writes down who is here."
        raise Refused("meeting", "reply", (Refusal("meeting_planned", says, "PAN-1", TERMS, True),))


def _ask_deputy(db: Session, meeting: Meeting, member: Member, *, by: Actor, at: datetime) -> None:
    if member.deputy_id is None:
        return
    same = select(Member).where(Member.meeting_id == meeting.id, Member.user_id == member.deputy_id)
    if db.exec(same).first() is None:
        db.add(Member(meeting_id=meeting.id, user_id=member.deputy_id, seat=member.seat))
        db.flush()
        name = say_names(db, {member.deputy_id})[member.deputy_id]
        note_on(db, meeting, "deputy", by=by, at=at, name=name, seat=SEAT_WORDS[member.seat])
    write_to(db, meeting, Kind.INVITED, [To(member.deputy_id)], at=at)


def _let_deputy_go(db: Session, meeting: Meeting, member: Member, *, at: datetime) -> None:
    if member.deputy_id is None:
        return
    asked = delete(Member).where(
        col(Member.meeting_id) == meeting.id,
        col(Member.user_id) == member.deputy_id,
        col(Member.seat) == member.seat,
    )
    if db.exec(asked).rowcount:
        meeting.sequence += 1
        db.flush()
        write_to(db, meeting, Kind.CANCELLED, [To(member.deputy_id)], at=at)


def guest_reply(
    db: Session, meeting: Meeting, person_id: int, answer: Reply, *, by: Actor, at: datetime
) -> None:
    """Write down what somebody from outside has said. Raises `Missing` for one who is not invited."""
    meeting = lock_meeting(db, meeting.id, expect=meeting.version)
    if Role.YOT_MANAGER not in by.roles_in(meeting.area_id) and not chair_roles(meeting, by):
        raise NotYours("meeting.reply")
    _still_planned(meeting)
    query = (
        select(Guest, OutsidePerson)
        .join(OutsidePerson, col(OutsidePerson.id) == Guest.person_id)
        .where(Guest.meeting_id == meeting.id, Guest.person_id == person_id)
    )
    found = db.exec(query).first()
    if found is None:
        raise Missing()
    guest, person = found
    guest.reply, guest.replied_at = answer, at
    db.add(guest)
    said = f"for {person.name} ({INVITED_WORDS[person.agency]}): {REPLY[answer].lower()}"
    note_on(db, meeting, "reply", by=by, at=at, reply=said)
