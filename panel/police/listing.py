"""Lists of police disposals, read on by number, and who was told of one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, literal_column, true
from sqlmodel import Session, col, func, select

from panel.access import Actor
from panel.accounts.models import User
from panel.counting import Number, answers, many
from panel.notifications.acknowledging import may_acknowledge, unanswered
from panel.notifications.models import Acknowledgement, Notification, Party, Why
from panel.police.models import IS_EXCEPTION, PoliceDisposal, PoliceReport
from panel.police.queries import PATH, WHOLE_AREA, notice_column, path_of
from workflows.police import Heard, Notice, Standing
from workflows.roles import ROLE_WORDS, Role
from workflows.vocabulary import Outcome

PAGE = 25
TELLS = (Why.POLICE_TOLD, Why.POLICE_EXCEPTION)
BY_POLICE = (Heard.FORM, Heard.SYSTEM, Heard.ANSWER)


class Show(StrEnum):
    """The lists that one can open."""

    UNREAD = "unread"
    EXCEPTIONS = "exceptions"
    TOLD = "told"
    ALL = "all"


def scope(actor: Actor) -> ColumnElement[bool]:
    """The records of the areas in which a person reads all of them."""
    return col(PoliceDisposal.area_id).in_(actor.areas_as(*WHOLE_AREA))


def where_of(show: Show, actor: Actor) -> ColumnElement[bool]:
    """What a list holds."""
    # From the few open notifications to the records: the records are many.
    paths = select(func.substr(Notification.path, len(PATH) + 1)).where(*_tells(actor))
    return {
        Show.UNREAD: col(PoliceDisposal.reference).in_(paths),
        Show.EXCEPTIONS: and_(
            literal_column(f"police_disposal.{IS_EXCEPTION}"), col(PoliceDisposal.status) == Standing.COUNTED
        ),
        Show.TOLD: col(PoliceDisposal.told_how).in_(BY_POLICE),
        Show.ALL: true(),
    }[show]


def _tells(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """The notifications of records that somebody has to acknowledge."""
    here = col(Notification.area_id).in_(actor.areas_as(*WHOLE_AREA))
    return here, col(Notification.why).in_(TELLS), unanswered()


def filtered(
    actor: Actor, show: Show, *, outcome: Outcome | None, state: Notice | None, today: date
) -> ColumnElement[bool]:
    """A list, narrowed to an outcome and to a state."""
    # Nothing added to the area: the few that are unread are found by their references, not among all of it.
    here = (col(PoliceDisposal.area_id) + 0).in_(actor.areas_as(*WHOLE_AREA))
    return and_(
        here if show is Show.UNREAD else scope(actor),
        where_of(show, actor),
        col(PoliceDisposal.outcome) == outcome if outcome else true(),
        notice_column(today) == state.value if state else true(),
    )


def listed(
    db: Session, where: ColumnElement[bool], *, before: int | None
) -> tuple[Sequence[PoliceDisposal], int | None]:
    """One page, the newest first, and the key of the next."""
    query = select(PoliceDisposal).where(where).order_by(col(PoliceDisposal.id).desc()).limit(PAGE + 1)
    if before is not None:
        query = query.where(PoliceDisposal.id < before)
    rows = db.exec(query).all()
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None


def count(db: Session, where: ColumnElement[bool]) -> int:
    """How many, counted up to `MOST` so that a long list stays quick."""
    return int(answers(db, [counted(where)])[0])


def counted(where: ColumnElement[bool]) -> Number:
    """The same, to be asked with others."""
    return many(select(PoliceDisposal.id).where(where))


def count_unread(db: Session, actor: Actor) -> int:
    """How many wait for somebody to say that they know, counted up to `MOST` without looking at a record."""
    return int(answers(db, [unread_counted(actor)])[0])


def unread_counted(actor: Actor) -> Number:
    """The same, to be asked with others."""
    return many(select(Notification.path).where(*_tells(actor)).distinct())


def told_by(actor: Actor) -> ColumnElement[bool]:
    """The records of which this person told us."""
    return col(PoliceDisposal.id).in_(
        select(PoliceReport.disposal_id).where(PoliceReport.by_id == actor.id, PoliceReport.how == Heard.FORM)
    )


def last_told(db: Session, actor: Actor) -> PoliceDisposal | None:
    """The last one of which this person told us: station and team are likely the same."""
    return db.exec(
        select(PoliceDisposal).where(told_by(actor)).order_by(col(PoliceDisposal.id).desc())
    ).first()


@dataclass(frozen=True)
class Notified:
    """One notification about a record, with what became of it."""

    row: Notification
    whom: str
    read_by: str
    read_at: datetime | None
    mine: bool


def notified_of(db: Session, disposal: PoliceDisposal, actor: Actor) -> list[Notified]:
    """Who was told of a record, in the order of telling; whose case it touches is for the YOT only."""
    whys = (*TELLS, Why.KNOWN_CHILD) if actor.areas_as(*WHOLE_AREA) else TELLS
    query = (
        select(Notification, User.name, Acknowledgement)
        .outerjoin(User, col(User.id) == Notification.user_id)
        .outerjoin(Acknowledgement, col(Acknowledgement.notification_id) == Notification.id)
        .where(
            Notification.path == path_of(disposal.reference),
            col(Notification.why).in_(whys),
        )
        .order_by(col(Notification.id))
    )
    found: list[tuple[Notification, str | None, Acknowledgement | None]] = list(db.exec(query))
    readers = {read.user_id for _, _, read in found if read}
    names = dict(db.exec(select(User.id, User.name).where(col(User.id).in_(readers))).all())
    return [_notified(row, person, read, names, actor) for row, person, read in found]


def _notified(
    row: Notification,
    person: str | None,
    read: Acknowledgement | None,
    names: dict[int, str],
    actor: Actor,
) -> Notified:
    waits = read is None and row.acknowledge_by is not None and row.done_at is None
    return Notified(
        row,
        _whom(row, person),
        names.get(read.user_id, "") if read else "",
        read.at if read else None,
        waits and may_acknowledge(row, actor),
    )


def _whom(row: Notification, person: str | None) -> str:
    if row.party is Party.DUTY:
        return "Duty mailbox of the YOT"
    return person or f"{ROLE_WORDS[row.role or Role.YOT_MANAGER]}s"


def notification_of(db: Session, disposal: PoliceDisposal, number: int) -> Notification | None:
    """One notification about a record that can be acknowledged."""
    query = select(Notification).where(
        Notification.id == number,
        Notification.path == path_of(disposal.reference),
        col(Notification.acknowledge_by).is_not(None),
    )
    return db.exec(query).first()
