"""Who has a conflict of interest in a case: they do not open it, whatever their role."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, exists, select

from panel.accounts.models import User
from panel.referrals.conflict_models import Conflict, ConflictLifting
from panel.referrals.models import Referral
from workflows.conflict import ConflictKind


def in_force(at: datetime | None = None) -> ColumnElement[bool]:
    """Whether a declared conflict holds now, or held then: until a second person confirmed its lifting."""
    confirmed = and_(
        col(ConflictLifting.conflict_id) == Conflict.id, col(ConflictLifting.confirms_id).is_not(None)
    )
    if at is None:
        return ~exists().where(confirmed)
    return and_(col(Conflict.at) <= at, ~exists().where(confirmed, col(ConflictLifting.at) <= at))


def shut_out(user_id: int) -> ColumnElement[bool]:
    """Whether this person has a conflict in the case of a query over `Referral`."""
    return exists().where(
        col(Conflict.referral_id) == Referral.id, col(Conflict.user_id) == user_id, in_force()
    )


def conflicted_in(db: Session, referral_id: int, *, at: datetime | None = None) -> frozenset[int]:
    """Everybody who has a conflict in this case now, or had one then."""
    query = select(Conflict.user_id).where(Conflict.referral_id == referral_id, in_force(at))
    return frozenset(db.exec(query))


@dataclass(frozen=True)
class Declared:
    """One declared conflict, and what was said about lifting it."""

    id: int
    user_id: int
    name: str
    kind: ConflictKind
    text: str
    at: datetime
    by_name: str
    holds: bool
    proposed: ConflictLifting | None


def declared_in(db: Session, referral_id: int) -> list[Declared]:
    """Every conflict that was declared in a case, lifted ones too, in their order."""
    person, writer = aliased(User), aliased(User)
    query = (
        select(Conflict, person.name, writer.name)
        .join(person, col(person.id) == Conflict.user_id)
        .join(writer, col(writer.id) == Conflict.by_id)
        .where(Conflict.referral_id == referral_id)
        .order_by(col(Conflict.id))
    )
    found = db.exec(query).all()
    liftings = _liftings(db, [row.id for row, _, _ in found])
    return [_declared(row, name, by_name, liftings) for row, name, by_name in found]


def _liftings(db: Session, ids: Sequence[int]) -> list[ConflictLifting]:
    query = select(ConflictLifting).where(col(ConflictLifting.conflict_id).in_(ids))
    return list(db.exec(query.order_by(col(ConflictLifting.id)))) if ids else []


def _declared(row: Conflict, name: str, by_name: str, liftings: Sequence[ConflictLifting]) -> Declared:
    steps = [lifting for lifting in liftings if lifting.conflict_id == row.id]
    holds = all(step.confirms_id is None for step in steps)
    return Declared(
        row.id,
        row.user_id,
        name,
        row.kind,
        row.text,
        row.at,
        "" if row.by_id == row.user_id else by_name,
        holds,
        steps[-1] if steps and holds else None,
    )
