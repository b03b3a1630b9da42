"""The disposal document: what it may hold, and the accessible PDF that it becomes.

No part of this module knows the person harmed: nothing typed here can carry their name to the child (E6).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

from config import implications as words_of_law
from panel.documents.typst import DEMO_WORDS, IncompletePaper, pdf

Caution = Literal["youth_caution", "youth_conditional_caution"]
Agreement = Literal["community_resolution", "outcome_22", "outcome_22_deferred", "outcome_23"]
Kind = Literal[Caution, Agreement, "no_further_action", "refer_for_charge", "returned_to_police"]
Copy = Literal["for the child", "for the file"]

CAUTIONS = ("youth_caution", "youth_conditional_caution")
DIVERSIONS = ("outcome_22", "outcome_22_deferred", "outcome_23")
SIGNED = (*CAUTIONS, "community_resolution", *DIVERSIONS)
WITH_CONDITIONS = ("youth_conditional_caution", "community_resolution", *DIVERSIONS)
NEEDS_CONDITIONS = ("youth_conditional_caution", *DIVERSIONS)

ALWAYS = {
    "reference": "the reference",
    "outcome_words": "the outcome in words",
    "child_name": "the child's name",
    "reasons": "the reasons",
    "officer_name": "the officer's name",
    "area_name": "the name of the youth justice service",
    "force_name": "the name of the police force",
}
FOR_CAUTIONS = {
    "admission_words": "the admission",
    "adult_name": "the appropriate adult's name",
    "adult_relationship": "who the appropriate adult is to the child",
    "officer_collar": "the officer's collar number",
}


@dataclass(frozen=True)
class OffenceLine:
    """One offence and what was decided for it."""

    title: str
    on: date
    place: str
    outcome_words: str


@dataclass(frozen=True)
class ConditionLine:
    """One condition: what, with whom, where, when, until when and why (CON-2).

    `who`, `where`, `when` are None where the kind of condition does not ask them; `more` are its own lines.
    """

    what: str
    who: str | None
    where: str | None
    when: str | None
    done_when: str
    due_on: date
    purpose_words: str
    more: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class SignatureLine:
    """One box to sign; with a picture of the signature once it is signed."""

    role_words: str
    name: str
    signed_on: date | None = None
    note: str = ""
    image_png: bytes | None = None


@dataclass(frozen=True)
class DisposalPaper:
    """Everything that a disposal document may say, and nothing else."""

    reference: str
    outcome_words: str
    kind: Kind
    child_name: str
    date_of_birth: date
    offences: tuple[OffenceLine, ...]
    admission_words: str
    reasons: str
    conditions: tuple[ConditionLine, ...]
    explanation: tuple[str, ...]
    adult_name: str
    adult_relationship: str
    officer_name: str
    officer_collar: str
    case_manager_name: str
    area_name: str
    force_name: str
    prepared_on: date
    signatures: tuple[SignatureLine, ...]
    copy: Copy
    demo: bool
    shown_digest: str = ""
    takes_place_of: date | None = None


def implications(kind: Kind, on: date) -> tuple[str, ...]:
    """The plain sentences that explain an outcome on a day (EXP-1), from `config/implications.toml`."""
    return tuple(sentence.text for sentence in words_of_law.implications(kind, on))


def disposal_pdf(paper: DisposalPaper) -> bytes:
    """The paper as PDF/A-2a and PDF/UA-1; the same paper gives the same bytes. Raises `IncompletePaper`."""
    if lacks := missing_from(paper):
        raise IncompletePaper(lacks)
    return pdf(f"{paper.kind}.typ", _payload(paper))


def missing_from(paper: DisposalPaper) -> list[str]:
    """What the paper still lacks, in words; empty when it can be made."""
    needs = ALWAYS | (FOR_CAUTIONS if paper.kind in CAUTIONS else {})
    lacks = [words for name, words in needs.items() if not getattr(paper, name).strip()]
    if not paper.offences:
        lacks.append("at least one offence")
    if not any(sentence.strip() for sentence in paper.explanation):
        lacks.append("the explanation of what the outcome means")
    for place, offence in enumerate(paper.offences, 1):
        lacks += _empty(offence, f"offence {place}")
    for place, condition in enumerate(paper.conditions, 1):
        lacks += _empty(condition, f"condition {place}")
    return lacks + _conditions_at_odds(paper) + _signatures_at_odds(paper)


def _empty(line: OffenceLine | ConditionLine, where: str) -> list[str]:
    """Every empty text of one line."""
    return [
        f"{name.replace('_', ' ').removesuffix(' words')} of {where}"
        for name, value in vars(line).items()
        if isinstance(value, str) and not value.strip()
    ]


def _conditions_at_odds(paper: DisposalPaper) -> list[str]:
    """Conditions that are needed and absent (CON-1), or there and not allowed."""
    if paper.kind in NEEDS_CONDITIONS and not paper.conditions:
        return ["at least one condition"]
    if paper.conditions and paper.kind not in WITH_CONDITIONS:
        return ["no conditions: this outcome cannot carry any"]
    return []


def _signatures_at_odds(paper: DisposalPaper) -> list[str]:
    """Boxes to sign: the child on an agreement; the adult and the officer too on a caution (YC-9, YCC-R5)."""
    if paper.kind not in SIGNED:
        return ["no signatures: this is a letter"] if paper.signatures else []
    wanted = {"the child": paper.child_name}
    if paper.kind in CAUTIONS:
        wanted |= {"the appropriate adult": paper.adult_name, "the officer": paper.officer_name}
    names = {line.name for line in paper.signatures}
    return [f"a place for {who} to sign" for who, name in wanted.items() if name not in names]


def _payload(paper: DisposalPaper) -> dict[str, object]:
    """The paper as values for the template; pictures as bytes."""
    values = asdict(paper)
    for line in values["signatures"]:
        line["image_png"] = list(line["image_png"] or b"")  # Typst has no base64
    day = paper.prepared_on
    extra = {
        "day": [day.year, day.month, day.day],
        "demo_words": DEMO_WORDS,
        "signed_kind": paper.kind in SIGNED,
    }
    return values | extra
