"""The rows of a sheet, one after the other: never more of them at once than a piece of the file has."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import lru_cache

from panel.lists import refused as no
from panel.lists.refused import ListRefused
from panel.lists.workbook import Book, Shown, parsed, unescaped

LONGEST_CELL = 131_072
FIRST_DAY = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001 - a sheet has no zone
LEAP_BUG = 60
SAID = {"1": "yes", "true": "yes", "0": "no", "false": "no"}


def rows_of(book: Book, part: str, *, from_1904: bool) -> Iterator[tuple[int, list[str]]]:
    """Each row that stands in a sheet with its number, its cells from column A on."""
    reading = _Reading(book, from_1904)
    for _ in parsed(book.packed, part, reading.start, reading.end, reading.text):
        yield from reading.ready
        reading.ready.clear()


class _Reading:
    """Makes rows of what a parser meets; a list has millions of such events, so each does little."""

    __slots__ = (
        *("book", "cells", "from_1904", "kind", "length", "names", "number", "place"),
        *("ready", "said", "silent", "style", "taking"),
    )

    def __init__(self, book: Book, from_1904: bool) -> None:
        self.book, self.from_1904 = book, from_1904
        self.ready: list[tuple[int, list[str]]] = []
        self.number, self.cells = 0, list[str]()
        self.place, self.kind, self.style = 0, "", Shown.NUMBER
        self.said, self.length, self.taking, self.silent = list[str](), 0, False, 0
        self.names: dict[str, str] = {}

    def start(self, name: str, has: dict[str, str]) -> None:
        """A cell, a row, or the value in a cell begins."""
        local = self.names.get(name) or self._local(name)
        if local == "c":
            self._begin_cell(has)
        elif local == "v" or (local == "t" and not self.silent):
            self.taking = True
        elif local == "row":
            number = int(has.get("r", self.number + 1))
            if number <= self.number:
                raise ListRefused(no.BROKEN)
            self.number, self.cells = number, []
        elif local == "rPh":
            self.silent += 1

    def _local(self, name: str) -> str:
        return self.names.setdefault(name, name.rpartition(":")[2])

    def _begin_cell(self, has: dict[str, str]) -> None:
        at = has.get("r")
        self.place = len(self.cells) if at is None else column(at.rstrip("0123456789"))
        if not 0 <= self.place < no.MOST_COLUMNS:
            raise ListRefused(no.TOO_MANY_COLUMNS if self.place > 0 else no.BROKEN)
        self.kind = has.get("t", "n")
        if self.kind == "n":
            style = int(has.get("s", 0))
            self.style = self.book.styles[style] if style < len(self.book.styles) else Shown.NUMBER
        self.said = []
        self.length = 0

    def text(self, piece: str) -> None:
        """Letters, which count within a value only."""
        if not self.taking:
            return
        self.length += len(piece)
        if self.length > LONGEST_CELL:
            raise ListRefused(no.LONG_CELL.format(row=self.number))
        self.said.append(piece)

    def end(self, name: str) -> None:
        """The value, the cell or the row is whole."""
        local = self.names[name]
        if local in ("v", "t"):
            self.taking = False
        elif local == "c":
            if self.said and (text := self._value("".join(self.said))):
                if self.place != len(self.cells):
                    self.cells += [""] * (self.place + 1 - len(self.cells))
                    self.cells[self.place] = text
                else:
                    self.cells.append(text)
        elif local == "row":
            self.ready.append((self.number, self.cells))
        elif local == "rPh":
            self.silent -= 1

    def _value(self, said: str) -> str:
        match self.kind:
            case "s":
                return self.book.texts[int(said)]
            case "n":
                return _number(said, self.style, self.from_1904)
            case "b":
                return SAID.get(said.strip(), "")
            case "e":
                return ""
            case "d":
                return said.strip().removesuffix("Z").removesuffix("T00:00:00").replace("T", " ")
        return unescaped(said)


@lru_cache(maxsize=1024)
def column(letters: str) -> int:
    """The place of a column, A being 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


@lru_cache(maxsize=4096)
def _number(said: str, style: Shown, from_1904: bool) -> str:
    """A number as a person would read it; whole ones without a point, days as 2026-09-01."""
    number = float(said)
    if style is Shown.SPAN:
        return ""
    if style is Shown.DAY and 0 <= number < 2_958_466:
        return _day(number, from_1904)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def _day(number: float, from_1904: bool) -> str:
    """A day counted from the first; spreadsheets give February 1900 a day too many."""
    if number < 1:
        return (FIRST_DAY[True] + timedelta(seconds=round(number * 86_400))).time().isoformat()
    early = not from_1904 and number < LEAP_BUG
    found = FIRST_DAY[from_1904] + timedelta(days=number + early)
    found = (found + timedelta(milliseconds=500)).replace(microsecond=0)
    return found.date().isoformat() if found.time() == time() else found.isoformat(sep=" ")
