"""Keeps the problems of each record that a transaction touches, in that transaction.

It listens to the session, so no act anywhere has to remember it; a statement that goes past the session
(`update(...)`) changes nothing that a check looks at. `rebuild.verify` proves that nothing drifted.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import delete, event, insert, select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel, col

from panel.assessments.models import Assessment
from panel.children.models import Carer, Child
from panel.contacts.models import Contact
from panel.db import TOLD
from panel.disposals.models import Disposal
from panel.plans.models import Plan, PlanStep
from panel.police.models import PoliceDisposal
from panel.quality.models import DataProblem, DataReview
from panel.quality.records import Found, found
from panel.referrals.models import Offence, Referral
from workflows.data_quality import Subject

TOUCHED, AT_ONCE = "panel_quality_touched", 400
# By which column a row of a table leads to its case.
OF_CASE: dict[type[SQLModel], str] = {
    Referral: "id",
    **dict.fromkeys((Offence, Assessment, Disposal, Plan, Contact, PoliceDisposal), "referral_id"),
}
OF_CHILD: dict[type[SQLModel], str] = {Child: "id", Carer: "child_id"}
ROUNDABOUT: dict[str, tuple[Any, Any]] = {
    "plan": (Plan.id, Plan.referral_id),
    "child": (Referral.child_id, Referral.id),
}
COLUMNS = tuple(Found.__dataclass_fields__)
P = DataProblem


@event.listens_for(Session, "after_flush")
def _touch(db: Session, _context: object) -> None:
    rows = [row for rows in (db.new, db.dirty, db.deleted) for row in rows if type(row) in WATCHED]
    if rows:
        touched = db.info.setdefault(TOUCHED, defaultdict(set))
        for row in rows:
            for name, number in _leads_to(row):
                touched[name].add(number)


def _leads_to(row: Any) -> Iterable[tuple[str, int]]:
    kind = type(row)
    if kind is PoliceDisposal:
        yield "police", row.id
    if kind is PlanStep:
        yield "plan", row.plan_id
    if kind in OF_CHILD:
        yield "child", getattr(row, OF_CHILD[kind])
    number = getattr(row, OF_CASE[kind]) if kind in OF_CASE else None
    if number is not None:
        yield "case", number


WATCHED = frozenset({*OF_CASE, *OF_CHILD, PlanStep})


@event.listens_for(Session, "before_commit")
def keep(db: Session) -> None:
    """Bring what was touched up to date."""
    db.flush()
    touched, written = db.info.pop(TOUCHED, defaultdict(set)), db.info.get(TOLD, {}).get(PoliceDisposal, ())
    touched["police"].update(written)
    cases = set(touched["case"])
    for name, (column, owner) in ROUNDABOUT.items():
        for some in parts(touched[name]):
            cases |= set(db.execute(select(owner).where(col(column).in_(some))).scalars())
    refresh(db, Subject.CASE, cases)
    refresh(db, Subject.POLICE, touched["police"])


@event.listens_for(Session, "after_rollback")
def _forget(db: Session) -> None:
    db.info.pop(TOUCHED, None)


def parts(ids: Iterable[int]) -> Iterator[list[int]]:
    """Numbers in order, some hundreds at a time."""
    ordered = sorted(ids)
    for first in range(0, len(ordered), AT_ONCE):
        yield ordered[first : first + AT_ONCE]


def refresh(db: Session, subject: Subject, ids: Iterable[int]) -> int:
    """Write the problems of these records anew where they differ; how many rows did."""
    changed = 0
    for some in parts(ids):
        _lock(db, subject, some)
        wanted = {(one.subject_id, one.check_key): one for one in found(db, subject, some)}
        held = kept(db, subject, some)
        changed += _write(db, wanted, held)
    return changed


def _lock(db: Session, subject: Subject, ids: Sequence[int]) -> None:
    """Two writers of one record bring it up to date one after the other; SQLite has one writer anyway."""
    if db.get_bind().dialect.name == "postgresql":
        table: Any = Referral if subject is Subject.CASE else PoliceDisposal
        query = select(table.id).where(col(table.id).in_(ids)).order_by(table.id)
        db.execute(query.with_for_update(key_share=True)).all()


def kept(db: Session, subject: Subject, ids: Sequence[int]) -> dict[tuple[int, str], tuple[int, Found]]:
    """The problems that are kept of these records, with the numbers of their rows."""
    columns: Any = [P.id, *(getattr(P, name) for name in COLUMNS)]
    query = select(*columns).where(col(P.subject) == subject, col(P.subject_id).in_(ids))
    rows = [(row[0], Found(*row[1:])) for row in db.execute(query)]
    return {(one.subject_id, one.check_key): (number, one) for number, one in rows}


def _write(
    db: Session, wanted: dict[tuple[int, str], Found], held: dict[tuple[int, str], tuple[int, Found]]
) -> int:
    gone = [number for key, (number, one) in held.items() if wanted.get(key) != one]
    new = [one for key, one in wanted.items() if key not in held or held[key][1] != one]
    if gone:
        db.execute(delete(P).where(col(P.id).in_(gone)))
    if new:
        reviews = _standing(db, new)
        db.execute(insert(P), [_row(one, reviews) for one in new])
    return len(gone) + len(new)


def _row(one: Found, reviews: dict[tuple[Subject, int, str, str], int]) -> dict[str, Any]:
    key = (one.subject, one.subject_id, one.check_key, one.said)
    return {name: getattr(one, name) for name in COLUMNS} | {"reviewed_id": reviews.get(key)}


def _standing(db: Session, new: Sequence[Found]) -> dict[tuple[Subject, int, str, str], int]:
    """What people found right and did not take back, by record, check and what stood in the record then."""
    r = DataReview
    columns: list[Any] = [r.subject, r.subject_id, r.check_key, r.said, r.id]
    undone = select(col(r.undoes_id)).where(col(r.undoes_id).is_not(None))
    query = select(*columns).where(
        col(r.subject) == new[0].subject,
        col(r.subject_id).in_({one.subject_id for one in new}),
        col(r.undoes_id).is_(None),
        col(r.id).not_in(undone),
    )
    return {(subject, number, key, said): i for subject, number, key, said, i in db.execute(query)}
