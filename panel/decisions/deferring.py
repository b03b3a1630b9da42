"""Putting a decision off: coded, in words, and at once onto the next meeting if the rules allow it."""

from datetime import datetime

from sqlmodel import Session, col, select

from config.coded import DEFERRALS
from panel.access import Actor
from panel.decisions.commands import Deferral as Asked
from panel.decisions.models import Deferral
from panel.decisions.sitting import facts_of, lock_sitting
from panel.errors import Missing
from panel.meetings.actions import touch
from panel.meetings.agenda import open_item
from panel.meetings.listing import put_on
from panel.meetings.models import Meeting
from panel.meetings.queries import lock_meeting, to_choose
from panel.notifications.actions import finish_for_case, notify
from panel.notifications.models import Why
from panel.referrals.models import Referral
from panel.referrals.moves import move
from workflows.calendar import today_in_london
from workflows.flow import Refused
from workflows.roles import Role

NO_MEETING = "No later meeting is planned."
# A task and its mail hold one short sentence; the whole of it stands on the case.
ON_THE_CASE = "what is missing stands on the case"
LONGEST = 100


def defer(db: Session, referral: Referral, command: Asked, *, by: Actor, at: datetime) -> Deferral:
    """Put the decision off; the case goes to the next meeting, or a manager is told what is missing."""
    today = today_in_london(at)
    if command.code not in {found.key for found in DEFERRALS.codes(today)}:
        raise Missing()
    later = _lock_meetings(db, referral, at)
    sitting = lock_sitting(db, referral, today=today, expect=True)
    facts = facts_of(db, referral, sitting, today=today, reason=command.reason)
    referral.reason = command.reason
    roles = sitting.led_by(by)
    said = {"reason": f"{DEFERRALS.code(command.code).says}. {command.reason}"}
    move(db, referral, "defer", facts, by=by, at=at, roles=roles, said=said)
    sitting.item.finished_at = at
    touch(db, sitting.meeting, by=by, at=at, page="meeting.defer")
    finish_for_case(
        db, referral.id, (Why.CASE_LISTED, Why.CONFLICT_DECLARED, Why.URGENT_DECISION), by=by, at=at
    )
    meeting, waits_for = _relist(db, referral, later, by=by, at=at)
    deferral = Deferral(
        referral_id=referral.id,
        item_id=sitting.item.id,
        code=command.code,
        reason=command.reason,
        relisted_for=meeting.held_on if meeting else None,
        waits_for=waits_for,
        by_id=by.id,
        at=at,
    )
    db.add(deferral)
    db.flush()
    _tell(db, referral, deferral, at)
    return deferral


def _lock_meetings(db: Session, referral: Referral, at: datetime) -> list[int]:
    """The planned meetings from today on, soonest first, locked by number together with the one that sits.

    Meetings before the case, and all in the order of their numbers: as everywhere, so that nobody waits in a
    circle.
    """
    item = open_item(db, referral)
    later = [planned.meeting.id for planned in to_choose(db, referral.area_id, today=today_in_london(at))]
    for number in sorted({*later, *([item.meeting_id] if item else [])}):
        lock_meeting(db, number)
    return later


def _relist(
    db: Session, referral: Referral, later: list[int], *, by: Actor, at: datetime
) -> tuple[Meeting | None, str]:
    """The meeting that takes the case, or what stands against it; nobody is asked for a reason here."""
    waits_for = NO_MEETING
    for number in later:
        try:
            item = put_on(db, referral, number, by=by, at=at, overrides={})
        except Refused as refused:
            waits_for = " ".join(refusal.says for refusal in refused.refusals)
            continue
        return db.get_one(Meeting, item.meeting_id), ""
    return None, waits_for


def _tell(db: Session, referral: Referral, deferral: Deferral, at: datetime) -> None:
    """The case manager that it was put off; a manager what is missing, when it is on no agenda."""
    key = f"{referral.reference}-{deferral.id}"
    if referral.case_manager_id is not None:
        notify(
            db,
            why=Why.CASE_DEFERRED,
            area_id=referral.area_id,
            referral_id=referral.id,
            key=f"{key}-{Why.CASE_DEFERRED.value}",
            at=at,
            to_user=referral.case_manager_id,
        )
    if deferral.relisted_for is None:
        short = len(deferral.waits_for) <= LONGEST
        notify(
            db,
            why=Why.CASE_TO_LIST,
            area_id=referral.area_id,
            referral_id=referral.id,
            key=f"{key}-{Why.CASE_TO_LIST.value}",
            at=at,
            to_role=Role.YOT_MANAGER,
            about=deferral.waits_for.rstrip(".") if short else ON_THE_CASE,
        )


def deferrals_of(db: Session, referral_id: int) -> list[Deferral]:
    """Each time that the case was put off, the last first."""
    query = select(Deferral).where(Deferral.referral_id == referral_id)
    return list(db.exec(query.order_by(col(Deferral.id).desc())))
