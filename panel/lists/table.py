"""A file as a table: where its heading is, what each column is called, and its rows one after the other."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from config.list_words import headings as known_headings
from config.list_words import plain
from panel.documents.wordzips import OLD_OFFICE, ZIP_HEADS
from panel.lists import refused as no
from panel.lists.refused import ListRefused
from panel.lists.sheets import opened
from panel.lists.texts import SEPARATORS, decoded, records, separator

LOOKED_AT = 30
_ODD_SPACES = str.maketrans(
    dict.fromkeys("\u00a0\u2007\u202f\u2009\u3000\t\r\n", " ") | dict.fromkeys("\u200b\ufeff")
)
Records = Callable[[], Iterator[tuple[int, list[str]]]]


@dataclass(frozen=True)
class Table:
    """The columns of a list by name, and what was assumed of the file; `rows` reads it from the start."""

    headings: tuple[str, ...]
    letters: tuple[str, ...]
    heading_row: int
    source: Records
    from_1904: bool = False
    notes: tuple[str, ...] = field(default=())

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row under the heading that holds anything, with the number that a spreadsheet shows."""
        width = len(self.headings)
        most = no.MOST_ROWS
        for number, cells in self.source():
            if number <= self.heading_row:
                continue
            if number > most + self.heading_row:
                raise ListRefused(no.TOO_MANY_ROWS)
            cleaned = [tidy(cell) for cell in cells]
            if any(cleaned):
                yield number, cleaned + [""] * (width - len(cleaned))


def tidy(cell: str) -> str:
    """A cell without spaces around it, and with plain single spaces in it."""
    if cell.isascii() and "\n" not in cell and "\t" not in cell and "\r" not in cell:
        return cell.strip()
    return " ".join(cell.translate(_ODD_SPACES).split())


def open_table(data: bytes) -> Table:
    """The table in a file, decided by what it holds and not by its name. Raises `ListRefused`."""
    if data.startswith(ZIP_HEADS):
        sheet = opened(data)
        notes = [f"The sheet “{sheet.name}” was read."]
        if sheet.others:
            more = "One other sheet was" if sheet.others == 1 else f"{sheet.others} other sheets were"
            notes.append(f"{more} not read.")
        if sheet.from_1904:
            notes.append("The days of this spreadsheet count from 1904, and were read so.")
        return _table(sheet.records, notes, first_column=sheet.first_column, from_1904=sheet.from_1904)
    if data.startswith(OLD_OFFICE):
        raise ListRefused(no.LOCKED if "EncryptedPackage".encode("utf-16-le") in data else no.OLD)
    text, encoding = decoded(data)
    sign = separator(text)
    notes = [f"The file was read as {encoding}, with {SEPARATORS[sign]} between the cells."]
    if encoding == "Windows-1252":
        notes.append("Look at names with accents: the file does not say which letters it uses.")
    return _table(lambda: _whole(text, sign), notes)


def _whole(text: str, sign: str) -> Iterator[tuple[int, list[str]]]:
    """Every record; refused when the last one is cut off."""
    widths: Counter[int] = Counter()
    last = 0
    for number, cells in records(text, sign):
        last = len(cells)
        if last > no.MOST_COLUMNS:
            raise ListRefused(no.TOO_MANY_COLUMNS)
        widths[last] += 1
        yield number, cells
    others = set(widths) - {last}
    if widths[last] == 1 and len(others) == 1 and last < min(others) and not text.endswith(("\n", "\r")):
        raise ListRefused(no.CUT_OFF)


def _table(source: Records, notes: list[str], *, first_column: int = 0, from_1904: bool = False) -> Table:
    top = [(number, [tidy(cell) for cell in cells]) for number, cells in islice(source(), LOOKED_AT)]
    filled = [(number, cells) for number, cells in top if any(cells)]
    if not filled:
        raise ListRefused(no.EMPTY)
    number, cells = _heading(filled)
    width = len(cells)
    while width and not cells[width - 1] and not any(len(c) >= width and c[width - 1] for _, c in filled):
        width -= 1
    if width < 2:
        raise ListRefused(no.ONE_COLUMN)
    letters = tuple(letter(first_column + place) for place in range(width))
    above = sum(1 for other, _ in filled if other < number)
    if above:
        notes.append(f"{above} {'row' if above == 1 else 'rows'} above the heading (row {number}) left out.")
    table = Table(_named(cells[:width], letters), letters, number, source, from_1904, tuple(notes))
    if next(table.rows(), None) is None:
        raise ListRefused(no.NO_ROWS)
    return table


def _heading(filled: list[tuple[int, list[str]]]) -> tuple[int, list[str]]:
    """The row in which most words are known headings; without any, the first that is as wide as the rest."""
    known = [
        (sum(plain(cell) in known_headings() for cell in cells), number, cells) for number, cells in filled
    ]
    best = max(known, key=lambda row: (row[0], -row[1]))
    if best[0] >= 2:
        return best[1], best[2]
    width = max(sum(map(bool, cells)) for _, cells in filled)
    return next((n, cells) for n, cells in filled if sum(map(bool, cells)) * 2 > width)


def _named(cells: list[str], letters: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the columns; those without one, and those that are there twice, by their letter."""
    often = Counter(plain(cell) for cell in cells)
    return tuple(
        f"Column {at}" if not cell else f"{cell[:80]} (column {at})" if often[plain(cell)] > 1 else cell[:80]
        for cell, at in zip(cells, letters, strict=True)
    )


def letter(place: int) -> str:
    """The letter of a column, as a spreadsheet shows it: A, B, ..., Z, AA."""
    name, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
