"""The kept problems anew from the records, and whether any of them drifted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from panel.police.models import PoliceDisposal
from panel.quality.keeping import AT_ONCE, kept, refresh
from panel.quality.models import DataProblem
from panel.quality.records import found
from panel.referrals.models import Referral
from workflows.data_quality import Subject

TABLES: dict[Subject, Any] = {Subject.CASE: Referral, Subject.POLICE: PoliceDisposal}


@dataclass(frozen=True)
class Drift:
    """A problem that is kept and should not be, or the other way round, or says something else."""

    subject: Subject
    subject_id: int
    check_key: str


def rebuild(db: Session) -> int:
    """Bring every record up to date; how many rows changed."""
    return sum(refresh(db, subject, ids) for subject, ids in _all(db))


def verify(db: Session) -> Iterator[Drift]:
    """Each problem that is not kept as it is found."""
    for subject, ids in _all(db):
        wanted = {(one.subject_id, one.check_key): one for one in found(db, subject, ids)}
        held = {key: one for key, (_, one) in kept(db, subject, ids).items()}
        for key in sorted({*wanted, *held}):
            if wanted.get(key) != held.get(key):
                yield Drift(subject, *key)


def _all(db: Session) -> Iterator[tuple[Subject, list[int]]]:
    """Every record that there is or that a problem is kept of, some hundreds at a time."""
    for subject, table in TABLES.items():
        last = 0
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
