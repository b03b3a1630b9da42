"""Hostile Word documents, made here and now, each with the words of its refusal."""

from __future__ import annotations

from tests.panel.documents.hostile_files import huge_png, zipped
from tests.panel.documents.spoilt_words import (
    MACRO_MAIN,
    OLE,
    bomb,
    changed,
    deep,
    doctype_in,
    field_cut_in_two,
    field_in_field,
    flagged,
    holding,
    in_utf_16,
    laughing,
    link_by_field,
    many_elements,
    many_pictures,
    never_closed,
    on_two_disks,
    open_document,
    other_prefix,
    packed_otherwise,
    reading_a_file,
    spread,
    spreadsheet,
    tied,
    twice,
    with_comment,
    with_entry,
    wrong_sum,
    zipfile_of_nothing,
)
from tests.panel.documents.word_files import (
    TYPE,
    Make,
    document,
    drawing,
    field,
    packed,
    paragraph,
    parts,
    said,
    ties,
    types,
    with_picture,
    with_settings,
    word,
)

MACROS, HOLDS, OUTSIDE = "holds macros", "holds other files or objects", "fetches parts of itself"
FIELDS, LINKS, ODD = "fields that can fetch or start", "links to files on a computer", "put together in a way"
TOO_MUCH, LOCKED, BROKEN = "too large when it is unpacked", "locked with a password", "cannot be read as one"
PICTURE, OURS, SHEET = (
    "a picture that we cannot check",
    "We accept PDF, JPEG, PNG and Word",
    "a spreadsheet or",
)

