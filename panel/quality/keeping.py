"""Keeps the problems of each record that a transaction touches, in that transaction.

It adds itself to what is kept beside the figures of the same record (`figures/keeping.py`), which hears of
every change, locks the record and gathers it once for all. `rebuild.verify` proves that nothing drifted.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session
from sqlmodel import col

from panel.figures.json_rows import Gathered, Part, day
from panel.figures.kinds import CASE, POLICE, Beside, Kind
from panel.quality.models import DataProblem, DataReview
from panel.quality.records import Found, of_case, of_police
from workflows.data_quality import Subject

Key = tuple[int, str]
P = DataProblem
KINDS: dict[Subject, Kind] = {Subject.CASE: CASE, Subject.POLICE: POLICE}
FIND: dict[Subject, Callable[[int, Gathered], Iterator[Found]]] = {
    Subject.CASE: of_case,
    Subject.POLICE: of_police,
}
NAMES = tuple(name for name in Found.__dataclass_fields__ if name not in ("subject", "subject_id"))
DAYS = ("received_on", "decided_on", "given_on")


def wanted(subject: Subject, numbers: Collection[int], found: Mapping[int, Gathered]) -> dict[Key, Found]:
    """The problems that these records have."""
    there = [(one, found[one]) for one in numbers if one in found and found[one].one(KINDS[subject].root)]
    return {(number, one.check_key): one for number, of in there for one in FIND[subject](number, of)}


def kept(
    subject: Subject, numbers: Collection[int], found: Mapping[int, Gathered]
) -> dict[Key, tuple[int, Found]]:
    """The problems that are kept of these records, with the numbers of their rows."""
    rows = [(number, row) for number in numbers if number in found for row in found[number].all("problem")]
    return {(number, row.check_key): (row.id, _as_kept(subject, number, row)) for number, row in rows}


def _as_kept(subject: Subject, number: int, row: Any) -> Found:
    values = {name: getattr(row, name) for name in NAMES}
    return Found(subject, number, **values | {name: day(values[name]) for name in DAYS})


def keep(subject: Subject, db: Session, numbers: Collection[int], found: Mapping[int, Gathered]) -> int:
    """Write the problems of these records anew where they differ; how many rows did."""
    want, held = wanted(subject, numbers, found), kept(subject, numbers, found)
    gone = [number for key, (number, one) in held.items() if want.get(key) != one]
    new = [one for key, one in want.items() if key not in held or held[key][1] != one]
    if gone:
        db.connection().execute(delete(P).where(col(P.id).in_(gone)))
    if new:
        reviews = _standing(db, new)
        db.connection().execute(insert(P), [_row(one, reviews) for one in new])
    return len(gone) + len(new)


def _row(one: Found, reviews: dict[tuple[Subject, int, str, str], int]) -> dict[str, Any]:
    key = (one.subject, one.subject_id, one.check_key, one.said)
    return vars(one) | {"reviewed_id": reviews.get(key)}


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
    asked = db.connection().execute(query)
    return {(subject, number, key, said): i for subject, number, key, said, i in asked}


def _problems(subject: Subject) -> Part:
    columns = {"id": P.id, **{name: getattr(P, name) for name in NAMES}}
    return Part("problem", col(P.subject_id), columns, where=(col(P.subject) == subject,))


for _subject, _kind in KINDS.items():
    _kind.beside.append(Beside((_problems(_subject),), partial(keep, _subject)))
