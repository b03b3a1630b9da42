"""Putting a case on the agenda of a meeting, or moving it to another one."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from panel.access import Actor
from panel.assessments.queries import is_countersigned
from panel.errors import Missing
from panel.history.record import meeting_chain, note
from panel.meetings.actions import touch
from panel.meetings.agenda import cases_left, item_on, last_place, meeting_of, open_item
from panel.meetings.inviting import To, presenters, write_to
from panel.meetings.models import AgendaItem, Meeting
from panel.meetings.queries import lock_case, lock_meeting
from panel.notifications.actions import finish_for_case, notify
from panel.notifications.invitations import Kind
from panel.notifications.models import Why
from panel.referrals.models import Referral
from panel.referrals.moves import move
from panel.referrals.queries import case_facts, scope
from panel.victims.queries import view_of
from workflows.calendar import long_date, today_in_london
from workflows.case import Status as CaseStatus
from workflows.case_facts import CaseFacts
from workflows.flow import Refusal, Refused
from workflows.meeting import TERMS, Status

# Rooms above this one that have to act when a case is put on an agenda are heard here.
Listener = Callable[[Session, Referral, AgendaItem, Actor, datetime], None]
LISTENERS: list[Listener] = []


def list_facts(db: Session, referral: Referral, *, today: date, reason: str = "") -> CaseFacts:
    """What the rules of listing look at."""
    item = open_item(db, referral)
    return replace(
        case_facts(db, referral, today=today, reason=reason),
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
    facts = replace(
        list_facts(db, referral, today=today_in_london(at)), meeting_has_room=has_room(db, meeting)
    )
    said = {"meeting": ", ".join(filter(None, (long_date(meeting.held_on), meeting.location or "online")))}
    move(db, referral, "list", facts, by=by, at=at, overrides=overrides, said=said)
    if before is not None:
        db.delete(before)
        _tell(db, locked[before.meeting_id], "take_off", referral, by=by, at=at)
    presents = presenters(db, meeting)
    item = AgendaItem(meeting_id=meeting.id, referral_id=referral.id, place=last_place(db, meeting.id) + 1)
    db.add(item)
    _tell(db, meeting, "put_on", referral, by=by, at=at)
    _notify(db, referral, meeting, by=by, at=at)
    if referral.case_manager_id is not None and referral.case_manager_id not in presents:
        write_to(db, meeting, Kind.INVITED, [To(referral.case_manager_id)], at=at)
    db.flush()
    for listen in LISTENERS:
        listen(db, referral, item, by, at)
    return item


@dataclass(frozen=True)
class Result:
    """What became of one of several cases: on the agenda, or why not."""

    reference: str
    refusals: tuple[Refusal, ...] = ()


def put_on_several(
    db: Session, meeting: Meeting, references: Collection[str], *, by: Actor, at: datetime
) -> list[Result]:
    """Put cases on one agenda, each checked by itself; what is refused stays exactly as it was."""
    meeting = lock_meeting(db, meeting.id)
    query = select(Referral).where(
        col(Referral.reference).in_(references), Referral.area_id == meeting.area_id, scope(by)
    )
    found = list(db.exec(query.order_by(col(Referral.due_on), col(Referral.id))))
    if len(found) != len(set(references)):
        raise Missing()
    for referral in sorted(found, key=lambda row: row.id):
        lock_case(db, referral, expect=False)
    return [_one_of_several(db, meeting, referral, by=by, at=at) for referral in found]


def _one_of_several(db: Session, meeting: Meeting, referral: Referral, *, by: Actor, at: datetime) -> Result:
    if referral.status not in (CaseStatus.ASSESSED, CaseStatus.DEFERRED):
        says = "Somebody was first: the case does not wait for a meeting any more."
        return Result(referral.reference, (Refusal("waits", says, "PAN-1", TERMS, True),))
    try:
        put_on(db, referral, meeting.id, by=by, at=at, overrides={})
    except Refused as refused:
        return Result(referral.reference, refused.refusals)
    return Result(referral.reference)


def has_room(db: Session, meeting: Meeting) -> bool:
    """Whether the meeting takes one case more; ask under its lock before relying on it."""
    return cases_left(db, meeting.id) < meeting.capacity


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
