"""Giving a case to another case manager: the case, its tasks and its place before the panel go along."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, update

from panel.access import Actor
from panel.errors import Missing
from panel.handovers.commands import HandOver
from panel.meetings.agenda import open_item
from panel.meetings.inviting import To, audience, write_to
from panel.meetings.models import Meeting
from panel.meetings.queries import lock_case, lock_meeting
from panel.notifications.actions import finish_for_person, notify
from panel.notifications.invitations import Kind
from panel.notifications.models import Notification, Why
from panel.referrals.conflicts import conflicted_in
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from panel.referrals.queries import case_managers, names_of
from workflows.calendar import today_in_london
from workflows.case import OPEN, Status
from workflows.conflict import DECLARE
from workflows.flow import NotYours, Refusal, Refused
from workflows.meeting import TERMS
from workflows.meeting import Status as MeetingStatus
from workflows.roles import Role

# The cases that have a case manager: accepted, and not at an end.
HELD = tuple(status for status in OPEN if status not in (Status.DRAFT, Status.SUBMITTED, Status.SENT_BACK))
# What the case manager does for the case; what was asked of a person for another reason stays with them.
OF_THE_CASE_MANAGER = (
    *(Why.CASE_ALLOCATED, Why.ADMISSION_CHANGED, Why.ASSESSMENT_GIVEN_BACK, Why.ASSESSMENT_REOPENED),
    *(Why.SIGNIFICANT_EVENT, Why.CASE_LISTED, Why.CASE_TAKEN_OFF),
    *(Why.CASE_DEFERRED, Why.DISPOSAL_GIVEN, Why.MISSED_TO_ANSWER, Why.BREACH_DECIDED),
    *(Why.CONDITIONS_VARIED, Why.DECISION_RESCINDED, Why.SCRUTINY_LEARNING, Why.AUDIT_FED_BACK),
)


def hand_over(db: Session, referral: Referral, command: HandOver, *, by: Actor, at: datetime) -> None:
    """Give the case to another case manager; both are told. Raises `Missing`, `NotYours` or `Refused`."""
    if Role.YOT_MANAGER not in by.roles_in(referral.area_id):
        raise NotYours("case.hand_on")
    item = open_item(db, referral)
    meeting = lock_meeting(db, item.meeting_id) if item is not None else None
    lock_case(db, referral)
    workers = case_managers(db, referral.area_id, today=today_in_london(at))
    names = {user_id: name for user_id, name, _ in workers}
    before, after = referral.case_manager_id, command.case_manager_id
    if after not in names:
        raise Missing()
    if refusals := _refusals(db, referral, meeting, after, names):
        raise Refused("case", "hand_on", refusals)
    invited = _invited(db, meeting)
    referral.case_manager_id = after
    said = {
        "before": names_of(db, [before]).get(before or 0, "nobody"),
        "before_id": str(before or 0),
        "after": names[after],
        "after_id": str(after),
        "reason": command.reason,
    }
    tell(db, referral, "hand_on", by=by, at=at, said=said)
    _move_tasks(db, referral, before)
    _tell(db, referral, before, at=at)
    if meeting is not None:
        _invite(db, meeting, before, after, invited, at=at)


def _refusals(
    db: Session, referral: Referral, meeting: Meeting | None, after: int, names: Mapping[int, str]
) -> tuple[Refusal, ...]:
    """Every rule that stands against giving the case to this person now."""
    found = []
    if referral.status not in HELD:
        says = "Only a case that was accepted and is not at an end has a case manager."
        found.append(Refusal("held", says, "PAN-1", TERMS, True))
    if referral.case_manager_id == after:
        says = f"{names[after]} has this case already."
        found.append(Refusal("another", says, "PAN-1", TERMS, True))
    if meeting is not None and meeting.status is not MeetingStatus.PLANNED:
        says = "The panel sits: the case manager presents the case. Wait until the meeting is over."
        found.append(Refusal("not_sitting", says, "PAN-1", TERMS, True))
    if after in conflicted_in(db, referral.id):
        says = f"{names[after]} has a conflict of interest in this case."
        found.append(Refusal("no_conflict", says, "PAN-6", DECLARE, True))
    return tuple(found)


def _move_tasks(db: Session, referral: Referral, before: int | None) -> None:
    if before is not None:
        moved = update(Notification).where(
            col(Notification.referral_id) == referral.id,
            col(Notification.user_id) == before,
            col(Notification.why).in_(OF_THE_CASE_MANAGER),
            col(Notification.done_at).is_(None),
        )
        db.execute(moved.values(user_id=referral.case_manager_id))


def _tell(db: Session, referral: Referral, before: int | None, *, at: datetime) -> None:
    # Whoever had the case cannot open it any more: both read of it on a page beside the case.
    told = [(Why.CASE_TAKEN_OVER, referral.case_manager_id), (Why.CASE_HANDED_ON, before)]
    for why, user_id in told if before is not None else told[:1]:
        notify(
            db,
            why=why,
            area_id=referral.area_id,
            referral_id=referral.id,
            key=f"{referral.reference}-{why.value}-{referral.version}",
            at=at,
            to_user=user_id,
            path=f"/handed-over/{referral.reference}",
        )


def read(db: Session, referral: Referral, *, by: Actor, at: datetime) -> None:
    """Take what was told of a handover off the reader's list."""
    for why in (Why.CASE_TAKEN_OVER, Why.CASE_HANDED_ON):
        finish_for_person(db, referral.id, why, by=by, at=at)


def _invited(db: Session, meeting: Meeting | None) -> set[int | None]:
    return {to.user_id for to in audience(db, meeting)} if meeting is not None else set()


def _invite(
    db: Session, meeting: Meeting, before: int | None, after: int, invited: set[int | None], *, at: datetime
) -> None:
    """The meeting in which the case is presented goes from one calendar to the other."""
    if after not in invited:
        write_to(db, meeting, Kind.INVITED, [To(after)], at=at)
    if before is not None and before not in _invited(db, meeting):
        meeting.sequence += 1
        db.flush()
        write_to(db, meeting, Kind.CANCELLED, [To(before)], at=at)
