"""What is kept of a Word document: its words and pictures, and nothing of where or by what it was written."""

import io
import zipfile
from xml.etree import ElementTree

import pytest
from PIL import Image

from panel.documents.refused import UploadRefused
from panel.documents.uploads import WORD, checked_upload
from panel.documents.wordfiles import rewritten
from panel.documents.wordxml import LEFT_OUT, REFUSED, Budget, rewritten_xml
from tests.panel.documents.spoilt_words import tied
from tests.panel.documents.word_files import (
    W,
    as_libreoffice_writes_it,
    as_word_writes_it,
    image,
    packed,
    parts,
    said,
    ties,
    with_picture,
    with_settings,
    word,
)


def opened(data: bytes) -> dict[str, bytes]:
    """The parts of an archive, each with a right checksum."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def words_of(data: bytes) -> list[str]:
    """The words of the main part as a parser of its own reads them."""
    tree = ElementTree.fromstring(opened(data)["word/document.xml"])
    return [text.text or "" for text in tree.iter(f"{{{W}}}t")]


def test_the_words_of_a_document_stay_as_they_are() -> None:
    text = "Zoë Łuczak said &lt;no&gt; &amp; 😀 left"
    assert words_of(checked_upload(word(said(text)), "a.docx").data) == ["Zoë Łuczak said <no> & 😀 left"]
    assert words_of(checked_upload(as_word_writes_it(), "a.docx").data)[:3] == [
        "Interview of 4 November 2026",
        "Question",
        "Answer & more",
    ]


def test_a_document_forgets_who_wrote_it_where_and_with_what() -> None:
    before = as_word_writes_it()
    assert any(b"BRADFORD" in part for part in opened(before).values())
    after = opened(checked_upload(before, "a.docx").data)
    for part in after.values():
        for trace in (
            b"BRADFORD",
            b"rsid",
            b"00AB12CD",
            b"Exif",
            b"attachedTemplate",
            b"docProps",
            b"customXml",
        ):
            assert trace not in part
    assert set(after) == {
        "[Content_Types].xml",
        "_rels/.rels",
        "word/_rels/document.xml.rels",
        "word/comments.xml",
        "word/document.xml",
        "word/fontTable.xml",
        "word/footnotes.xml",
        "word/header.xml",
        "word/media/image1.jpeg",
        "word/numbering.xml",
        "word/people.xml",
        "word/settings.xml",
        "word/styles.xml",
        "word/theme.xml",
    }


def test_who_commented_and_who_put_in_what_stays_for_it_is_evidence() -> None:
    after = opened(rewritten(as_word_writes_it()))
    assert b'w:author="DS Hill"' in after["word/comments.xml"]
    assert b'w:author="DS Hill"' in after["word/document.xml"]


def test_every_tie_leads_to_a_part_and_every_part_has_its_type() -> None:
    after = opened(rewritten(as_word_writes_it()))
    types = {
        e.get("PartName"): e.get("ContentType") for e in ElementTree.fromstring(after["[Content_Types].xml"])
    }
    for row in ElementTree.fromstring(after["word/_rels/document.xml.rels"]):
        if row.get("TargetMode") != "External":
            assert f"word/{row.get('Target')}" in after
    assert {name for name in types if name} == {f"/{n}" for n in after if not n.endswith((".rels", "s].xml"))}
    assert types["/word/document.xml"] == f"{WORD}.main+xml"
    assert b'Target="https://www.legislation.gov.uk/ukpga/1998/37"' in after["word/_rels/document.xml.rels"]


@pytest.mark.parametrize("make", [word, as_word_writes_it, as_libreoffice_writes_it])
def test_the_same_document_gives_the_same_bytes_also_the_second_time(make: object) -> None:
    once = rewritten(make())  # type: ignore[operator]
    assert rewritten(make()) == once  # type: ignore[operator]
    assert rewritten(once) == once


@pytest.mark.parametrize(
    ("kind", "end"), [("PNG", "png"), ("JPEG", "jpeg"), ("GIF", "gif"), ("BMP", "bmp"), ("TIFF", "tif")]
)
def test_a_picture_in_a_document_is_painted_anew(kind: str, end: str) -> None:
    before = image(kind)
    after = opened(
        rewritten(with_picture(before + b"hidden", end) if kind == "JPEG" else with_picture(before, end))
    )
    (name,) = (name for name in after if name.startswith("word/media/"))
    assert name == ("word/media/image1.jpeg" if kind == "JPEG" else "word/media/image1.png")
    assert b"hidden" not in after[name]
    picture = Image.open(io.BytesIO(after[name]))
    assert (picture.format, picture.size) == ("JPEG" if kind == "JPEG" else "PNG", (40, 30))
    assert f'Target="media/{name.rsplit("/")[-1]}"'.encode() in after["word/_rels/document.xml.rels"]


def test_one_picture_used_twice_is_kept_once() -> None:
    rows = [(f"rId{n}", "image", "media/a.png", False) for n in (1, 2)]
    after = opened(rewritten(packed(parts("", *rows) | {"word/media/a.png": image("PNG")})))
    assert [name for name in after if "media" in name] == ["word/media/image1.png"]


def test_two_headers_stay_apart() -> None:
    rows = [(f"rId{n}", "header", f"header{n}.xml", False) for n in (1, 2)]
    heads = {
        f"word/header{n}.xml": f'<w:hdr xmlns:w="{W}"><w:t>Page {n}</w:t></w:hdr>'.encode() for n in (1, 2)
    }
    after = opened(rewritten(packed(parts("", *rows) | heads)))
    assert b"Page 1" in after["word/header.xml"]
    assert b"Page 2" in after["word/header1.xml"]
    links = ElementTree.fromstring(after["word/_rels/document.xml.rels"])
    assert [(row.get("Id"), row.get("Target")) for row in links] == [
        ("rId1", "header.xml"),
        ("rId2", "header1.xml"),
    ]


def test_parts_that_lead_round_in_a_ring_end() -> None:
    found = parts("", ("rId1", "header", "h.xml", False), word__h_xml=f'<w:hdr xmlns:w="{W}"/>'.encode())
    found["word/_rels/h.xml.rels"] = ties(
        ("rId1", "header", "h.xml", False), ("rId2", "header", "h.xml", False)
    )
    assert "word/header.xml" in opened(rewritten(packed(found)))


def test_what_nothing_refers_to_is_not_kept() -> None:
    more = {
        "word/media/holiday.png": b"MZ not a picture",
        "customXml/item9.xml": b"PK\x03\x04",
        "word/old.xml": b"<",
    }
    assert set(opened(rewritten(packed(parts() | more)))) == {
        "[Content_Types].xml",
        "_rels/.rels",
        "word/document.xml",
    }


@pytest.mark.parametrize("template", ["file:///C:\\Forms\\MG11.dotx", "C:\\Forms\\MG11.dotx", "Normal.dotm"])
def test_the_template_on_somebodys_disk_is_forgotten(template: str) -> None:
    made = with_settings('<w:attachedTemplate r:id="rId1"/>', ("rId1", "attachedTemplate", template, True))
    after = opened(rewritten(made))
    assert not any(b"Template" in part or b"MG11" in part for part in after.values())


@pytest.mark.parametrize("name", sorted(LEFT_OUT))
def test_each_mark_of_editing_is_left_out_with_all_in_it(name: str) -> None:
    part = f'<w:x xmlns:w="{W}"><w:{name}><w:inner/>gone</w:{name}>stays</w:x>'.encode()
    after = rewritten_xml(part, Budget())
    assert name.encode() not in after
    assert b"gone" not in after
    assert b"stays" in after


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_each_element_that_brings_something_in_is_refused(name: str) -> None:
    for part in (f"<w:x xmlns:w='{W}'><w:{name}/></w:x>", f"<rsids><{name}/></rsids>"):
        with pytest.raises(UploadRefused, match="holds other files or objects"):
            rewritten_xml(part.encode(), Budget())


def test_comments_and_instructions_to_programs_are_not_kept() -> None:
    part = b'<?xml version="1.0"?><!-- secret --><?mso-application progid="x"?><x a="1&#10;2">&#13;t</x>'
    after = rewritten_xml(part, Budget())
    assert b"secret" not in after
    assert b"mso" not in after
    assert after.endswith(b'<x a="1&#10;2">&#13;t</x>')


@pytest.mark.parametrize(
    ("target", "taken"),
    [
        ("https://www.gov.uk/", True),
        ("HTTP://example.org/a?b=c#d", True),
        ("mailto:mg5@example.org?subject=a", True),
        ("#_Toc1", True),
        ("https://", False),
        ("https:/example.org", False),
        ("http://example.org/a b", False),
        ("file:///C:/a", False),
        ("ftp://example.org/a", False),
        ("\\\\host\\share", False),
        ("//host/share", False),
        ("/etc/passwd", False),
        ("annex.docx", False),
        (" javascript:alert(1)", False),
        ("data:text/html,x", False),
    ],
)
def test_a_link_leads_to_the_web_a_mailbox_or_a_place_in_the_document(target: str, taken: bool) -> None:
    make = tied("hyperlink", target)
    if taken:
        assert f'Target="{target}"'.encode() in opened(rewritten(make()))["word/_rels/document.xml.rels"]
    else:
        with pytest.raises(UploadRefused, match="links to files on a computer"):
            rewritten(make())
