"""Files that people give us: safe to open, or refused in words that one can act on (B2, B3)."""

from __future__ import annotations

import base64
import binascii
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Object, Pdf
    from PIL.Image import Image

MEGABYTE = 1024 * 1024
MAX_BYTES = 25 * MEGABYTE
MAX_PIXELS = 40_000_000  # a photo of a page needs 12 million; each costs 4 bytes of memory
MAX_PDF_OBJECTS = 500_000
MAX_SIGNATURE_BYTES = 300_000
MAX_SIGNATURE_SIZE = (2000, 1000)
MIN_INK = 30  # pixels; fewer is a slip of the pen

KINDS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
SAID_BY_NAME = {".pdf": "PDF", ".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG"}
LOCKED = "This PDF is locked with a password. Save it without the password and upload that."
ACTIVE = "This PDF holds scripts or attached files, which we do not accept. Print it to a new PDF."
HIDDEN = "This PDF has another file hidden in it, which we do not accept. Print it to a new PDF."
COMPLICATED = "This PDF is too complicated to check. Print it to a new PDF and upload that."
NO_PAGES = "This PDF has no pages. Choose another file."
TOO_LARGE = "The picture is too large. Take it again at a smaller size."
MOVING = "The picture moves or holds several pictures. Upload one still picture."
SIGNATURE_TOO_LARGE = "The signature is drawn too large. Clear the box and sign again."
SIGNATURE_UNREADABLE = "The signature could not be read. Clear the box and sign again."
NO_SIGNATURE = "The signature box is empty. Ask the person to sign, or add a photo of the signed paper."

# Keys that carry scripts, files or players; values of /S and /Subtype that start them.
ACTIVE_KEYS = frozenset(
    {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent", "/Collection"}
)
ACTIVE_ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition"}
PLAYERS = {"/FileAttachment", "/RichMedia", "/RichMediaExecute", "/Movie", "/Sound", "/Screen", "/3D"}
UNSAFE_LINK = re.compile(r"\s*(\\\\|//|(?!(https?|mailto|tel):)[a-z][a-z0-9+.-]*:)", re.IGNORECASE)
MAX_UNPACKED = 64 * MEGABYTE  # for the PDF's own tables; the pages are never unpacked


class UploadRefused(ValueError):
    """A file that is not taken; `sentence` tells the person what to do about it."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


@dataclass(frozen=True)
class CleanFile:
    """A file whose content is what its type says: PDFs byte for byte, pictures painted anew."""

    media_type: str
    extension: str
    data: bytes


def checked_upload(data: bytes, filename: str, max_bytes: int = MAX_BYTES) -> CleanFile:
    """The clean file, its type decided by content; the name only words the refusal (`UploadRefused`)."""
    if not data:
        raise UploadRefused("The file is empty. Choose another file.")
    if len(data) > max_bytes:
        raise UploadRefused(f"The file is bigger than {max_bytes // MEGABYTE} MB. Choose a smaller file.")
    media_type = _type_of(data)
    if media_type not in KINDS:
        raise UploadRefused(_not_taken(filename))
    if media_type == "application/pdf":
        _check_pdf(data)
        return CleanFile(media_type, KINDS[media_type], data)
    return CleanFile(
        media_type, KINDS[media_type], _repainted(data, media_type.removeprefix("image/").upper())
    )


def safe_filename(title: str, extension: str) -> str:
    """A name for download from the kind of document, never from what a person typed: 'youth-caution.pdf'."""
    if extension not in KINDS.values():
        raise ValueError(f"no file may end in {extension!r}")
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z]+", plain)[:6]
    return f"{'-'.join(words)[:60] or 'document'}.{extension}"


def signature_png(data_url: str) -> bytes:
    """A signature pad's drawing as a clean PNG on white; raises `UploadRefused` when nothing is drawn."""
    from PIL import Image

    try:
        drawn = _picture(_png_in(data_url), "PNG", MAX_SIGNATURE_SIZE).convert("RGBA")
    except UploadRefused as refusal:
        if refusal.sentence in (NO_SIGNATURE, SIGNATURE_TOO_LARGE):
            raise
        raise UploadRefused(
            SIGNATURE_TOO_LARGE if refusal.sentence == TOO_LARGE else SIGNATURE_UNREADABLE
        ) from None
    page = Image.new("RGBA", drawn.size, "white")
    page.alpha_composite(drawn)
    ink = sum(page.convert("L").histogram()[:160])
    if not MIN_INK <= ink <= page.width * page.height // 2:
        raise UploadRefused(NO_SIGNATURE)
    return _saved(page.convert("RGB"), "PNG")


def _png_in(data_url: str) -> bytes:
    """The bytes behind the `data:` address of a PNG."""
    head, _, body = data_url.partition(",")
    if not body:
        raise UploadRefused(NO_SIGNATURE)
    if len(body) > MAX_SIGNATURE_BYTES * 4 // 3 + 4:
        raise UploadRefused(SIGNATURE_TOO_LARGE)
    try:
        data = base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if head != "data:image/png;base64" or _type_of(data) != "image/png":
        raise UploadRefused(SIGNATURE_UNREADABLE)
    return data


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
        return _unreadable(said)
    return "We accept PDF, JPEG and PNG files. Save the document as a PDF, or take a photo of it."


def _unreadable(kind: str) -> str:
    return f"This file says it is a {kind} but cannot be read as one. Save it again and upload the new file."


def _check_pdf(data: bytes) -> None:
    """Raise `UploadRefused` unless the PDF opens as it stands and every object in it only shows a page."""
    import pikepdf
    from pikepdf.settings import set_qpdf_limits

    if not data.startswith(b"%PDF-") or not data.rstrip(b"\0\t\n\f\r ").endswith(b"%%EOF"):
        raise UploadRefused(_unreadable("PDF"))
    if zipfile.is_zipfile(io.BytesIO(data)):
        raise UploadRefused(HIDDEN)
    set_qpdf_limits(flate_max_memory=MAX_UNPACKED, png_max_memory=MAX_UNPACKED, max_stream_filters=2)
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False, conversion_mode="explicit") as pdf:
            _check_contents(pdf)
    except UploadRefused:
        raise
    except pikepdf.PasswordError:
        raise UploadRefused(LOCKED) from None
    except Exception:  # whatever the parser trips over, nobody can read the file
        raise UploadRefused(_unreadable("PDF")) from None


