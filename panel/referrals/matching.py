"""Children who may be the one that somebody typed: found by their keys, compared in `workflows.matching`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, exists, func, or_, select

from panel.access import Actor
from panel.children.actions import judge_pair
from panel.children.models import Child, ChildKey, ChildPair
from panel.history.operations import Operation
from panel.history.record import log_access
from panel.referrals.models import Referral
from workflows.case import BEFORE_DECISION, OPEN, Status
from workflows.matching import Comparison, Kind, Person, Verdict, compare, search_keys

# How many records with a key in common are compared; a key that more children share tells nothing.
COMPARED = 300


@dataclass(frozen=True)
class Candidate:
    """A child who may be the one that was typed, with the number of its cases."""

    child: Child
    comparison: Comparison
    cases: int


def held_in(areas: Collection[int], *, drafts_of: int | None = None) -> ColumnElement[bool]:
    """Whether a child has a case in these areas; a draft counts only for the officer who writes it."""
    sent: ColumnElement[bool] = col(Referral.status) != Status.DRAFT
    if drafts_of is not None:
        sent = or_(sent, col(Referral.referred_by_id) == drafts_of)
    in_areas = col(Referral.area_id).in_(areas)
    return exists().where(and_(col(Referral.child_id) == col(Child.id), in_areas, sent))


def found(
    db: Session, person: Person, held: ColumnElement[bool], *, most: int, without: int = 0
) -> list[Candidate]:
    """The children who come nearest, the best first; the number of questions is always the same."""
    keyed = select(ChildKey.child_id).where(col(ChildKey.key).in_(search_keys(person))).distinct()
    query = select(Child).where(col(Child.id).in_(keyed), held, Child.id != without)
    compared = [(child, compare(person, child.person)) for child in db.exec(query.limit(COMPARED))]
    near = [pair for pair in compared if pair[1].kind is not Kind.NONE]
    near.sort(key=lambda pair: (-pair[1].score, pair[0].id))
    return counted(db, near[:most])


def counted(db: Session, near: Sequence[tuple[Child, Comparison]]) -> list[Candidate]:
    """The same with the number of cases of each that were sent."""
    numbers = [child.id for child, _ in near]
    query = select(Referral.child_id, func.count()).where(
        col(Referral.child_id).in_(numbers), Referral.status != Status.DRAFT
    )
    counts = dict(db.exec(query.group_by(col(Referral.child_id))).all())
    return [Candidate(child, comparison, counts.get(child.id, 0)) for child, comparison in near]


def note_pairs(db: Session, child: Child, area_id: int, *, at: datetime) -> None:
    """Keep the list of likely duplicates up to date after a record was written (DP-8)."""
    area = exists().where(col(Referral.child_id) == col(Child.id), col(Referral.area_id) == area_id)
    near = found(db, child.person, area, most=20, without=child.id)
    likely = {c.child.id for c in near if c.comparison.kind is Kind.SAME}
    either = or_(col(ChildPair.first_id) == child.id, col(ChildPair.second_id) == child.id)
    for pair in db.exec(select(ChildPair).where(either, ChildPair.verdict == Verdict.LIKELY)).all():
        if pair.first_id + pair.second_id - child.id not in likely:
            db.delete(pair)
    for other in sorted(likely):
        judge_pair(db, child.id, other, Verdict.LIKELY, by_id=None, at=at)


def log_looks(db: Session, children: Sequence[int], *, by: Actor, at: datetime, page: str) -> None:
    """One line of the access log for each child that is shown (DP-2)."""
    for number in children:
        log_access(db, Operation.CONSULTATION, f"child:{number}", by=by, at=at, page=page)


def cases_of(db: Session, child_id: int) -> list[Referral]:
    """Every case of a child, the oldest first."""
    return list(db.exec(select(Referral).where(Referral.child_id == child_id).order_by(col(Referral.id))))


def decided_elsewhere(cases: Sequence[Referral]) -> bool:
    """Whether the panel has decided one of these cases and it is still open."""
    return any(case.status in OPEN and case.status not in BEFORE_DECISION for case in cases)
