"""Putting a case on the agenda of a meeting, or moving it to another one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from panel.access import Actor
from panel.assessments.queries import is_countersigned
from panel.errors import Missing
from panel.history.record import meeting_chain, note
from panel.meetings.actions import touch
from panel.meetings.agenda import item_on, last_place, meeting_of, open_item
from panel.meetings.models import AgendaItem, Meeting
from panel.meetings.queries import lock_case, lock_meeting
from panel.notifications.actions import finish_for_case, notify
from panel.notifications.models import Why
from panel.referrals.models import Referral
from panel.referrals.moves import move
from panel.referrals.queries import case_facts
from panel.victims.queries import view_of
from workflows.calendar import long_date, today_in_london
from workflows.case_facts import CaseFacts
from workflows.flow import Refusal, Refused
from workflows.meeting import TERMS, Status


def list_facts(db: Session, referral: Referral, *, today: date) -> CaseFacts:
    """What the rules of listing look at."""
    item = open_item(db, referral)
    return replace(
        case_facts(db, referral, today=today),
        assessment_countersigned=is_countersigned(db, referral.id),
        victim_view=view_of(db, referral),
        meeting_open=item is not None and meeting_of(db, item).status is Status.OPEN,
    )


def put_on(
    db: Session, referral: Referral, meeting_id: int, *, by: Actor, at: datetime, overrides: Mapping[str, str]
) -> AgendaItem:
    """Put the case on the agenda; from another meeting that has not begun it moves over."""
    before = open_item(db, referral)
    # In the order of their numbers, so that two people who move cases both ways never wait for each other.
    ids = sorted({meeting_id} | ({before.meeting_id} if before else set()))
    locked = {number: lock_meeting(db, number) for number in ids}
    lock_case(db, referral)
    meeting = locked[meeting_id]
    _can_take(db, meeting, referral, today_in_london(at))
    facts = list_facts(db, referral, today=today_in_london(at))
    said = {"meeting": f"{long_date(meeting.held_on)}, {meeting.location}"}
    move(db, referral, "list", facts, by=by, at=at, overrides=overrides, said=said)
    if before is not None:
        db.delete(before)
        _tell(db, locked[before.meeting_id], "take_off", referral, by=by, at=at)
    item = AgendaItem(meeting_id=meeting.id, referral_id=referral.id, place=last_place(db, meeting.id) + 1)
    db.add(item)
    _tell(db, meeting, "put_on", referral, by=by, at=at)
    _notify(db, referral, meeting, by=by, at=at)
    return item


def _can_take(db: Session, meeting: Meeting, referral: Referral, today: date) -> None:
    if meeting.area_id != referral.area_id:
        raise Missing()
    says = ""
    if item_on(db, meeting.id, referral.id) is not None:
        says = "The case is or was on the agenda of this meeting: choose another one."
    elif meeting.status is not Status.PLANNED or meeting.held_on < today:
        says = "A case can only be put on a planned meeting, from today on."
    if says:
        raise Refused("case", "list", (Refusal("meeting_fits", says, "PAN-1", TERMS, True),))


def _tell(db: Session, meeting: Meeting, verb: str, referral: Referral, *, by: Actor, at: datetime) -> None:
    facts = {"case": referral.reference}
    note(db, f"meeting.{verb}", chain=meeting_chain(meeting.id), by=by, at=at, facts=facts)
    touch(db, meeting, by=by, at=at, page=f"meeting.{verb}")


def _notify(db: Session, referral: Referral, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    settled = (Why.CASE_LISTED, Why.CASE_DEFERRED, Why.CASE_TO_LIST, Why.CASE_OFF_AGENDA)
    finish_for_case(db, referral.id, settled, by=by, at=at)
    if referral.case_manager_id is None:
        return
    notify(
        db,
        why=Why.CASE_LISTED,
        area_id=referral.area_id,
        referral_id=referral.id,
        key=f"{referral.reference}-{Why.CASE_LISTED.value}-{referral.version}",
        at=at,
        to_user=referral.case_manager_id,
        due_on=meeting.held_on,
    )
