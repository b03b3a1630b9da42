"""Assessing again a case that may wait for a panel: it leaves the agenda, and the people there are told."""

from datetime import datetime

from sqlmodel import Session

from panel.access import Actor
from panel.assessments.queries import assessment_of
from panel.assessments.reopening import reopen
from panel.concerns import actions as concerns
from panel.concerns.commands import FollowUp
from panel.concerns.queries import event_of
from panel.history.record import meeting_chain, note
from panel.meetings.actions import touch
from panel.meetings.agenda import open_item
from panel.meetings.models import Meeting
from panel.meetings.queries import lock_case, lock_meeting
from panel.notifications.actions import notify
from panel.notifications.models import Why
from panel.referrals.models import Referral
from workflows.assessment import Status
from workflows.concerns import Follows
from workflows.meeting import Status as MeetingStatus


def reassess(db: Session, referral: Referral, reason: str, *, by: Actor, at: datetime) -> None:
    """Open the assessment again; a listed case leaves the agenda. Raises `Refused` while it sits."""
    item = open_item(db, referral)
    meeting = lock_meeting(db, item.meeting_id) if item else None
    lock_case(db, referral)
    sitting = meeting is not None and meeting.status is MeetingStatus.OPEN
    reopen(db, referral, reason, sitting=sitting, by=by, at=at)
    if item is not None and meeting is not None:
        db.delete(item)
        _leave(db, referral, meeting, by=by, at=at)


def _leave(db: Session, referral: Referral, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    facts = {"case": referral.reference}
    note(db, "meeting.leave", chain=meeting_chain(meeting.id), by=by, at=at, facts=facts)
    touch(db, meeting, by=by, at=at, page="meeting.leave")
    if meeting.chair_id == by.id:
        return
    notify(
        db,
        why=Why.CASE_OFF_AGENDA,
        area_id=referral.area_id,
        referral_id=referral.id,
        key=f"{referral.reference}-{Why.CASE_OFF_AGENDA.value}-{referral.version}",
        at=at,
        to_user=meeting.chair_id,
        due_on=meeting.held_on,
    )


def follow(
    db: Session, referral: Referral, number: int, command: FollowUp, *, by: Actor, at: datetime
) -> bool:
    """Write down what follows from an event; when the child is assessed again, do that too and say so."""
    event = event_of(db, referral.id, number)
    assessment = assessment_of(db, referral.id)
    out_of_hand = assessment is not None and assessment.status in (Status.SUBMITTED, Status.COUNTERSIGNED)
    if command.follows is Follows.REASSESS and out_of_hand and event.follows is None:
        reassess(db, referral, command.why, by=by, at=at)
        return True
    concerns.follow(db, referral, number, command, by=by, at=at)
    return False
