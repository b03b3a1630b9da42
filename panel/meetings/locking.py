"""A case where it sits now: the meeting is locked first, then the case, so that nobody changes either."""

from sqlmodel import Session

from panel.access import Actor
from panel.meetings.agenda import open_item
from panel.meetings.models import AgendaItem, Meeting
from panel.meetings.queries import lock_case, lock_meeting
from panel.meetings.seating import chair_of, left_out
from panel.referrals.models import Referral
from workflows.flow import Refusal, Refused
from workflows.roles import Role

GONE = "The case does not wait for a panel now. Somebody may have acted before you."


def lock_item(db: Session, referral: Referral, *, expect: bool) -> tuple[Meeting, AgendaItem]:
    """Where the case sits now, with the meeting and then the case locked.

    Raises `Stale` when the case changed since it was read, if that matters, and `Refused` when it does not
    wait for a panel.
    """
    item = open_item(db, referral)
    meeting = lock_meeting(db, item.meeting_id) if item else None
    lock_case(db, referral, expect=expect)
    item = open_item(db, referral)
    if meeting is None or item is None or item.meeting_id != meeting.id:
        raise not_waiting()
    return meeting, item


def not_waiting() -> Refused:
    """The case has left the panel while somebody was writing."""
    source = "The case flow of this service"
    return Refused("case", "panel", (Refusal("wrong_state", GONE, "FLOW", source, True, where="panel"),))


def leads_case(db: Session, meeting: Meeting, item_id: int, by: Actor) -> bool:
    """Whether this person chairs this case now: a YOT manager of the area without a conflict in it."""
    return (
        Role.YOT_MANAGER in by.roles_in(meeting.area_id)
        and by.id == chair_of(db, meeting, item_id)
        and by.id not in left_out(db, item_id)
    )
