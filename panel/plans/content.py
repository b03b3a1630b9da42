"""A plan as one value: what a version pins, what a draft changes, how two of them differ."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from panel.plans.models import PlanStep
from panel.steps import StepFields, pounds
from workflows.calendar import long_date
from workflows.plan_parts import LinkKind, Risk, Serves
from workflows.vocabulary import words

Content = dict[str, Any]
PARTS = ("steps", "contingencies", "links", "exits")
FIELDS = tuple(name for name in StepFields.model_fields if name != "place")
OWN = ("starts_on", "owner", "serves", "binding")
# What the child does under a condition; only a variation changes it (VAR-1).
CONDITION = tuple(name for name in FIELDS if name != "entry")
TITLES = {
    "steps": "Steps, in their order",
    "contingencies": "If things get worse",
    "links": "Lined up with other plans",
    "exits": "Ways into mainstream services",
}


@dataclass(frozen=True)
class Different:
    """One part of a plan in which two versions differ."""

    title: str
    before: str
    after: str


def content_of(steps: Sequence[PlanStep], rest: Mapping[str, Any] | None = None) -> Content:
    """The plan as it stands: its steps with the parts that have no rows of their own."""
    kept = rest or {}
    return {
        "steps": [step_value(step) for step in steps],
        **{part: list(kept.get(part, [])) for part in PARTS[1:]},
    }


def step_value(step: PlanStep) -> dict[str, Any]:
    """One step as a version keeps it; `number` is its name for good."""
    known = {name: getattr(step, name) for name in (*FIELDS, *OWN)}
    return {"number": step.place, **{name: _plain(value) for name, value in known.items()}}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def digest_of(content: Content) -> str:
    """SHA-256 over the content of a version."""
    said = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def new_key(rows: Sequence[Mapping[str, Any]], name: str = "key", above: int = 0) -> int:
    """The next number for a row of a part; one that was used is not used again."""
    return max([above, *(int(row[name]) for row in rows)]) + 1


def conditions_in(content: Content) -> list[dict[str, Any]]:
    """What the conditions of a caution ask, without what only the plan adds to them."""
    found = [
        {name: step[name] for name in ("number", *CONDITION)} for step in content["steps"] if step["binding"]
    ]
    return sorted(found, key=lambda step: int(step["number"]))


def differences(before: Content, after: Content) -> list[Different]:
    """What two versions have differently, part by part, both sides in words."""
    found = []
    for part in PARTS:
        old, new = lines_of(before, part), lines_of(after, part)
        if old == new:
            continue
        same = set(old) & set(new)
        moved = [line for line in old if line in same] != [line for line in new if line in same]
        shown = [[line for line in side if moved or line not in same] for side in (old, new)]
        found.append(Different(TITLES[part], *("\n\n".join(side) or "Nothing" for side in shown)))
    return found


def lines_of(content: Content, part: str) -> list[str]:
    """Each row of a part in words."""
    says = {"steps": _step, "contingencies": _contingency, "links": _link, "exits": _exit}[part]
    return [says(row) for row in content.get(part, [])]


def _step(row: Mapping[str, Any]) -> str:
    said = [
        ("With", row["who"]),
        ("Responsible", row["owner"]),
        ("Where", row["where_at"]),
        ("When", row["when_at"]),
        ("How often", row["how_often"]),
        ("Hours", str(row["hours"] or "")),
        ("Amount", pounds(row["amount_pence"]) if row["amount_pence"] else ""),
        ("Done when", row["done_when"]),
        ("From", _day(row["starts_on"])),
        ("By", _day(row["due_on"])),
        ("For", words(Serves(row["serves"]))),
    ]
    return "\n".join([row["what"], *(f"{label}: {text}" for label, text in said if text)])


def _contingency(row: Mapping[str, Any]) -> str:
    return f"If: {row['trigger']}\nThen: {row['action']}\nWho: {row['who']}\n{words(Risk(row['risk']))}"


def _link(row: Mapping[str, Any]) -> str:
    return (
        f"{words(LinkKind(row['kind']))}\nHeld by: {row['held_by']}\nContact: {row['contact']}\n"
        f"Lined up: {row['fit']}"
    )


def _exit(row: Mapping[str, Any]) -> str:
    return f"{row['service']}\nReferred by: {row['who']}\nBy: {_day(row['by_when'])}\nFor: {row['what_for']}"


def _day(value: str | None) -> str:
    return long_date(date.fromisoformat(value)) if value else ""
