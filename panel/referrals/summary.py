"""A referral read back: the rows of "check your answers" and of the offence tab."""

from collections.abc import Sequence
from typing import Any

from flask import url_for

from panel.children.models import Carer, Child
from panel.documents.expected import Expected
from panel.documents.models import Document
from panel.referrals.models import Offence, Referral
from panel.referrals.offence_words import offence_rows
from workflows.calendar import long_date
from workflows.vocabulary import words

NOT_GIVEN = "Not given"


def check_rows(
    referral: Referral,
    child: Child,
    carer: Carer | None,
    offences: Sequence[Offence],
    papers: Sequence[Document],
    expected: Sequence[Expected],
    *,
    ethnicity: str = "",
    changing: bool = True,
) -> list[dict[str, Any]]:
    """Groups of rows, each with its change link unless the reader only reads."""

    def rows(endpoint: str, pairs: list[tuple[str, Any]]) -> list[dict[str, Any]]:
        href = f"{url_for(endpoint, reference=referral.reference)}?from=check" if changing else None
        return [
            {"key": key, "value": value or NOT_GIVEN, "href": href, "what": key.lower()}
            for key, value in pairs
        ]

    return [
        {"title": "The child", "rows": rows("referrals.child", _child(child, ethnicity))},
        {"title": "Parent or carer", "rows": rows("referrals.carer", _carer(carer, referral))},
        {"title": "Offences", "rows": rows("offences.index", offence_rows(offences))},
        {"title": "What happened", "rows": rows("referrals.circumstances", _circumstances(referral))},
        {"title": "What the child said", "rows": rows("referrals.admission", _admission(referral))},
        {
            "title": "Victim",
            "rows": rows("victims.tell", [("Is there a victim?", _yes(referral.victim_identified))]),
        },
        {"title": "Police papers", "rows": rows("referrals.papers", _papers(papers, expected))},
    ]


def _child(child: Child, ethnicity: str) -> list[tuple[str, Any]]:
    return [
        ("Name", child.name),
        ("Date of birth", long_date(child.date_of_birth)),
        ("Gender", words(child.gender)),
        ("Ethnic group, as the child describes it", ethnicity),
        ("Address", ", ".join(part for part in (child.address, child.postcode) if part)),
        ("School, college or work", child.school),
        ("Looked after", _yes(child.looked_after)),
        ("Language, interpreter or other needs", child.needs),
    ]


def _carer(carer: Carer | None, referral: Referral) -> list[tuple[str, Any]]:
    if carer is None:
        return [("Name", referral.no_carer_reason)]
    contact = ", ".join(part for part in (carer.phone, carer.email) if part)
    return [("Name", f"{carer.name} ({words(carer.relationship).lower()})"), ("Contact", contact)]


def _circumstances(referral: Referral) -> list[tuple[str, Any]]:
    bailed = long_date(referral.bailed_on) if referral.bailed_on else "Not bailed"
    return [("What happened", referral.circumstances), ("Date of bail", bailed)]


def _admission(referral: Referral) -> list[tuple[str, Any]]:
    when = long_date(referral.admitted_on) if referral.admitted_on else ""
    return [
        ("What the child said", words(referral.admission)),
        ("When and to whom", ", ".join(part for part in (when, referral.admitted_to) if part)),
        ("Appropriate adult there", _yes(referral.admission_adult_present)),
        ("Legal advice", words(referral.admission_advice)),
    ]


def _papers(papers: Sequence[Document], expected: Sequence[Expected]) -> list[tuple[str, Any]]:
    lacks = [paper.words for paper in expected if not paper.there]
    return [("Papers", [p.title for p in papers]), ("Usual papers not there", lacks or "All are there")]


def _yes(value: bool | None) -> str:
    return {True: "Yes", False: "No"}.get(value, "") if value is not None else ""
