"""What a spreadsheet holds beside its cells: its sheets, its texts, and which styles make a number a day."""

import re
import zipfile
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from posixpath import join, normpath
from typing import Any

from defusedxml.ElementTree import fromstring

from panel.documents.refused import MEGABYTE
from panel.lists import refused as no
from panel.lists.refused import ListRefused

PIECE = 64 * 1024
LARGEST_INDEX = 20 * MEGABYTE
BUILT_IN_DAYS = frozenset((*range(14, 23), 45, 47))
ELAPSED = 46
_UNSAID = re.compile(r'"[^"]*"|[\\_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_HOURS = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Shown(Enum):
    """As what a style shows a number."""

    NUMBER = "number"
    DAY = "day"
    SPAN = "span of time"


@dataclass(frozen=True)
class Book:
    """A spreadsheet that was opened: where its sheets lie by name, its texts, and its styles."""

    packed: zipfile.ZipFile
    sheets: dict[str, str]
    texts: "Texts"
    styles: tuple[Shown, ...]


class Texts:
    """The shared texts in one piece, because a hundred thousand objects would take ten times the room."""

    def __init__(self) -> None:
        self._all = bytearray()
        self._ends = array("Q", (0,))

    def add(self, text: str) -> None:
        """Put a text behind the others. Raises `ListRefused` when there are more than cells."""
        if len(self._ends) > no.MOST_CELLS:
            raise ListRefused(no.TOO_MUCH)
        self._all += text.encode("utf-8", "replace")
        self._ends.append(len(self._all))

    def __getitem__(self, number: int) -> str:
        if number < 0:
            raise IndexError(number)
        end = self._ends[number + 1]
        return self._all[self._ends[number] : end].decode()


def open_book(packed: zipfile.ZipFile) -> Book:
    """Read all but the cells. Raises `ListRefused`, or what a parser raises of a part that is no XML."""
    places = {
        one.get("Id"): normpath(join("xl", one.get("Target", ""))).removeprefix("/")
        for one in _part(packed, "xl/_rels/workbook.xml.rels")
        if one.get("Type", "").endswith("/worksheet")
    }
    sheets = {
        one.get("name", ""): places[number]
        for one in _part(packed, "xl/workbook.xml").iter()
        if _local(one.tag) == "sheet" and (number := _related(one.attrib)) in places
    }
    return Book(packed, sheets, _texts(packed), _styles(packed))


def _related(attributes: dict[str, str]) -> str | None:
    """The number under which a sheet is found: an `id` of another namespace than the sheet's own."""
    return next((value for name, value in attributes.items() if name.endswith("}id")), None)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _part(packed: zipfile.ZipFile, name: str) -> Any:
    if packed.getinfo(name).file_size > LARGEST_INDEX:
        raise ListRefused(no.TOO_MUCH)
    return fromstring(packed.read(name))


def _styles(packed: zipfile.ZipFile) -> tuple[Shown, ...]:
    if "xl/styles.xml" not in packed.namelist():
        return ()
    root = _part(packed, "xl/styles.xml")
    own = {
        int(one.get("numFmtId", "0")): one.get("formatCode", "")
        for one in root.iter()
        if _local(one.tag) == "numFmt"
    }
    of_cells = next((one for one in root if _local(one.tag) == "cellXfs"), ())
    return tuple(_shown(int(one.get("numFmtId", "0")), own) for one in of_cells)


def _shown(number: int, own: dict[int, str]) -> Shown:
    if number not in own:
        return Shown.SPAN if number == ELAPSED else Shown.DAY if number in BUILT_IN_DAYS else Shown.NUMBER
    said = _UNSAID.sub("", own[number])
    if _HOURS.search(said):
        return Shown.SPAN
    return Shown.DAY if set(said.lower()) & set("dmyhs") and said.lower() != "standard" else Shown.NUMBER


def _texts(packed: zipfile.ZipFile) -> Texts:
    texts, pieces = Texts(), list[str]()
    if "xl/sharedStrings.xml" not in packed.namelist():
        return texts
    silent = 0

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal silent
        if name.endswith("rPh"):
            silent += 1

    def end(name: str) -> None:
        nonlocal silent
        if name.endswith("rPh"):
            silent -= 1
        elif name.rpartition(":")[2] == "t" and not silent:
            pieces.append("".join(said))
        elif name.rpartition(":")[2] == "si":
            texts.add(unescaped("".join(pieces)))
            pieces.clear()
        said.clear()

    said: list[str] = []
    for _ in parsed(packed, "xl/sharedStrings.xml", start, end, said.append):
        pass
    return texts


def unescaped(text: str) -> str:
    """A text with the letters that a spreadsheet writes by their number."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def parsed(
    packed: zipfile.ZipFile,
    name: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> Iterator[None]:
    """Parse a part piece by piece, and stop after each, so that nothing of it has to be kept."""
    from xml.parsers import expat

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _no_doctype
    with packed.open(name) as part:
        while piece := part.read(PIECE):
            parser.Parse(piece, False)
            yield
    parser.Parse(b"", True)
    yield


def _no_doctype(*_: Any) -> None:
    raise ListRefused(no.DANGEROUS)
