"""Reading meetings: the look-up is the permission; who is here is counted afresh each time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, func, select

from config.policy import names
from panel.access import Actor
from panel.accounts.models import Membership, User
from panel.db import forget, once
from panel.errors import Missing, Stale
from panel.history.operations import Operation
from panel.history.record import log_access, meeting_chain
from panel.meetings.models import AgendaItem, Meeting, Member
from panel.meetings.seating import conflicted as conflicted
from panel.meetings.seating import left_out, stand_ins
from panel.referrals.models import Referral
from workflows.meeting import Status
from workflows.roles import SEAT_ROLES, Role, Seat

READERS = (Role.YOT_MANAGER, Role.SECONDED, Role.VICTIM_WORKER, Role.INSPECTOR, Role.CASE_MANAGER)
PAGE = 50


def meeting_for(db: Session, actor: Actor, reference: str, *, at: datetime, page: str) -> Meeting:
    """The meeting with this reference in one of the person's areas. Raises `Missing`, logs the look."""
    area = col(Meeting.area_id).in_(actor.areas_as(*READERS))
    found = db.exec(select(Meeting).where(Meeting.reference == reference, area)).first()
    if found is None:
        raise Missing()
    log_access(db, Operation.CONSULTATION, meeting_chain(found.id), by=actor, at=at, page=page)
    return found


def lock_meeting(db: Session, meeting_id: int, *, expect: int | None = None) -> Meeting:
    """The meeting as it is now; whoever would change it or decide in it waits for us.

    Raises `Missing`, or `Stale` when its version is not the expected one any more.
    """
    forget(db)
    query = select(Meeting).where(Meeting.id == meeting_id).with_for_update()
    found = db.exec(query.execution_options(populate_existing=True)).first()
    if found is None:
        raise Missing()
    if expect is not None and found.version != expect:
        raise Stale()
    return found


def lock_case(db: Session, referral: Referral, *, expect: bool = True) -> None:
    """Read the case again, locked after its meeting. Raises `Stale` when it changed since it was read."""
    db.flush()
    seen = referral.version
    forget(db)  # what was read before the lock may have changed
    query = select(Referral).where(Referral.id == referral.id).with_for_update()
    db.exec(query.execution_options(populate_existing=True)).one()
    if expect and referral.version != seen:
        raise Stale()


def chair_roles(meeting: Meeting, by: Actor) -> frozenset[Role]:
    """The chair's role, for the person who was named for this meeting and is still a manager of the area."""
    is_chair = by.id == meeting.chair_id and Role.YOT_MANAGER in by.roles_in(meeting.area_id)
    return frozenset({Role.CHAIR}) if is_chair else frozenset()


@dataclass(frozen=True)
class Seated:
    """A person in a seat, invited or stepping in."""

    user_id: int
    name: str
    seat: Seat
    present: bool


def members_of(db: Session, meeting_id: int) -> list[Seated]:
    """Everyone with a seat, in the order of the seats."""
    query = (
        select(Member.user_id, User.name, Member.seat, Member.present)
        .join(User, col(User.id) == Member.user_id)
        .where(Member.meeting_id == meeting_id)
        .order_by(col(Member.id))
    )
    found = [Seated(user_id, name, Seat(seat), present) for user_id, name, seat, present in db.exec(query)]
    return sorted(found, key=lambda member: list(Seat).index(member.seat))


def present_members(
    db: Session, meeting: Meeting, *, today: date, item_id: int | None = None
) -> dict[Seat, Seated]:
    """Who is here and still holds the role of their seat: different people, for nobody has two seats.

    For one case (`item_id`) whoever has a conflict in it, or presents it, does not count, and whoever was
    named to step in does.
    """
    found = _holding_seats(db, meeting, today)
    if item_id is not None:
        found = _for_one_case(db, meeting, item_id, found, today)
    return {seat: found[seat] for seat in Seat if seat in found}


def _holding_seats(db: Session, meeting: Meeting, today: date) -> dict[Seat, Seated]:
    query = (
        select(Member.user_id, User.name, Member.seat, Membership.role)
        .join(User, col(User.id) == Member.user_id)
        .join(Membership, _holds(col(Member.user_id), meeting.area_id, today))
        .where(
            Member.meeting_id == meeting.id,
            col(Member.present).is_(True),
            col(User.disabled_at).is_(None),
        )
    )
    return {
        Seat(seat): Seated(user_id, name, Seat(seat), True)
        for user_id, name, seat, role in db.exec(query)
        if role is SEAT_ROLES[Seat(seat)]
    }


def _holds(user_id: Any, area_id: int, today: date) -> ColumnElement[bool]:
    return and_(col(Membership.user_id) == user_id, col(Membership.area_id) == area_id, _lasts(today))


