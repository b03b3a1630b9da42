"""Two records as the pages show them."""

from datetime import date
from typing import Any

from panel.children.models import Child
from panel.merges.models import Merge
from panel.merges.queries import Pair
from panel.merges.records import CARER, FIELDS, Values
from panel.referrals.commands import ChildDetails
from panel.referrals.match_pages import said
from workflows.calendar import long_date
from workflows.merge import Status
from workflows.vocabulary import Relationship, words

COLOURS = {
    Status.PROPOSED: "yellow",
    Status.CONFIRMED: "green",
    Status.DECLINED: "grey",
    Status.UNDONE: "orange",
}
SHORT = {"other_names": "Other names"}


def label(name: str) -> str:
    """What a person calls a field."""
    if name == CARER:
        return "Parent or carer"
    return SHORT.get(name) or ChildDetails.model_fields[name].title or name


def value(name: str, values: Values) -> str:
    """The value of a field, in words."""
    kept = values.get(name)
    if name == CARER:
        if kept is None:
            return ""
        contact = ", ".join(part for part in (kept["phone"], kept["email"]) if part)
        return f"{kept['name']} ({words(Relationship(kept['relationship'])).lower()}) {contact}".strip()
    if kept in (None, ""):
        return ""
    kind = Child.model_fields[name].annotation
    if kind is date:
        return long_date(date.fromisoformat(str(kept)))
    return said(kind(kept)) if isinstance(kind, type) else str(kept)


def rows(before: Values, taken: list[str] | None = None) -> list[dict[str, str]]:
    """Both records side by side; with `taken`, also which value stays."""
    return [
        {
            "label": label(name),
            "first": value(name, before["survivor"]),
            "second": value(name, before["merged"]),
            "stays": "" if taken is None else ("second" if name in taken else "first"),
        }
        for name in (*FIELDS, CARER)
    ]


def pair_row(pair: Pair, href: str, counts: dict[int, int]) -> dict[str, Any]:
    """One line of the list of likely duplicates."""
    return {
        "href": href,
        "cells": [
            {"text": pair.first.name, "hint": f"born {long_date(pair.first.date_of_birth)}"},
            {"text": pair.second.name, "hint": f"born {long_date(pair.second.date_of_birth)}"},
            pair.comparison.sentence,
            f"{counts.get(pair.first.id, 0)} and {counts.get(pair.second.id, 0)}",
        ],
    }


def merge_row(merge: Merge, child: Child, href: str) -> dict[str, Any]:
    """One line of the lists of merges."""
    when = merge.undone_at or merge.answered_at or merge.proposed_at
    return {
        "href": href,
        "cells": [
            {"text": child.name, "hint": merge.reference},
            {"text": words(merge.status), "tag": COLOURS[merge.status]},
            long_date(when.date()),
        ],
    }
