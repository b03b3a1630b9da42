"""Uploads: hostile files are refused in words, good ones come out clean."""

from __future__ import annotations

import base64
import io
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from panel.documents.typeset import disposal_pdf
from panel.documents.uploads import CleanFile, UploadRefused, checked_upload, safe_filename, signature_png
from tests.panel.documents.disposal_papers import paper
from tests.panel.documents.hostile_files import (
    BAD,
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
    zipped,
)

EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
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
    "a photo": (jpeg, "image/jpeg"),
    "a grey photo": (lambda: jpeg("L"), "image/jpeg"),
    "a photo for print": (lambda: jpeg("CMYK"), "image/jpeg"),
    "a photo with a place": (lambda: photo_with_place("JPEG"), "image/jpeg"),
    "a photo of two views": (lambda: moving("MPO"), "image/jpeg"),
    "a picture": (png, "image/png"),
    "a clear picture": (lambda: stroke("RGBA"), "image/png"),
    "a picture with few colours": (lambda: png("P", colour=3), "image/png"),
    "a picture in black and white": (lambda: png("1", colour=1), "image/png"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_hostile_file_is_refused_in_words_to_act_on(name: str) -> None:
    make, filename, words = BAD[name]
    with pytest.raises(UploadRefused) as refusal:
        checked_upload(make(), filename)
    assert words in refusal.value.sentence
    assert refusal.value.sentence.endswith(".")


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_is_taken_whatever_its_name(name: str) -> None:
    make, media_type = GOOD[name]
    for filename in ("scan", "scan.exe", "../../etc/passwd\0.png", "\u202egnp.fdp", "x" * 300):
        clean = checked_upload(make(), filename)
        assert clean.media_type == media_type
        assert (
            clean.extension == {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}[media_type]
        )


def test_the_corpus_is_wide_enough() -> None:
    assert len(BAD) >= 25
    assert len(GOOD) >= 10


def test_a_clean_pdf_is_kept_byte_for_byte_as_evidence() -> None:
    data = pdf()
    assert checked_upload(data, "a.pdf") == CleanFile("application/pdf", "pdf", data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_forgets_where_and_when_it_was_taken(kind: str) -> None:
    before = photo_with_place(kind)
    assert b"BRADFORD" in before
    assert Image.open(io.BytesIO(before)).getexif()
    after = checked_upload(before, "x").data
    picture = Image.open(io.BytesIO(after))
    assert not picture.getexif()
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for trace in (b"BRADFORD", b"Exif", b"xmp", b"iCCP", b"eXIf", b"tEXt"):
        assert trace not in after


def test_a_photo_taken_sideways_stands_upright() -> None:
    picture = Image.open(io.BytesIO(checked_upload(photo_with_place("JPEG"), "x").data))
    assert picture.size == (60, 80)


def test_whatever_hangs_behind_a_picture_is_cut_off() -> None:
    for data in (jpeg() + zipped(), png() + zipped(), jpeg() + b"<script>alert(1)</script>"):
        try:
            after = checked_upload(data, "x.jpg").data
        except UploadRefused:
            continue
        assert not zipfile.is_zipfile(io.BytesIO(after))
        assert b"script" not in after


def test_a_photo_of_many_colours_keeps_its_pixels() -> None:
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
        file = io.BytesIO()
        Image.new(mode, (9, 7), 1 if mode == "1" else None if mode == "P" else 0).save(file, "PNG")
        assert Image.open(io.BytesIO(checked_upload(file.getvalue(), "x").data)).size == (9, 7)


def test_a_file_of_the_limit_is_taken_and_one_byte_more_is_not() -> None:
    data = pdf()
    assert checked_upload(data, "a.pdf", max_bytes=len(data)).data == data
    with pytest.raises(UploadRefused, match="bigger than"):
        checked_upload(data, "a.pdf", max_bytes=len(data) - 1)
    with pytest.raises(UploadRefused, match="bigger than 25 MB"):
        checked_upload(bytes(25 * 1024 * 1024 + 1), "a.pdf")


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("make", [pdf, jpeg, png])
def test_half_a_file_is_never_taken(make: Callable[[], bytes], cut: float) -> None:
    data = make()
    with pytest.raises(UploadRefused):
        checked_upload(data[: int(len(data) * cut)], "x.pdf")


def test_a_picture_bomb_is_refused_before_it_is_unpacked() -> None:
    make = BAD["a picture of 40,000 by 40,000"][0]
    data = make()
    tracemalloc.start()
    with pytest.raises(UploadRefused):
        checked_upload(data, "x.png")
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("title", "extension", "name"),
    [
        ("Youth conditional caution", "pdf", "youth-conditional-caution.pdf"),
        ("../../etc/passwd", "png", "etc-passwd.png"),
        ("Reçu \u202e signé\0 \r\n", "jpg", "recu-signe.jpg"),
        ("2011-03-09 BFD/2026/0143", "pdf", "bfd.pdf"),
        ("😀", "pdf", "document.pdf"),
        ("a" * 500, "pdf", "a" * 60 + ".pdf"),
    ],
)
def test_a_file_name_is_made_by_us(title: str, extension: str, name: str) -> None:
    assert safe_filename(title, extension) == name


def test_a_file_name_cannot_end_in_something_that_runs() -> None:
    with pytest.raises(ValueError, match="exe"):
        safe_filename("Photo", "exe")


def url(data: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(data).decode()


def test_a_signature_becomes_ink_on_white_paper() -> None:
    clean = signature_png(url(stroke("RGBA")))
    picture = Image.open(io.BytesIO(clean))
    assert (picture.mode, picture.size, picture.info) == ("RGB", (400, 150), {})
    assert picture.getpixel((0, 0)) == (255, 255, 255)
    assert signature_png(url(stroke("RGBA"))) == clean
    assert signature_png(url(clean)) == clean


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ("", "signature box is empty"),
        ("data:image/png;base64,", "signature box is empty"),
        (url(png("RGBA", (400, 150), (0, 0, 0, 0))), "signature box is empty"),
        (url(png("RGB", (400, 150), "white")), "signature box is empty"),
        (url(stroke("RGBA", ink="white")), "signature box is empty"),
        (url(stroke("RGBA", dots=3)), "signature box is empty"),
        (url(png("RGB", (400, 150), "black")), "signature box is empty"),
        (url(png("RGB", (2001, 10), "white")), "too large"),
        (url(png("RGB", (10, 1001), "white")), "too large"),
        ("data:image/png;base64," + "A" * 500_000, "too large"),
        ("data:image/png;base64,@@@@", "could not be read"),
        ("data:image/png;base64,AAAA", "could not be read"),
        ("data:image/svg+xml;base64," + base64.b64encode(stroke("RGB")).decode(), "could not be read"),
        (" " + url(stroke("RGB")), "could not be read"),
        (url(jpeg()), "could not be read"),
        (url(stroke("RGB")[:200]), "could not be read"),
        ("javascript:alert(1),x", "could not be read"),
    ],
)
def test_what_is_not_a_signature_is_refused(posted: str, words: str) -> None:
    with pytest.raises(UploadRefused, match=words):
        signature_png(posted)


