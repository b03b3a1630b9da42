"""Word documents: taken apart, and written anew with the parts that show words and pictures only (B2, B7)."""

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from urllib.parse import unquote

from panel.documents.pictures import MAX_PIXELS, repainted
from panel.documents.refused import TAKEN, UploadRefused
from panel.documents.wordlinks import LINKS, OUTSIDE, safe_link
from panel.documents.wordxml import HOLDS, Budget, elements, rewritten_xml
from panel.documents.wordzips import INSTEAD, ODD, TOO_MUCH, UNREADABLE, Parts

OFFICE = "application/vnd.openxmlformats-officedocument."
PARTS_OF_WORD = f"{OFFICE}wordprocessingml."
WORD = f"{PARTS_OF_WORD}document"
MACROS = f"This file holds macros, which we do not accept. {INSTEAD}"
SHEET = f"This is a spreadsheet or a presentation, which we do not accept. {INSTEAD}"
PICTURE = f"This Word document holds a picture that we cannot check. {INSTEAD}"
NOT_WORD = f"{TAKEN} Save what is in this file as one of these and upload that."

KINDS_FROM = re.compile(
    r"(http://schemas\.openxmlformats\.org/officeDocument/2006/relationships/"
    r"|http://purl\.oclc\.org/ooxml/officeDocument/relationships/"
    r"|http://schemas\.openxmlformats\.org/package/2006/relationships/(metadata|digital-signature)/"
    r"|http://schemas\.microsoft\.com/office/(word/)?\d{4}(/\d\d)?/relationships/"
    r"|http://customooxmlschemas\.google\.com/relationships/)([A-Za-z-]+)"
)
KEPT = {
    name: f"{PARTS_OF_WORD}{name}+xml"
    for name in (
        *("styles", "settings", "webSettings", "fontTable", "numbering", "footnotes", "endnotes", "header"),
        *("footer", "comments", "commentsExtended", "commentsIds", "commentsExtensible", "people"),
    )
} | {"theme": f"{OFFICE}theme+xml"}
LEFT_OUT = frozenset(
    {"core-properties", "extended-properties", "custom-properties", "coreProperties", "extendedProperties"}
    | {
        "customProperties",
        "thumbnail",
        "customXml",
        "customXmlProps",
        "glossaryDocument",
        "stylesWithEffects",
    }
    | {
        "printerSettings",
        "font",
        "fonts",
        "recipientData",
        "keyMapCustomizations",
        "attachedToolbars",
        "origin",
    }
    | {"classificationlabels", "metadata", "documenttasks", "intelligence", "intelligence2"}
)
PAINTED = {"PNG": ("PNG", "png"), "JPEG": ("JPEG", "jpeg"), "GIF": ("PNG", "png"), "BMP": ("PNG", "png")}
PAINTED["TIFF"] = PAINTED["PNG"]
HEADS = {b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"BM": "BMP"}
HEADS |= {b"II*\0": "TIFF", b"MM\0*": "TIFF"}
# Parts that nothing refers to are not kept; of any other kind they have no business in a document.
HARMLESS_ENDS = (".xml", ".rels", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".odttf")
LOCAL_TEMPLATE = re.compile(r"file:///[A-Za-z]:|[A-Za-z]:\\|[^:/\\]+$", re.IGNORECASE)
TYPES = "[Content_Types].xml"
XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def rewritten(data: bytes) -> bytes:
    """The document written anew; the same document gives the same bytes. Raises `UploadRefused`."""
    parts = Parts(data)
    _check_kind(parts)
    return _Document(parts).written()


def _check_kind(parts: Parts) -> None:
    """A Word document without macros by what it says of itself."""
    if TYPES not in parts:
        raise UploadRefused(NOT_WORD)
    types = [
        about for name, about in elements(parts.read(TYPES), Budget()) if name in ("Default", "Override")
    ]
    said = " ".join(about.get("ContentType", "") for about in types).lower()
    names = " ".join(parts.names())
    if "macroenabled" in said or "vbaproject" in said or "vbaproject" in names or "vbadata" in names:
        raise UploadRefused(MACROS)
    if f"{PARTS_OF_WORD}document.main+xml" not in said:
        raise UploadRefused(SHEET if "spreadsheetml" in said or "presentationml" in said else NOT_WORD)
    if "oleobject" in said or "activex" in said or "embeddings/" in names or "activex/" in names:
        raise UploadRefused(HOLDS)


@dataclass(frozen=True)
class Tie:
    """A relationship from one part to another, or to a place outside."""

    name: str
    type: str
    kind: str
    target: str
    outside: bool


