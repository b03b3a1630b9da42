"""A decision between meetings: a meeting of named people about one case, which the next meeting confirms.

It is a meeting like others, so that quorum, conflicts, positions, locks and record are the same ones; a row
of `Urgent` says what makes it urgent. Nobody is marked as here or speaks for another: each named person
takes their position from their own account.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, exists, func, select

from panel.access import Actor
from panel.history.record import meeting_chain, note
from panel.meetings.actions import add, open_meeting, touch
from panel.meetings.commands import MeetingDetails
from panel.meetings.listing import put_on
from panel.meetings.models import AgendaItem, Meeting, Member
from panel.meetings.queries import lock_case, lock_meeting, missing_seats, present_members
from panel.meetings.urgent_commands import Ratifying, UrgentDetails
from panel.meetings.urgent_models import Ratification, Urgent
from panel.notifications.actions import finish_for_case, notify
from panel.notifications.models import Why
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from workflows.calendar import clock_time, today_in_london
from workflows.flow import NotYours, Refusal, Refused
from workflows.meeting import TERMS, Status
from workflows.roles import Role
from workflows.urgent import Answer
from workflows.vocabulary import words

PLACE = "Between meetings, each from their own account"


def urgent_of(db: Session, meeting_id: int) -> Urgent | None:
    """What makes this meeting an urgent one, if it is one."""
    return db.exec(select(Urgent).where(Urgent.meeting_id == meeting_id)).first()


def ask(
    db: Session,
    referral: Referral,
    command: UrgentDetails,
    *,
    by: Actor,
    at: datetime,
    overrides: Mapping[str, str],
) -> Meeting:
    """Call the named people together about one case now; each is told and speaks from their own account."""
    details = MeetingDetails(
        held_on=today_in_london(at),
        starts_at=clock_time(at),
        location=PLACE,
        **command.model_dump(exclude={"ground", "reason"}),
    )
    meeting = add(db, details, referral.area_id, by=by, at=at)
    db.add(Urgent(meeting_id=meeting.id, ground=command.ground, reason=command.reason, by_id=by.id, at=at))
    for member in db.exec(select(Member).where(Member.meeting_id == meeting.id)):
        member.present = True
    db.flush()
    put_on(db, referral, meeting.id, by=by, at=at, overrides=overrides)
    said = {"ground": words(command.ground)}
    note(db, "meeting.urgent", chain=meeting_chain(meeting.id), by=by, at=at, facts=said)
    if by.id == meeting.chair_id:
        open_meeting(db, meeting, by=by, at=at)
    _tell_members(db, referral, meeting, {*command.seats.values(), command.chair_id} - {by.id}, at=at)
    return meeting


def _tell_members(
    db: Session, referral: Referral, meeting: Meeting, people: set[int], *, at: datetime
) -> None:
    for user_id in sorted(people):
        notify(
            db,
            why=Why.URGENT_DECISION,
            area_id=referral.area_id,
            referral_id=referral.id,
            key=f"{referral.reference}-{Why.URGENT_DECISION.value}-{meeting.id}-{user_id}",
            at=at,
            to_user=user_id,
            due_on=meeting.held_on,
        )


def decided(db: Session, referral: Referral, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """An urgent decision goes to the next meeting: a task for the managers until it has been confirmed."""
    if urgent_of(db, meeting.id) is None:
        return
    finish_for_case(db, referral.id, (Why.URGENT_DECISION,), by=by, at=at)
    notify(
        db,
        why=Why.DECISION_TO_RATIFY,
        area_id=referral.area_id,
        referral_id=referral.id,
        key=f"{referral.reference}-{Why.DECISION_TO_RATIFY.value}-{meeting.id}",
        at=at,
        to_role=Role.YOT_MANAGER,
        due_on=_next_day(db, meeting, today_in_london(at)),
    )


def _next_day(db: Session, meeting: Meeting, today: date) -> date | None:
    """The day of the next ordinary meeting of the area, if one is planned."""
    query = select(func.min(Meeting.held_on)).where(
        Meeting.area_id == meeting.area_id,
        col(Meeting.status).in_((Status.PLANNED, Status.OPEN)),
        Meeting.held_on >= today,
        Meeting.id != meeting.id,
        ~exists().where(col(Urgent.meeting_id) == Meeting.id),
    )
    return db.exec(query).one()


@dataclass(frozen=True)
class ToRatify:
    """An urgent decision that no meeting has confirmed yet."""

    item_id: int
    reference: str
    decided_at: datetime
    urgent: Urgent


def unratified(db: Session, area_id: int, *, referral_id: int | None = None) -> list[ToRatify]:
    """The urgent decisions of an area, or of one case, that wait for a meeting, the oldest first."""
    query = (
        select(AgendaItem.id, Referral, Urgent)
        .join(Urgent, col(Urgent.meeting_id) == AgendaItem.meeting_id)
        .join(Referral, col(Referral.id) == AgendaItem.referral_id)
        .where(
            Referral.area_id == area_id,
            # Decided there, not put off there and decided elsewhere.
            col(Referral.decided_at) == col(AgendaItem.finished_at),
            ~exists().where(col(Ratification.item_id) == AgendaItem.id),
        )
        .order_by(col(AgendaItem.id))
    )
    if referral_id is not None:
        query = query.where(Referral.id == referral_id)
    return [
        ToRatify(item_id, case.reference, case.decided_at, urgent)
        for item_id, case, urgent in db.exec(query)
        if case.decided_at is not None
    ]


def sitting_now(db: Session, area_id: int, by: Actor) -> Meeting | None:
    """The ordinary meeting of the area that is open and that this person chairs."""
    query = select(Meeting).where(
        Meeting.area_id == area_id,
        Meeting.status == Status.OPEN,
        Meeting.chair_id == by.id,
        ~exists().where(col(Urgent.meeting_id) == Meeting.id),
    )
    return db.exec(query.order_by(col(Meeting.held_on), col(Meeting.id))).first()


def ratify(db: Session, referral: Referral, command: Ratifying, *, by: Actor, at: datetime) -> Ratification:
    """The next meeting confirms an urgent decision, or opens it again with a reason."""
    found = sitting_now(db, referral.area_id, by)
    if found is None or Role.YOT_MANAGER not in by.roles_in(referral.area_id):
        raise NotYours("case.ratify")
    meeting = lock_meeting(db, found.id)
    lock_case(db, referral)
    here = present_members(db, meeting, today=today_in_london(at))
    if meeting.status is not Status.OPEN or missing_seats(here, today=today_in_london(at)):
        raise _not_now("quorate", "The panel is not complete: say on the meeting's page who is here.")
    waiting = unratified(db, referral.area_id, referral_id=referral.id)
    if not waiting:
        raise _not_now("to_ratify", "This decision does not wait for a meeting, or was answered already.")
    row = Ratification(
        item_id=waiting[0].item_id,
        meeting_id=meeting.id,
        answer=command.answer,
        reason=command.reason,
        members=[{"name": member.name, "seat": seat.value} for seat, member in here.items()],
        by_id=by.id,
        at=at,
    )
    db.add(row)
    finish_for_case(db, referral.id, (Why.DECISION_TO_RATIFY,), by=by, at=at)
    said = {"answer": words(command.answer), "reason": command.reason or "none given"}
    tell(db, referral, "ratify", by=by, at=at, said=said)
    touch(db, meeting, by=by, at=at, page="meeting.ratify")
    if command.answer is Answer.REOPENED:
        _tell_managers(db, referral, row, at=at)
    return row


def _tell_managers(db: Session, referral: Referral, row: Ratification, *, at: datetime) -> None:
    notify(
        db,
        why=Why.DECISION_REOPENED,
        area_id=referral.area_id,
        referral_id=referral.id,
        key=f"{referral.reference}-{Why.DECISION_REOPENED.value}-{row.item_id}",
        at=at,
        to_role=Role.YOT_MANAGER,
    )


def _not_now(name: str, says: str) -> Refused:
    return Refused("case", "ratify", (Refusal(name, says, "PAN-1", TERMS, True, "panel"),))
