"""Disposal papers for the tests, one for each kind of outcome."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from PIL import Image, ImageDraw
from pypdf import PdfReader

from panel.documents import typeset
from panel.documents.typeset import ConditionLine, DisposalPaper, OffenceLine, SignatureLine, implications

KINDS = (
    "youth_caution",
    "youth_conditional_caution",
    "community_resolution",
    "outcome_22",
    "outcome_22_deferred",
    "outcome_23",
    "no_further_action",
    "refer_for_charge",
    "returned_to_police",
)
LETTERS = ("no_further_action", "refer_for_charge", "returned_to_police")
TITLES = {
    "youth_caution": "Youth caution",
    "youth_conditional_caution": "Youth conditional caution",
    "community_resolution": "Community resolution",
    "outcome_22": "Diversion (outcome 22)",
    "outcome_22_deferred": "Deferred prosecution or caution (outcome 22)",
    "outcome_23": "Deferred prosecution (outcome 23)",
    "no_further_action": "No further action",
    "refer_for_charge": "Referred for a charging decision",
    "returned_to_police": "Returned to the police",
}
TODAY = date(2026, 9, 17)
OFFENCE = OffenceLine("Common assault", date(2026, 8, 3), "Forster Square retail park", "As above")
LETTER = ConditionLine(
    what="Write a letter to say sorry",
    who="Amy Doyle",
    where="Keel Street youth centre",
    when="Any Thursday, 4pm to 5pm",
    done_when="Amy has read it",
    due_on=date(2027, 1, 14),
    purpose_words="Reparation",
)


def drawn() -> bytes:
    """A signature as the pad draws it."""
    picture = Image.new("RGB", (400, 120), "white")
    ImageDraw.Draw(picture).line([(20, 90), (120, 20), (200, 100), (380, 30)], fill="black", width=4)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def paper(kind: str, **changes: Any) -> DisposalPaper:
    signs = (
        SignatureLine("Child", "Amira Khan", TODAY, image_png=drawn()),
        SignatureLine("Appropriate adult", "Sana Khan", TODAY, "Signed on paper"),
        SignatureLine("Police officer", "PC Daniel Reed"),
    )
    values: dict[str, Any] = {
        "reference": "BFD-2026-0143",
        "outcome_words": TITLES[kind],
        "kind": kind,
        "child_name": "Amira Khan",
        "date_of_birth": date(2011, 3, 9),
        "offences": (OFFENCE,),
        "admission_words": "You told PC Reed that you pushed another girl.",
        "reasons": "You said what you had done straight away.",
        "conditions": (LETTER,) if kind in typeset.WITH_CONDITIONS else (),
        "explanation": implications(kind, TODAY),  # type: ignore[arg-type]
        "adult_name": "Sana Khan",
        "adult_relationship": "mother",
        "officer_name": "PC Daniel Reed",
        "officer_collar": "4471",
        "case_manager_name": "Amy Doyle",
        "area_name": "Bradford Youth Justice Service",
        "force_name": "West Yorkshire Police",
        "prepared_on": TODAY,
        "signatures": () if kind in LETTERS else signs,
        "copy": "for the child",
        "demo": True,
    }
    return DisposalPaper(**(values | changes))


def text_of(pdf: bytes) -> str:
    """The words of a PDF, its line breaks taken as spaces."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split())
