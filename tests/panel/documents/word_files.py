"""Word documents for the upload tests: good ones as Word and LibreOffice write them, and spoilt ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from PIL import Image

Make = Callable[[], bytes]
Parts = dict[str, bytes]

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
Tie = tuple[str, str, str, bool]  # id, the last word of its type or a whole type, target, outside?


def paragraph(inside: str) -> str:
    return f'<w:p w:rsidR="00AB12CD"><w:r>{inside}</w:r></w:p>'


def said(text: str) -> str:
    return paragraph(f"<w:t>{text}</w:t>")


def field(*words: str, kind: str = "instrText") -> str:
    """A field whose words are spread over several runs."""
    runs = "".join(f'<w:r><w:{kind} xml:space="preserve">{part}</w:{kind}></w:r>' for part in words)
    return (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def drawing(tie: str) -> str:
    return paragraph(
        f'<w:drawing><wp:inline><wp:extent cx="9525" cy="9525"/><wp:docPr id="1" name="{tie}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:blipFill><a:blip r:embed="{tie}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )


def document(body: str = "", *, root: str = "document") -> bytes:
    inside = (
        f"<w:body>{body or said('He was interviewed.')}<w:sectPr/></w:body>" if root == "document" else body
    )
    return f"{HEAD}<w:{root} {SPACES}>{inside}</w:{root}>".encode()


def ties(*rows: Tie) -> bytes:
    listed = "".join(
        f'<Relationship Id="{name}" Type="{kind if ":" in kind else f"{OFFICE}/{kind}"}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if outside else ''}/>"
        for name, kind, target, outside in rows
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'.encode()


def types(main: str = f"{TYPE}.document.main+xml", **overrides: str) -> bytes:
    """The list of types; `overrides` are part names with _ for / and their types."""
    rows = "".join(
        f'<Override PartName="/{name.replace("__", "/")}.xml" ContentType="{kind}"/>'
        for name, kind in overrides.items()
    )
    ends = (("xml", "application/xml"), ("png", "image/png"), ("jpeg", "image/jpeg"))
    defaults = "".join(f'<Default Extension="{end}" ContentType="{kind}"/>' for end, kind in ends)
    rels = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    first = f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
    return f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{rels}{defaults}{first}{rows}</Types>'.encode()


def parts(body: str = "", *rows: Tie, **more: Any) -> Parts:
    """A small document; `more` are further parts, with __ for / and an extension after the last _."""
    found = {
        "[Content_Types].xml": types(),
        "_rels/.rels": ties(
            ("rId1", "officeDocument", "word/document.xml", False),
            ("rId2", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml", False),
            ("rId3", "extended-properties", "docProps/app.xml", False),
        ),
        "word/document.xml": document(body),
        "docProps/core.xml": (
            f'{HEAD}<p xmlns:dc="x"><dc:creator>PC BRADFORD</dc:creator>'
            "<lastModifiedBy>BRADFORD</lastModifiedBy></p>"
        ).encode(),
        "docProps/app.xml": f"{HEAD}<Properties><Company>BRADFORD POLICE</Company></Properties>".encode(),
    }
    if rows:
        found["word/_rels/document.xml.rels"] = ties(*rows)
    return found | {_path(name): data for name, data in more.items()}


def _path(name: str) -> str:
    stem, _, end = name.rpartition("_")
    return f"{stem.replace('__', '/')}.{end}"


def packed(given: Mapping[str, bytes], *, order: Callable[[str], Any] | None = None) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(given, key=order) if order else given:
            made.writestr(name, given[name])
    return file.getvalue()


def word(body: str = "", *rows: Tie, **more: Any) -> bytes:
    """A small Word document."""
    return packed(parts(body, *rows, **more))


def image(kind: str, size: tuple[int, int] = (40, 30), **save: Any) -> bytes:
    file = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(file, kind, **save)
    return file.getvalue()


def with_picture(data: bytes, end: str) -> bytes:
    return word(
        drawing("rId9"), ("rId9", "image", f"media/photo.{end}", False), **{f"word__media__photo_{end}": data}
    )


def settings(inside: str) -> bytes:
    return document(inside, root="settings")


def with_settings(inside: str, *rows: Tie) -> bytes:
    found = parts("", ("rId1", "settings", "settings.xml", False), word__settings_xml=settings(inside))
    if rows:
        found["word/_rels/settings.xml.rels"] = ties(*rows)
    return packed(found)


def as_word_writes_it() -> bytes:
    """Styles, theme, header with a page number, footnotes, comments, a table, a list, a link and a photo."""
    from tests.panel.documents.hostile_files import photo_with_place

    body = (
        said("Interview of 4 November 2026")
        + "<w:tbl><w:tr><w:tc>" + said("Question") + "</w:tc><w:tc>" + said("Answer &amp; more")
        + "</w:tc></w:tr></w:tbl>"
        + '<w:p><w:hyperlink r:id="rId8" w:history="1"><w:r><w:t>The law</w:t></w:r></w:hyperlink></w:p>'
        + paragraph('<w:footnoteReference w:id="2"/>') + paragraph('<w:commentReference w:id="0"/>')
        + field(" TOC \\o &quot;1-3&quot; \\h \\z \\u ") + drawing("rId9")
        + '<w:p><w:ins w:id="5" w:author="DS Hill"><w:r><w:t>Put in later</w:t></w:r></w:ins></w:p>'
    )  # fmt: skip
    rows: tuple[Tie, ...] = (
        ("rId1", "styles", "styles.xml", False),
        ("rId2", "settings", "settings.xml", False),
        ("rId3", "theme", "theme/theme1.xml", False),
        ("rId4", "header", "header1.xml", False),
        ("rId5", "footnotes", "footnotes.xml", False),
        ("rId6", "comments", "comments.xml", False),
        ("rId7", "../customXml", "../customXml/item1.xml", False),
        ("rId8", "hyperlink", "https://www.legislation.gov.uk/ukpga/1998/37", True),
        ("rId9", "image", "media/image1.jpeg", False),
        ("rId10", "fontTable", "fontTable.xml", False),
        ("rId11", "numbering", "numbering.xml", False),
        ("rId12", "http://schemas.microsoft.com/office/2011/relationships/people", "people.xml", False),
    )
    rows = tuple((a, "customXml" if b == "../customXml" else b, t, o) for a, b, t, o in rows)
    found = parts(
        body,
        *rows,
        word__styles_xml=document("<w:style w:type='paragraph'/>", root="styles"),
        word__settings_xml=settings(
            '<w:attachedTemplate r:id="rId1"/><w:rsids><w:rsid w:val="00AB12CD"/></w:rsids>'
            '<w:defaultTabStop w:val="720"/>'
        ),
        word__theme__theme1_xml=f'{HEAD}<a:theme xmlns:a="urn:a" name="Office"/>'.encode(),
        word__header1_xml=document(field(" PAGE ", "  \\* MERGEFORMAT "), root="hdr"),
        word__footnotes_xml=document(
            '<w:footnote w:id="2">' + said("See page 3") + "</w:footnote>", root="footnotes"
        ),
        word__comments_xml=document(
            '<w:comment w:id="0" w:author="DS Hill">' + said("Check") + "</w:comment>", root="comments"
        ),
        word__fontTable_xml=document(
            '<w:font w:name="Arial"><w:embedRegular r:id="rId1"/></w:font>', root="fonts"
        ),
        word__numbering_xml=document("<w:num w:numId='1'/>", root="numbering"),
        word__people_xml=document("", root="people"),
        word__fonts__font1_odttf=b"a font",
        word__media__image1_jpeg=photo_with_place("JPEG"),
        customXml__item1_xml=b"<secret>BRADFORD</secret>",
        docProps__thumbnail_jpeg=photo_with_place("JPEG"),
    )
    found["word/_rels/fontTable.xml.rels"] = ties(("rId1", "font", "fonts/font1.odttf", False))
    template = "file:///C:\\Users\\PC%20BRADFORD\\Templates\\MG11.dotx"
    found["word/_rels/settings.xml.rels"] = ties(("rId1", "attachedTemplate", template, True))
    return packed(found)


def as_libreoffice_writes_it() -> bytes:
    """Relationships first, types last, no word of the program that wrote it."""
    return packed(
        parts(said("Statement")), order=lambda name: (name != "_rels/.rels", name.startswith("["), name)
    )


def with_folders() -> bytes:
    """An archive that some programs write: with entries for its folders."""
    return packed({"word/": b"", "_rels/": b"", **parts(said("Statement"))})


GOOD_WORD: dict[str, Make] = {
    "a small Word document": word,
    "a Word document with everything": as_word_writes_it,
    "a Word document from LibreOffice": as_libreoffice_writes_it,
    "a Word document with folders": with_folders,
    "a Word document with a PNG": lambda: with_picture(image("PNG"), "png"),
    "a Word document with a GIF": lambda: with_picture(image("GIF"), "gif"),
    "a Word document with a TIFF": lambda: with_picture(image("TIFF"), "tiff"),
    "a Word document with a mail link": lambda: word(
        "", ("rId1", "hyperlink", "mailto:mg5@example.org", True)
    ),
    "a Word document with a link as a field": lambda: word(
        field('HYPERLINK "https://www.gov.uk/" \\o "Go: to it" \\t "_blank"')
        + field("HYPERLINK \\l ", '"_Toc1"')
    ),
    "a Word document with a form": lambda: word(field(" FORMTEXT ") + field("FORM", "CHECKBOX")),
    "a Word document in UTF-16": lambda: packed(
        parts() | {"word/document.xml": document().decode().replace("UTF-8", "UTF-16").encode("utf-16")}
    ),
    "a Word document with other letters": lambda: word(said("Zoë Łuczak said &lt;no&gt; 😀 &#x27;x&#x27;")),
}
