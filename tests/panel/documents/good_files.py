"""Files as people have them: every one of them is taken."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from panel.documents.typeset import disposal_pdf
from panel.documents.uploads import WORD
from tests.panel.documents.disposal_papers import paper
from tests.panel.documents.hostile_files import (
    Make,
    jpeg,
    moving,
    other,
    pdf,
    photo_with_place,
    png,
    stroke,
    with_link,
    with_root,
)
from tests.panel.documents.word_files import GOOD_WORD, image

EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", WORD: "docx"}


def interlaced() -> bytes:
    """A grey picture of one point a byte, drawn in seven passes as old scanners wrote it."""
    import struct
    import zlib

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    side = 8
    passes = (
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    )
    rows = [
        b"\0" + bytes([120] * len(range(x, side, dx))) for x, y, dx, dy in passes for _ in range(y, side, dy)
    ]
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 1))
    body = chunk(b"IDAT", zlib.compress(b"".join(rows)))
    return b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b"")


def deep_grey() -> bytes:
    file = io.BytesIO()
    Image.new("I;16", (30, 20), 40_000).save(file, "PNG")
    return file.getvalue()


def form() -> bytes:
    """A form to fill in, without any script."""

    def fill(made: Any) -> None:
        box = made.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), Rect=Array([9, 9, 90, 20])
            )
        )
        made.pages[0].obj.Annots = Array([box])
        made.Root.AcroForm = Dictionary(Fields=Array([box]), DA=String("/Helv 0 Tf 0 g"))

    return pdf(fill)


GOOD: dict[str, tuple[Make, str]] = {
    "a blank page": (pdf, "application/pdf"),
    "our own paper": (lambda: disposal_pdf(paper("youth_caution")), "application/pdf"),
    "a scan": (lambda: other("PDF"), "application/pdf"),
    "a PDF with packed tables": (
        lambda: pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate), "application/pdf",
    ),
    "a PDF for the web": (lambda: pdf(linearize=True), "application/pdf"),
    "a PDF with a web link": (with_link(S=Name.URI, URI=String("https://www.gov.uk/")), "application/pdf"),
    "a PDF with a mail link": (with_link(S=Name.URI, URI=String("mailto:a@example.org")), "application/pdf"),
    "a PDF that opens at a page": (with_root(OpenAction=Dictionary(S=Name.GoTo)), "application/pdf"),
    "a PDF with a plain form": (with_root(AcroForm=Dictionary(Fields=Array([]))), "application/pdf"),
    "a PDF with a blank end": (lambda: pdf() + b"\r\n\0\0\n", "application/pdf"),
    "a PDF 1.4": (lambda: pdf(force_version="1.4"), "application/pdf"),
    "a PDF 1.7": (lambda: pdf(force_version="1.7"), "application/pdf"),
    "a PDF 2.0": (lambda: pdf(force_version="2.0"), "application/pdf"),
    "a PDF with a form": (form, "application/pdf"),
    "a photo": (jpeg, "image/jpeg"),
    "a photo that builds up": (lambda: image("JPEG", progressive=True), "image/jpeg"),
    "a picture drawn in passes": (interlaced, "image/png"),
    "a grey picture of 16 bits": (deep_grey, "image/png"),
    "a grey photo": (lambda: jpeg("L"), "image/jpeg"),
    "a photo for print": (lambda: jpeg("CMYK"), "image/jpeg"),
    "a photo with a place": (lambda: photo_with_place("JPEG"), "image/jpeg"),
    "a photo of two views": (lambda: moving("MPO"), "image/jpeg"),
    "a picture": (png, "image/png"),
    "a clear picture": (lambda: stroke("RGBA"), "image/png"),
    "a picture with few colours": (lambda: png("P", colour=3), "image/png"),
    "a picture in black and white": (lambda: png("1", colour=1), "image/png"),
} | {name: (make, WORD) for name, make in GOOD_WORD.items()}  # fmt: skip
