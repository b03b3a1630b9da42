"""Reads: whose tasks are open, and whom a mail has to reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, and_, case, column, false, func, or_, table, union_all
from sqlmodel import Session, col, select

from panel.access import Actor
from panel.accounts.models import Area, AreaSetting, Membership, User
from panel.notifications.dispatch_models import Dispatch, is_dead
from panel.notifications.models import ALERTS, MailWish, Notification, Party, Why
from panel.notifications.words import sentence
from workflows.calendar import today_in_london
from workflows.roles import Role

# The referrals room is above this one, so its reference is read by name and not by its class.
REFERRAL = table("referral", column("id", Integer), column("reference", String))


@dataclass(frozen=True)
class Task:
    """One open task as a list shows it; `role` is set when it is for everyone who holds the role."""

    id: int
    why: Why
    sentence: str
    reference: str
    path: str
    area_id: int
    referral_id: int | None
    queued_at: datetime
    due_on: date | None
    role: Role | None


@dataclass(frozen=True)
class Recipient:
    """A person whom a mail has to reach, or the address of a party; `daily` for one mail a day."""

    user_id: int | None
    email: str
    daily: bool = False


def open_tasks(db: Session, actor: Actor, limit: int = 50) -> list[Task]:
    """The actor's open tasks: the earliest due day first, those without one last, then the newest first."""
    rows = db.exec(
        select(Notification, REFERRAL.c.reference)
        .outerjoin(REFERRAL, REFERRAL.c.id == col(Notification.referral_id))
        .where(col(Notification.id).in_(union_all(*_first_ones(actor, limit))))
        .order_by(case((col(Notification.due_on).is_(None), 1), else_=0), *_urgent_first())
        .limit(limit)
    )
    return [_task(row, *_leads_to(row, reference)) for row, reference in rows]


def count_open(db: Session, actor: Actor) -> int:
    """How many tasks are open for the actor."""
    ways = [select(Notification.id).where(way) for way in _ways(actor)]
    number = col(Notification.id).in_(union_all(*ways))
    return db.exec(select(func.count()).select_from(Notification).where(number)).one()


def _urgent_first() -> tuple[Any, ...]:
    return col(Notification.due_on), col(Notification.queued_at).desc(), col(Notification.id).desc()


def _first_ones(actor: Actor, limit: int) -> list[Any]:
    """The first tasks of each way in, so that nobody's whole list has to be sorted to show its top."""
    due = col(Notification.due_on)
    parts = [
        select(Notification.id).where(way, dated).order_by(*_urgent_first()).limit(limit).subquery()
        for way in _ways(actor)
        for dated in (due.is_not(None), due.is_(None))
    ]
    return [select(part.c.id) for part in parts]


def _ways(actor: Actor) -> list[ColumnElement[bool]]:
    # A task for a person counts only where that person still works: a leaver keeps no list.
    areas = sorted({area for area, _ in actor.memberships})
    mine = and_(col(Notification.user_id) == actor.id, col(Notification.area_id).in_(areas))
    as_role = [
        and_(col(Notification.role) == role, col(Notification.area_id).in_(actor.areas_as(role)))
        for role in sorted(actor.roles)
    ]
    # One search of an index for each way in: with OR the databases read every open task of everybody.
    return [and_(way, col(Notification.done_at).is_(None)) for way in (mine, *as_role)]


def _leads_to(row: Notification, reference: str | None) -> tuple[str, str]:
    """The reference of what a task is about, and the page to which it leads."""
    if row.path:
        return row.path.rsplit("/", 1)[-1] if reference is None else reference, row.path
    return str(reference), f"/cases/{reference}"


def _task(row: Notification, reference: str, path: str) -> Task:
    return Task(
        id=row.id,
        why=row.why,
        sentence=sentence(row.why, row.about),
        reference=reference,
        path=path,
        area_id=row.area_id,
        referral_id=row.referral_id,
        queued_at=row.queued_at,
        due_on=row.due_on,
        role=row.role,
    )


def reference_of(db: Session, notification: Notification) -> str:
    """The reference of what a notification is about."""
    query: Any = select(REFERRAL.c.reference).where(REFERRAL.c.id == notification.referral_id)
    return _leads_to(notification, db.exec(query).first())[0]


def recipients(db: Session, notification: Notification, at: datetime) -> list[Recipient]:
    """The person, or everyone who holds the role in the area at this moment; closed accounts left out."""
    if notification.party is not None:
        address = address_of(db, notification.area_id, notification.party)
        return [Recipient(None, address)] if address else []
    people = (
        select(User.id, User.email, func.coalesce(MailWish.daily, false()))
        .join(MailWish, col(MailWish.user_id) == User.id, isouter=True)
        .where(col(User.disabled_at).is_(None))
        .order_by(col(User.id))
    )
    if notification.user_id is not None:
        people = people.where(User.id == notification.user_id)
    else:
        people = people.join(Membership, col(Membership.user_id) == User.id).where(
            Membership.area_id == notification.area_id,
            Membership.role == notification.role,
            or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= today_in_london(at)),
        )
    return [Recipient(user_id, email, bool(daily)) for user_id, email, daily in db.exec(people)]


def wants_daily(db: Session, user_id: int) -> bool:
    """Whether somebody wants one mail a day instead of one for each task."""
    return bool(db.exec(select(MailWish.daily).where(MailWish.user_id == user_id)).first())


def address_of(db: Session, area_id: int, party: Party) -> str:
    """The address that an area keeps for a party, empty while nobody has set it."""
    if party is Party.DUTY:
        return db.exec(select(Area.duty_mailbox).where(Area.id == area_id)).one()
    query = select(AreaSetting.social_care_mailbox).where(AreaSetting.area_id == area_id)
    return db.exec(query).first() or ""


def phone_of(db: Session, area_id: int) -> str:
    """The number that somebody outside calls, empty while nobody has set it."""
    return db.exec(select(AreaSetting.phone).where(AreaSetting.area_id == area_id)).first() or ""


def open_alerts(db: Session, referral_id: int) -> list[Notification]:
    """The alerts of a case that are still on somebody's list."""
    query = select(Notification).where(
        Notification.referral_id == referral_id,
        col(Notification.why).in_(ALERTS),
        col(Notification.done_at).is_(None),
    )
    return list(db.exec(query))


def did_not_arrive(areas: Sequence[int], *, today: date) -> ColumnElement[bool]:
    """The mails of these areas at which a person has to look.

    A digest or the mail of a Monday has no area: it belongs to those in which its reader works.
    """
    here = (
        col(Membership.area_id).in_(areas),
        or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= today),
    )
    of_people = col(Dispatch.user_id).in_(select(Membership.user_id).where(*here))
    without_area = and_(col(Dispatch.area_id).is_(None), of_people)
    return and_(is_dead(), or_(col(Dispatch.area_id).in_(areas), without_area))
