"""Reading actions: whoever sits at the panel sees those of the area, everybody else their own."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, false, func, select

from panel.access import Actor
from panel.accounts.models import Membership, User
from panel.agreed_actions.models import AgreedAction
from panel.counting import Number, many
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import log_access
from panel.referrals.models import Referral
from workflows.action import HOLDERS, Status
from workflows.roles import Role

WHOLE_AREA = (Role.YOT_MANAGER, Role.SECONDED, Role.VICTIM_WORKER, Role.INSPECTOR)
PAGE = 50
MINE, AREA, LATE, CLOSED = "mine", "area", "late", "closed"


@dataclass(frozen=True)
class Line:
    """One action with the name of whoever holds it and the reference of its case."""

    action: AgreedAction
    holder: str
    case: str | None


def action_chain(action_id: int) -> str:
    """The chain of an action."""
    return f"action:{action_id}"


def scope(actor: Actor) -> ColumnElement[bool]:
    """Which actions a person may see."""
    area, whole, own = col(AgreedAction.area_id), actor.areas_as(*WHOLE_AREA), actor.areas_as(*HOLDERS)
    ways: list[ColumnElement[bool]] = [area.in_(whole)] if whole else []
    if own:
        ways.append(and_(col(AgreedAction.holder_id) == actor.id, area.in_(own)))
    return or_(*ways) if ways else false()


def action_for(db: Session, actor: Actor, reference: str, *, at: datetime, page: str) -> AgreedAction:
    """The action with this reference, if the person may see it. Raises `Missing`; logs the look."""
    query = select(AgreedAction).where(AgreedAction.reference == reference, scope(actor))
    found = db.exec(query).first()
    if found is None:
        raise Missing()
    log_access(db, Operation.CONSULTATION, action_chain(found.id), by=actor, at=at, page=page)
    return found


def _lines(db: Session, *where: ColumnElement[bool], limit: int, last_first: bool = False) -> list[Line]:
    query = (
        select(AgreedAction, User.name, Referral.reference)
        .join(User, col(User.id) == AgreedAction.holder_id)
        .outerjoin(Referral, col(Referral.id) == AgreedAction.referral_id)
        .where(*where)
        .limit(limit)
    )
    due, number = col(AgreedAction.due_on), col(AgreedAction.id)
    query = query.order_by(due.desc(), number.desc()) if last_first else query.order_by(due, number)
    return [Line(action, name, case) for action, name, case in db.exec(query)]


def open_for(db: Session, area_id: int, *, limit: int = PAGE) -> list[Line]:
    """The open actions of an area, the most urgent first."""
    return _lines(
        db, col(AgreedAction.area_id) == area_id, col(AgreedAction.status) == Status.OPEN, limit=limit
    )


def from_meeting(db: Session, meeting_id: int) -> list[Line]:
    """Every action that a meeting agreed, whatever became of it."""
    return _lines(db, col(AgreedAction.meeting_id) == meeting_id, limit=500)


def from_round(db: Session, round_id: int) -> list[Line]:
    """Every action that followed from a round of scrutiny."""
    return _lines(db, col(AgreedAction.round_id) == round_id, limit=500)


def listed(
    db: Session, actor: Actor, name: str, *, today: date, after: tuple[date, int] | None, limit: int = PAGE
) -> list[Line]:
    """One page of a list, from behind `after` on."""
    last_first, due, number = name == CLOSED, col(AgreedAction.due_on), col(AgreedAction.id)
    where = [scope(actor), *_filter(actor, name, today)]
    if after is not None:
        day, seen = after
        behind = (
            or_(due < day, and_(due == day, number < seen))
            if last_first
            else or_(due > day, and_(due == day, number > seen))
        )
        where.append(behind)
    return _lines(db, *where, limit=limit, last_first=last_first)


def _filter(actor: Actor, name: str, today: date) -> list[ColumnElement[bool]]:
    status = col(AgreedAction.status)
    if name == CLOSED:
        return [status.in_((Status.DONE, Status.DROPPED))]
    more = {
        MINE: [col(AgreedAction.holder_id) == actor.id],
        LATE: [col(AgreedAction.due_on) < today],
        AREA: [],
    }
    if name not in more:
        raise Missing()
    return [status == Status.OPEN, *more[name]]


def count(db: Session, actor: Actor, name: str, *, today: date) -> int:
    """How many actions a list holds."""
    query = select(func.count()).select_from(AgreedAction).where(scope(actor), *_filter(actor, name, today))
    return db.exec(query).one()


def counted(actor: Actor, name: str, *, today: date) -> Number:
    """The same up to `MOST`, to be asked with others."""
    return many(select(AgreedAction.id).where(scope(actor), *_filter(actor, name, today)))


def people(db: Session, area_id: int, *, today: date) -> list[tuple[int, str]]:
    """Who works with cases in an area and so may hold an action, by name."""
    query = (
        select(User.id, User.name)
        .join(Membership, col(Membership.user_id) == User.id)
        .where(
            Membership.area_id == area_id,
            col(Membership.role).in_(HOLDERS),
            col(User.disabled_at).is_(None),
            or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= today),
        )
        .distinct()
        .order_by(col(User.name), col(User.id))
    )
    return [(int(number), str(name)) for number, name in db.exec(query)]
