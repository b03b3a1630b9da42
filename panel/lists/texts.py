"""A list as text: its letters, what separates its cells, and its rows."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from config.list_words import headings, plain
from panel.lists.refused import BAD_QUOTE, CUT_OFF, EMPTY, LONG_CELL, NO_TEXT, ListRefused, not_a

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
SAMPLE = 64 * 1024
LOOKED_AT = 25
OTHER_KINDS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"Rar!", "a packed file"),
    (b"7z\xbc\xaf", "a packed file"),
    (b"\x1f\x8b", "a packed file"),
    (b"SQLite format", "a database"),
    (b"MZ", "a program"),
)
_PAGE = re.compile(r"\s*<(!doctype|html|\?xml|svg|script)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def decoded(data: bytes) -> tuple[str, str]:
    """The text and how its letters were read: marked, UTF-8, or Windows-1252. Raises `ListRefused`."""
    if not data.strip(b"\0 \t\r\n"):
        raise ListRefused(EMPTY)
    for head, kind in OTHER_KINDS:
        if data.startswith(head):
            raise not_a(kind)
    text, encoding = _letters(data)
    text = text.removeprefix("\ufeff")
    if _PAGE.match(text):
        raise not_a("a web page or another marked-up text")
    if not text.strip():
        raise ListRefused(EMPTY)
    if _CONTROL.search(text):
        raise ListRefused(NO_TEXT)
    return text, encoding


def _letters(data: bytes) -> tuple[str, str]:
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16"), "UTF-16"
        if wide := _unmarked_utf16(data):
            return data.decode(wide), "UTF-16"
    except UnicodeDecodeError:
        raise ListRefused(CUT_OFF) from None
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError as no:
        # The last letter alone is not whole, others are: that is a file cut off, not one in other letters.
        at_the_end = no.reason == "unexpected end of data" and no.start >= len(data) - 3
        if at_the_end and not data[: no.start].isascii():
            raise ListRefused(CUT_OFF) from None
    try:
        return data.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        raise ListRefused(NO_TEXT) from None


def _unmarked_utf16(data: bytes) -> str:
    head = data[:2000]
    if len(head) < 8 or head.count(0) < len(head) // 3:
        return ""
    return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"


def separator(text: str) -> str:
    """What separates the cells: the sign under which the most headings are known, or the widest row."""
    sample = text[:SAMPLE]

    def score(sign: str) -> tuple[int, int]:
        known = width = 0
        try:
            for cells in islice(csv.reader(io.StringIO(sample, newline=""), delimiter=sign), LOOKED_AT):
                known = max(known, sum(plain(cell) in headings() for cell in cells))
                width = max(width, len(cells))
        except csv.Error:
            pass
        return (known if width > 1 else 0), width

    return max(SEPARATORS, key=score)


def records(text: str, sign: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with its number, counted as a spreadsheet counts rows. Raises `ListRefused`."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            yield number, cells
    except csv.Error as no:
        if "field limit" in str(no):
            raise ListRefused(LONG_CELL.format(row=number + 1)) from None
        if "end of data" in str(no):
            raise ListRefused(CUT_OFF) from None
        raise ListRefused(BAD_QUOTE.format(row=number + 1)) from None
