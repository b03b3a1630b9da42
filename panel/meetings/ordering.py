"""The order of an agenda: moved by a person or proposed by deadlines; and a case that comes off it."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from panel.access import Actor
from panel.meetings.agenda import open_item
from panel.meetings.changing import note_on
from panel.meetings.inviting import To, presenters, write_to
from panel.meetings.listing import list_facts
from panel.meetings.models import AgendaItem, Meeting
from panel.meetings.queries import chair_roles, lock_case, lock_meeting
from panel.notifications.actions import finish_for_case, notify
from panel.notifications.invitations import Kind
from panel.notifications.models import Why
from panel.referrals.models import Referral
from panel.referrals.moves import move
from workflows.calendar import long_date, today_in_london
from workflows.flow import NotYours, Refusal, Refused
from workflows.meeting import TERMS, Status
from workflows.roles import Role


def _lock_to_order(db: Session, meeting: Meeting, by: Actor) -> Meeting:
    meeting = lock_meeting(db, meeting.id, expect=meeting.version)
    if Role.YOT_MANAGER not in by.roles_in(meeting.area_id) and not chair_roles(meeting, by):
        raise NotYours("meeting.order")
    if meeting.status not in (Status.PLANNED, Status.OPEN):
        says = "The meeting is over: its agenda stays as it was."
        raise Refused("meeting", "order", (Refusal("not_over", says, "PAN-1", TERMS, True),))
    return meeting


def place(db: Session, meeting: Meeting, reference: str, to: int, *, by: Actor, at: datetime) -> None:
    """Move a case to a place, counted from 1; beyond the last place is the last place."""
    meeting = _lock_to_order(db, meeting, by)
    found = _items(db, meeting)
    moved = [item for item, referral in found if referral.reference == reference]
    others = [item for item, referral in found if referral.reference != reference]
    _number(db, [*others[: to - 1], *moved, *others[to - 1 :]])
    note_on(db, meeting, "order", by=by, at=at)


def by_deadline(db: Session, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """What is finished stays in front; what waits is put in the order of its deadlines."""
    meeting = _lock_to_order(db, meeting, by)
    found = sorted(_items(db, meeting), key=lambda pair: _first_due(*pair))
    _number(db, [item for item, _ in found])
    note_on(db, meeting, "order", by=by, at=at)


def _first_due(item: AgendaItem, referral: Referral) -> tuple[object, ...]:
    return (item.finished_at is None, item.place if item.finished_at else 0, referral.due_on, item.id)


def _items(db: Session, meeting: Meeting) -> list[tuple[AgendaItem, Referral]]:
    query = (
        select(AgendaItem, Referral)
        .join(Referral, col(Referral.id) == AgendaItem.referral_id)
        .where(AgendaItem.meeting_id == meeting.id)
        .order_by(col(AgendaItem.place), col(AgendaItem.id))
    )
    return list(db.exec(query).all())


def _number(db: Session, items: Sequence[AgendaItem]) -> None:
    for number, item in enumerate(items, 1):
        item.place = number
        db.add(item)
    db.flush()


def take_off(db: Session, referral: Referral, reason: str, *, by: Actor, at: datetime) -> Meeting:
    """Take a case off its agenda; it waits for a meeting again. Raises `Refused` while the panel sits."""
    item = open_item(db, referral)
    if item is None:
        says = "The case is on no agenda now: somebody may have been first."
        raise Refused("case", "take_off", (Refusal("on_agenda", says, "PAN-1", TERMS, True),))
    meeting = lock_meeting(db, item.meeting_id)
    lock_case(db, referral)
    facts = list_facts(db, referral, today=today_in_london(at), reason=reason)
    said = {"meeting": long_date(meeting.held_on), "reason": reason}
    move(db, referral, "take_off", facts, by=by, at=at, said=said)
    db.delete(item)
    db.flush()
    note_on(db, meeting, "off", by=by, at=at, case=referral.reference, reason=reason)
    _tell(db, referral, meeting, by=by, at=at)
    return meeting


def _tell(db: Session, referral: Referral, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    finish_for_case(db, referral.id, (Why.CASE_LISTED,), by=by, at=at)
    worker = referral.case_manager_id
    if worker is None:
        return
    key = f"{referral.reference}-{Why.CASE_TAKEN_OFF.value}-{referral.version}"
    notify(
        db,
        why=Why.CASE_TAKEN_OFF,
        area_id=referral.area_id,
        referral_id=referral.id,
        key=key,
        at=at,
        to_user=worker,
    )
    if worker not in presenters(db, meeting):
        meeting.sequence += 1
        db.flush()
        write_to(db, meeting, Kind.CANCELLED, [To(worker)], at=at)
