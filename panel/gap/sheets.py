"""Tables that leave the service: no cell of them can run, each value can be read again."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

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


def as_xlsx(sheets: Sequence[tuple[str, Rows]]) -> bytes:
    """A workbook of these sheets; every cell is typed as text."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            cells = []
            for text in row:
                cell = WriteOnlyCell(sheet)
                cell.value = printable(text)[:LONGEST]
                cell.data_type, cell.number_format = "s", "@"
                cells.append(cell)
            sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
