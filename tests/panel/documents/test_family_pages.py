"""The pages for the child and for the parent: short, complete, accessible, and inert under hostile text."""

import dataclasses
import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pdfua import validate
from pypdf import PdfReader

from panel.documents.family import FamilyPage, Task, child_pdf, family_page, parent_pdf
from tests.panel.documents.disposal_papers import KINDS, LETTER, TITLES, TODAY, paper, text_of
from tests.panel.documents.test_typeset_hostile import MARKUP, laced_with, squeezed, texts_in

MADE = {"child": child_pdf, "parent": parent_pdf}
HOSTILE = ("x" * 10_000, "\u202egnp.exe\u202c \u0000\u0007", "👍🏽 👨‍👩‍👧 🇬🇧", "شكراً שלום", " ".join(MARKUP))


def page(kind: str, **more: Any) -> FamilyPage:
    made = family_page(paper(kind), called="Amira", offered=(LETTER,) if kind == "youth_caution" else ())
    return dataclasses.replace(made, **more)


@pytest.mark.parametrize("who", MADE)
@pytest.mark.parametrize("kind", KINDS)
def test_every_page_is_an_accessible_archive_file_with_title_language_and_tags(
    kind: str, who: str, tmp_path: Path
) -> None:
    data = MADE[who](page(kind))
    (tmp_path / "page.pdf").write_bytes(data)
    assert validate(str(tmp_path / "page.pdf")).exit_code == 0
    with pikepdf.open(io.BytesIO(data)) as opened, opened.open_metadata() as described:
        assert (described["pdfaid:part"], described["pdfaid:conformance"]) == ("2", "A")
        assert opened.Root.Lang == "en-GB"
        assert bool(opened.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in opened.Root
        assert TITLES[kind] in described["dc:title"]
        assert "Amira" not in described["dc:title"]
    assert data == MADE[who](page(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_the_childs_page_says_what_it_is_what_to_do_what_if_not_who_helps_and_the_rights(kind: str) -> None:
    said = text_of(child_pdf(page(kind)))
    for words in ("What it is", "What happens if I do not", "Who helps me", "My rights", "Amy Doyle"):
        assert words in said
    binds = kind not in ("youth_caution", "no_further_action", "returned_to_police", "refer_for_charge")
    assert ("By 14 January 2027" in said) is (binds or kind == "youth_caution")
    assert ("What I agree to do" in said) is binds
    assert "victim" not in said.lower()


def test_what_a_youth_caution_offers_is_a_choice_and_no_duty() -> None:
    said = text_of(child_pdf(page("youth_caution")))
    assert "What I can do, if I want" in said
    assert "I am not asked to say yes or no" in said
    assert "I agree" not in said


@pytest.mark.parametrize("tasks", [1, 4, 5, 8])
@pytest.mark.parametrize("kind", KINDS)
def test_the_childs_page_keeps_to_two_sides(kind: str, tasks: int) -> None:
    one = Task(
        "Go to two talks about anger and what helps against it", "Mondays at 16:00, Youth centre", TODAY
    )
    full = page(kind, tasks=(one,) * tasks if page(kind).tasks else (), reasons="You said sorry. " * 20)
    assert len(PdfReader(io.BytesIO(child_pdf(full))).pages) <= 2


def test_long_reasons_stand_on_the_parents_page_and_the_childs_says_so() -> None:
    long = "You said what you had done straight away. " * 12
    assert "the paper for your adult says it" in text_of(child_pdf(page("youth_caution", reasons=long)))
    assert long.strip() in text_of(parent_pdf(page("youth_caution", reasons=long)))


@pytest.mark.parametrize("kind", KINDS)
def test_the_parents_page_says_what_to_do_whom_to_call_and_how_to_complain(kind: str) -> None:
    made = page(kind)
    said = text_of(parent_pdf(made))
    wanted = ("What it means", "What you can do", "Who to call", "Advice", "You can complain", made.reasons)
    for words in (*wanted, *made.explanation):
        assert words in said, words


@pytest.mark.parametrize("who", MADE)
@pytest.mark.parametrize("hostile", HOSTILE, ids=["long", "bidi", "emoji", "other-letters", "markup"])
def test_hostile_text_in_every_field_stays_text(who: str, hostile: str, tmp_path: Path) -> None:
    for kind in ("youth_conditional_caution", "no_further_action"):
        laced = laced_with(page(kind), hostile)  # type: ignore[arg-type]
        data = MADE[who](laced)
        (tmp_path / "page.pdf").write_bytes(data)
        assert validate(str(tmp_path / "page.pdf")).exit_code == 0


@pytest.mark.parametrize("who", MADE)
def test_markup_is_printed_as_it_was_typed(who: str) -> None:
    laced = laced_with(page("outcome_22", reasons="Sorry"), " ".join(MARKUP))  # type: ignore[arg-type]
    said = squeezed(text_of(MADE[who](laced)))
    for markup in MARKUP:
        assert said.count(squeezed(markup)) >= 4
    assert texts_in(laced)