def _check_contents(pdf: Pdf) -> None:
    """A PDF that anybody can open, with pages, of which no object starts, fetches or carries anything."""
    if pdf.is_encrypted:
        raise UploadRefused(LOCKED)
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


def _picture(data: bytes, kind: str, max_size: tuple[int, int] | None = None) -> Image:
    """One still picture, read to its last pixel."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        Image.open(io.BytesIO(data), formats=(kind,)).verify()  # to the last byte, but it spends the picture
        picture = Image.open(io.BytesIO(data), formats=(kind,))
        width, height = max_size or picture.size
        if picture.width * picture.height > MAX_PIXELS or picture.width > width or picture.height > height:
            raise UploadRefused(TOO_LARGE)
        # A phone's JPEG may carry a second view of the same scene (MPO); the first is the photo.
        if kind == "PNG" and getattr(picture, "n_frames", 1) > 1:
            raise UploadRefused(MOVING)
        picture.load()
    except UploadRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UploadRefused(TOO_LARGE) from None
    except Exception:  # whatever the parser trips over, nobody can read the file
        raise UploadRefused(_unreadable(kind)) from None
    return picture


def _repainted(data: bytes, kind: str) -> bytes:
    """The same pixels the right way up in a new file: no EXIF, place, thumbnail, comment or hidden tail."""
    from PIL import ImageOps

    picture = _picture(data, kind)
    ImageOps.exif_transpose(picture, in_place=True)
    seen_through = kind == "PNG" and (picture.mode in ("LA", "PA", "RGBA") or "transparency" in picture.info)
    mode = "RGBA" if seen_through else "L" if picture.mode in ("1", "L", "I;16", "I") else "RGB"
    return _saved(picture.convert(mode), kind)


def _saved(picture: Image, kind: str) -> bytes:
    """The pixels alone as a file."""
    picture.info.clear()
    file = io.BytesIO()
    picture.save(file, kind, quality=90)
    return file.getvalue()
