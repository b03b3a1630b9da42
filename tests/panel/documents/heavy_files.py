"""The heaviest files that the door lets in or has to look at."""

import io
import os

from PIL import Image

from tests.panel.documents.word_files import drawing, image, packed, parts, said, word


def noise_photo() -> bytes:
    """A photo of nearly 25 million points of noise, which builds up in passes."""
    width, height = 5000, 4990
    file = io.BytesIO()
    noise = Image.frombytes("RGB", (width, height), os.urandom(width * height * 3))
    noise.save(file, "JPEG", quality=70, progressive=True)
    return file.getvalue()


def wide_picture() -> bytes:
    """A picture of nearly 25 million points that one can see through."""
    file = io.BytesIO()
    Image.linear_gradient("L").resize((5000, 4990)).convert("RGBA").save(file, "PNG")
    return file.getvalue()


def long_pdf() -> bytes:
    """A PDF of as many small objects as fit."""
    return written([b"<</A<</B<</C 1>>>>>>"] * 350_000)


def nested_pdf() -> bytes:
    """A PDF with one list of very many small dictionaries."""
    return written([b"[" + b"<</A 1>>" * 600_000 + b"]"])


def full_pdf() -> bytes:
    """A PDF with as many dictionaries as are let in."""
    return written([b"<</A<</B 1>>>>"] * 35_000)


def written(more: list[bytes]) -> bytes:
    """A PDF of one page and further objects, written by hand."""
    heads = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    body, places, length = [b"%PDF-1.4\n"], [], 9
    for number, what in enumerate([*heads, page, *more], 1):
        places.append(length)
        body.append(b"%d 0 obj%s endobj\n" % (number, what))
        length += len(body[-1])
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(places) + 1
    body.append(
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\n" % (count, table, count)
    )
    body.append(b"startxref\n%d\n%%%%EOF\n" % length)
    return b"".join(body)


def long_text() -> bytes:
    """A document of 39 MB of words."""
    words = os.urandom(10_000).hex() + " " * 60_000
    return word(said((words * 520)[: 39 * 1024 * 1024]))


def many_attributes() -> bytes:
    """A document of nearly as many attributes as are let in."""
    row = "<w:p " + " ".join(f'w:a{n}="{n}"' for n in range(50)) + "/>"
    return word(row * 9_500 + "<w:p/>" * 10_000)


def many_photos() -> bytes:
    """A document with eight photos of noise."""
    photo = image("JPEG", (1760, 1760), quality=92)
    rows = [(f"rId{n}", "image", f"media/p{n}.jpeg", False) for n in range(8)]
    return packed(parts(drawing("rId1"), *rows) | {f"word/media/p{n}.jpeg": photo for n in range(8)})
