"""A record of a child as values: read, compared, put back."""

from datetime import date
from typing import Any

from pydantic import TypeAdapter
from sqlmodel import Session, col, select

from panel.children.actions import change_child
from panel.children.models import Carer, Child
from panel.merges.models import Merge
from panel.referrals.commands import ChildDetails
from panel.referrals.models import Referral

FIELDS = tuple(ChildDetails.model_fields)
CARER = "carer"
CARER_FIELDS = ("name", "relationship", "phone", "email", "address", "lives_with_child")
Values = dict[str, Any]


def record_of(db: Session, child: Child) -> Values:
    """Everything that is kept of a child and of who cares for it, ready for JSON."""
    found = child.model_dump(mode="json", include=set(FIELDS))
    carer = _carer(db, child.id)
    found[CARER] = carer.model_dump(mode="json", include=set(CARER_FIELDS)) if carer else None
    return found


def cases_by_record(db: Session, children: tuple[int, int]) -> dict[int, list[int]]:
    """The cases of two records, by record."""
    query = select(Referral.child_id, Referral.id).where(col(Referral.child_id).in_(children))
    found: dict[int, list[int]] = {number: [] for number in children}
    for child_id, case_id in db.exec(query.order_by(col(Referral.id))):
        found[child_id].append(case_id)
    return found


def snapshot(db: Session, survivor: Child, merged: Child) -> Values:
    """Both records and whose cases are whose."""
    cases = cases_by_record(db, (survivor.id, merged.id))
    return {
        "survivor": record_of(db, survivor),
        "merged": record_of(db, merged),
        "cases": {"survivor": cases[survivor.id], "merged": cases[merged.id]},
    }


def differing(before: Values) -> list[str]:
    """The fields in which the two records differ, in order; those that only one of them has count."""
    one, other = before["survivor"], before["merged"]
    return [name for name in (*FIELDS, CARER) if one.get(name) != other.get(name)]


def put(db: Session, child: Child, values: Values) -> None:
    """Give a record these values, its carer included."""
    read = {name: _read(name, value) for name, value in values.items() if name != CARER}
    change_child(db, child, read)
    if CARER in values:
        _put_carer(db, child.id, values[CARER])


def _read(name: str, value: Any) -> Any:
    kind: Any = Child.model_fields[name].annotation
    return TypeAdapter(kind).validate_python(date.fromisoformat(value) if kind is date else value)


def _carer(db: Session, child_id: int) -> Carer | None:
    return db.exec(select(Carer).where(Carer.child_id == child_id)).first()


def _put_carer(db: Session, child_id: int, values: Values | None) -> None:
    carer = _carer(db, child_id)
    if values is None:
        if carer is not None:
            db.delete(carer)
            db.flush()
        return
    carer = carer or Carer(child_id=child_id)
    kinds: dict[str, Any] = {name: Carer.model_fields[name].annotation for name in values}
    carer.sqlmodel_update({name: TypeAdapter(kinds[name]).validate_python(v) for name, v in values.items()})
    db.add(carer)
    db.flush()


def changed_since(db: Session, merge: Merge, survivor: Child) -> list[str]:
    """The fields of the survivor that were changed after the merge."""
    now, after = record_of(db, survivor), merge.after["survivor"]
    return [name for name in (*FIELDS, CARER) if now.get(name) != after.get(name)]
