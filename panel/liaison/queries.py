"""Reading liaison and diversion work: one case, and the list of the worker."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, or_, select

from panel.access import Actor
from panel.children.models import Child
from panel.counting import Number, answers, many
from panel.liaison.models import LiaisonEntry, LiaisonWork
from panel.referrals.models import Referral
from panel.referrals.queries import AFTER_GIVING, scope
from workflows.calendar import Deadline, deadline
from workflows.liaison import Kind, Status
from workflows.roles import Role
from workflows.vocabulary import Outcome

READERS = (Role.LIAISON, Role.YOT_MANAGER)
TO_REACH, RUNNING = "to_reach", "running"
LISTS = {TO_REACH: "Children to reach", RUNNING: "All that runs"}


def work_of(db: Session, referral_id: int) -> LiaisonWork | None:
    """The work with this child, once something was done."""
    return db.exec(select(LiaisonWork).where(LiaisonWork.referral_id == referral_id)).first()


def entries_of(db: Session, work: LiaisonWork | None) -> list[LiaisonEntry]:
    """What was done, in its order."""
    if work is None:
        return []
    query = select(LiaisonEntry).where(LiaisonEntry.work_id == work.id)
    return list(db.exec(query.order_by(col(LiaisonEntry.id))))


def of_kind(entries: list[LiaisonEntry], *kinds: Kind) -> int:
    """How many entries are of these kinds."""
    return sum(entry.kind in kinds for entry in entries)


def first_contact(referral: Referral) -> Deadline | None:
    """By when the child is first reached; None before the resolution is given."""
    if referral.given_on is None:
        return None
    return deadline("liaison_first_contact", referral.given_on, "First contact")


@dataclass(frozen=True)
class Line:
    """One child in the list."""

    reference: str
    child_name: str
    status: Status
    given_on: date | None
    referral_id: int


def listed(
    db: Session, actor: Actor, name: str, *, limit: int, after: tuple[date, int] | None = None
) -> list[Line]:
    """A page of the children whose work is not over, the oldest resolution first."""
    given = col(Referral.given_on)
    query: Any = _query(select(Referral, Child, LiaisonWork.status), actor, name)
    query = query.join(Child, col(Child.id) == Referral.child_id)
    if after is not None:
        query = query.where(or_(given > after[0], (given == after[0]) & (col(Referral.id) > after[1])))
    return [
        Line(case.reference, child.name, status or Status.NEW, case.given_on, case.id)
        for case, child, status in db.exec(query.order_by(given, col(Referral.id)).limit(limit))
    ]


def count(db: Session, actor: Actor, name: str) -> int:
    """How many children a list holds, counted up to a limit."""
    return int(answers(db, [counted(actor, name)])[0])


def counted(actor: Actor, name: str) -> Number:
    """The same, to be asked with others."""
    return many(_query(select(Referral.id), actor, name))


def _query(query: Any, actor: Actor, name: str) -> Any:
    status = col(LiaisonWork.status)
    new = or_(status.is_(None), status == Status.NEW)
    running = or_(status.is_(None), status != Status.ENDED)
    return (
        query.select_from(Referral)
        .outerjoin(LiaisonWork, col(LiaisonWork.referral_id) == Referral.id)
        .where(
            scope(actor),
            col(Referral.area_id).in_(actor.areas_as(*READERS)),
            col(Referral.outcome) == Outcome.CR,
            col(Referral.status).in_(AFTER_GIVING),
            new if name == TO_REACH else running,
        )
    )
