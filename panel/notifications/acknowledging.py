"""Acknowledging what one was told, and passing on what nobody acknowledged in time."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, exists
from sqlmodel import Session, col, select

from panel.access import Actor
from panel.accounts.models import AreaSetting, Membership, User
from panel.notifications.actions import finish, notify
from panel.notifications.kinds import KINDS
from panel.notifications.models import Acknowledgement, Escalated, Notification, Why
from panel.notifications.queries import reference_of
from workflows.calendar import deadline, today_in_london
from workflows.roles import Role

TO_MANAGER, TO_HEAD = 1, 2
# Whoever speaks for the area, where a mailbox or somebody outside was told.
SPEAK_FOR_A_PARTY = (Role.YOT_MANAGER, Role.CASE_MANAGER)


def may_acknowledge(row: Notification, by: Actor) -> bool:
    """Whether this person is the one who was told, or holds the role that was told, in its area."""
    held = by.roles_in(row.area_id)
    if row.party is not None:
        return bool(held & set(SPEAK_FOR_A_PARTY))
    return bool(held) and (row.user_id == by.id or row.role in held)


def acknowledge(db: Session, row: Notification, *, by: Actor, at: datetime) -> bool:
    """Keep who acknowledged and when, the first one; end what was passed on. Whether it was new."""
    query = select(Notification.id).where(Notification.id == row.id).with_for_update()
    db.exec(query).one()
    if acknowledgement_of(db, row.id) is not None:
        return False
    db.add(Acknowledgement(notification_id=row.id, user_id=by.id, at=at))
    if KINDS[row.why].only_to_read:
        finish(db, row, by=by, at=at)
    tasks = (
        select(Notification)
        .join(Escalated, col(Escalated.task_id) == Notification.id)
        .where(Escalated.notification_id == row.id)
    )
    for task in db.exec(tasks).all():
        finish(db, task, by=by, at=at)
    db.flush()
    return True


def acknowledgement_of(db: Session, notification_id: int) -> Acknowledgement | None:
    """Who acknowledged a notification and when, if anybody did."""
    query = select(Acknowledgement).where(Acknowledgement.notification_id == notification_id)
    return db.exec(query).first()


def unanswered() -> ColumnElement[bool]:
    """A notification that has to be acknowledged, is not, and of which the work is not done either."""
    read = exists().where(col(Acknowledgement.notification_id) == col(Notification.id))
    return col(Notification.acknowledge_by).is_not(None) & col(Notification.done_at).is_(None) & ~read


def escalate(db: Session, day: date, *, at: datetime, limit: int) -> int | None:
    """Pass on what was to be acknowledged before a day and is not; how many, or None when nothing is left.

    First to the YOT managers, later to the head of service; each step once, however often this runs.
    """
    first = _due(db, col(Notification.acknowledge_by) < day, TO_MANAGER, limit)
    for row in first:
        _pass_on(db, row, TO_MANAGER, at)
    passed = exists().where(
        col(Escalated.notification_id) == col(Notification.id), col(Escalated.step) == TO_MANAGER
    )
    later = [row for row in _due(db, passed, TO_HEAD, limit) if _head_is_due(db, row, day)]
    for row in later:
        _pass_on(db, row, TO_HEAD, at)
    return len(first) + len(later) or None


def _due(db: Session, where: ColumnElement[bool], step: int, limit: int) -> list[Notification]:
    had = exists().where(col(Escalated.notification_id) == col(Notification.id), col(Escalated.step) == step)
    query = (
        select(Notification)
        .where(unanswered(), where, ~had)
        .order_by(col(Notification.acknowledge_by), col(Notification.id))
        .limit(limit)
        .with_for_update(skip_locked=True, of=Notification)
    )
    return list(db.exec(query))


def _head_is_due(db: Session, row: Notification, day: date) -> bool:
    query = select(Escalated.at).where(Escalated.notification_id == row.id, Escalated.step == TO_MANAGER)
    since = today_in_london(db.exec(query).one())
    return deadline("escalate_to_head", since, "Head of service").due < day


def _pass_on(db: Session, row: Notification, step: int, at: datetime) -> None:
    head = head_of(db, row.area_id, at) if step == TO_HEAD else None
    task = notify(
        db,
        why=Why.NOT_ACKNOWLEDGED,
        area_id=row.area_id,
        referral_id=row.referral_id,
        key=f"escalated-{row.id}-{step}",
        at=at,
        to_user=head,
        # Without a head of service the managers hear of it once more.
        to_role=None if head else Role.YOT_MANAGER,
        # Where it is acknowledged: beside the case, or on the page itself where there is no case.
        path=f"/cases/{reference_of(db, row)}/told" if row.referral_id else row.path,
    )
    db.add(Escalated(notification_id=row.id, step=step, task_id=task.id, at=at))
    db.flush()


def head_of(db: Session, area_id: int, at: datetime) -> int | None:
    """The head of service of an area, while they have an account and are a manager there."""
    query = (
        select(AreaSetting.head_id)
        .join(User, col(User.id) == AreaSetting.head_id)
        .join(Membership, col(Membership.user_id) == User.id)
        .where(
            AreaSetting.area_id == area_id,
            Membership.area_id == area_id,
            Membership.role == Role.YOT_MANAGER,
            col(User.disabled_at).is_(None),
            col(Membership.ends_on).is_(None) | (col(Membership.ends_on) >= today_in_london(at)),
        )
    )
    return db.exec(query).first()
