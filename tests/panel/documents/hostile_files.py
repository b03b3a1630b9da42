"""Hostile files for the upload tests, made here and now, each with the words of its refusal."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageDraw

Make = Callable[[], bytes]
JS = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def pdf(change: Callable[[Any], None] | None = None, **save: Any) -> bytes:
    """A PDF of one blank page, changed."""
    made: Any = pikepdf.new()
    made.add_blank_page()
    if change:
        change(made)
    file = io.BytesIO()
    made.save(file, **save)
    return file.getvalue()


def with_root(**entries: Any) -> Make:
    def change(made: Any) -> None:
        for key, value in entries.items():
            made.Root[f"/{key}"] = value

    return lambda: pdf(change)


def with_link(**action: Any) -> Make:
    return with_annotation("/Link", A=Dictionary(**action))


def with_annotation(subtype: str, **entries: Any) -> Make:
    note = Dictionary(Type=Name.Annot, Subtype=Name(subtype), Rect=Array([0, 0, 9, 9]), **entries)
    return lambda: pdf(lambda made: made.pages[0].obj.__setitem__("/Annots", Array([note])))


def with_attachment() -> bytes:
    def attach(made: Any) -> None:
        made.attachments["invoice.exe"] = b"MZ"

    return pdf(attach)


def with_outside_data() -> bytes:
    def point(made: Any) -> None:
        stream = made.make_stream(b"")
        stream["/F"] = String("\\\\server\\share\\x")
        made.Root.Extra = stream

    return pdf(point)


def with_unused_script() -> bytes:
    return pdf(
        lambda made: made.Root.__setitem__("/X", made.make_indirect(Dictionary(JS=String("app.alert(1)"))))
    )


def with_field_script() -> bytes:
    script = Dictionary(K=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))
    return with_root(AcroForm=Dictionary(Fields=Array([Dictionary(T=String("a"), AA=script)])))()


def locked(user: str) -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner="owner", user=user))


def png(mode: str = "RGB", size: tuple[int, int] = (40, 30), colour: Any = "teal") -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, colour).save(file, "PNG")
    return file.getvalue()


def jpeg(mode: str = "RGB") -> bytes:
    file = io.BytesIO()
    Image.effect_noise((90, 70), 60).convert(mode).save(file, "JPEG")
    return file.getvalue()


def moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue", "green")]
    file = io.BytesIO()
    frames[0].save(file, kind, save_all=True, append_images=frames[1:])
    return file.getvalue()


def other(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(file, kind)
    return file.getvalue()


def huge_png(side: int) -> bytes:
    """A PNG that claims so many pixels a side and packs them into nothing."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(10_000_000))) + chunk(b"IEND", b"")
    )


def text_bomb_png() -> bytes:
    data = png()
    body = b"Comment\0\0" + zlib.compress(bytes(80_000_000), 9)
    chunk = struct.pack(">I", len(body)) + b"zTXt" + body + struct.pack(">I", zlib.crc32(b"zTXt" + body))
    return data[:33] + chunk + data[33:]


def zipped(name: str = "run.exe") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr(name, "MZ")
        made.writestr("[Content_Types].xml", "<Types/>")
    return file.getvalue()


def pdf_with_zip() -> bytes:
    """A file that is a PDF to one program and a ZIP, whose comment ends as a PDF does, to another."""
    file = io.BytesIO(pdf())
    file.seek(0, 2)
    with zipfile.ZipFile(file, "a") as made:
        made.writestr("run.exe", "MZ")
        made.comment = b"\n%%EOF"
    return file.getvalue()


def photo_with_place(kind: str) -> bytes:
    """A photo held sideways with place, camera, comment and XMP in it."""
    picture = Image.new("RGB", (80, 60), "teal")
    tags = Image.Exif()
    tags[0x0112] = 6
    tags[0x010F] = "BRADFORD CAMERA"
    tags.get_ifd(0x8825)[1] = "N"
    tags.get_ifd(0x8825)[2] = (53.0, 47.0, 42.0)
    file = io.BytesIO()
    if kind == "JPEG":
        picture.save(file, kind, exif=tags, comment=b"BRADFORD", xmp=b"<x:xmpmeta>BRADFORD</x:xmpmeta>")
    else:
        from PIL.PngImagePlugin import PngInfo

        words = PngInfo()
        words.add_text("Comment", "BRADFORD")
        picture.save(file, kind, exif=tags, pnginfo=words)
    return file.getvalue()


def stroke(mode: str, ink: str = "black", dots: int = 0) -> bytes:
    """A signature on a pad that is clear (RGBA) or white; with `dots`, only so many pixels."""
    picture = Image.new(mode, (400, 150), (0, 0, 0, 0) if mode == "RGBA" else "white")
    pen = ImageDraw.Draw(picture)
    if dots:
        pen.point([(10 + n, 10) for n in range(dots)], fill=ink)
    else:
        pen.line([(20, 100), (120, 20), (200, 120), (380, 40)], fill=ink, width=4)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


