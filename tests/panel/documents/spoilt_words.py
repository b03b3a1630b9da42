"""How Word documents are spoilt for the upload tests."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib

from tests.panel.documents.word_files import (
    HEAD,
    Make,
    W,
    document,
    drawing,
    field,
    packed,
    paragraph,
    parts,
    said,
    ties,
    types,
    word,
)

MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def changed(**new: bytes) -> bytes:
    """A small document in which some parts are others."""
    return packed(
        parts() | {name.replace("__", "/").replace("_xml", ".xml"): data for name, data in new.items()}
    )


def tied(kind: str, target: str, *, outside: bool = True, body: str = "") -> Make:
    return lambda: word(body, ("rId1", kind, target, outside))


def holding(kind: str, target: str, data: bytes = b"MZ") -> Make:
    def make() -> bytes:
        return packed(parts("", ("rId1", kind, target, False)) | {f"word/{target}": data})

    return make


def with_entry(name: str, data: bytes = b"x") -> Make:
    return lambda: packed(parts() | {name: data})


def twice(name: str) -> bytes:
    """A document with two entries of one name: each program reads another."""
    file = io.BytesIO(word())
    with warnings.catch_warnings(), zipfile.ZipFile(file, "a") as made:
        warnings.simplefilter("ignore")
        made.writestr(zipfile.ZipInfo(name), document(said("Something else")))
    return file.getvalue()


def bomb(megabytes: int) -> bytes:
    """A document whose text is so many megabytes of blanks."""
    return packed(parts() | {"word/document.xml": document(said(" " * megabytes * 1024 * 1024))})


def laughing() -> bytes:
    """Ten entities, each ten times the one before."""
    steps = "".join(
        f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" if n else "ha"}{f"&l{n - 1};" * 9 if n else ""}">'
        for n in range(10)
    )
    text = f'<?xml version="1.0"?><!DOCTYPE w:document [{steps}]><w:document xmlns:w="{W}">&l9;</w:document>'
    return changed(word__document_xml=text.encode())


def reading_a_file() -> bytes:
    text = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f'<w:document xmlns:w="{W}">&x;</w:document>'
    )
    return changed(word__document_xml=text.encode())


def doctype_in(name: str) -> bytes:
    found = parts()
    found[name] = found[name].replace(HEAD.encode(), HEAD.encode() + b"<!DOCTYPE x>")
    return packed(found)


def in_utf_16(text: str) -> bytes:
    return changed(word__document_xml=f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode("utf-16"))


def flagged(flag: int) -> bytes:
    """A document whose first entry says that it is locked."""
    data = bytearray(word())
    centre = data.find(b"PK\x01\x02")
    for place in (6, centre + 8):
        data[place : place + 2] = struct.pack("<H", flag)
    return bytes(data)


def packed_otherwise(method: int) -> bytes:
    data = bytearray(word())
    centre = data.find(b"PK\x01\x02")
    for place in (8, centre + 10):
        data[place : place + 2] = struct.pack("<H", method)
    return bytes(data)


def wrong_sum() -> bytes:
    """The text of a document changed without its checksum."""
    file = io.BytesIO()
    found = parts()
    with zipfile.ZipFile(file, "w") as made:
        for name, data in found.items():
            made.writestr(name, data)
    return file.getvalue().replace(b"interviewed", b"INTERVIEWED")


def on_two_disks() -> bytes:
    data = bytearray(word())
    data[-18:-16] = struct.pack("<H", 1)
    return bytes(data)


def with_comment() -> bytes:
    file = io.BytesIO(word())
    with zipfile.ZipFile(file, "a") as made:
        made.comment = b"<script>alert(1)</script>"
    return file.getvalue()


def spread(kind: str, *rest: str) -> Make:
    return lambda: word(field(*rest, kind=kind))


def field_in_field() -> bytes:
    """The letters of the inner field become the name of the outer one."""
    begin, end = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    )
    quote = f"{begin}<w:r><w:instrText> QUOTE 68 68 69 </w:instrText></w:r>{end}"
    return word(f"<w:p>{begin}{quote}<w:r><w:instrText> cmd </w:instrText></w:r>{end}</w:p>")


def link_by_field() -> bytes:
    """Where the link leads is written by another field when the document opens."""
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    inner = f"{begin}<w:r><w:instrText> DOCPROPERTY x </w:instrText></w:r>{end}"
    return word(f"<w:p>{begin}<w:r><w:instrText> HYPERLINK </w:instrText></w:r>{inner}{end}</w:p>")


def field_cut_in_two() -> bytes:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    return word(f"<w:p>{begin}<w:r><w:instrText>PAGE<w:x/>DDEAUTO cmd</w:instrText></w:r></w:p>")


def never_closed() -> bytes:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    return word(f"<w:p>{begin}<w:r><w:instrText>DDE cmd</w:instrText></w:r></w:p>")


def other_prefix(local: str, attribute: str = "") -> bytes:
    """An element of Word under a prefix that nobody uses."""
    return word(paragraph(f'<evil:{local} xmlns:evil="{W}" {attribute}/>'))


def spreadsheet(what: str, main: str) -> bytes:
    return packed(
        {
            "[Content_Types].xml": types(main),
            "_rels/.rels": ties(("rId1", "officeDocument", f"{what}.xml", False)),
            f"{what}.xml": b"<x/>",
        }
    )


def open_document() -> bytes:
    return packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"})


def deep() -> bytes:
    return word("<w:sdt>" * 5000 + "</w:sdt>" * 5000)


def many_elements(count: int) -> bytes:
    return word("".join(f'<w:p w:id="{n * 2654435761 % 2**32:x}"/>' for n in range(count)))


def many_pictures() -> bytes:
    """Five pictures of 6 million points each: each bearable, all together not."""
    data = zlib_png(2450)
    rows = [(f"rId{n}", "image", f"media/p{n}.png", False) for n in range(5)]
    found = parts(drawing("rId1"), *rows) | {f"word/media/p{n}.png": data for n in range(5)}
    return packed(found)


def zlib_png(side: int) -> bytes:
    """A grey picture of so many points a side."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(bytes((side + 1) * side)))
    return b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b"")


def zipfile_of_nothing() -> bytes:
    file = io.BytesIO()
    zipfile.ZipFile(file, "w").close()
    return file.getvalue()
