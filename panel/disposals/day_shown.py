"""What happened on the day, as the pages show it."""

from collections.abc import Mapping
from typing import Any

from panel.disposals.day_models import Explanation, RequirementMet
from workflows.calendar import clock_words
from workflows.requirements import RULES, Requirement, asked_of
from workflows.vocabulary import Outcome, words


def checklist(outcome: Outcome, met: Mapping[Requirement, RequirementMet]) -> list[dict[str, Any]]:
    """What the law asks, one by one: who said when that it is so, and on what ground."""
    rows = []
    for requirement in asked_of(outcome):
        row = met.get(requirement)
        rows.append(
            {
                "text": words(requirement),
                "rule": RULES[requirement],
                "met": row is not None,
                "who": _who(row) if row else "",
                "ground": row.ground if row else "",
                "more": _more(row) if row else [],
            }
        )
    return rows


def _who(row: RequirementMet) -> str:
    known = [row.rank, f"collar number {row.collar}" if row.collar else ""]
    about = ", ".join(filter(None, known))
    return f"{row.by_name}{f' ({about})' if about else ''}, {clock_words(row.at)}"


def _more(row: RequirementMet) -> list[str]:
    found = [f"Authority: {words(row.authority)}"] if row.authority else []
    if row.cps_reference:
        found.append(f"Crown Prosecution Service: {row.cps_reference}")
    if row.exception:
        found.append(f"Against the panel's decision: {row.exception}")
    return found


def shown_explanation(row: Explanation) -> dict[str, Any]:
    """One explanation: how, with whom, each sentence as it was shown, and what the child said back."""
    how = [*row.methods, *([row.method] if row.method else [])]
    language = f"{row.language}, interpreter: {row.interpreter}" if row.interpreter else row.language
    return {
        "title": f"{clock_words(row.at)} by {row.by_name}",
        "rows": [
            {"key": "Where", "value": row.place},
            {"key": "How", "value": how},
            {"key": "Language", "value": language},
            {"key": "Who was there", "value": [f"{one['name']}: {one['role']}" for one in row.there]},
            {"key": "Free legal advice", "value": words(row.advice)},
            *({"key": one["ask"] or one["part"], "value": f"“{one['words']}”"} for one in row.said),
        ],
        "items": row.items,
    }
