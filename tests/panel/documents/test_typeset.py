"""The disposal document: what it says, and to whom it is readable."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import get_args

import pikepdf
import pytest
from pypdf import PdfReader

from panel.documents.typeset import (
    ConditionLine,
    DisposalPaper,
    Kind,
    OffenceLine,
    SignatureLine,
    disposal_pdf,
    implications,
    missing_from,
)
from panel.documents.typst import IncompletePaper
from tests.panel.documents.disposal_papers import (
    KINDS,
    LETTER,
    LETTERS,
    OFFENCE,
    TITLES,
    TODAY,
    paper,
    text_of,
)


def bytes_inside(pdf: bytes) -> bytes:
    """Every stream unpacked: a name hidden in metadata or tags shows up too."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        plain = io.BytesIO()
        opened.save(plain, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
        return plain.getvalue()


def test_the_kinds_here_are_the_kinds_there_are() -> None:
    assert set(KINDS) == set(get_args(Kind))


@pytest.mark.parametrize("kind", KINDS)
def test_a_screen_reader_can_read_every_document(kind: str, tmp_path: Path) -> None:
    from pdfua import validate

    file = tmp_path / "paper.pdf"
    file.write_bytes(disposal_pdf(paper(kind)))
    report = validate(str(file))
    assert report.exit_code == 0, report.findings


@pytest.mark.parametrize("kind", KINDS)
def test_every_document_claims_archive_and_accessible_form(kind: str) -> None:
    with pikepdf.open(io.BytesIO(disposal_pdf(paper(kind)))) as opened:
        described = opened.open_metadata()
        claims = {key.split("}")[-1]: value for key, value in described.items()}
        assert (described["pdfaid:part"], described["pdfaid:conformance"]) == ("2", "A")
        assert described["pdfuaid:part"] == "1"
        assert "2026-09-17" in claims["CreateDate"]
        assert opened.Root.Lang == "en-GB"
        assert bool(opened.Root.MarkInfo.Marked)


@pytest.mark.parametrize("kind", KINDS)
def test_every_document_says_who_what_why_and_what_it_means(kind: str) -> None:
    text = text_of(disposal_pdf(paper(kind)))
    # The law names four parts of a conditional caution; the rest stands on the pages for the family.
    also = (
        ()
        if kind == "youth_conditional_caution"
        else (
            "You said what you had done straight away.",
            *implications(kind, TODAY),  # type: ignore[arg-type]
        )
    )
    for words in (
        TITLES[kind],
        "Amira Khan",
        "BFD-2026-0143",
        "9 March 2011",
        "17 September 2026",
        "Common assault",
        "On 3 August 2026, at Forster Square retail park",
        "PC Daniel Reed",
        "Bradford Youth Justice Service",
        "West Yorkshire Police",
        "Copy for the child",
        *also,
    ):
        assert words in text, words


def test_a_youth_conditional_caution_has_the_four_statutory_parts_in_order() -> None:
    text = text_of(disposal_pdf(paper("youth_conditional_caution")))
    parts = [
        "1. Details of the offence",
        "Common assault",
        "2. Admission",
        "I admit that I committed the offence",
        "3. Consent to being given the caution",
        "I consent to being given this youth conditional caution",
        "4. The conditions",
        "Write a letter to say sorry",
        "Warning.",
        "you may be prosecuted",
        "Signatures",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert not re.search(r"\b5\. [A-Z]", text)


def test_a_condition_says_what_with_whom_where_when_how_and_by_which_day() -> None:
    text = text_of(disposal_pdf(paper("youth_conditional_caution")))
    wanted = ("Amy Doyle", "Keel Street", "Any Thursday", "Amy has read it", "14 January 2027", "Reparation")
    assert [words for words in wanted if words not in text] == []


def test_a_youth_caution_is_acknowledged_and_never_consented_to() -> None:
    text = text_of(disposal_pdf(paper("youth_caution")))
    assert "Explained and acknowledged" in text
    assert "you are not asked to agree to it" in text
    assert "consent" not in text.lower()
    assert "i agree" not in text.lower()


@pytest.mark.parametrize("kind", LETTERS)
def test_a_letter_has_nothing_to_sign(kind: str) -> None:
    text = text_of(disposal_pdf(paper(kind)))
    assert "Dear Amira Khan" in text
    assert "Yours sincerely" in text
    assert "Sign here" not in text
    with pytest.raises(IncompletePaper, match="no signatures"):
        disposal_pdf(paper(kind, signatures=(SignatureLine("Child", "Amira Khan"),)))


def test_a_signature_is_described_to_those_who_cannot_see_it() -> None:
    inside = bytes_inside(disposal_pdf(paper("youth_caution")))
    assert b"Signature of Amira Khan, Child" in inside
    assert b"Signature of Sana Khan" not in inside  # no picture, so none is claimed
    assert "Sign here" in text_of(disposal_pdf(paper("youth_caution")))


@pytest.mark.parametrize("kind", KINDS)
def test_a_demonstration_says_so_and_a_real_paper_does_not(kind: str) -> None:
    words = "Demonstration: every person is invented"
    assert words in text_of(disposal_pdf(paper(kind)))
    assert words not in text_of(disposal_pdf(paper(kind, demo=False)))


def test_the_title_that_a_browser_shows_names_nobody() -> None:
    title = PdfReader(io.BytesIO(disposal_pdf(paper("youth_caution")))).metadata.title  # type: ignore[union-attr]
    assert title == "Youth caution, reference BFD-2026-0143"


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_paper_is_the_same_bytes(kind: str) -> None:
    assert disposal_pdf(paper(kind)) == disposal_pdf(paper(kind))
    assert disposal_pdf(paper(kind)) != disposal_pdf(paper(kind, copy="for the file"))


def test_the_same_paper_is_the_same_bytes_in_another_process_tomorrow() -> None:
    code = (
        "import sys, hashlib; sys.path[:0] = sys.argv[1:]; import tests.panel.documents.disposal_papers as t;"
        "print(hashlib.sha256(t.typeset.disposal_pdf(t.paper('youth_caution'))).hexdigest())"
    )
    root = str(Path(__file__).resolve().parents[3])
    other = subprocess.run(
        [sys.executable, "-c", code, root],
        env={"TZ": "Pacific/Auckland", "SOURCE_DATE_EPOCH": "1", "PYTHONHASHSEED": "7", "PATH": ""},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert other.stdout.strip() == hashlib.sha256(disposal_pdf(paper("youth_caution"))).hexdigest()


def test_the_document_has_no_place_where_the_person_harmed_could_be_written() -> None:
    """The child keeps this paper: a field that named the person harmed would hand them over (E6, X3)."""
    lines = (DisposalPaper, OffenceLine, ConditionLine, SignatureLine)
    names = {field.name for line in lines for field in dataclasses.fields(line)}
    assert not {name for name in names if "victim" in name or "harmed" in name or "address" in name}


def test_the_printed_words_never_call_anybody_a_victim() -> None:
    for kind in KINDS:
        assert "victim" not in text_of(disposal_pdf(paper(kind))).lower()


def test_nothing_comes_with_the_paper_but_its_pages() -> None:
    for kind in KINDS:
        pdf = disposal_pdf(paper(kind))
        assert pdf.count(b"%%EOF") == 1  # no earlier revision to dig out
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            assert not opened.attachments


@pytest.mark.parametrize("kind", KINDS)
def test_an_ordinary_case_fits_two_pages(kind: str) -> None:
    assert len(PdfReader(io.BytesIO(disposal_pdf(paper(kind)))).pages) <= 2


def test_a_case_with_many_offences_and_conditions_loses_none() -> None:
    offences = tuple(dataclasses.replace(OFFENCE, title=f"Offence number {n}") for n in range(1, 13))
    conditions = tuple(dataclasses.replace(LETTER, what=f"Task number {n}") for n in range(1, 13))
    text = text_of(disposal_pdf(paper("youth_conditional_caution", offences=offences, conditions=conditions)))
    assert "1. Details of the offences" in text
    for n in range(1, 13):
        assert f"Offence number {n}" in text
        assert f"Task number {n}" in text


def test_the_words_of_the_law_are_those_of_the_day() -> None:
    before = " ".join(implications("youth_caution", date(2020, 11, 27)))
    after = " ".join(implications("youth_caution", date(2020, 11, 28)))
    assert "may show on a standard or enhanced DBS check" in before
    assert "does not show automatically" in after
    assert "may show on a standard or enhanced" not in after


def test_an_outcome_without_words_for_its_day_cannot_be_printed() -> None:
    assert implications("outcome_22", date(2019, 3, 31)) == ()
    with pytest.raises(ValueError, match="No words"):
        implications("adult_caution", TODAY)  # type: ignore[arg-type]


def test_every_sentence_rests_on_a_rule_and_a_source() -> None:
    from config import implications as words

    for kind in KINDS:
        sentences = words.implications(kind, TODAY)
        assert len(sentences) >= 5
        for sentence in sentences:
            assert sentence.rule
            assert sentence.source
            assert sentence.text.endswith(".")
            assert "victim" not in sentence.text.lower()


def test_the_web_worker_starts_without_the_typesetter() -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "import panel.documents.typeset, panel.documents.uploads;"
        "print(sorted({'typst', 'pikepdf', 'PIL', 'puremagic', 'flask', 'sqlmodel'} & set(sys.modules)))"
    )
    root = str(Path(__file__).resolve().parents[3])
    seen = subprocess.run([sys.executable, "-c", code, root], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "[]"


def test_a_condition_shows_the_lines_that_its_kind_has_and_none_that_it_has_not() -> None:
    penalty = dataclasses.replace(
        LETTER,
        what="Pay a penalty",
        who=None,
        where=None,
        when=None,
        more=(("Amount", "£20"), ("Pay to", "The fines office"), ("How to pay", "By card")),
    )
    said = text_of(disposal_pdf(paper("youth_conditional_caution", conditions=(penalty,))))
    for words in ("Amount £20", "Pay to The fines office", "How to pay By card"):
        assert words in said
    assert "Where" not in said
    assert missing_from(paper("youth_conditional_caution", conditions=(penalty,))) == []


def test_a_double_name_wraps_at_its_hyphens_and_a_word_without_any_wraps_too() -> None:
    double = "Maximiliana-Theodosia Featherstonehaugh-Cholmondeley-Wriothesley-Fiennes-Twisleton"
    data = disposal_pdf(paper("youth_caution", case_manager_name=double, reasons="x" * 300))
    said = PdfReader(io.BytesIO(data)).pages[0].extract_text().replace("\u200b", "")
    for part in double.replace("-", " ").split():
        assert part in said, part
    assert "x" * 300 in text_of(data).replace(" ", "")