def test_an_unpacking_bomb_in_a_pdf_table_stays_small() -> None:
    """A megabyte that unpacks to a gigabyte must not reach the worker's memory."""
    resource = pytest.importorskip("resource")
    data = bomb(400)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(UploadRefused):
        checked_upload(data, "x.pdf")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000


def bomb(megabytes: int) -> bytes:
    """A PDF whose object stream unpacks to so many megabytes of spaces."""
    made: Any = pikepdf.new()
    made.add_blank_page()
    made.Root.Extra = made.make_indirect(pikepdf.Dictionary(Hidden=1))
    file = io.BytesIO()
    made.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    data = file.getvalue()
    start = data.index(b"/ObjStm")
    head = data.rindex(b"<<", 0, start)
    begin = data.index(b"stream\n", start) + 7
    end = data.index(b"\nendstream", begin)
    press = zlib.compressobj(9)
    packed = press.compress(zlib.decompress(data[begin:end]))
    packed += b"".join(press.compress(b" " * 1024 * 1024) for _ in range(megabytes)) + press.flush()
    words = data[head:begin].replace(b"/Length %d" % (end - begin), b"/Length %d" % len(packed))
    grown = data[:head] + words + packed + data[end:]
    table = grown.rindex(b" 0 obj", 0, grown.index(b"/XRef"))
    last = grown.rindex(b"startxref")
    return grown[:last] + b"startxref\n%d\n%%%%EOF\n" % (grown.rindex(b"\n", 0, table) + 1)
