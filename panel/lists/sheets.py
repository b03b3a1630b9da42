"""A list as a spreadsheet: looked at from outside first, then its cells as text."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from panel.documents.wordzips import ENCRYPTED, GOOD_NAME, MAX_PARTS, MAX_RATIO, SMALL
from panel.lists import refused as no
from panel.lists.refused import ListRefused

WORKBOOK = "xl/workbook.xml"
CHUNK = 1024 * 1024
LONGEST_CELL = 4 * CHUNK
_PLACE = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,4})(\d{1,8})"')
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d{1,8})"')
_EMPTY_FORMULA = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_1904 = re.compile(rb'date1904="(?:1|true)"', re.IGNORECASE)


@dataclass(frozen=True)
class Sheet:
    """The sheet with the list: its rows as text, its name, how many others there are, its first year."""

    sheet: Any
    name: str
    others: int
    first_column: int
    from_1904: bool

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with its number."""
        for number, cells in enumerate(self.sheet.iter_rows(), 1):
            yield number, [*map(as_text, cells)]


def opened(data: bytes) -> Sheet:
    """The first sheet that holds anything. Raises `ListRefused`."""
    from_1904 = _looked_at(data)
    book, sheet = _opened(data)
    visible = [name for name in book.sheet_names if name != sheet.name]
    return Sheet(sheet, sheet.name, len(visible), sheet.start[1] if sheet.start else 0, from_1904)


def _opened(data: bytes) -> tuple[Any, Any]:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.height > 0:
                return book, sheet
    except Exception:  # whatever the parser trips over, nobody can read the file
        raise ListRefused(no.BROKEN) from None
    raise ListRefused(no.EMPTY)


def as_text(cell: Any) -> str:
    """A cell as a person would read it; whole numbers without a point, days as 2026-09-01."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return "" if cell is None or isinstance(cell, timedelta) else str(cell)


def _looked_at(data: bytes) -> bool:
    """Look at size, parts and places before any parser does; whether its days count from 1904."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
    except Exception:  # cut off, or no archive at all
        raise ListRefused(no.BROKEN) from None
    entries = packed.infolist()
    _check_entries(entries)
    if WORKBOOK not in {entry.filename for entry in entries}:
        raise ListRefused(no.NOT_A_SHEET)
    from_1904 = False
    for entry in entries:
        if entry.filename.endswith((".xml", ".rels", ".vml")):
            from_1904 |= _look_into(packed, entry)
    return from_1904


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename.lower() for entry in entries]
    if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > no.MOST_UNPACKED:
        raise ListRefused(no.TOO_MUCH)
    odd = any(not GOOD_NAME.fullmatch(name) or ".." in name.split("/") for name in names)
    if len(set(names)) < len(names) or odd:
        raise ListRefused(no.DANGEROUS)
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise ListRefused(no.LOCKED)
    for entry in entries:
        if entry.file_size > SMALL and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise ListRefused(no.TOO_MUCH)


def _look_into(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """One part in pieces: no entities, no far-off cells, no formula without a value."""
    rows = columns = seen = 0
    is_sheet = entry.filename.startswith("xl/worksheets/")
    from_1904 = False
    for piece in _pieces(packed, entry):
        if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece or piece.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise ListRefused(no.DANGEROUS)
        from_1904 |= entry.filename == WORKBOOK and bool(_1904.search(piece))
        if not is_sheet:
            continue
        if b"<f" in piece and _EMPTY_FORMULA.search(piece):
            raise ListRefused(no.NO_VALUES)
        for found in _PLACE.finditer(piece):
            seen += 1
            columns = max(columns, _column(found[1]))
            rows = max(rows, int(found[2]))
        rows = max([rows, *(int(found[1]) for found in _ROW.finditer(piece))])
        if rows > no.MOST_ROWS:
            raise ListRefused(no.TOO_MANY_ROWS)
        if columns > no.MOST_COLUMNS:
            raise ListRefused(no.TOO_MANY_COLUMNS)
        if max(seen, rows * columns) > no.MOST_CELLS:
            raise ListRefused(no.TOO_MUCH)
    return from_1904


def _pieces(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in pieces that end with a cell, so that no cell lies across two of them."""
    rest = b""
    try:
        with packed.open(entry) as part:
            while more := part.read(CHUNK):
                whole = rest + more
                cut = whole.rfind(b"</c>") + 4
                if cut < 4:
                    cut = len(whole) if len(whole) > LONGEST_CELL else max(len(whole) - 64, 0)
                yield whole[:cut]
                rest = whole[cut:]
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError, RuntimeError):
        raise ListRefused(no.BROKEN) from None
    except Exception as trouble:  # zlib.error has no base of its own
        raise ListRefused(no.BROKEN) from trouble
    yield rest


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