BAD_WORD: dict[str, tuple[Make, str]] = {
    "macros": (
        holding("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin"),
        MACROS,
    ),
    "macros that nothing names": (with_entry("word/vbaProject.bin", OLE), MACROS),
    "a macro document renamed": (lambda: changed(**{"[Content_Types]_xml": types(MACRO_MAIN)}), MACROS),
    "an embedded object": (holding("oleObject", "embeddings/oleObject1.bin", OLE), HOLDS),
    "an embedded workbook": (holding("package", "embeddings/Sheet.xlsx", zipped()), HOLDS),
    "an object under another name": (holding("oleObject", "media/image1.png", OLE), HOLDS),
    "an object that nothing names": (with_entry("word/embeddings/oleObject1.bin", OLE), HOLDS),
    "an ActiveX control": (holding("control", "activeX/activeX1.xml", b"<x/>"), HOLDS),
    "an object in the text": (
        lambda: word(paragraph('<w:object><o:OLEObject r:id="rId1"/></w:object>')),
        HOLDS,
    ),
    "an object under another prefix": (lambda: other_prefix("object"), HOLDS),
    "a control in the text": (lambda: other_prefix("control", 'name="x"'), HOLDS),
    "another document in it": (holding("aFChunk", "afchunk.mht", b"MIME-Version: 1.0"), HOLDS),
    "another document in the text": (lambda: word('<w:altChunk r:id="rId1"/>'), HOLDS),
    "a film from the web": (lambda: other_prefix("webVideoPr", 'embeddedHtml="&lt;script/&gt;"'), HOLDS),
    "an add-in that opens itself": (
        holding(
            "http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes", "t.xml", b"<x/>"
        ),
        HOLDS,
    ),
    "a chart with its workbook": (holding("chart", "charts/chart1.xml", b"<x/>"), HOLDS),
    "a program that nothing names": (with_entry("word/media/run.exe", b"MZ"), HOLDS),
    "an archive in the archive": (with_entry("word/more.zip", zipped()), HOLDS),
    "a document in the document": (with_entry("word/media/inner.docx", word()), HOLDS),
    "an archive named picture": (lambda: with_picture(zipped(), "png"), PICTURE),
    "a kind of tie that nobody knows": (holding("urn:x:evil", "evil.xml", b"<x/>"), HOLDS),
    "two main parts": (
        lambda: changed(
            **{
                "_rels/.rels": ties(
                    ("rId1", "officeDocument", "word/document.xml", False),
                    ("rId2", "officeDocument", "word/two.xml", False),
                )
            }
        ),
        HOLDS,
    ),
    "a template from the web": (
        lambda: with_settings(
            '<w:attachedTemplate r:id="rId1"/>',
            ("rId1", "attachedTemplate", "https://x.example/t.dotm", True),
        ),
        OUTSIDE,
    ),
    "a template from a share": (
        lambda: with_settings(
            '<w:attachedTemplate r:id="rId1"/>', ("rId1", "attachedTemplate", "file://10.0.0.9/t.dotm", True)
        ),
        OUTSIDE,
    ),
    "a template from a share in backslashes": (
        lambda: with_settings("", ("rId1", "attachedTemplate", "\\\\10.0.0.9\\share\\t.dotm", True)),
        OUTSIDE,
    ),
    "a picture from the web": (tied("image", "http://x.example/track.png"), OUTSIDE),
    "a picture from a share": (tied("image", "file://10.0.0.9/x.png"), OUTSIDE),
    "an object from the web": (tied("oleObject", "http://x.example/x.rtf!"), OUTSIDE),
    "an object that is a protocol": (
        tied("oleObject", "mhtml:http://x.example!x-usc:http://x.example"),
        OUTSIDE,
    ),
    "a frame from the web": (tied("frame", "http://x.example/f.html"), OUTSIDE),
    "a part document from the web": (tied("subDocument", "http://x.example/d.docx"), OUTSIDE),
    "a main part from the web": (
        lambda: changed(**{"_rels/.rels": ties(("rId1", "officeDocument", "http://x.example/d.xml", True))}),
        BROKEN,
    ),
    "a tie outside of a kind that nobody knows": (tied("urn:x:evil", "http://x.example/"), OUTSIDE),
    "a picture by its address": (
        lambda: word(paragraph('<w:pict><v:imagedata src="http://x.example/t.png"/></w:pict>')),
        OUTSIDE,
    ),
    "a link to the disk": (tied("hyperlink", "file:///C:/Windows/System32/calc.exe"), LINKS),
    "a link to a share": (tied("hyperlink", "\\\\10.0.0.9\\share\\x.docx"), LINKS),
    "a link that is a script": (tied("hyperlink", "javascript:alert(1)"), LINKS),
    "a link to a program's protocol": (tied("hyperlink", "ms-msdt:/id PCWDiagnostic"), LINKS),
    "a link that hides its protocol": (tied("hyperlink", "https://x.example/\\..\\..\\x"), LINKS),
    "a shape that links to the disk": (
        lambda: word(paragraph('<w:pict><v:shape href="file:///c:/x.exe"/></w:pict>')),
        LINKS,
    ),
    "a link as a field to a share": (lambda: word(field('HYPERLINK "\\\\\\\\10.0.0.9\\\\x"')), LINKS),
    "a link as a field to a protocol": (
        lambda: word(field("HYPER", 'LINK "search-ms:query=x" \\o "a"')),
        LINKS,
    ),
    "a field that starts a program": (
        lambda: word(field(" DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe ")),
        FIELDS,
    ),
    "a field spread over runs": (lambda: word(field("D", "DE", "AUTO cmd")), FIELDS),
    "a field in small letters": (lambda: word(field(" dDe cmd")), FIELDS),
    "a simple field": (lambda: word('<w:p><w:fldSimple w:instr=" DDE cmd "/></w:p>'), FIELDS),
    "a field written by a field": (field_in_field, FIELDS),
    "a link written by a field": (link_by_field, FIELDS),
    "a field cut in two": (field_cut_in_two, ODD),
    "a field never closed": (never_closed, FIELDS),
    "a field that was deleted": (spread("delInstrText", "DDEAUTO", " cmd"), FIELDS),
    "a field without its marks": (lambda: word(paragraph("<w:instrText>DDEAUTO cmd</w:instrText>")), FIELDS),
    "a field that fetches a picture": (
        lambda: word(field('INCLUDEPICTURE "http://x.example/t.png"')),
        FIELDS,
    ),
    "a field that fetches text": (lambda: word(field('INCLUDETEXT "\\\\\\\\10.0.0.9\\\\x"')), FIELDS),
    "a field that runs a macro": (lambda: word(field("MACROBUTTON AutoOpen Click")), FIELDS),
    "a field in a header": (
        lambda: word(
            "", ("rId1", "header", "h.xml", False), word__h_xml=document(field("DDE x"), root="hdr")
        ),
        FIELDS,
    ),
    "a billion laughs": (laughing, ODD),
    "a file of ours read in": (reading_a_file, ODD),
    "a document type in the list of types": (lambda: doctype_in("[Content_Types].xml"), ODD),
    "a document type in the relationships": (lambda: doctype_in("_rels/.rels"), ODD),
    "a document type in other letters": (lambda: in_utf_16('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), ODD),
    "an entity that nobody made": (lambda: word(said("&evil;")), BROKEN),
    "letters that XML has not": (lambda: word(said("\x00")), BROKEN),
    "elements five thousand deep": (deep, ODD),
    "a quarter of a million elements": (lambda: many_elements(260_000), TOO_MUCH),
    "a text of 60 MB": (lambda: bomb(60), TOO_MUCH),
    "a text packed too tight": (lambda: bomb(8), TOO_MUCH),
    "two thousand parts": (
        lambda: packed(parts() | {f"word/x{n}.xml": b"<x/>" for n in range(2000)}),
        TOO_MUCH,
    ),
    "a picture of 40,000 by 40,000 in it": (lambda: with_picture(huge_png(40_000), "png"), PICTURE),
    "pictures too large together": (many_pictures, TOO_MUCH),
    "a drawing of Windows": (lambda: with_picture(b"\xd7\xcd\xc6\x9a" + bytes(80), "wmf"), PICTURE),
    "a drawing that runs, in it": (lambda: with_picture(b"<svg onload='x()'/>", "svg"), PICTURE),
    "a picture that is not there": (
        lambda: word(drawing("rId1"), ("rId1", "image", "media/no.png", False)),
        BROKEN,
    ),
    "a way up": (with_entry("../../etc/cron.d/x"), ODD),
    "a way up in backslashes": (with_entry("word\\..\\..\\x.xml"), ODD),
    "a name from the root": (with_entry("/etc/passwd"), ODD),
    "a name with a drive": (with_entry("C:/x.xml"), ODD),
    "a name that turns round": (with_entry("word/\u202elmx.exe"), ODD),
    "one name twice": (lambda: twice("word/document.xml"), ODD),
    "one name twice in other letters": (lambda: twice("WORD/Document.XML"), ODD),
    "one tie twice": (
        lambda: word("", ("rId1", "styles", "a.xml", False), ("rId1", "styles", "b.xml", False)),
        ODD,
    ),
    "a wrong checksum": (wrong_sum, BROKEN),
    "a part that is locked": (lambda: flagged(1), LOCKED),
    "a locked document": (lambda: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), LOCKED),
    "a document of Word 97": (lambda: OLE + bytes(600), "an older kind of Office file"),
    "a way of packing that Word has not": (lambda: packed_otherwise(12), BROKEN),
    "an archive on two disks": (on_two_disks, ODD),
    "something behind the archive": (lambda: word() + b"<script>alert(1)</script>", ODD),
    "something in its comment": (with_comment, ODD),
    "a program before the archive": (lambda: b"PK\x03\x04" + bytes(60) + word(), ODD),
    "two archives in a row": (lambda: word() + word(), ODD),
    "half a document": (lambda: word()[:600], BROKEN),
    "an empty archive": (zipfile_of_nothing, BROKEN),
    "a workbook renamed": (
        lambda: spreadsheet(
            "xl/workbook", TYPE.replace("wordprocessingml", "spreadsheetml") + ".sheet.main+xml"
        ),
        SHEET,
    ),
    "slides renamed": (
        lambda: spreadsheet(
            "ppt/p", TYPE.replace("wordprocessingml", "presentationml") + ".presentation.main+xml"
        ),
        SHEET,
    ),
    "a template renamed": (
        lambda: changed(**{"[Content_Types]_xml": types(f"{TYPE}.template.main+xml")}),
        OURS,
    ),
    "an OpenDocument text renamed": (open_document, OURS),
    "a Java program renamed": (
        lambda: packed({"META-INF/MANIFEST.MF": b"Main-Class: X", "X.class": b"\xca\xfe"}),
        OURS,
    ),
    "a bare archive": (lambda: zipped("run.exe"), OURS),
    "no relationships": (lambda: packed({k: v for k, v in parts().items() if k != "_rels/.rels"}), BROKEN),
    "no main part": (lambda: packed({k: v for k, v in parts().items() if k != "word/document.xml"}), BROKEN),
    "a program as main part": (lambda: changed(word__document_xml=b"MZ\x90"), BROKEN),
}
