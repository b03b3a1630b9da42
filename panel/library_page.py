"""Choosing a condition or step: the library by object, searched without scripts."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import request

from config.library import GROUPS, Entry, entries, entry
from panel.children.models import Child
from panel.errors import Missing
from workflows.conditions import StepKind


def library_shown(today: date, link: Callable[[str], str]) -> dict[str, Any]:
    """What the page shows for the search in its address; `link` leads to the form of an entry."""
    group, text = request.args.get("object", ""), request.args.get("q", "").strip()[:100]
    group = group if group in GROUPS else ""
    found = entries(today, group=group, text=text)
    return {
        "groups": [{"value": key, "text": says, "checked": key == group} for key, says in GROUPS.items()],
        "group": group,
        "text": text,
        "count": len(found),
        "found": [
            {
                "title": says,
                "entries": [
                    {"title": one.title, "href": link(one.key), "hint": one.example}
                    for one in found
                    if one.group == key
                ],
            }
            for key, says in GROUPS.items()
            if any(one.group == key for one in found)
        ],
    }


def chosen_entry(saved: str | None, today: date) -> Entry | None:
    """The entry of the saved step, or for a new one that in the address; 404 for one that is not offered."""
    if saved is not None:
        return entry(saved)
    key = request.args.get("entry", "")
    found = entry(key)
    if key and (found is None or not found.holds(today)):
        raise Missing()
    return found


def first_answers(found: Entry | None, child: Child) -> dict[str, str]:
    """What a new form begins with: a doorstep curfew is kept at the child's own address (CON-6)."""
    kind = StepKind(found.kind) if found else StepKind.ACTIVITY
    at_home = ", ".join(part for part in (child.address, child.postcode) if part)
    return {"kind": kind.value} | ({"where_at": at_home[:200]} if kind is StepKind.CURFEW else {})


def entry_shown(found: Entry | None) -> dict[str, str] | None:
    """The entry above its form."""
    if found is None:
        return None
    return {"title": found.title, "group": GROUPS[found.group], "example": found.example}
