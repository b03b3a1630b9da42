"""How an area stands, in counts: for the page of the week, and for the mail of each Monday."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, or_, select

from panel.accounts.models import Membership, User
from panel.db import transaction
from panel.jobs import enqueue
from panel.notifications.acknowledging import unanswered
from panel.notifications.deliver_counts import DELIVER_WEEK
from panel.notifications.dispatch_models import Dispatch
from panel.notifications.models import Notification, WeekMail
from panel.notifications.queries import did_not_arrive
from panel.referrals.models import Referral
from workflows.case import OPEN, Status
from workflows.roles import Role

MONDAY = 0


def figures(db: Session, areas: Sequence[int], *, today: date) -> dict[str, int]:
    """The counts of `deliver_counts.FIGURES` for these areas, in as many questions as there are figures."""
    status, told = col(Referral.status), col(Notification.area_id).in_(areas)
    return {
        "late": _cases(db, areas, status.in_(OPEN) & (col(Referral.due_on) < today)),
        "to_accept": _cases(db, areas, status == Status.SUBMITTED),
        "assessments": _cases(db, areas, status == Status.ACCEPTED),
        "to_give": _cases(db, areas, status == Status.DECIDED),
        "unacknowledged": _count(db, Notification, told & unanswered()),
        "overdue": _count(db, Notification, told & unanswered() & (col(Notification.acknowledge_by) < today)),
        "mails": _count(db, Dispatch, did_not_arrive(areas, today=today)),
    }


def _cases(db: Session, areas: Sequence[int], where: ColumnElement[bool]) -> int:
    return _count(db, Referral, col(Referral.area_id).in_(areas) & where)


def _count(db: Session, table: type[Referral | Notification | Dispatch], where: ColumnElement[bool]) -> int:
    return db.exec(select(func.count()).select_from(table).where(where)).one()


def queue_weeks(engine: Engine, day: date, *, at: datetime) -> int:
    """On a Monday queue the mails for managers, once; how many."""
    if day.weekday() != MONDAY:
        return 0
    try:
        with transaction(engine) as db:
            had = set(db.exec(select(WeekMail.user_id).where(WeekMail.monday == day)))
            found = {user: areas for user, areas in _managers(db, day).items() if user not in had}
            for user, areas in sorted(found.items()):
                _queue(db, user, areas, day, at)
            return len(found)
    except IntegrityError:
        # Another run was faster with the same person and Monday, and its mails are queued.
        return 0


def _queue(db: Session, user_id: int, areas: list[int], day: date, at: datetime) -> None:
    row = WeekMail(user_id=user_id, monday=day, counts=figures(db, areas, today=day), queued_at=at)
    db.add(row)
    db.flush()
    enqueue(db, DELIVER_WEEK, f"week:{user_id}:{day}", row.id)


def _managers(db: Session, day: date) -> dict[int, list[int]]:
    query = (
        select(Membership.user_id, Membership.area_id)
        .join(User, col(User.id) == Membership.user_id)
        .where(
            Membership.role == Role.YOT_MANAGER,
            col(User.disabled_at).is_(None),
            or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= day),
        )
    )
    areas: dict[int, list[int]] = defaultdict(list)
    for user, area in db.exec(query):
        areas[user].append(area)
    return areas
