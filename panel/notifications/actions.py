"""Tasks: put on somebody's list with the act that caused them, and taken off by the act that settles them."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select, update

from panel.access import Actor
from panel.jobs import enqueue
from panel.notifications.kinds import KINDS
from panel.notifications.models import ALERTS, Escalated, Mail, Notification, Party, Why
from workflows.calendar import deadline, today_in_london
from workflows.roles import Role

DELIVER_MAIL = "deliver_mail"
INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
# Set in a session's `info` when a past is written, of which nobody needs a mail any more.
WITHOUT_MAIL = "without_mail"


def notify(
    db: Session,
    *,
    why: Why,
    area_id: int,
    referral_id: int | None,
    key: str,
    at: datetime,
    to_user: int | None = None,
    to_role: Role | None = None,
    to_party: Party | None = None,
    due_on: date | None = None,
    about: str = "",
    mailed: bool = True,
    path: str = "",
) -> Notification:
    """Put one task on the list of a person, or of everyone with a role in the area, and queue its mail.

    Task and mail belong to the caller's transaction. A key that was used before returns the first
    task and queues nothing; the key is kept with the job, so no name belongs in it. ValueError unless
    exactly one of `to_user`, `to_role` and `to_party` is given, and at least one of `referral_id` and
    `path`: a task leads to the page of its case unless `path`, which ends with a reference, leads
    elsewhere. What is not `mailed` is counted in the mail of a morning. A party has no list: for it
    there is only the mail, and how its kind behaves says `kinds.py`.
    """
    if sum(whom is not None for whom in (to_user, to_role, to_party)) != 1:
        raise ValueError("a notification goes to one person or to one role, or to one party")
    if referral_id is None and not path:
        raise ValueError("a notification leads to a case or to another page")
    task = Notification(
        key=key,
        why=why,
        about=about,
        area_id=area_id,
        referral_id=referral_id,
        path=path,
        user_id=to_user,
        role=to_role,
        party=to_party,
        queued_at=at,
        due_on=due_on,
        acknowledge_by=acknowledge_by(why, at),
        mail=Mail.QUEUED if mailed and not db.info.get(WITHOUT_MAIL) else Mail.NOT_NEEDED,
    )
    return _add(db, task)


def acknowledge_by(why: Why, at: datetime) -> date | None:
    """The day by which a notification has to be acknowledged, by the policy clock of its kind."""
    clock = KINDS[why].acknowledge
    return deadline(clock, today_in_london(at), "Acknowledge").due if clock else None


def _add(db: Session, task: Notification) -> Notification:
    """Write the task unless its key is taken: one statement, whoever else may be writing it now."""
    insert = INSERTS[db.get_bind().dialect.name](Notification)
    new = insert.values(task.model_dump(exclude={"id"})).on_conflict_do_nothing(index_elements=["key"])
    added: Notification | None = db.scalars(new.returning(Notification)).first()
    if added is None:
        return db.exec(select(Notification).where(Notification.key == task.key)).one()
    if added.mail is Mail.QUEUED:
        enqueue(db, DELIVER_MAIL, f"mail:{added.key}", added.id)
    return added


def finish(db: Session, notification: Notification, *, by: Actor | None, at: datetime) -> None:
    """Take one task off the list; whoever was first stays the one who did it, nobody for the calendar."""
    if notification.done_at is None:
        notification.done_at, notification.done_by_id = at, by.id if by else None


def reopen(notification: Notification) -> None:
    """Put a task back on the list, because what it asks for holds again."""
    notification.done_at = notification.done_by_id = None


def finish_key(db: Session, key: str, *, by: Actor, at: datetime) -> None:
    """Take the task with this key off the list, if there is one."""
    task = db.exec(select(Notification).where(Notification.key == key)).first()
    if task is not None:
        finish(db, task, by=by, at=at)


def finish_path(db: Session, path: str, *, by: Actor, at: datetime) -> None:
    """Take every open task that leads to a page off everyone's list."""
    done = update(Notification).where(col(Notification.path) == path, col(Notification.done_at).is_(None))
    db.execute(done.values(done_at=at, done_by_id=by.id))


def finish_for_person(db: Session, referral_id: int, why: Why, *, by: Actor, at: datetime) -> None:
    """Take one kind of task of a case off one person's own list."""
    done = update(Notification).where(
        col(Notification.referral_id) == referral_id,
        col(Notification.why) == why,
        col(Notification.user_id) == by.id,
        col(Notification.done_at).is_(None),
    )
    db.execute(done.values(done_at=at, done_by_id=by.id))


def finish_for_team(
    db: Session, referral_id: int, why: Why, users: Collection[int | None], *, by: Actor, at: datetime
) -> None:
    """Take one kind of task of a case off the lists of roles and of these people; others keep theirs."""
    done = update(Notification).where(
        col(Notification.referral_id) == referral_id,
        col(Notification.why) == why,
        col(Notification.role).is_not(None) | col(Notification.user_id).in_(users),
        col(Notification.done_at).is_(None),
    )
    db.execute(done.values(done_at=at, done_by_id=by.id))


def finish_alerts(db: Session, path: str, *, at: datetime) -> None:
    """Take the open alerts that lead to a page off the list: another one takes their place."""
    done = update(Notification).where(
        col(Notification.path) == path,
        col(Notification.why).in_(ALERTS),
        col(Notification.done_at).is_(None),
    )
    db.execute(done.values(done_at=at, done_by_id=None))


def finish_for_case(db: Session, referral_id: int, whys: Collection[Why], *, by: Actor, at: datetime) -> None:
    """Take every open task of these kinds off everyone's list, because one person did the work."""
    done = update(Notification).where(
        col(Notification.referral_id) == referral_id,
        col(Notification.why).in_(whys),
        col(Notification.done_at).is_(None),
    )
    db.execute(done.values(done_at=at, done_by_id=by.id))
    if any(KINDS[why].acknowledge for why in whys):
        _finish_escalated(db, referral_id, whys, by=by, at=at)


def _finish_escalated(
    db: Session, referral_id: int, whys: Collection[Why], *, by: Actor, at: datetime
) -> None:
    """What was passed on because nobody acknowledged it ends with it."""
    of_these = (
        select(Escalated.task_id)
        .join(Notification, col(Notification.id) == Escalated.notification_id)
        .where(Notification.referral_id == referral_id, col(Notification.why).in_(whys))
    )
    done = update(Notification).where(col(Notification.id).in_(of_these), col(Notification.done_at).is_(None))
    db.execute(done.values(done_at=at, done_by_id=by.id))
