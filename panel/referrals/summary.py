"""A referral read back: the rows of "check your answers" and of the offence tab."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import url_for

from panel.children.models import Carer, Child
from panel.documents.expected import Expected
from panel.documents.models import Document
from panel.referrals.commands import ChildDetails
from panel.referrals.models import AdmissionAccount, Offence, Origin, Referral
from panel.referrals.offence_words import offence_rows
from panel.referrals.origins import CALLED, answers
from panel.referrals.said import Said
from workflows.calendar import long_date
from workflows.vocabulary import words

NOT_GIVEN = "Not given"
# They tell this child from others, and are only for whoever writes the referral.
NUMBERS = ("pnc_id", "cro_number", "upn", "nhs_number")


def check_rows(
    referral: Referral,
    child: Child,
    carer: Carer | None,
    offences: Sequence[Offence],
    papers: Sequence[Document],
    expected: Sequence[Expected],
    *,
    ethnicity: str = "",
    numbers: bool = False,
    origin: Origin | None = None,
    said: Sequence[Said] = (),
    changing: bool = True,
) -> list[dict[str, Any]]:
    """Groups of rows, each with its change link unless the reader only reads; `numbers` for writers."""

    def rows(endpoint: str, pairs: list[tuple[str, Any]]) -> list[dict[str, Any]]:
        href = f"{url_for(endpoint, reference=referral.reference)}?from=check" if changing else None
        return [
            {"key": key, "value": value or NOT_GIVEN, "href": href, "what": key.lower()}
            for key, value in pairs
        ]

    return [
        {"title": "The child", "rows": rows("referrals.child", _child(child, ethnicity, numbers=numbers))},
        {"title": "How the case came to us", "rows": rows("referrals.source", _source(referral, origin))},
        {"title": "Parent or carer", "rows": rows("referrals.carer", _carer(carer, referral))},
        {"title": "Offences", "rows": rows("offences.index", offence_rows(offences))},
        {"title": "What happened", "rows": rows("referrals.circumstances", _circumstances(referral))},
        {"title": "What the child said", "rows": rows("referrals.admission", _admission(said))},
        {
            "title": "Victim",
            "rows": rows("victims.tell", [("Is there a victim?", _yes(referral.victim_identified))]),
        },
        {"title": "Police papers", "rows": rows("referrals.papers", _papers(papers, expected))},
    ]


def _child(child: Child, ethnicity: str, *, numbers: bool) -> list[tuple[str, Any]]:
    return [
        ("Name", child.name),
        *([("Other names", child.other_names)] if child.other_names else []),
        ("Date of birth", long_date(child.date_of_birth)),
        ("Gender", words(child.gender)),
        ("Ethnic group, as the child describes it", ethnicity),
        ("Address", ", ".join(part for part in (child.address, child.postcode) if part)),
        ("School, college or work", child.school),
        ("Looked after", _yes(child.looked_after)),
        ("Language, interpreter or other needs", child.needs),
        *([("Numbers", _numbers(child))] if numbers else []),
    ]


def _numbers(child: Child) -> list[str]:
    called = ChildDetails.model_fields
    return [f"{called[name].title}: {number}" for name in NUMBERS if (number := getattr(child, name))]


def _carer(carer: Carer | None, referral: Referral) -> list[tuple[str, Any]]:
    if carer is None:
        return [("Name", referral.no_carer_reason)]
    contact = ", ".join(part for part in (carer.phone, carer.email) if part)
    return [("Name", f"{carer.name} ({words(carer.relationship).lower()})"), ("Contact", contact)]


def _circumstances(referral: Referral) -> list[tuple[str, Any]]:
    bailed = long_date(referral.bailed_on) if referral.bailed_on else "Not bailed"
    return [("What happened", referral.circumstances), ("Date of bail", bailed)]


def _source(referral: Referral, origin: Origin | None) -> list[tuple[str, Any]]:
    if referral.source is None:
        return [("Source", "")]
    known = answers(referral, origin)
    rows = [(title, _shown(known[name])) for name, title in CALLED[referral.source].items()]
    return [("Source", words(referral.source)), *rows]


def _shown(value: object) -> str:
    return long_date(value) if isinstance(value, date) else str(value or "")


def _admission(said: Sequence[Said]) -> list[tuple[str, Any]]:
    """One row for each offence, and what is known of each account that they come from."""
    if not said:
        return [("What the child said", "")]
    accounts = {one.account.id: one.account for one in said if one.account is not None}
    rows: list[tuple[str, Any]] = [(one.offence.title, one.in_words) for one in said]
    for account in accounts.values():
        rows += account_rows(account, many=len(accounts) > 1)
    return rows


def account_rows(account: AdmissionAccount, *, many: bool = False) -> list[tuple[str, Any]]:
    """What is known of one account."""
    when = long_date(account.said_on) if account.said_on else "without a date"
    suffix = f", account of {when}" if many else ""
    advised = f", on {long_date(account.advice_on)}" if account.advice_on else ""
    rows = [
        ("Appropriate adult there", _adult(account)),
        ("Legal advice", words(account.advice) + advised),
        ("A defence was raised", _yes(account.defence_raised)),
        ("An outcome was promised first", _yes(account.offered_first)),
        *([("Why it was changed", account.reason)] if account.reason else []),
    ]
    return [(key + suffix, value) for key, value in rows]


def _adult(account: AdmissionAccount) -> str:
    if not account.adult_present:
        return _yes(account.adult_present)
    capacity = words(account.adult).lower() if account.adult else ""
    return ", ".join(part for part in ("Yes", account.adult_name, capacity) if part)


def _papers(papers: Sequence[Document], expected: Sequence[Expected]) -> list[tuple[str, Any]]:
    lacks = [paper.words for paper in expected if not paper.there]
    return [("Papers", [p.title for p in papers]), ("Usual papers not there", lacks or "All are there")]


def _yes(value: bool | None) -> str:
    return {True: "Yes", False: "No"}.get(value, "") if value is not None else ""
