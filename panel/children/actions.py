"""Children as records: added, changed, and filed under the keys by which they are found again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, select

from panel.children.models import Child, ChildKey, ChildPair
from workflows.matching import Verdict, keys_of


def add_child(db: Session, values: Mapping[str, Any]) -> Child:
    """A new record of a child."""
    child = Child(**values)
    db.add(child)
    db.flush()
    file_keys(db, child)
    return child


def change_child(db: Session, child: Child, values: Mapping[str, Any]) -> list[str]:
    """Change a record; the names of the fields that are different now."""
    changed = [name for name, value in values.items() if getattr(child, name) != value]
    child.sqlmodel_update(dict(values))
    db.add(child)
    if changed:
        db.flush()
        file_keys(db, child)
    return changed


def file_keys(db: Session, child: Child) -> None:
    """File a record under its keys anew; one that was merged into another is found no more."""
    wanted = keys_of(child.person) if child.merged_into_id is None else frozenset()
    held = set(db.exec(select(ChildKey.key).where(ChildKey.child_id == child.id)))
    if held - wanted:
        db.exec(
            delete(ChildKey).where(col(ChildKey.child_id) == child.id, col(ChildKey.key).in_(held - wanted))
        )
    db.add_all(ChildKey(child_id=child.id, key=key) for key in sorted(wanted - held))
    db.flush()


def pair_of(db: Session, one: int, other: int) -> ChildPair | None:
    """What is known about two records together."""
    first, second = sorted((one, other))
    return db.exec(
        select(ChildPair).where(ChildPair.first_id == first, ChildPair.second_id == second)
    ).first()


def judge_pair(
    db: Session, one: int, other: int, verdict: Verdict, *, by_id: int | None, at: datetime
) -> ChildPair:
    """Write down what two records are to each other; what a person said stays until a person says more."""
    first, second = sorted((one, other))
    pair = pair_of(db, one, other)
    if pair is None:
        pair = ChildPair(first_id=first, second_id=second, verdict=verdict, by_id=by_id, at=at)
    elif by_id is not None:
        pair.verdict, pair.by_id, pair.at = verdict, by_id, at
    db.add(pair)
    db.flush()
    return pair
