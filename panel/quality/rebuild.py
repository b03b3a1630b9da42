"""The kept problems anew from the records, and whether any of them drifted."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session, col, select

from panel.figures.keeping import locked
from panel.quality.keeping import KINDS, keep, kept, wanted
from panel.quality.models import DataProblem
from workflows.data_quality import Subject

AT_ONCE = 400


@dataclass(frozen=True)
class Drift:
    """A problem that is kept and should not be, or the other way round, or says something else."""

    subject: Subject
    subject_id: int
    check_key: str


def rebuild(db: Session) -> int:
    """Bring every record up to date; how many rows changed."""
    return sum(_refresh(db, subject, ids) for subject, ids in _all(db))


def _refresh(db: Session, subject: Subject, ids: list[int]) -> int:
    locked(db, KINDS[subject], ids)
    return keep(subject, db, ids, KINDS[subject].gathered(db, ids)[0])


def verify(db: Session) -> Iterator[Drift]:
    """Each problem that is not kept as it is found."""
    for subject, ids in _all(db):
        found = KINDS[subject].gathered(db, ids)[0]
        want = wanted(subject, ids, found)
        held = {key: one for key, (_, one) in kept(subject, ids, found).items()}
        for key in sorted({*want, *held}):
            if want.get(key) != held.get(key):
                yield Drift(subject, *key)


def _all(db: Session) -> Iterator[tuple[Subject, list[int]]]:
    """Every record that there is or that a problem is kept of, some hundreds at a time."""
    for subject, kind in KINDS.items():
        table, last = kind.source, 0
        while True:
            there = select(table.id).where(col(table.id) > last)
            kept_of = select(DataProblem.subject_id).where(
                DataProblem.subject == subject, col(DataProblem.subject_id) > last
            )
            both = there.union(kept_of).order_by("id").limit(AT_ONCE)
            ids = list(db.execute(both).scalars())
            if not ids:
                break
            yield subject, ids
            last = ids[-1]
