"""The cases of a meeting: their order, what is left of them, and where a case waits."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

from config.policy import number as number_of
from panel.access import Actor
from panel.accounts.models import User
from panel.assessments.models import Assessment
from panel.children.models import Child
from panel.meetings.models import AgendaItem, Meeting
from panel.referrals.models import Referral
from panel.referrals.queries import scope
from panel.referrals.words import STATUS, Tag
from workflows.case import Status
from workflows.vocabulary import Outcome


@dataclass(frozen=True)
class Place:
    """One case on the agenda as the meeting page shows it."""

    number: int
    reference: str
    child_name: str
    recommended: Outcome | None
    outcome: Outcome | None
    status: Tag
    waits: bool
    starts: time | None = None
    presents: str = ""


def agenda_of(db: Session, actor: Actor, meeting: Meeting) -> list[Place]:
    """The agenda in order, as far as the person may see its cases."""
    query: Any = (
        select(AgendaItem, Referral, Child, Assessment.recommended, User.name)  # type: ignore[call-overload]
        .join(Referral, col(Referral.id) == AgendaItem.referral_id)
        .join(Child, col(Child.id) == Referral.child_id)
        .outerjoin(Assessment, col(Assessment.referral_id) == Referral.id)
        .outerjoin(User, col(User.id) == Referral.case_manager_id)
        .where(AgendaItem.meeting_id == meeting.id, scope(actor))
        .order_by(col(AgendaItem.place), col(AgendaItem.id))
    )
    return [
        Place(
            number,
            referral.reference,
            child.name,
            Outcome(recommended) if recommended else None,
            referral.outcome,
            STATUS[referral.status],
            item.finished_at is None and referral.status is Status.LISTED,
            clock_of(meeting, item.place),
            name or "",
        )
        for number, (item, referral, child, recommended, name) in enumerate(db.exec(query), 1)
    ]


def clock_of(meeting: Meeting, place: int) -> time | None:
    """When a place on the agenda is expected to begin; none past midnight."""
    begins = datetime.combine(meeting.held_on, meeting.starts_at)
    begins += timedelta(minutes=(place - 1) * minutes_of(meeting, 1))
    return begins.time() if begins.date() == meeting.held_on else None


def minutes_of(meeting: Meeting, cases: int) -> int:
    """How many minutes so many cases are expected to take."""
    return cases * number_of("panel_minutes_per_case", meeting.held_on)


def next_reference(db: Session, actor: Actor, meeting: Meeting, after: str) -> str | None:
    """The next case that waits for the panel, going round the agenda from the case at hand."""
    places = agenda_of(db, actor, meeting)
    here = next((i for i, place in enumerate(places) if place.reference == after), -1)
    waiting = [place.reference for place in (*places[here + 1 :], *places[: max(here, 0)]) if place.waits]
    return waiting[0] if waiting else None


def on_agenda(db: Session, meeting_id: int) -> int:
    """How many cases are on the agenda, whoever may see them."""
    query = select(func.count()).select_from(AgendaItem).where(AgendaItem.meeting_id == meeting_id)
    return db.exec(query).one()


def cases_left(db: Session, meeting_id: int) -> int:
    """How many cases still wait for the panel; a case withdrawn meanwhile does not."""
    query = (
        select(func.count())
        .select_from(AgendaItem)
        .join(Referral, col(Referral.id) == AgendaItem.referral_id)
        .where(
            AgendaItem.meeting_id == meeting_id,
            col(AgendaItem.finished_at).is_(None),
            Referral.status == Status.LISTED,
        )
    )
    return db.exec(query).one()


def open_item(db: Session, referral: Referral) -> AgendaItem | None:
    """The place on an agenda where the case waits for the panel, if it does."""
    if referral.status is not Status.LISTED:
        return None
    waits = col(AgendaItem.finished_at).is_(None)
    return db.exec(select(AgendaItem).where(AgendaItem.referral_id == referral.id, waits)).first()


def item_on(db: Session, meeting_id: int, referral_id: int) -> AgendaItem | None:
    """The place of a case on the agenda of one meeting, finished or not."""
    query = select(AgendaItem).where(
        AgendaItem.meeting_id == meeting_id, AgendaItem.referral_id == referral_id
    )
    return db.exec(query).first()


def last_item(db: Session, referral_id: int) -> AgendaItem | None:
    """The place on the agenda where the case was last, or is."""
    query = select(AgendaItem).where(AgendaItem.referral_id == referral_id)
    return db.exec(query.order_by(col(AgendaItem.id).desc()).limit(1)).first()


def last_place(db: Session, meeting_id: int) -> int:
    """The highest place on the agenda, 0 when it is empty."""
    query = select(func.max(AgendaItem.place)).where(AgendaItem.meeting_id == meeting_id)
    return db.exec(query).one() or 0


def meeting_of(db: Session, item: AgendaItem) -> Meeting:
    """The meeting of a place on an agenda."""
    return db.exec(select(Meeting).where(Meeting.id == item.meeting_id)).one()
