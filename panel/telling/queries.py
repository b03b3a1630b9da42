"""Reading what people were told: lists by area, the list of one case, mails that did not arrive."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, true
from sqlmodel import Session, col, func, or_, select

from panel.access import Actor
from panel.accounts.models import Area
from panel.counting import Number, answers, count_up_to, many
from panel.notifications.acknowledging import may_acknowledge, unanswered
from panel.notifications.dispatch_models import Dispatch, is_dead
from panel.notifications.models import ALERTS, Acknowledgement, Escalated, Mail, Notification, Why
from panel.notifications.queries import REFERRAL, did_not_arrive
from panel.referrals.models import Referral
from panel.referrals.queries import names_of
from workflows.roles import Role

PAGE = 25
READERS = (Role.YOT_MANAGER, Role.INSPECTOR)


class Show(StrEnum):
    """The lists of notifications that one can open."""

    ALL = "all"
    OPEN = "open"
    LATE = "late"
    FAILED = "failed"


@dataclass(frozen=True)
class Told:
    """One notification with what became of it."""

    row: Notification
    reference: str
    person: str | None
    read_by: str | None
    read_at: datetime | None
    done_by: str | None
    escalated: tuple[datetime, ...]
    mine: bool


def where_of(show: Show, today: date) -> ColumnElement[bool]:
    """What a list holds."""
    late = col(Notification.acknowledge_by) < today
    return {
        Show.ALL: true(),
        Show.OPEN: unanswered(),
        Show.LATE: unanswered() & late,
        Show.FAILED: col(Notification.mail).in_((Mail.FAILED, Mail.UNCERTAIN)),
    }[show]


def scope(actor: Actor, *, why: Why | None = None, reference: str = "") -> ColumnElement[bool]:
    """The notifications of the areas that a person manages or inspects; alerts of deadlines left out."""
    kind = col(Notification.why) == why if why else col(Notification.why).not_in(ALERTS)
    case = select(Referral.id).where(Referral.reference == reference)
    return and_(
        col(Notification.area_id).in_(actor.areas_as(*READERS)),
        kind,
        col(Notification.referral_id).in_(case) if reference else true(),
    )


def count(db: Session, where: ColumnElement[bool]) -> int:
    """How many notifications, counted up to `MOST` so that a long list stays quick."""
    return count_up_to(db, select(Notification.id).where(where))


def counted(actor: Actor, show: Show, *, today: date) -> Number:
    """How many notifications a list holds, up to `MOST`, to be asked with others."""
    return many(select(Notification.id).where(scope(actor), where_of(show, today)))


def listed(
    db: Session, actor: Actor, where: ColumnElement[bool], *, before: int | None = None
) -> tuple[list[Told], int | None]:
    """A page of notifications, the newest first, and the key of the next page."""
    query = select(Notification).where(where).order_by(col(Notification.id).desc()).limit(PAGE + 1)
    if before is not None:
        query = query.where(Notification.id < before)
    rows = db.exec(query).all()
    more = rows[PAGE - 1].id if len(rows) > PAGE else None
    return _told(db, actor, rows[:PAGE]), more


def of_case(db: Session, actor: Actor, referral: Referral) -> list[Told]:
    """Everybody who was told of a case, the newest first; alerts of deadlines left out."""
    query = (
        select(Notification)
        .where(Notification.referral_id == referral.id, col(Notification.why).not_in(ALERTS))
        .order_by(col(Notification.id).desc())
    )
    return _told(db, actor, db.exec(query).all())


def _told(db: Session, actor: Actor, rows: Sequence[Notification]) -> list[Told]:
    numbers = [row.id for row in rows]
    read = _by_notification(db, Acknowledgement, numbers)
    passed: dict[int, list[datetime]] = {}
    query = select(Escalated.notification_id, Escalated.at).where(col(Escalated.notification_id).in_(numbers))
    for number, when in db.exec(query.order_by(col(Escalated.step))):
        passed.setdefault(number, []).append(when)
    references = {
        int(number): str(reference)
        for number, reference in db.exec(
            select(REFERRAL.c.id, REFERRAL.c.reference).where(
                REFERRAL.c.id.in_([row.referral_id for row in rows if row.referral_id])
            )
        )
    }
    people = [*(row.user_id for row in rows), *(row.done_by_id for row in rows)]
    names = names_of(db, [*people, *(one.user_id for one in read.values())])
    return [_one(row, actor, read.get(row.id), references, passed.get(row.id, ()), names) for row in rows]


def _one(
    row: Notification,
    actor: Actor,
    read: Acknowledgement | None,
    references: dict[int, str],
    passed: Iterable[datetime],
    names: dict[int, str],
) -> Told:
    return Told(
        row=row,
        reference=references.get(row.referral_id or 0) or row.path.rsplit("/", 1)[-1],
        person=names.get(row.user_id or 0),
        read_by=names.get(read.user_id) if read else None,
        read_at=read.at if read else None,
        done_by=names.get(row.done_by_id or 0),
        escalated=tuple(passed),
        mine=row.acknowledge_by is not None
        and read is None
        and row.done_at is None
        and may_acknowledge(row, actor),
    )


def _by_notification(
    db: Session, table: type[Acknowledgement], numbers: Sequence[int]
) -> dict[int, Acknowledgement]:
    rows = db.exec(select(table).where(col(table.notification_id).in_(numbers)))
    return {row.notification_id: row for row in rows}


def notification_of(db: Session, referral: Referral, number: int) -> Notification | None:
    """One notification of a case."""
    query = select(Notification).where(Notification.id == number, Notification.referral_id == referral.id)
    return db.exec(query).first()


@dataclass(frozen=True)
class Dead:
    """A mail that did not arrive, or of which nobody knows: no address and nobody's data."""

    dispatch: Dispatch
    area: str


def dead_scope(actor: Actor, today: date) -> ColumnElement[bool]:
    """The mails that did not arrive of a person's areas; an administrator's also all those of no area."""
    mine = did_not_arrive(actor.areas_as(Role.YOT_MANAGER, Role.ADMIN), today=today)
    if not actor.areas_as(Role.ADMIN):
        return mine
    return or_(mine, and_(is_dead(), col(Dispatch.area_id).is_(None)))


def dead(
    db: Session, actor: Actor, *, today: date, before: int | None = None
) -> tuple[list[Dead], int | None]:
    """A page of the mails that did not arrive, the newest first, and the key of the next page."""
    query = (
        select(Dispatch, Area.name)
        .join(Area, col(Area.id) == Dispatch.area_id, isouter=True)
        .where(dead_scope(actor, today))
        .order_by(col(Dispatch.id).desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        query = query.where(Dispatch.id < before)
    rows = db.exec(query).all()
    more = rows[PAGE - 1][0].id if len(rows) > PAGE else None
    return [Dead(row, area or "") for row, area in rows[:PAGE]], more


def count_dead(db: Session, actor: Actor, *, today: date) -> int:
    """How many mails did not arrive."""
    return int(answers(db, [dead_counted(actor, today=today)])[0])


def dead_counted(actor: Actor, *, today: date) -> Number:
    """The same, to be asked with others."""
    return select(func.count()).select_from(Dispatch).where(dead_scope(actor, today)).scalar_subquery()


def dead_one(db: Session, actor: Actor, number: int, *, today: date) -> Dispatch | None:
    """One of them, locked."""
    query = select(Dispatch).where(Dispatch.id == number, dead_scope(actor, today))
    return db.exec(query.with_for_update()).first()
