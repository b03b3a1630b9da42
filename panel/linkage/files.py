"""Plain lists from CSV files, links into one; what is wrong is one sentence with row and column."""

import csv
import io
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from panel.cells import plain
from panel.linkage.links import Link
from panel.linkage.people import COLUMNS, Record

LONGEST = 2_000
HIGHEST = 250_000_000
MOST = 1_000_000
HEADER = ("left_id", "right_id", "score")


class Unreadable(Exception):
    """A file that cannot be linked; the text is a sentence for the person who sent it."""


def read(path: Path) -> list[Record]:
    """The records of a list; `id` must be there and be unique, any other column may be missing or empty."""
    text = _text(path)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows = _rows(path, lines)
    _, header = next(rows, (1, []))
    places = _places(path, header)
    found = [_record(path, number, row, places, len(header)) for number, row in rows]
    if not found:
        raise Unreadable(f"{path.name} has a header and no rows: there is nobody to link.")
    _unique(path, found)
    return [record for _, record in found]


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > HIGHEST:
            raise Unreadable(f"{path.name} is larger than {HIGHEST // 1_000_000} MB.")
        raw = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be read: {error.strerror or error}.") from None
    if not raw.strip():
        raise Unreadable(f"{path.name} is empty.")
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise Unreadable(
            f"{path.name} is no CSV file but a spreadsheet or another kind of file: save it as CSV."
        )
    wide = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else None
    for encoding in (wide,) if wide else ("utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            text = raw.decode(encoding)
            if "\0" not in text:
                return text
    raise Unreadable(f"{path.name} is no text: it can be read neither as UTF-8 nor as Windows-1252.")


def _delimiter(text: str) -> str:
    first = text.lstrip().split("\n", 1)[0]
    return max(",;\t|", key=first.count)


def _rows(path: Path, lines: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number in the file (the header is row 1); blank ones are passed over."""
    number = 0
    while True:
        number += 1
        try:
            row = next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(f"{path.name}, row {number}: the row cannot be read ({error}).") from None
        if number > MOST:
            raise Unreadable(f"{path.name} has more than {MOST:,} rows.")
        if any(cell.strip() for cell in row):
            yield number, row


def _places(path: Path, header: Sequence[str]) -> dict[str, int]:
    names = ["_".join(name.strip().strip("﻿").casefold().replace("-", " ").split()) for name in header]
    for name in COLUMNS:
        if names.count(name) > 1:
            raise Unreadable(f"{path.name}, row 1: there are {names.count(name)} columns {name}.")
    if "id" not in names:
        said = ", ".join(name[:30] for name in names[:12])
        raise Unreadable(f"{path.name}, row 1: there is no column id; the columns are: {said}.")
    if len(names) > 1 and not {*names} & {*COLUMNS[1:]}:
        raise Unreadable(
            f"{path.name}, row 1: beside id there is none of the columns {', '.join(COLUMNS[1:])}."
        )
    return {name: names.index(name) for name in COLUMNS if name in names}


def _record(
    path: Path, number: int, row: list[str], places: dict[str, int], width: int
) -> tuple[int, Record]:
    if len(row) > width and any(cell.strip() for cell in row[width:]):
        raise Unreadable(f"{path.name}, row {number}: there are {len(row)} cells under {width} columns.")
    said = {name: row[place].strip() if place < len(row) else "" for name, place in places.items()}
    for name, value in said.items():
        if len(value) > LONGEST:
            raise Unreadable(f"{path.name}, row {number}, column {name}: longer than {LONGEST:,} characters.")
    if not said["id"]:
        raise Unreadable(f"{path.name}, row {number}, column id: it is empty.")
    return number, Record(**said)


def _unique(path: Path, found: Sequence[tuple[int, Record]]) -> None:
    seen: dict[str, int] = {}
    for number, record in found:
        if record.id in seen:
            said = f"{record.id[:60]} stands in row {seen[record.id]} already"
            raise Unreadable(f"{path.name}, row {number}, column id: {said}.")
        seen[record.id] = number


def risky(links: Sequence[Link]) -> int:
    """How many identifiers a spreadsheet program would take for formulas."""
    return sum(plain(one) != one for link in links for one in (link.left_id, link.right_id))


def write(path: Path, links: Sequence[Link]) -> None:
    """All links or no file: it is written beside its place and put there when it is whole.

    Identifiers stay as they came, also those that begin like a formula: a program joins the links to its two
    lists by them, and one with a sign before it, or left out, would lose the child without a word.
    """
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as error:
        raise Unreadable(f"{path} cannot be written: {error.strerror or error}.") from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(HEADER)
            lines.writerows((link.left_id, link.right_id, f"{link.score:.4f}") for link in links)
        Path(beside).chmod(0o600)
        Path(beside).replace(path)
    except OSError as error:
        Path(beside).unlink(missing_ok=True)
        raise Unreadable(f"{path} cannot be written: {error.strerror or error}.") from None
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
