"""A pair as the pages show it: both sides, what fits, and what it would mean."""

from datetime import date
from typing import Any

from panel.children.models import Child
from panel.linking.queries import OurSide, PairRow
from panel.police.models import PoliceDisposal, PoliceLink
from panel.referrals.models import Referral
from workflows.calendar import long_date, today_in_london
from workflows.police import Heard, Notice, Verdict, notice
from workflows.vocabulary import words

COLOURS = {
    Verdict.SAME: "green",
    Verdict.APART: "grey",
    Verdict.UNSURE: "yellow",
    Verdict.UNDONE: "orange",
}
WHO = ("given_name", "surname", "date_of_birth", "gender", "address", "postcode", "pnc_id")
WHAT = ("outcome", "given_on", "crime_reference", "force_reference", "offence", "station", "officer")
LABELS = {
    "given_name": "First names",
    "surname": "Last name",
    "date_of_birth": "Date of birth",
    "gender": "Gender",
    "address": "Address",
    "postcode": "Postcode",
    "pnc_id": "PNC ID",
    "outcome": "What was given",
    "given_on": "Given on",
    "crime_reference": "Crime reference",
    "force_reference": "Number in the force's system",
    "offence": "Offence",
    "station": "Station",
    "officer": "Officer",
}


def _value(row: PoliceDisposal | Child, name: str) -> str:
    kept = getattr(row, name)
    if kept in (None, ""):
        return ""
    if isinstance(kept, date):
        return long_date(kept)
    return words(kept) if name in ("gender", "outcome") else str(kept)


def rows(disposal: PoliceDisposal, side: OurSide) -> list[dict[str, str]]:
    """Both records side by side, detail by detail."""
    other = side.other or side.child
    assert other is not None  # a pair has a side of ours
    names = (*WHO, *WHAT) if side.other else WHO
    found = [
        {"label": LABELS[n], "first": _value(disposal, n), "second": _value(other, n), "stays": ""}
        for n in names
    ]
    if side.referral is not None:
        found.append(_told_row(disposal, side.referral))
    return found


def _told_row(disposal: PoliceDisposal, referral: Referral) -> dict[str, str]:
    sent = f"{referral.reference}, sent on {long_date(_sent(referral))}"
    return {"label": "Our case", "first": disposal.reference, "second": sent, "stays": ""}


def _sent(referral: Referral) -> date:
    assert referral.submitted_at is not None  # only cases that were sent are compared
    return today_in_london(referral.submitted_at)


def heading(side: OurSide) -> str:
    """What our side is."""
    if side.other is not None:
        return "What we were told"
    return "Our case" if side.referral is not None else "A child we know"


def meaning(disposal: PoliceDisposal, side: OurSide, *, today: date) -> str:
    """What it would mean if the two are the same."""
    if side.other is not None and side.other.told_on is not None:
        how = words(side.other.told_how or Heard.FORM).lower()
        told = _told(disposal, side.other.told_on, today)
        return f"{told} ({how}). The two records become one in the figures."
    if side.referral is not None:
        return f"{_told(disposal, _sent(side.referral), today)}, by the referral {side.referral.reference}."
    return (
        "The disposal was given to a child whom we know. Whether we were told of it stays as it is: "
        f"{words(_notice(disposal, disposal.told_on, today)).lower()}."
    )


def _told(disposal: PoliceDisposal, told_on: date, today: date) -> str:
    state = words(_notice(disposal, told_on, today)).lower()
    return f"We were told on {long_date(told_on)}; the last day was {long_date(disposal.tell_by)}: {state}"


def _notice(disposal: PoliceDisposal, told_on: date | None, today: date) -> Notice:
    return notice(
        told_on=told_on, tell_by=disposal.tell_by, asked_on=disposal.asked_on, counted=True, today=today
    )


def list_row(row: PairRow, side: OurSide, href: str) -> dict[str, Any]:
    """One line of the list of pairs."""
    disposal, other = row.disposal, side.other or side.child
    assert other is not None  # a pair has a side of ours
    given = f"{words(disposal.outcome)}, {long_date(disposal.given_on)}"
    return {
        "href": href,
        "cells": [
            {"text": f"{disposal.given_name} {disposal.surname}", "hint": f"{disposal.reference}: {given}"},
            {"text": f"{other.given_name} {other.surname}", "hint": heading(side)},
            said(row.link),
            {"text": words(row.link.verdict), "tag": COLOURS[row.link.verdict]},
        ],
    }


def said(link: PoliceLink) -> str:
    """Why the two were taken for likely the same, as a sentence."""
    return link.because[:1].upper() + link.because[1:].rstrip(".") + "."


def spoken(links: list[PoliceLink], names: dict[int, str]) -> list[dict[str, str]]:
    """Each word on the pair, the newest first: who said what, when and why."""
    return [
        {
            "verdict": words(link.verdict),
            "who": names.get(link.by_id or 0, "The search"),
            "when": long_date(today_in_london(link.at)),
            "why": link.reason or ("" if link.by_id else said(link)),
        }
        for link in reversed(links)
    ]
