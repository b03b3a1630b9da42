"""Tables that leave the service: no cell of them can run, each value can be read again."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from panel.cells import plain

_CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
LONGEST = 32_000  # a cell of a workbook holds 32,767 characters
Rows = Iterable[Sequence[str]]


def printable(text: str) -> str:
    """A text without the characters that no workbook may hold."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def as_csv(blocks: Sequence[Rows]) -> bytes:
    """Blocks of rows with an empty line between them; marked as UTF-8 so that spreadsheets read it right."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for number, rows in enumerate(blocks):
        if number:
            writer.writerow([])
        writer.writerows([plain(cell.replace("\0", "")) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


class TextSheet:
    """A sheet of a workbook that is written row by row; every cell is typed as text."""

    def __init__(self, book: Any, name: str) -> None:
        # A sheet's name holds 31 characters at most.
        self.sheet = book.create_sheet(name[:31])
        # A row is on the disk when it is appended, so its cells serve the next one.
        self.cells: list[Any] = []

    def append(self, row: Sequence[str]) -> None:
        """Write one row."""
        from openpyxl.cell import WriteOnlyCell

        while len(self.cells) < len(row):
            self.cells.append(WriteOnlyCell(self.sheet, "text"))
            self.cells[-1].number_format = "@"
        for cell, text in zip(self.cells, row, strict=False):
            cell.value = printable(text)[:LONGEST]
            cell.data_type = "s"
        self.sheet.append(self.cells[: len(row)])


def as_xlsx(sheets: Sequence[tuple[str, Rows]]) -> bytes:
    """A workbook of these sheets, whose rows may come one by one."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for name, rows in sheets:
        sheet = TextSheet(book, name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
