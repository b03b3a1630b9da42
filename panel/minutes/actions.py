"""Writing and confirming minutes: what was confirmed is pinned, and a change is a version of its own."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from panel.access import Actor
from panel.errors import Stale
from panel.history.operations import Operation
from panel.history.record import log_access, meeting_chain, note, record
from panel.meetings.models import AgendaItem, Meeting
from panel.meetings.queries import chair_roles, lock_meeting, members_of
from panel.minutes import commands as c
from panel.minutes.content import content_of, digest_of
from panel.minutes.models import Minutes, MinutesVersion
from panel.minutes.queries import written_of
from panel.referrals.models import Referral
from panel.victims.identifying import identifiers_of
from workflows.flow import NotYours, Refusal, Refused
from workflows.masking import tells
from workflows.meeting import Status as MeetingStatus
from workflows.minutes import MINUTES, RECORD, MinutesFacts, Status


def write(
    db: Session, meeting: Meeting, command: c.Written, *, seen: int | None, by: Actor, at: datetime
) -> Minutes:
    """Save what the chair adds, until it is confirmed. Raises `Stale` when it was written elsewhere."""
    meeting = lock_meeting(db, meeting.id)
    if not chair_roles(meeting, by):
        raise NotYours("minutes.write")
    row = written_of(db, meeting.id)
    if row.status is Status.CONFIRMED:
        raise _refused("The minutes are confirmed: a change is a new version, with its reason.")
    if meeting.status not in (MeetingStatus.OPEN, MeetingStatus.CLOSED):
        raise _refused("Minutes are written from the opening of the meeting on.")
    _keep(db, row, command, seen, at)
    chain = meeting_chain(meeting.id)
    note(db, "minutes.write", chain=chain, by=by, at=at)
    log_access(db, Operation.ALTERATION, chain, by=by, at=at, page="minutes.write")
    return row


def _refused(says: str) -> Refused:
    return Refused("minutes", "write", (Refusal("minutes_write", says, "PAN-5", RECORD, True),))


def _keep(db: Session, row: Minutes, command: c.Written, seen: int | None, at: datetime) -> None:
    if seen != (row.version or 0):
        raise Stale(
            {"other_matters": row.other_matters, "public_note": row.public_note, "version": row.version or 0}
        )
    row.other_matters, row.public_note, row.changed_at = command.other_matters, command.public_note, at
    db.add(row)
    db.flush()


def confirm(db: Session, meeting: Meeting, *, seen: int | None, by: Actor, at: datetime) -> MinutesVersion:
    """Pin the minutes as they stand. Raises `Refused`, `NotYours`, or `Stale` when they changed meanwhile."""
    meeting = lock_meeting(db, meeting.id)
    row = written_of(db, meeting.id)
    if chair_roles(meeting, by) and seen != (row.version or 0):
        raise Stale()
    return _pin(db, meeting, row, "confirm", "", by=by, at=at)


def change(
    db: Session, meeting: Meeting, command: c.Changed, *, seen: int | None, by: Actor, at: datetime
) -> MinutesVersion:
    """Confirm another version of confirmed minutes, for a reason; the earlier one stays."""
    meeting = lock_meeting(db, meeting.id)
    row = written_of(db, meeting.id)
    if chair_roles(meeting, by):
        _keep(db, row, command, seen, at)
    return _pin(db, meeting, row, "change", command.reason, by=by, at=at)


def _pin(
    db: Session, meeting: Meeting, row: Minutes, move: str, reason: str, *, by: Actor, at: datetime
) -> MinutesVersion:
    facts = facts_of(db, meeting, row, reason=reason)
    step = MINUTES.step(move, row.status, facts, by.roles_in(meeting.area_id) | chair_roles(meeting, by))
    row.changed_at = at
    db.add(row)
    db.flush()
    before = db.exec(select(func.count()).where(MinutesVersion.minutes_id == row.id)).one()
    said = {"number": str(before + 1)} | ({"reason": reason} if reason else {})
    chain = meeting_chain(meeting.id)
    record(db, row, step, flow="minutes", chain=chain, by=by, at=at, facts=said)
    log_access(db, Operation.ALTERATION, chain, by=by, at=at, page=f"minutes.{move}")
    content = content_of(db, meeting, row)
    version = MinutesVersion(
        minutes_id=row.id,
        number=before + 1,
        content=content,
        digest=digest_of(content),
        reason=reason,
        confirmed_by_id=by.id,
        confirmed_at=at,
    )
    db.add(version)
    db.flush()
    return version


def facts_of(db: Session, meeting: Meeting, row: Minutes, *, reason: str = "") -> MinutesFacts:
    """The minutes as their rules see them."""
    return MinutesFacts(
        meeting_over=meeting.status is MeetingStatus.CLOSED,
        tells=note_tells(db, meeting, row.public_note),
        reason=reason,
    )


def note_tells(db: Session, meeting: Meeting, text: str) -> tuple[str, ...]:
    """What the words for the copy without names give away of the people and places of the meeting's cases."""
    if not text.strip():
        return ()
    staff = [member.user_id for member in members_of(db, meeting.id)]
    query = (
        select(Referral)
        .join(AgendaItem, col(AgendaItem.referral_id) == Referral.id)
        .where(AgendaItem.meeting_id == meeting.id)
    )
    known = [one for referral in db.exec(query).all() for one in identifiers_of(db, referral, staff)]
    return tells(text, known)
