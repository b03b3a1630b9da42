"""Uploads: hostile files are refused in words, good ones come out clean."""

from __future__ import annotations

import io
import re
import resource
import sys
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from PIL import Image

from panel.documents.refused import UploadRefused
from panel.documents.uploads import CleanFile, checked_upload, safe_filename
from tests.panel.documents.good_files import EXTENSIONS, GOOD
from tests.panel.documents.hostile_files import BAD, jpeg, pdf, photo_with_place, png, zipped
from tests.panel.documents.hostile_words import BAD_WORD

EVERY_BAD = BAD | {name: (make, "a.docx", words) for name, (make, words) in BAD_WORD.items()}


@pytest.mark.parametrize("name", EVERY_BAD)
def test_a_hostile_file_is_refused_in_words_to_act_on(name: str) -> None:
    make, filename, words = EVERY_BAD[name]
    with pytest.raises(UploadRefused) as refusal:
        checked_upload(make(), filename)
    sentence = refusal.value.sentence
    assert words in sentence
    assert plain(sentence)


# What a person is told to do about it.
REMEDIES = ("Choose", "Save", "save", "Print", "Take", "Upload", "upload")
JARGON = re.compile(r"\b(zip|xml|ole|rels?|dtd|entity|mime|parse|null|error|exception|invalid|ooxml)\b", re.I)


def plain(sentence: str) -> bool:
    """Whether a sentence says what to do, in short sentences without the words of the trade."""
    told = any(word in sentence for word in REMEDIES) and sentence.endswith(".")
    lengths = [len(part.split()) for part in sentence.split(". ")]
    return told and not JARGON.search(sentence) and max(lengths) <= 22 and len(sentence) < 160


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_is_taken_whatever_its_name(name: str) -> None:
    make, media_type = GOOD[name]
    clean = checked_upload(make(), "scan.exe")
    assert (clean.media_type, clean.extension) == (media_type, EXTENSIONS[media_type])
    assert readable(clean)


@pytest.mark.parametrize("filename", ["scan", "../../etc/passwd\0.png", "\u202egnp.fdp", "x" * 300])
def test_the_name_of_a_file_decides_nothing(filename: str) -> None:
    assert checked_upload(pdf(), filename).extension == "pdf"
    assert checked_upload(png(), filename).extension == "png"


def readable(clean: CleanFile) -> bool:
    """Whether a kept file opens in the program of its type, has content, and is accepted once more."""
    if clean.extension == "pdf":
        with pikepdf.open(io.BytesIO(clean.data)) as opened:
            return len(opened.pages) > 0
    if clean.extension == "docx":
        return checked_upload(clean.data, "again.docx").data == clean.data
    picture = Image.open(io.BytesIO(clean.data))
    picture.load()
    return picture.width > 1


def test_the_corpus_is_wide_enough() -> None:
    assert len(EVERY_BAD) >= 40
    assert len(GOOD) >= 20
    assert {EXTENSIONS[media_type] for _, media_type in GOOD.values()} == {"pdf", "jpg", "png", "docx"}


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


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_picture_of_any_depth_shows_the_same(mode: str) -> None:
    dark, light = {"RGB": ((9, 9, 9), (240, 240, 240)), "RGBA": ((9, 9, 9, 255), (240, 240, 240, 255))}.get(
        mode, {"LA": ((9, 255), (240, 255)), "1": (0, 1), "I;16": (9 * 256, 240 * 256)}.get(mode, (9, 240))
    )
    drawn = Image.new(mode, (9, 7), light)
    if mode == "P":
        drawn.putpalette([n for value in range(256) for n in (value, value, value)])
    drawn.putpixel((0, 0), dark)
    file = io.BytesIO()
    drawn.save(file, "PNG")
    after = Image.open(io.BytesIO(checked_upload(file.getvalue(), "x").data)).convert("L")
    assert after.size == (9, 7)
    assert after.getpixel((0, 0)) < 20
    assert after.getpixel((5, 5)) > 230


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


def test_an_unpacking_bomb_in_a_pdf_table_stays_small() -> None:
    """A megabyte that unpacks to a gigabyte must not reach the worker's memory."""
    data = bomb(400)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(UploadRefused):
        checked_upload(data, "x.pdf")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < (150_000 if sys.platform == "linux" else 150_000 * 1024)  # kilobytes, or bytes elsewhere


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