PDF_WORDS = "cannot be read as one"
ACTIVE = "scripts or attached files"
OURS = "We accept PDF, JPEG, PNG and Word (DOCX) files"
BAD: dict[str, tuple[Make, str, str]] = {
    "nothing": (lambda: b"", "a.pdf", "The file is empty"),
    "too much": (lambda: b"%PDF-1.7" + bytes(25 * 1024 * 1024), "a.pdf", "bigger than 25 MB"),
    "a script on opening": (with_root(OpenAction=JS), "a.pdf", ACTIVE),
    "a script by name": (
        with_root(Names=Dictionary(JavaScript=Dictionary(Names=Array([])))),
        "a.pdf",
        ACTIVE,
    ),
    "a script on closing": (with_root(AA=Dictionary(WC=JS)), "a.pdf", ACTIVE),
    "a script in a form field": (with_field_script, "a.pdf", ACTIVE),
    "a script that nothing uses": (with_unused_script, "a.pdf", ACTIVE),
    "a script behind a next step": (with_link(S=Name.GoTo, Next=Array([JS])), "a.pdf", ACTIVE),
    "a program start": (
        with_root(OpenAction=Dictionary(S=Name.Launch, F=String("cmd.exe"))),
        "a.pdf",
        ACTIVE,
    ),
    "a link to a program": (with_link(S=Name.Launch, F=String("cmd.exe")), "a.pdf", ACTIVE),
    "a form that sends": (with_link(S=Name.SubmitForm, F=String("https://x.example")), "a.pdf", ACTIVE),
    "a form that fetches": (with_link(S=Name.ImportData, F=String("x.fdf")), "a.pdf", ACTIVE),
    "a link to another file": (with_link(S=Name.GoToR, F=String("\\\\host\\x.pdf")), "a.pdf", ACTIVE),
    "a link into a file in it": (with_link(S=Name.GoToE), "a.pdf", ACTIVE),
    "a link to the disk": (with_link(S=Name.URI, URI=String("file:///etc/passwd")), "a.pdf", ACTIVE),
    "a link that is a script": (with_link(S=Name.URI, URI=String(" JavaScript:alert(1)")), "a.pdf", ACTIVE),
    "a link to a file share": (with_link(S=Name.URI, URI=String("\\\\host\\share")), "a.pdf", ACTIVE),
    "an attached file": (with_attachment, "a.pdf", ACTIVE),
    "a pinned file": (with_annotation("/FileAttachment"), "a.pdf", ACTIVE),
    "a film": (with_annotation("/RichMedia"), "a.pdf", ACTIVE),
    "a 3D model": (with_annotation("/3D"), "a.pdf", ACTIVE),
    "a form in XFA": (with_root(AcroForm=Dictionary(XFA=String("<xdp/>"))), "a.pdf", ACTIVE),
    "a portfolio": (with_root(Collection=Dictionary()), "a.pdf", ACTIVE),
    "data kept elsewhere": (with_outside_data, "a.pdf", ACTIVE),
    "a password": (lambda: locked("secret"), "a.pdf", "locked with a password"),
    "a password for changes only": (lambda: locked(""), "a.pdf", "locked with a password"),
    "no pages": (lambda: pdf(lambda made: made.pages.__delitem__(0)), "a.pdf", "no pages"),
    "a PDF in name": (lambda: b"Dear all, please find attached", "a.pdf", "says it is a PDF"),
    "a PDF in its first line": (lambda: b"%PDF-1.7\nnothing\n%%EOF", "a.pdf", PDF_WORDS),
    "a PDF after something": (lambda: b"MZ\x90\0" + pdf(), "a.pdf", PDF_WORDS),
    "a PDF before something": (lambda: pdf() + b"<script>alert(1)</script>", "a.pdf", PDF_WORDS),
    "a PDF and a ZIP": (lambda: pdf() + zipped(), "a.pdf", PDF_WORDS),
    "a PDF and a ZIP that hides it": (pdf_with_zip, "a.pdf", "another file hidden"),
    "a page of HTML": (lambda: b"<!DOCTYPE html><script>alert(1)</script>", "a.pdf", "says it is a PDF"),
    "a drawing that runs": (
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
        "a.svg",
        OURS,
    ),
    "a program": (lambda: b"MZ" + bytes(500), "photo.jpg.exe", OURS),
    "a program named photo": (lambda: b"MZ" + bytes(500), "photo.jpg", "says it is a JPEG"),
    "a program of Linux": (lambda: b"\x7fELF" + bytes(500), "photo.png", "says it is a PNG"),
    "an archive that looks like a text document": (lambda: zipped("word/document.xml"), "letter.docx", OURS),
    "a sheet with macros": (lambda: zipped("xl/vbaProject.bin"), "a.xlsm", "This file holds macros"),
    "an old text document": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "a.doc",
        "an older kind of Office file",
    ),
    "a GIF with a script": (lambda: other("GIF") + b"/*alert(1)*/", "a.gif", OURS),
    "a TIFF": (lambda: other("TIFF"), "a.tiff", OURS),
    "a WebP": (lambda: other("WEBP"), "a.webp", OURS),
    "a picture that moves": (lambda: moving("PNG"), "a.png", "moves"),
    "a picture of 40,000 by 40,000": (lambda: huge_png(40_000), "a.png", "too large"),
    "a picture just too large": (lambda: huge_png(6_400), "a.png", "too large"),
    "a comment of 80 MB": (text_bomb_png, "a.png", PDF_WORDS),
    "half a photo": (lambda: jpeg()[:900], "a.jpg", PDF_WORDS),
    "half a picture": (lambda: stroke("RGB")[:300], "a.png", PDF_WORDS),
    "the test virus": (lambda: b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR", "a.txt", OURS),
    "nothing but NUL": (lambda: bytes(1000), "a\0.pdf", "says it is a PDF"),
}