class _Document:
    """Walks from the main part along the relationships; what is not reached is not kept."""

    def __init__(self, parts: Parts) -> None:
        self._parts, self._budget, self._pixels = parts, Budget(), MAX_PIXELS
        self._written: dict[str, bytes] = {}
        self._types: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._left: set[str] = set()

    def written(self) -> bytes:
        """The new archive."""
        ties = [tie for tie in self._ties("") if not self._leave(tie)]
        if [(tie.kind, tie.outside) for tie in ties] != [("officeDocument", False)]:
            raise UploadRefused(HOLDS if len(ties) > 1 else UNREADABLE)
        self._take(ties[0].target, "document", f"{PARTS_OF_WORD}document.main+xml")
        self._written["_rels/.rels"] = _relationships([(ties[0], "word/document.xml")])
        self._check_rest()
        return _archive({TYPES: _types(self._types)} | dict(sorted(self._written.items())))

    def _take(self, old: str, kind: str, content_type: str) -> str:
        """Keep an XML part and all that it refers to; its new name."""
        if old in self._names:
            return self._names[old]
        number = sum(1 for name in self._types if re.fullmatch(rf"word/{kind}\d*\.xml", name))
        new = self._names[old] = f"word/{kind}{number or ''}.xml"
        self._types[new] = content_type
        self._written[new] = rewritten_xml(self._parts.read(old), self._budget)
        ties = [(tie, self._follow(tie)) for tie in self._ties(old) if not self._leave(tie)]
        if ties:
            self._written[f"word/_rels/{posixpath.basename(new)}.rels"] = _relationships(ties)
        return new

    def _follow(self, tie: Tie) -> str:
        """Where a relationship leads in the new document, seen from the folder of its parts."""
        if tie.outside:
            if tie.kind != "hyperlink":
                raise UploadRefused(OUTSIDE)
            if not safe_link(tie.target):
                raise UploadRefused(LINKS)
            return tie.target
        if tie.kind == "image":
            return self._paint(tie.target).removeprefix("word/")
        if tie.kind not in KEPT:
            raise UploadRefused(HOLDS)
        return self._take(tie.target, tie.kind, KEPT[tie.kind]).removeprefix("word/")

    def _leave(self, tie: Tie) -> bool:
        """Whether a relationship is dropped: properties, labels, fonts, the template on somebody's disk."""
        if tie.kind == "attachedTemplate" and tie.outside:
            return LOCAL_TEMPLATE.match(unquote(tie.target)) is not None
        if tie.kind in LEFT_OUT and not tie.outside:
            self._left.add(tie.target.lower())
            return True
        return False

    def _paint(self, old: str) -> str:
        """Paint a picture anew; its new name."""
        if old in self._names:
            return self._names[old]
        data = self._parts.read(old)
        kind = next((kind for head, kind in HEADS.items() if data.startswith(head)), "")
        if kind not in PAINTED:
            raise UploadRefused(PICTURE)
        becomes, end = PAINTED[kind]
        try:
            clean, pixels = repainted(data, kind, becomes)
        except UploadRefused:
            raise UploadRefused(PICTURE) from None
        self._pixels -= pixels
        if self._pixels < 0:
            raise UploadRefused(TOO_MUCH)
        number = sum(1 for name in self._written if name.startswith("word/media/")) + 1
        new = self._names[old] = f"word/media/image{number}.{end}"
        self._types[new], self._written[new] = f"image/{end}", clean
        return new

    def _ties(self, old: str) -> list[Tie]:
        """The relationships of a part; of the whole document for an empty name."""
        folder, base = posixpath.split(old)
        listed = posixpath.join(folder, "_rels", f"{base}.rels")
        if listed not in self._parts:
            return []
        found = elements(self._parts.read(listed), self._budget)
        ties = [_tie(about, folder) for name, about in found if name == "Relationship"]
        if len({tie.name for tie in ties}) < len(ties):
            raise UploadRefused(ODD)
        return ties

    def _check_rest(self) -> None:
        known = {name.lower() for name in self._names} | self._left
        for name in self._parts.names():
            if name not in known and not name.endswith(HARMLESS_ENDS):
                raise UploadRefused(HOLDS)


def _tie(about: dict[str, str], folder: str) -> Tie:
    """A relationship as the file gives it, with the path of its part from the top."""
    said, target = about.get("Type", ""), about.get("Target", "")
    kind = KINDS_FROM.fullmatch(said)
    outside = about.get("TargetMode", "Internal").lower() != "internal"
    if kind is None or not about.get("Id"):
        raise UploadRefused(OUTSIDE if outside else HOLDS)
    if not outside:
        target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
    return Tie(about["Id"], said, kind[kind.lastindex or 0], target, outside)


def _relationships(ties: list[tuple[Tie, str]]) -> bytes:
    from xml.sax.saxutils import quoteattr

    rows = [
        f"<Relationship Id={quoteattr(tie.name)} Type={quoteattr(tie.type)} Target={quoteattr(target)}"
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if tie.outside else ''}/>"
        for tie, target in ties
    ]
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{XML_HEAD}<Relationships xmlns="{space}">{"".join(rows)}</Relationships>'.encode()


def _types(types: dict[str, str]) -> bytes:
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    rows = [f'<Override PartName="/{name}" ContentType="{said}"/>' for name, said in sorted(types.items())]
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    first = f'<Default Extension="rels" ContentType="{rels}"/>'
    return f'{XML_HEAD}<Types xmlns="{space}">{first}{"".join(rows)}</Types>'.encode()


def _archive(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            about = zipfile.ZipInfo(name, LONG_AGO)
            about.compress_type, about.create_system = zipfile.ZIP_DEFLATED, 0
            made.writestr(about, data)
    return file.getvalue()
