"""A list as a spreadsheet: looked at from outside first, then its cells as text."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from panel.documents.wordzips import ENCRYPTED, GOOD_NAME, MAX_PARTS, MAX_RATIO, SMALL
from panel.lists import refused as no
from panel.lists.refused import ListRefused
from panel.lists.rowparts import column, rows_of
from panel.lists.workbook import Book, open_book

WORKBOOK = "xl/workbook.xml"
CHUNK = 1024 * 1024
LONGEST_CELL = 4 * CHUNK
# In letters of two bytes, which have a zero in each, the other two could not be seen.
NEVER = (b"<!DOCTYPE", b"<!ENTITY", b"\0")
_PLACE = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,4})(\d{1,8})"[^>]*?(/>|>(?:<v\s*/>|<v></v>)?</c>|>)')
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d{1,8})"')
_EMPTY_FORMULA = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_1904 = re.compile(rb'date1904="(?:1|true)"', re.IGNORECASE)


@dataclass(frozen=True)
class Sheet:
    """The sheet with the list: its rows as text, its name, how many others there are, its first year."""

    book: Book
    name: str
    first_column: int
    from_1904: bool

    @property
    def others(self) -> int:
        """How many other sheets there are."""
        return len(self.book.sheets) - 1

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with its number. Raises `ListRefused`."""
        for number, cells in _whole(
            rows_of(self.book, self.book.sheets[self.name], from_1904=self.from_1904)
        ):
            yield number, cells[self.first_column :]


def opened(data: bytes) -> Sheet:
    """The first sheet that holds anything. Raises `ListRefused`."""
    packed, seen = _looked_at(data)
    try:
        book = open_book(packed)
    except ListRefused:
        raise
    except Exception:  # whatever a parser trips over, nobody can read the file
        raise ListRefused(no.BROKEN) from None
    for name, part in book.sheets.items():
        rows = _whole(rows_of(book, part, from_1904=seen.from_1904))
        if any(any(cells) for _, cells in rows):
            return Sheet(book, name, seen.first_column.get(part, 0), seen.from_1904)
    raise ListRefused(no.EMPTY)


def _whole(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    try:
        yield from rows
    except ListRefused:
        raise
    except Exception:  # as above: a part that is cut off is met on the way
        raise ListRefused(no.BROKEN) from None


@dataclass
class Seen:
    """What a look from outside has found: how days count, and the first column of each sheet."""

    from_1904: bool = False
    first_column: dict[str, int] = field(default_factory=dict)


def _looked_at(data: bytes) -> tuple[zipfile.ZipFile, Seen]:
    """Look at size, parts and places before any parser does."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
    except Exception:  # cut off, or no archive at all
        raise ListRefused(no.BROKEN) from None
    entries = packed.infolist()
    _check_entries(entries)
    if WORKBOOK not in {entry.filename for entry in entries}:
        raise ListRefused(no.NOT_A_SHEET)
    seen = Seen()
    for entry in entries:
        if entry.filename.endswith((".xml", ".rels", ".vml")):
            _look_into(packed, entry, seen)
    return packed, seen


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


def _look_into(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, seen: Seen) -> None:
    """One part in pieces: no entities, no far-off cells, no formula without a value."""
    rows = columns = cells = 0
    first = no.MOST_COLUMNS
    is_sheet = entry.filename.startswith("xl/worksheets/")
    for piece in _pieces(packed, entry):
        if any(sign in piece for sign in NEVER) or piece.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise ListRefused(no.DANGEROUS)
        seen.from_1904 |= entry.filename == WORKBOOK and bool(_1904.search(piece))
        if not is_sheet:
            continue
        if b"<f" in piece and _EMPTY_FORMULA.search(piece):
            raise ListRefused(no.NO_VALUES)
        for found in _PLACE.finditer(piece):
            cells += 1
            place = column(found[1].decode()) + 1
            columns, rows = max(columns, place), max(rows, int(found[2]))
            if found[3] == b">":
                first = min(first, place)
        rows = max([rows, *(int(found[1]) for found in _ROW.finditer(piece))])
        if rows > no.MOST_ROWS:
            raise ListRefused(no.TOO_MANY_ROWS)
        if columns > no.MOST_COLUMNS:
            raise ListRefused(no.TOO_MANY_COLUMNS)
        if max(cells, rows * columns) > no.MOST_CELLS:
            raise ListRefused(no.TOO_MUCH)
    if is_sheet and cells:
        seen.first_column[entry.filename] = first - 1


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
    except Exception:  # whatever unpacking trips over; zlib.error has no base of its own
        raise ListRefused(no.BROKEN) from None
    yield rest
