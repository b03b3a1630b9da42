"""A version of a list as a CSV file again, such that it could be loaded as it is."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from panel.codes.models import CodeRow
from panel.codes.shapes import SHAPES
from workflows.codes import CodeList


def as_csv(kind: CodeList, rows: Sequence[CodeRow]) -> bytes:
    """The rows under the headings of their list; marked as UTF-8 so that spreadsheets read it right."""
    names = [column.name for column in SHAPES[kind].columns]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerows(_cells(kind, row) for row in rows)
    return out.getvalue().encode("utf-8-sig")


def template(kind: CodeList) -> bytes:
    """The headings alone, to be filled in."""
    return as_csv(kind, [])


def _cells(kind: CodeList, row: CodeRow) -> dict[str, Any]:
    told = {name: _cell(value) for name, value in row.details.items()}
    if kind is CodeList.GRAVITY:
        value = told.get("value", told.get("outcomes"))
        return {"part": row.part, "key": row.code, "words": row.title, "value": value}
    return {"code": row.code, "title": row.title, **told}


def _cell(value: Any) -> Any:
    return " ".join(value) if isinstance(value, list) else value
