"""Tasks: put on somebody's list with the act that caused them, and taken off by the act that settles them."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from panel.access import Actor
from panel.jobs import enqueue
from panel.notifications.models import Mail, Notification, Why
from workflows.roles import Role

DELIVER_MAIL = "deliver_mail"
# Set in a session's `info` when a past is written, of which nobody needs a mail any more.
WITHOUT_MAIL = "without_mail"


def notify(
    db: Session,
    *,
    why: Why,
    area_id: int,
    referral_id: int,
    key: str,
    at: datetime,
    to_user: int | None = None,
    to_role: Role | None = None,
    due_on: date | None = None,
) -> Notification:
    """Put one task on the list of a person, or of everyone with a role in the area, and queue its mail.

    Task and mail belong to the caller's transaction. A key that was used before returns the first
    task and queues nothing; the key is kept with the job, so no name belongs in it. ValueError unless
    exactly one of `to_user` and `to_role` is given.
    """
    if (to_user is None) == (to_role is None):
        raise ValueError("a notification goes to one person or to one role")
    task = Notification(
        key=key,
        why=why,
        area_id=area_id,
        referral_id=referral_id,
        user_id=to_user,
        role=to_role,
        queued_at=at,
        due_on=due_on,
    )
    return _first(db, key) or _add(db, task)


def _first(db: Session, key: str) -> Notification | None:
    return db.exec(select(Notification).where(Notification.key == key)).first()


def _add(db: Session, task: Notification) -> Notification:
    try:
        with db.begin_nested():
            db.add(task)
    except IntegrityError:
        # Another transaction was faster with the same key; anything else that is wrong is not ours to hide.
        first = _first(db, task.key)
        if first is None:
            raise
        return first
    if db.info.get(WITHOUT_MAIL):
        task.mail = Mail.NOT_NEEDED
    else:
        enqueue(db, DELIVER_MAIL, f"mail:{task.key}", task.id)
    return task


def finish(db: Session, notification: Notification, *, by: Actor, at: datetime) -> None:
    """Take one task off the list; whoever was first stays the one who did it."""
    if notification.done_at is None:
        notification.done_at, notification.done_by_id = at, by.id


def finish_key(db: Session, key: str, *, by: Actor, at: datetime) -> None:
    """Take the task with this key off the list, if there is one."""
    task = _first(db, key)
    if task is not None:
        finish(db, task, by=by, at=at)


def finish_for_case(db: Session, referral_id: int, whys: Collection[Why], *, by: Actor, at: datetime) -> None:
    """Take every open task of these kinds off everyone's list, because one person did the work."""
    tasks = select(Notification).where(
        Notification.referral_id == referral_id,
        col(Notification.why).in_(whys),
        col(Notification.done_at).is_(None),
    )
    for task in db.exec(tasks):
        finish(db, task, by=by, at=at)
