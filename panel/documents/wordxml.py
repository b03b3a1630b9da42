"""The XML of a Word document: read as a stream, written anew, refused when it could fetch or start a thing.

Nothing is looked up: a document type (the way to entities) ends the reading at once.
"""

import re
from collections.abc import Callable
from xml.parsers import expat
from xml.sax.saxutils import escape

from panel.documents.refused import UploadRefused
from panel.documents.wordfields import Fields
from panel.documents.wordlinks import LINKS, OUTSIDE, safe_link
from panel.documents.wordzips import INSTEAD, ODD, TOO_MUCH, UNREADABLE

HOLDS = f"This Word document holds other files or objects, which we do not accept. {INSTEAD}"
MAX_THINGS = 500_000  # elements and attributes; a hundred pages of text need about a third
MAX_DEPTH = 300
BETWEEN = "\f"  # between the parts of a name: no sign that XML allows, so nobody can write it
# Elements that bring in another file, a program or a film, in whatever namespace they claim to be.
REFUSED = frozenset(
    {
        "altChunk",
        "object",
        "OLEObject",
        "control",
        "subDoc",
        "frameset",
        "oleObj",
        "webVideoPr",
        "webextensionref",
    }
    | {"audioFile", "videoFile", "wavAudioFile", "quickTimeFile", "movie", "svgBlip", "script"}
)
# Left out with all that they hold: marks of who wrote where, and ties to parts that are not kept.
LEFT_OUT = frozenset(
    {"rsids", "docId", "attachedTemplate", "mailMerge", "docVars", "attachedSchema", "saveThroughXslt"}
    | {"printerSettings", "embedRegular", "embedBold", "embedItalic", "embedBoldItalic", "schemaLibrary"}
    | {"entryMacro", "exitMacro"}
)
Attributes = dict[str, str]


class Budget:
    """How many elements and attributes a whole document may still have."""

    def __init__(self, things: int = MAX_THINGS) -> None:
        self.left = things

    def spend(self, attributes: int) -> None:
        """One element more with its attributes; UploadRefused when there are too many."""
        self.left -= 1 + attributes
        if self.left < 0:
            raise UploadRefused(TOO_MUCH)


def elements(data: bytes, budget: Budget) -> list[tuple[str, Attributes]]:
    """The local name and the attributes of every element of a small part, such as a list of relationships."""
    found: list[tuple[str, Attributes]] = []

    def start(name: str, listed: list[str]) -> None:
        budget.spend(len(listed) // 2)
        found.append((_local(name), {_local(k): v for k, v in zip(listed[::2], listed[1::2], strict=True)}))

    parser = _parser()
    parser.StartElementHandler = start
    _parse(parser, data)
    return found


def rewritten_xml(data: bytes, budget: Budget) -> bytes:
    """The part written anew in UTF-8 without comments, instructions to programs and marks of editing."""
    writer = _Writer(budget)
    parser = _parser()
    parser.StartNamespaceDeclHandler = writer.declare
    parser.StartElementHandler = writer.start
    parser.EndElementHandler = writer.end
    parser.CharacterDataHandler = writer.text
    _parse(parser, data)
    writer.fields.finish()
    return bytes(writer.out)


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=BETWEEN)
    parser.namespace_prefixes = True
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_document_type
    return parser


def _no_document_type(*_: object) -> None:
    raise UploadRefused(ODD)


def _parse(parser: expat.XMLParserType, data: bytes) -> None:
    try:
        parser.Parse(data, True)
    except UploadRefused:
        raise
    except (expat.ExpatError, LookupError, ValueError):
        raise UploadRefused(UNREADABLE) from None


def _local(name: str) -> str:
    parts = name.split(BETWEEN)
    return parts[1] if len(parts) > 1 else name


def _written(name: str) -> str:
    """A name as it stands in the file: `w:p`."""
    parts = name.split(BETWEEN)
    return f"{parts[2]}:{parts[1]}" if len(parts) == 3 else parts[-1]


def _quoted(value: str) -> str:
    return escape(value, {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"})


class _Writer:
    """Takes the events of the parser and writes what may be kept."""

    def __init__(self, budget: Budget) -> None:
        self.out = bytearray(b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n')
        self.fields = Fields()
        self._budget, self._depth, self._skipping = budget, 0, 0
        self._declared: list[tuple[str | None, str | None]] = []
        self._within: Callable[[str], None] | None = None

    def declare(self, prefix: str | None, uri: str | None) -> None:
        """A namespace that begins at the next element."""
        self._declared.append((prefix, uri))

    def start(self, name: str, listed: list[str]) -> None:
        """An element begins."""
        declared, self._declared = self._declared, []
        self._budget.spend(len(listed) // 2 + len(declared))
        self._depth += 1
        # Nothing stands inside the words of a field: an element there would hide what comes behind it.
        if self._depth > MAX_DEPTH or self._within is not None:
            raise UploadRefused(ODD)
        local = _local(name)
        if local in REFUSED:
            raise UploadRefused(HOLDS)
        if self._skipping or local in LEFT_OUT:
            self._skipping += 1
            return
        given = [(key, value) for key, value in zip(listed[::2], listed[1::2], strict=True)]
        attributes = {_local(key): value for key, value in given}
        _check_attributes(attributes)
        self._within = self.fields.begin(local, attributes)
        spaces = [
            f' xmlns{":" + prefix if prefix else ""}="{_quoted(uri or "")}"' for prefix, uri in declared
        ]
        kept = [f' {_written(k)}="{_quoted(v)}"' for k, v in given if not _local(k).startswith("rsid")]
        self.out += f"<{_written(name)}{''.join(spaces)}{''.join(kept)}>".encode()

    def end(self, name: str) -> None:
        """An element ends."""
        self._depth -= 1
        self._within = None
        if self._skipping:
            self._skipping -= 1
        else:
            self.out += f"</{_written(name)}>".encode()

    def text(self, said: str) -> None:
        """Words between two elements."""
        if not self._skipping:
            if self._within is not None:
                self._within(said)
            self.out += escape(said, {"\r": "&#13;"}).encode()


RUNS = re.compile(r"\s*(ppaction|macro|javascript|vbscript):", re.IGNORECASE)


def _check_attributes(attributes: Attributes) -> None:
    """No address of a picture elsewhere, no link that leads to a disk, no action that starts something."""
    if re.search(r"[:\\]|//", attributes.get("src", "")):
        raise UploadRefused(OUTSIDE)
    if "href" in attributes and not safe_link(attributes["href"]):
        raise UploadRefused(LINKS)
    if RUNS.match(attributes.get("action", "")):
        raise UploadRefused(HOLDS)
