"""PDFs: kept byte for byte as evidence when every object in them only shows a page, else refused (B2)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from panel.documents.apart import COMPLICATED, check_apart
from panel.documents.refused import MEGABYTE, UploadRefused, unreadable

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

MAX_PDF_OBJECTS = 120_000  # a tagged text of a hundred pages needs about a third
LOCKED = "This PDF is locked with a password. Save it without the password and upload that."
ACTIVE = "This PDF holds scripts or attached files, which we do not accept. Print it to a new PDF."
HIDDEN = "This PDF has another file hidden in it, which we do not accept. Print it to a new PDF."
NO_PAGES = "This PDF has no pages. Choose another file."

# Keys that carry scripts, files or players; values of /S and /Subtype that start them.
ACTIVE_KEYS = frozenset(
    {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent", "/Collection"}
)
ACTIVE_ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition"}
PLAYERS = {"/FileAttachment", "/RichMedia", "/RichMediaExecute", "/Movie", "/Sound", "/Screen", "/3D"}
UNSAFE_LINK = re.compile(r"\s*(\\\\|//|(?!(https?|mailto|tel):)[a-z][a-z0-9+.-]*:)", re.IGNORECASE)
MAX_UNPACKED = 64 * MEGABYTE  # for the PDF's own tables; the pages are never unpacked


def check_pdf(data: bytes) -> None:
    """Raise `UploadRefused` unless the PDF opens as it stands and every object in it only shows a page."""
    if not data.startswith(b"%PDF-") or not data.rstrip(b"\0\t\n\f\r ").endswith(b"%%EOF"):
        raise UploadRefused(unreadable("PDF"))
    if zipfile.is_zipfile(io.BytesIO(data)):
        raise UploadRefused(HIDDEN)
    check_apart(data)


def look_into(data: bytes) -> None:
    """Raise `UploadRefused` for what stands in the objects; only ever called in a process of its own."""
    import pikepdf
    from pikepdf.settings import set_qpdf_limits

    set_qpdf_limits(
        flate_max_memory=MAX_UNPACKED,
        png_max_memory=MAX_UNPACKED,
        max_stream_filters=2,
        parser_max_container_size=MAX_PDF_OBJECTS,
    )
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False, conversion_mode="explicit") as pdf:
            _check_contents(pdf)
    except UploadRefused:
        raise
    except MemoryError:
        raise UploadRefused(COMPLICATED) from None
    except pikepdf.PasswordError:
        raise UploadRefused(LOCKED) from None
    except Exception:  # whatever the parser trips over, nobody can read the file
        raise UploadRefused(unreadable("PDF")) from None


def _check_contents(pdf: Pdf) -> None:
    """A PDF that anybody can open, with pages, of which no object starts, fetches or carries anything."""
    if pdf.is_encrypted:
        raise UploadRefused(LOCKED)
    if len(pdf.objects) > MAX_PDF_OBJECTS:
        raise UploadRefused(COMPLICATED)
    if len(pdf.pages) == 0:
        raise UploadRefused(NO_PAGES)
    for entries, is_stream in _dictionaries(pdf):
        names = {str(entries[key]) for key in ("/S", "/Subtype") if key in entries}
        link = str(entries.get("/URI", ""))
        outside = is_stream and "/F" in entries  # the data of the stream lies in another file
        started = ACTIVE_KEYS & entries.keys() or (ACTIVE_ACTIONS | PLAYERS) & names
        if outside or started or UNSAFE_LINK.match(link):
            raise UploadRefused(ACTIVE)


def _dictionaries(pdf: Pdf) -> Iterator[tuple[dict[str, Object], bool]]:
    """Every dictionary and whether it heads a stream; unused ones too, for a reader may bring them back."""
    from pikepdf import Array, Dictionary, Stream

    waiting = [*pdf.objects, pdf.trailer]
    seen = 0
    while waiting:
        seen += 1
        if seen > MAX_PDF_OBJECTS:
            raise UploadRefused(COMPLICATED)
        thing = waiting.pop()
        inside: list[Object] = []
        if isinstance(thing, Dictionary | Stream):
            entries = dict(thing.items())
            yield entries, isinstance(thing, Stream)
            inside = list(entries.values())
        elif isinstance(thing, Array):
            inside = list(thing)
        waiting += [part for part in inside if not part.is_indirect and isinstance(part, Dictionary | Array)]
