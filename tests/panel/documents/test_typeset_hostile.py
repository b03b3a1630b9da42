"""The disposal document under hostile text, and when half of it is missing."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from panel.documents.typeset import DisposalPaper, disposal_pdf
from panel.documents.typst import IncompletePaper
from tests.panel.documents.disposal_papers import KINDS, LETTER, LETTERS, OFFENCE, paper, text_of

MARKUP = (
    '#import "style.typ": *',
    '#read("/etc/passwd")',
    "$x$",
    "*bold*",
    r"\#",
    "= Not a heading",
    "<label> @label",
    "`raw` ~ -- ...",
    '"); #panic("out',
    '{"kind": "x"}',
    "// gone",
    "/* gone */",
    "https://example.org",
)


@pytest.mark.parametrize("kind", KINDS)
def test_markup_in_any_field_stays_plain_text(kind: str) -> None:
    laced = laced_with(paper(kind), " ".join(MARKUP))
    pdf = disposal_pdf(laced)
    text = squeezed(text_of(pdf))
    unprinted = {laced.admission_words} if kind in LETTERS else set()
    if kind == "youth_conditional_caution":  # four parts and no fifth
        unprinted = {laced.reasons, *laced.explanation}
    wanted = [words for words in texts_in(laced) if MARKUP[0] in words and words not in unprinted]
    assert len(wanted) >= 12
    lost = [words for words in wanted if squeezed(words) not in text]
    assert len(lost) < len(PdfReader(io.BytesIO(pdf)).pages)  # the foot of a page may part one sentence
    for markup in MARKUP:
        assert text.count(squeezed(markup)) >= len(wanted) - len(lost)


def squeezed(text: str) -> str:
    """Without spaces, for a line may break inside a long word."""
    return "".join(text.split())


@pytest.mark.parametrize("kind", ["youth_conditional_caution", "no_further_action"])
@pytest.mark.parametrize(
    "hostile",
    [
        "W" * 600,
        "a" * 40 + "@" + "b" * 40,
        "شكراً جزيلاً",
        "שלום עולם",
        "\u202egnp.exe\u202c",
        "\u0000\u0007\u200b\ufeff",
        "\ue000\uffff",
        "Łukasz Šimůnek Ștefan Đỗ",
        "one\n\ntwo\tthree\r\nfour",
        "e\u0301" + "\u0301" * 30,
        "👍🏽 👨‍👩‍👧 🇬🇧 ✅ ☹️",
    ],
    ids=[
        "long",
        "address",
        "arabic",
        "hebrew",
        "bidi",
        "control",
        "private",
        "latin",
        "lines",
        "zalgo",
        "emoji",
    ],
)
def test_strange_letters_still_give_an_accessible_paper(kind: str, hostile: str, tmp_path: Path) -> None:
    from pdfua import validate

    file = tmp_path / "paper.pdf"
    file.write_bytes(disposal_pdf(laced_with(paper(kind), hostile)))
    assert validate(str(file)).exit_code == 0


def laced_with(clean: DisposalPaper, hostile: str) -> DisposalPaper:
    """The paper with the text put after every text in it, nested ones too."""
    return _laced(clean, hostile)  # type: ignore[no-any-return]


def _laced(value: Any, hostile: str, name: str = "") -> Any:
    if isinstance(value, str):
        return value if name in ("kind", "copy") else f"{value} {hostile}"
    if isinstance(value, tuple):
        return tuple(_laced(inner, hostile) for inner in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: _laced(getattr(value, f.name), hostile, f.name) for f in dataclasses.fields(value)}
        return dataclasses.replace(value, **changed)
    return value


def texts_in(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for inner in value for text in texts_in(inner)]
    if dataclasses.is_dataclass(value):
        return [text for f in dataclasses.fields(value) for text in texts_in(getattr(value, f.name))]
    return []


def test_an_emoji_is_printed_by_name_so_that_nothing_is_lost() -> None:
    text = text_of(disposal_pdf(paper("no_further_action", reasons="You said sorry \U0001f600")))
    assert "You said sorry [grinning face]" in text


def test_letters_that_the_font_lacks_are_refused_rather_than_left_blank() -> None:
    with pytest.raises(IncompletePaper, match="English letters instead of"):
        disposal_pdf(paper("no_further_action", reasons="ਪੰਜਾਬੀ"))


def test_a_long_word_wraps_and_stays_on_the_paper() -> None:
    text = text_of(disposal_pdf(paper("no_further_action", reasons="x" * 400)))
    assert "".join(text.split()).count("x" * 400) == 1


@pytest.mark.parametrize(
    ("kind", "changes", "lacking"),
    [
        ("youth_conditional_caution", {"conditions": ()}, "at least one condition"),
        ("outcome_22", {"conditions": ()}, "at least one condition"),
        ("youth_caution", {"conditions": (LETTER,)}, "no conditions"),
        ("no_further_action", {"conditions": (LETTER,)}, "no conditions"),
        ("youth_caution", {"offences": ()}, "at least one offence"),
        ("youth_caution", {"offences": (dataclasses.replace(OFFENCE, title=" "),)}, "title of offence 1"),
        ("youth_caution", {"admission_words": ""}, "the admission"),
        ("youth_conditional_caution", {"admission_words": ""}, "the admission"),
        ("youth_caution", {"adult_name": ""}, "the appropriate adult's name"),
        ("youth_caution", {"officer_collar": ""}, "collar number"),
        ("youth_caution", {"explanation": ()}, "the explanation"),
        ("no_further_action", {"reasons": "  "}, "the reasons"),
        ("youth_caution", {"signatures": ()}, "a place for the child to sign"),
        ("community_resolution", {"signatures": ()}, "a place for the child to sign"),
        (
            "youth_conditional_caution",
            {"conditions": (dataclasses.replace(LETTER, where="", done_when=""),)},
            "where of condition 1; done when of condition 1",
        ),
    ],
)
def test_half_a_document_is_refused(kind: str, changes: dict[str, Any], lacking: str) -> None:
    with pytest.raises(IncompletePaper) as refusal:
        disposal_pdf(paper(kind, **changes))
    assert lacking in str(refusal.value)


def test_everything_that_is_missing_is_told_at_once() -> None:
    with pytest.raises(IncompletePaper) as refusal:
        disposal_pdf(paper("youth_conditional_caution", reasons="", conditions=(), offences=()))
    assert len(refusal.value.missing) == 3
