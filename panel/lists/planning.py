"""What the rows of a list would do to what is held: asked in a fixed number of questions for any rows."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from panel.lists.reading import Checked, Key, Problem, day_key, keys_of
from panel.police.models import PoliceDisposal
from workflows.police_list import GOOD, RowResult


class InFile:
    """The first line of each event in a file."""

    def __init__(self) -> None:
        self._lines: dict[int, int] = {}

    def first(self, row: Checked) -> int:
        """The earlier line with the same event; 0 for the first one."""
        keys = [hash(key) for key in row.keys]
        earlier = min((self._lines[key] for key in keys if key in self._lines), default=0)
        for key in keys:
            self._lines.setdefault(key, row.line)
        return earlier


def judge(row: Checked, in_file: InFile) -> None:
    """Mark a row that says once more what an earlier one said."""
    if row.result in GOOD and (line := in_file.first(row)):
        row.result = RowResult.TWICE
        row.problems.append(_the_same(line))


def _the_same(line: int) -> Problem:
    return Problem("", f"The same as row {line}", soft=True)


def held_for(
    db: Session, rows: Sequence[Checked], *, force_id: int, area_id: int, lock: bool = False
) -> dict[int, PoliceDisposal]:
    """The record that is held of each row's event, by its line."""
    keys = [key for row in rows for key in row.keys]
    ways = [*_ways(keys)]
    if not ways:
        return {}
    query = select(PoliceDisposal).where(
        PoliceDisposal.force_id == force_id, PoliceDisposal.area_id == area_id, or_(*ways)
    )
    query = query.order_by(col(PoliceDisposal.id))
    found: dict[Key, PoliceDisposal] = {}
    for held in db.exec(query.with_for_update() if lock else query):
        for key in {*keys_of(held), day_key(held)}:
            found.setdefault(key, held)
    matches = ((row.line, [found[key] for key in row.keys if key in found]) for row in rows)
    return {line: min(of, key=lambda held: held.id) for line, of in matches if of}


def _ways(keys: Iterable[Key]) -> Iterable[ColumnElement[bool]]:
    by = {kind: [key for key in keys if key[0] == kind] for kind in ("force", "crime", "day")}
    if by["force"]:
        yield col(PoliceDisposal.force_reference).in_({key[1] for key in by["force"]})
    if by["crime"]:
        yield col(PoliceDisposal.crime_reference).in_({key[1] for key in by["crime"]})
    if by["day"]:
        yield and_(
            col(PoliceDisposal.given_on).in_({key[2] for key in by["day"]}),
            col(PoliceDisposal.surname).in_({key[3] for key in by["day"]}),
        )
