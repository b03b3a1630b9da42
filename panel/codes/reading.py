"""A CSV file of codes, read whole: its rows, or every problem with its row and column."""

import codecs
import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from panel.codes.shapes import SHAPES, Entry, Shape
from workflows.codes import CodeList

DELIMITERS = (",", ";", "\t")
MOST_ROWS = 50_000
# A spreadsheet would run such a cell when the list is downloaded and opened again.
FORMULA = ("=", "@")
WHOLE_FILE = 0


@dataclass(frozen=True)
class Problem:
    """What is wrong in one row, counted as a spreadsheet counts; row 0 is the file as a whole."""

    row: int
    column: str
    says: str


@dataclass(frozen=True)
class Reading:
    """What a file holds; it may be loaded only when there is no problem."""

    kind: CodeList
    digest: str
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    unused: tuple[str, ...] = field(default=())


NOTHING = "The file has no heading and no rows."


class _Unreadable(Exception):
    pass


def read(kind: CodeList, content: bytes) -> Reading:
    """Read a file: UTF-8 with or without a mark, Windows-1252 or UTF-16; commas, semicolons or tabs."""
    digest = hashlib.sha256(content).hexdigest()
    try:
        records = list(_records(_text(content), SHAPES[kind]))
        if not records:
            raise _Unreadable(NOTHING)
    except _Unreadable as no:
        return Reading(kind, digest, problems=(Problem(WHOLE_FILE, "", str(no)),))
    return _checked(kind, digest, records)


def _text(content: bytes) -> str:
    if not content.strip():
        raise _Unreadable("The file is empty.")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _Unreadable("This is not a text file. Save the list as CSV and choose that file.")


def _records(text: str, shape: Shape) -> Iterator[tuple[int, list[str]]]:
    """Each record that is not empty, with its number; before the heading, lines with # are notes."""
    delimiter = _delimiter(text, shape)
    # Quotation marks may hold line breaks, so lines are left to the reader.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number, heading = 0, False
    try:
        for number, cells in enumerate(reader, 1):
            cells = [cell.strip() for cell in cells]
            if not any(cells) or (not heading and cells[0].startswith("#")):
                continue
            if number > MOST_ROWS:
                raise _Unreadable(f"The file has more than {MOST_ROWS:,} rows.")
            heading = True
            yield number, cells
    except csv.Error as error:
        raise _Unreadable(f"Row {number + 1} cannot be read: {error}.") from None


def _delimiter(text: str, shape: Shape) -> str:
    known = {column.name for column in shape.columns}
    for line in text.splitlines():
        if line.strip() and not line.lstrip('"\ufeff ').startswith("#"):
            found = {mark: len(known & {_plain(cell) for cell in line.split(mark)}) for mark in DELIMITERS}
            return max(DELIMITERS, key=found.__getitem__)
    raise _Unreadable(NOTHING)


def _plain(heading: str) -> str:
    return "_".join(heading.strip(' "').lower().split())


def _checked(kind: CodeList, digest: str, records: list[tuple[int, list[str]]]) -> Reading:
    shape = SHAPES[kind]
    (number, headings), *rows = records
    headings = [_plain(heading) for heading in headings]
    wrong = [*_wrong_headings(number, headings, shape)]
    if wrong:
        return Reading(kind, digest, problems=tuple(wrong))
    known = {column.name for column in shape.columns}
    unused = tuple(heading for heading in headings if heading and heading not in known)
    entries: dict[tuple[str, str], tuple[int, Entry]] = {}
    for number, cells in rows:
        wrong += _take(number, cells, headings, shape, entries)
    if not rows:
        wrong.append(Problem(WHOLE_FILE, "", "The file has a heading and no rows."))
    if not wrong:
        found = [(number, entry) for number, entry in entries.values()]
        wrong = [Problem(row, column, says) for row, column, says in shape.whole(found)]
    listed = tuple(entry for _, entry in entries.values())
    return Reading(kind, digest, () if wrong else listed, tuple(wrong), unused)


def _wrong_headings(number: int, headings: list[str], shape: Shape) -> Iterator[Problem]:
    for name in sorted({name for name in headings if name and headings.count(name) > 1}):
        yield Problem(number, name, "This heading is there more than once.")
    for column in shape.columns:
        if column.required and column.name not in headings:
            yield Problem(number, column.name, f"There is no column with the heading “{column.name}”.")


def _take(
    number: int,
    cells: list[str],
    headings: list[str],
    shape: Shape,
    entries: dict[tuple[str, str], tuple[int, Entry]],
) -> list[Problem]:
    if len(cells) > len(headings) and any(cells[len(headings) :]):
        says = f"The row has {len(cells)} cells and the heading has {len(headings)}. "
        says += "Put a cell with a comma in quotes."
        return [Problem(number, "", says)]
    row = {column.name: "" for column in shape.columns}
    row |= {name: cell for name, cell in zip(headings, cells, strict=False) if name in row}
    wrong = [
        Problem(number, name, "A cell must not begin with = or @: a spreadsheet would run it.")
        for name, cell in row.items()
        if cell.startswith(FORMULA)
    ]
    missing = [c.name for c in shape.columns if c.required and not c.may_be_empty and not row[c.name]]
    wrong += [Problem(number, name, "This is missing.") for name in missing]
    if wrong:
        return wrong
    entry, said = shape.entry(row)
    wrong = [Problem(number, column, says) for column, says in said]
    if entry is not None and not wrong:
        first, _ = entries.setdefault((entry.part, entry.code), (number, entry))
        if first != number:
            wrong.append(Problem(number, shape.key, f"{entry.code} is in row {first} already."))
    return wrong
