"""Files that leave: an example, and rows with what is wrong; no cell of them is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from panel.cells import plain
from panel.police.models import PoliceListRow

EXAMPLE: dict[str, str] = {
    "Outcome": "Community resolution",
    "Date given": "22/09/2026",
    "Offence": "Theft from a shop",
    "Last name": "Example",
    "First names": "Alex",
    "Date of birth": "14/03/2011",
    "Crime reference": "13260001234",
    "Disposal number": "D-1001",
    "Gender": "Male",
    "Ethnicity": "W1",
    "Address": "1 Example Street, Kelder",
    "Postcode": "KD1 2AB",
    "Ward": "Riverside",
    "PNC ID": "2019/0412345P",
    "Station": "Keel Street",
    "Team": "Response A",
    "Officer": "PC 4411 Marsh",
    "First time": "Yes",
    "Support offered": "Youth club",
}
ROW, WRONG = "Row in the file", "What is wrong"


def template() -> bytes:
    """The headings that need no mapping, and one invented row."""
    return _file(EXAMPLE, [list(EXAMPLE.values())])


def with_errors(names: Sequence[str], rows: Iterable[PoliceListRow]) -> bytes:
    """Rows as they came, with what is wrong in each."""
    return _file(
        (ROW, *names, WRONG),
        ([row.line_number, *(row.cells.get(name, "") for name in names), said(row)] for row in rows),
    )


def said(row: PoliceListRow) -> str:
    """What was found in a row, in sentences."""
    return "; ".join(f"{column}: {says}" if column else says for column, says, _ in row.problems)


def neutral(cell: Any) -> Any:
    """A cell that no spreadsheet runs."""
    return plain(cell) if isinstance(cell, str) else cell


def _file(headings: Iterable[str], rows: Iterable[Sequence[Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(map(neutral, headings))
    writer.writerows(map(neutral, row) for row in rows)
    return out.getvalue().encode("utf-8-sig")
