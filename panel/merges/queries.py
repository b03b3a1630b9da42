"""Reading merges and pairs: only of the areas in which the person may look after records."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, exists, func, or_, select

from config.policy import number
from panel.access import Actor
from panel.children.models import Child, ChildPair
from panel.errors import Missing
from panel.merges.models import Merge
from panel.referrals.models import Referral
from workflows.case import Status as CaseStatus
from workflows.matching import Comparison, Verdict, compare
from workflows.merge import Status
from workflows.roles import Role

KEEPERS = (Role.YOT_MANAGER, Role.SECONDED)


@dataclass(frozen=True)
class Pair:
    """Two records beside each other."""

    row: ChildPair
    first: Child
    second: Child
    comparison: Comparison


def merge_for(db: Session, actor: Actor, reference: str, *, lock: bool = False) -> Merge:
    """The merge with this reference in the person's areas. Raises `Missing`."""
    query = select(Merge).where(
        Merge.reference == reference, col(Merge.area_id).in_(actor.areas_as(*KEEPERS))
    )
    query = query.execution_options(populate_existing=True)
    found = db.exec(query.with_for_update() if lock else query).first()
    if found is None:
        raise Missing()
    return found


def children_of(db: Session, merge: Merge) -> tuple[Child, Child]:
    """The record that stays and the one that was or will be merged into it."""
    return db.get_one(Child, merge.survivor_id), db.get_one(Child, merge.merged_id)


def areas_of(db: Session, *children: int) -> set[int]:
    """The areas in which these children have cases."""
    return set(db.exec(select(Referral.area_id).where(col(Referral.child_id).in_(children)).distinct()))


def pair_for(db: Session, actor: Actor, pair_id: int) -> Pair:
    """Two records that the person may look at. Raises `Missing` unless both have a case in their areas."""
    rows = _pairs(db, actor, col(ChildPair.id) == pair_id, most=1)
    if not rows:
        raise Missing()
    return rows[0]


def likely_pairs(db: Session, actor: Actor, *, today: date) -> list[Pair]:
    """The pairs that nobody has looked at yet, the newest first."""
    return _pairs(db, actor, _waiting(), most=number("pairs_listed", today))


def count_likely(db: Session, actor: Actor) -> int:
    """How many pairs nobody has looked at yet."""
    query = select(ChildPair.id).where(_waiting(), *_mine(actor)).limit(1000).subquery()
    return db.exec(select(func.count()).select_from(query)).one()


def _waiting() -> ColumnElement[bool]:
    proposed = exists().where(
        col(Merge.status) == Status.PROPOSED,
        or_(
            and_(col(Merge.survivor_id) == ChildPair.first_id, col(Merge.merged_id) == ChildPair.second_id),
            and_(col(Merge.survivor_id) == ChildPair.second_id, col(Merge.merged_id) == ChildPair.first_id),
        ),
    )
    return and_(col(ChildPair.verdict) == Verdict.LIKELY, ~proposed)


def _mine(actor: Actor) -> list[ColumnElement[bool]]:
    areas = actor.areas_as(*KEEPERS)
    return [
        exists().where(
            col(Referral.child_id) == side,
            col(Referral.area_id).in_(areas),
            col(Referral.status) != CaseStatus.DRAFT,
        )
        for side in (col(ChildPair.first_id), col(ChildPair.second_id))
    ]


def _pairs(db: Session, actor: Actor, where: ColumnElement[bool], *, most: int) -> list[Pair]:
    query = select(ChildPair).where(where, *_mine(actor)).order_by(col(ChildPair.id).desc()).limit(most)
    rows = db.exec(query).all()
    numbers = {number for row in rows for number in (row.first_id, row.second_id)}
    children = {c.id: c for c in db.exec(select(Child).where(col(Child.id).in_(numbers)))}
    return [
        Pair(row, one, other, compare(one.person, other.person))
        for row in rows
        for one, other in [(children[row.first_id], children[row.second_id])]
    ]


def merges(db: Session, actor: Actor, *states: Status) -> list[tuple[Merge, Child]]:
    """The merges in these states, the newest first, each with the record that stays."""
    query = (
        select(Merge, Child)
        .join(Child, col(Child.id) == col(Merge.survivor_id))
        .where(col(Merge.area_id).in_(actor.areas_as(*KEEPERS)), col(Merge.status).in_(states))
    )
    return list(db.exec(query.order_by(col(Merge.id).desc()).limit(100)).all())


def case_count(db: Session, children: Sequence[int]) -> dict[int, int]:
    """How many cases each of these children has."""
    query = select(Referral.child_id, func.count()).where(
        col(Referral.child_id).in_(children), Referral.status != CaseStatus.DRAFT
    )
    return dict(db.exec(query.group_by(col(Referral.child_id))).all())


def waiting_for(db: Session, actor: Actor, child_id: int) -> str:
    """The reference of the merge of this child that waits for a second person, for those who keep records."""
    query = select(Merge.reference).where(
        Merge.status == Status.PROPOSED,
        col(Merge.area_id).in_(actor.areas_as(*KEEPERS)),
        or_(Merge.survivor_id == child_id, Merge.merged_id == child_id),
    )
    return db.exec(query).first() or ""
