"""The two copies of the minutes: with names for those who sat there, without names for everybody else."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from panel.documents.typst import DEMO_WORDS, pdf

Copy = Literal["names", "no-names"]
Rows = list[list[str]]


def minutes_pdf(
    content: Mapping[str, Any], copy: Copy, *, stands: str, digest: str, day: date, demo: bool
) -> bytes:
    """One copy as an accessible PDF; `stands` says which version it is, or that it is a draft."""
    said = named(content) if copy == "names" else unnamed(content)
    paper = said | {
        "title": "Minutes of the panel" if copy == "names" else "Minutes of the panel, without names",
        "stands": stands,
        "digest": digest,
        "day": [day.year, day.month, day.day],
        "demo_words": DEMO_WORDS if demo else "",
    }
    return pdf("minutes.typ", paper)


def named(content: Mapping[str, Any]) -> dict[str, Any]:
    """What the copy with names says."""
    return {
        "area": content["area"],
        "facts": [
            ["Meeting", f"{content['when']}, {content['where']} ({content['reference']})"],
            ["Chair", content["chair"]],
            *_times(content),
            *(
                ["Urgent decision", f"{one['case']}: {one['answer']}. {one['reason']}"]
                for one in content.get("ratified", [])
            ),
        ],
        "members": [[m["seat"], m["name"], m["was"]] for m in content["members"]],
        "cases": [
            {
                "title": f"{c['number']}. {c['child']} ({c['reference']})",
                "rows": [
                    *([["Decision", c["decision"]]] if c.get("decision") else []),
                    *_case(c, "titles"),
                    *([["Reasons", c["reasons"]]] if c["reasons"] else []),
                    *_conflicts([f"{who['name']} ({who['role']})" for who in c.get("conflicts", [])]),
                ],
            }
            for c in content["cases"]
        ],
        "actions": [
            {
                "title": f"{a['reference']}: {a['what']}",
                "rows": [["Who", a["who"]], *_action(a)],
            }
            for a in content["actions"]
        ],
        "notes": content["other_matters"],
    }


def unnamed(content: Mapping[str, Any]) -> dict[str, Any]:
    """What the copy without names says: roles, bands, lists, and the note that was looked through for it."""
    return {
        "area": content["area"],
        "facts": [
            ["Meeting", content["when"]],
            *_times(content),
            *(["Urgent decision", one["answer"]] for one in content.get("ratified", [])),
        ],
        "members": [[m["seat"], "", m["was"]] for m in content["members"]],
        "cases": [
            {
                "title": f"Case {c['number']}",
                "rows": [
                    ["Age of the child", c["age_band"]],
                    *_case(c, "offences"),
                    *_conflicts([who["role"] for who in c.get("conflicts", [])]),
                ],
            }
            for c in content["cases"]
        ],
        "actions": [
            {"title": f"Action {number}", "rows": [["Who", a["role"]], *_action(a)]}
            for number, a in enumerate(content["actions"], 1)
        ],
        "notes": content["public_note"],
    }


def _times(content: Mapping[str, Any]) -> Rows:
    return [["Opened", content["opened"]], ["Closed", content["closed"]]]


def _case(case: Mapping[str, Any], offences: str) -> Rows:
    return [
        ["Offence", case[offences]],
        ["Gravity score", case["gravity"]],
        ["What the child said", case["admission"]],
        ["Outcome", case["outcome"]],
    ]


def _conflicts(said: list[str]) -> Rows:
    return [["Took no part: conflict of interest", ", ".join(said)]] if said else []


def _action(action: Mapping[str, Any]) -> Rows:
    about = [["About", f"Case {action['case']}"]] if action["case"] else []
    return [["Done by", action["due_on"]], ["Stands", action["status"]], *about]
