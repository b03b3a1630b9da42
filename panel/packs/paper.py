"""The papers as an accessible PDF, made on demand: the same content, reader and time give the same bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from panel.documents.typst import DEMO_WORDS, pdf

TEMPLATE = "pack.typ"
RESTRICTED = "Restricted: papers of the out-of-court disposal panel"


@dataclass(frozen=True)
class CaseSheet:
    """One case as it is printed: its sections, or why they are left out."""

    reference: str
    title: str
    as_of: str
    digest: str
    sections: Sequence[Mapping[str, Any]]
    left_out: str = ""


@dataclass(frozen=True)
class Cover:
    """The first page of the papers of a meeting."""

    facts: Sequence[tuple[str, str]]
    members: Sequence[str]
    agenda: Sequence[str]
    note: str


def pack_pdf(
    title: str,
    cases: Sequence[CaseSheet],
    *,
    area: str,
    printed: str,
    on: date,
    demo: bool,
    cover: Cover | None = None,
) -> bytes:
    """The PDF. Raises `IncompletePaper` for letters that the font cannot draw."""
    return pdf(
        TEMPLATE,
        {
            "title": title,
            "area": area,
            "restricted": RESTRICTED,
            "printed": printed,
            "day": [on.year, on.month, on.day],
            "demo_words": DEMO_WORDS if demo else "",
            "cover": _cover(cover),
            "cases": [_case(one) for one in cases],
        },
    )


def _cover(cover: Cover | None) -> dict[str, Any] | None:
    if cover is None:
        return None
    return {
        "facts": [list(fact) for fact in cover.facts],
        "members": list(cover.members),
        "agenda": list(cover.agenda),
        "note": cover.note,
    }


def _case(one: CaseSheet) -> dict[str, Any]:
    return {
        "reference": one.reference,
        "title": one.title,
        "as_of": one.as_of,
        "digest": one.digest,
        "left_out": one.left_out,
        "sections": [_section(section) for section in one.sections],
    }


def _section(section: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": section["title"],
        "struck": section["struck"],
        "rows": [
            {
                "key": row["key"],
                "lines": _lines(row["value"]),
                "is_list": isinstance(row["value"], list),
                "gap": row.get("gap", ""),
            }
            for row in section["rows"]
        ],
    }


def _lines(value: Any) -> list[str]:
    """A list stays a list; a text becomes its paragraphs."""
    if isinstance(value, list):
        return [str(line) for line in value]
    return [line for line in str(value).splitlines() if line.strip()]
