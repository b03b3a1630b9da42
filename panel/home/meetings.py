"""The next meetings of a person's areas."""

from dataclasses import dataclass
from datetime import date, time

from sqlmodel import Session, col, func, select

from panel.access import Actor
from panel.meetings.models import AgendaItem, Meeting
from panel.meetings.words import place_words
from workflows.meeting import Status
from workflows.roles import Role

MEETS = (Role.YOT_MANAGER, Role.SECONDED, Role.VICTIM_WORKER, Role.CASE_MANAGER)


@dataclass(frozen=True)
class Coming:
    """One meeting that is still to be held or not over yet."""

    reference: str
    held_on: date
    starts_at: time
    location: str
    cases: int


def coming(db: Session, actor: Actor, *, limit: int = 5) -> list[Coming]:
    """The meetings that are planned or open, the earliest first."""
    cases = (
        select(func.count())
        .select_from(AgendaItem)
        .where(AgendaItem.meeting_id == Meeting.id)
        .scalar_subquery()
    )
    query = (
        select(Meeting, cases)
        .where(
            col(Meeting.area_id).in_(actor.areas_as(*MEETS)),
            col(Meeting.status).in_((Status.PLANNED, Status.OPEN)),
        )
        .order_by(col(Meeting.held_on), col(Meeting.starts_at))
        .limit(limit)
    )
    return [
        Coming(m.reference, m.held_on, m.starts_at, place_words(m.location, m.joining), int(n))
        for m, n in db.exec(query)
    ]
