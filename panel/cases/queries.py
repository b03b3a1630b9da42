"""Lists of cases, a page at a time, by keyset."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, true, tuple_
from sqlalchemy.orm import defer
from sqlmodel import Session, and_, col, or_, select

from config.policy import number
from panel.access import Actor
from panel.accounts.models import User
from panel.children.models import Child
from panel.counting import Number, answers, many
from panel.referrals.models import NEVER, Referral
from panel.referrals.queries import scope
from workflows.calendar import add_working_days
from workflows.case import OPEN, Status
from workflows.vocabulary import SIGNED_OUTCOMES

PAGE = 25


@dataclass(frozen=True)
class Line:
    """One case in a list."""

    id: int
    reference: str
    child_name: str
    status: Status
    due_on: date | None
    worker: str | None


@dataclass(frozen=True)
class Part:
    """One page of a list; `after` is the key of the next page."""

    lines: tuple[Line, ...]
    after: str | None


def cases(db: Session, actor: Actor, where: ColumnElement[bool], *, after: str | None = None) -> Part:
    """A page of the cases that the person may see, the nearest deadline first."""
    due = col(Referral.due_on)
    query = (
        select(Referral, Child, User.name)
        .options(defer(Referral.circumstances), defer(Referral.reason))  # type: ignore[arg-type]
        .join(Child, col(Child.id) == Referral.child_id)
        .join(User, col(User.id) == Referral.case_manager_id, isouter=True)
        .where(scope(actor), where)
        .order_by(due, col(Referral.id))
        .limit(PAGE + 1)
    )
    if key := _key(after):
        query = query.where(tuple_(due, col(Referral.id)) > key)
    rows = db.exec(query).all()
    lines = tuple(
        Line(case.id, case.reference, child.name, case.status, _day(case.due_on), worker)
        for case, child, worker in rows[:PAGE]
    )
    more = f"{rows[PAGE - 1][0].due_on}_{lines[-1].id}" if len(rows) > PAGE else None
    return Part(lines, more)


def _day(due_on: date) -> date | None:
    return None if due_on == NEVER else due_on


def count(db: Session, actor: Actor, where: ColumnElement[bool]) -> int:
    """How many cases a list has, counted up to `MOST` so that a long list stays quick."""
    return int(answers(db, [counted(actor, where)])[0])


def counted(actor: Actor, where: ColumnElement[bool]) -> Number:
    """The same, to be asked with others."""
    return many(select(Referral.id).where(scope(actor), where))


def _key(after: str | None) -> tuple[date, int] | None:
    try:
        day, number = (after or "").split("_")
        return date.fromisoformat(day), int(number)
    except ValueError:
        return None


def filters(actor: Actor, *, today: date) -> dict[str, tuple[str, ColumnElement[bool]]]:
    """The lists that one can open, by their name in the address: words and condition."""
    status, near = col(Referral.status), add_working_days(today, number("due_soon", today))
    event_open = col(Referral.event_open_on).is_not(None)
    one = {s.value: (words, status == s) for s, words in LIST_WORDS.items()}
    return {
        "open": ("Open cases", status.in_(OPEN)),
        "mine": ("My open cases", and_(status.in_(OPEN), col(Referral.case_manager_id) == actor.id)),
        "sent": ("My referrals", col(Referral.referred_by_id) == actor.id),
        "near": ("Deadlines near and late", and_(status.in_(OPEN), col(Referral.due_on) <= near)),
        "late": ("Late cases", and_(status.in_(OPEN), col(Referral.due_on) < today)),
        "to_appoint": ("Disposals without an appointment, or whose day has passed", _unappointed(today)),
        "events": ("Events that nobody has answered", and_(status.in_(OPEN), event_open)),
        "all": ("All cases", true()),
        **one,
    }


def _unappointed(today: date) -> ColumnElement[bool]:
    """Decided and signed by somebody, and either no day is planned or the day went by without giving."""
    planned = col(Referral.appointed_on)
    return and_(
        col(Referral.status) == Status.DECIDED,
        col(Referral.outcome).in_(SIGNED_OUTCOMES),
        or_(planned.is_(None), planned < today),
    )


LIST_WORDS: dict[Status, str] = {
    Status.DRAFT: "Drafts",
    Status.SUBMITTED: "Referrals to accept",
    Status.SENT_BACK: "Referrals sent back",
    Status.ACCEPTED: "Cases being assessed",
    Status.ASSESSED: "Cases ready for panel",
    Status.LISTED: "Cases listed for panel",
    Status.DEFERRED: "Deferred cases",
    Status.DECIDED: "Disposals to give",
    Status.GIVEN: "Disposals that the YOT has not acknowledged",
    Status.NOTIFIED: "Plans under way",
    Status.CLOSED: "Closed cases",
    Status.WITHDRAWN: "Withdrawn referrals",
    Status.REJECTED: "Cases turned down",
}
