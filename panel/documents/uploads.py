"""The one door for files that people give us: safe to open, or refused in words to act on (B2, B3)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from panel.documents.pdfs import check_pdf
from panel.documents.pictures import repainted
from panel.documents.refused import MEGABYTE, TAKEN, UploadRefused, unreadable
from panel.documents.viruses import Scanner
from panel.documents.wordfiles import WORD, rewritten
from panel.documents.wordzips import OLD_OFFICE, ZIP_HEADS, old_office

MAX_BYTES = 25 * MEGABYTE
KINDS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", WORD: "docx"}
PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG"}
SAID_BY_NAME = {".pdf": "PDF", ".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".docx": "Word document"}


@dataclass(frozen=True)
class CleanFile:
    """A file whose content is what its type says: PDFs byte for byte, the rest written anew."""

    media_type: str
    extension: str
    data: bytes


def checked_upload(
    data: bytes, filename: str, max_bytes: int = MAX_BYTES, scanner: Scanner | None = None
) -> CleanFile:
    """The clean file, its type decided by content; the name only words the refusal (`UploadRefused`)."""
    if not data:
        raise UploadRefused("The file is empty. Choose another file.")
    if len(data) > max_bytes:
        raise UploadRefused(f"The file is bigger than {max_bytes // MEGABYTE} MB. Choose a smaller file.")
    if scanner is not None:
        scanner.check(data)
    if data.startswith(ZIP_HEADS):
        return CleanFile(WORD, KINDS[WORD], rewritten(data))
    if data.startswith(OLD_OFFICE):
        raise UploadRefused(old_office(data))
    media_type = _type_of(data)
    if media_type == "application/pdf":
        check_pdf(data)
        return CleanFile(media_type, KINDS[media_type], data)
    if media_type not in PICTURES:
        raise UploadRefused(_not_taken(filename))
    clean, _ = repainted(data, PICTURES[media_type])
    return CleanFile(media_type, KINDS[media_type], clean)


def safe_filename(title: str, extension: str) -> str:
    """A name for download from the kind of document, never from what a person typed: 'youth-caution.pdf'."""
    if extension not in KINDS.values():
        raise ValueError(f"no file may end in {extension!r}")
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z]+", plain)[:6]
    return f"{'-'.join(words)[:60] or 'document'}.{extension}"


def _type_of(data: bytes) -> str:
    """The media type by content; an empty text when nobody knows it."""
    import puremagic

    try:
        return puremagic.from_string(data, mime=True)
    except (puremagic.PureError, ValueError):
        return ""


def _not_taken(filename: str) -> str:
    """Why the content is not taken: its name is false, or we do not keep that type."""
    said = SAID_BY_NAME.get(PurePosixPath(filename).suffix.lower())
    if said:
        return unreadable(said)
    return f"{TAKEN} Save the document as one of these, or take a photo of it."