def _for_one_case(
    db: Session, meeting: Meeting, item_id: int, found: dict[Seat, Seated], today: date
) -> dict[Seat, Seated]:
    out = left_out(db, item_id)
    left = {seat: member for seat, member in found.items() if member.user_id not in out}
    steps_in = {seat: i for seat, i in stand_ins(db, item_id).items() if seat and seat not in left}
    names = _able(db, meeting.area_id, steps_in.values(), today)
    for seat, user_id in steps_in.items():
        taken = {member.user_id for member in left.values()}
        if user_id not in out | taken and (user_id, SEAT_ROLES[seat]) in names:
            left[seat] = Seated(user_id, names[user_id, SEAT_ROLES[seat]], seat, True)
    return left


def _able(db: Session, area_id: int, ids: Collection[int], today: date) -> dict[tuple[int, Role], str]:
    """The names of these people by each role that they hold in the area now."""
    if not ids:
        return {}
    query = (
        select(User.id, User.name, Membership.role)
        .join(Membership, _holds(col(User.id), area_id, today))
        .where(col(User.id).in_(ids), col(User.disabled_at).is_(None))
    )
    return {(int(i), Role(role)): str(name) for i, name, role in db.exec(query)}


def missing_seats(here: dict[Seat, Seated], *, today: date) -> tuple[Seat, ...]:
    """The seats that must be taken before the panel may decide, and are not (PAN-1)."""
    return tuple(seat for seat in map(Seat, names("panel_quorum", today)) if seat not in here)


def _lasts(today: date) -> ColumnElement[bool]:
    return or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= today)


def people_for(db: Session, area_id: int, seat: Seat, *, today: date) -> list[tuple[int, str]]:
    """Who may sit in a seat, by name."""
    query = (
        select(User.id, User.name)
        .join(Membership, col(Membership.user_id) == User.id)
        .where(
            Membership.area_id == area_id,
            Membership.role == SEAT_ROLES[seat],
            col(User.disabled_at).is_(None),
            _lasts(today),
        )
        .order_by(col(User.name), col(User.id))
    )
    found = once(db, Membership, (area_id, seat, today), lambda: db.exec(query).all())
    return [(int(user_id), str(name)) for user_id, name in found]


def last_meeting(db: Session, area_id: int) -> Meeting | None:
    """The meeting that was added last in an area: the next one probably looks like it."""
    query = select(Meeting).where(Meeting.area_id == area_id).order_by(col(Meeting.id).desc())
    return db.exec(query.limit(1)).first()


def chair_name(db: Session, meeting: Meeting) -> str:
    """Who chairs."""
    return db.exec(select(User.name).where(User.id == meeting.chair_id)).one()


@dataclass(frozen=True)
class Planned:
    """A meeting in a list, with how many cases are on its agenda."""

    meeting: Meeting
    cases: int


def _with_counts() -> tuple[ColumnElement[int], ColumnElement[bool]]:
    cases = select(func.count()).where(AgendaItem.meeting_id == Meeting.id).scalar_subquery()
    return cases, col(Meeting.status).in_((Status.PLANNED, Status.OPEN))


def upcoming(db: Session, actor: Actor, *, today: date, limit: int = PAGE) -> list[Planned]:
    """Meetings that are planned from today on or are still open, the next one first."""
    cases, alive = _with_counts()
    query = (
        select(Meeting, cases)
        .where(col(Meeting.area_id).in_(actor.areas_as(*READERS)), alive, _ahead(today))
        .order_by(col(Meeting.held_on), col(Meeting.starts_at), col(Meeting.id))
        .limit(limit)
    )
    return [Planned(meeting, int(count)) for meeting, count in db.exec(query)]


def _ahead(today: date) -> ColumnElement[bool]:
    return or_(col(Meeting.held_on) >= today, col(Meeting.status) == Status.OPEN)


def past(
    db: Session, actor: Actor, *, today: date, before: tuple[date, int] | None, limit: int = PAGE
) -> list[Planned]:
    """Meetings that are over, were cancelled or were never held, the latest first, older than `before`."""
    cases, alive = _with_counts()
    query = select(Meeting, cases).where(
        col(Meeting.area_id).in_(actor.areas_as(*READERS)), ~and_(alive, _ahead(today))
    )
    if before is not None:
        day, number = before
        held = col(Meeting.held_on)
        query = query.where(or_(held < day, and_(held == day, col(Meeting.id) < number)))
    query = query.order_by(col(Meeting.held_on).desc(), col(Meeting.id).desc()).limit(limit)
    return [Planned(meeting, int(count)) for meeting, count in db.exec(query)]


def to_choose(db: Session, area_id: int, *, today: date) -> list[Planned]:
    """The planned meetings of an area from today on, onto which a case may be put."""
    cases, _ = _with_counts()
    query = (
        select(Meeting, cases)
        .where(Meeting.area_id == area_id, Meeting.status == Status.PLANNED, Meeting.held_on >= today)
        .order_by(col(Meeting.held_on), col(Meeting.starts_at), col(Meeting.id))
    )
    return [Planned(meeting, int(count)) for meeting, count in db.exec(query)]
