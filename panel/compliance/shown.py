"""The ladder, the checks and the hours as pages show them."""

from datetime import date
from typing import Any

from flask import url_for

from panel.compliance.models import CurfewCheck, Entry, Matter
from panel.compliance.queries import Waiting
from panel.referrals.words import Tag
from workflows.calendar import clock_words, day_date, long_date
from workflows.compliance import next_step, turn
from workflows.curfew import Found
from workflows.hours import HoursOf, clock
from workflows.keeping import OPEN, WITH_THE_POLICE, Choice, Rung
from workflows.vocabulary import Outcome, words

FOUND_TAGS = {Found.IN: "green", Found.NOT_IN: "red", Found.NOT_CHECKED: "yellow"}
# The rungs of each kind of page, in the order in which they are usually taken.
RUNGS: tuple[tuple[str, str], ...] = (
    ("answer", "Write down that somebody spoke with them"),
    ("warn", "Give a warning"),
    ("meet", "Write down a meeting to get going again"),
    ("settle", "Settle it"),
    ("allege", "Report a possible breach to the police"),
    ("report", "Write the report of not taking part"),
    ("end_voluntary", "End it: it was voluntary"),
    ("return", "Return it to the police"),
)
POLICE_RUNGS: tuple[tuple[str, str], ...] = (
    ("consider", "Consider the excuse"),
    ("decide", "Write down the decision"),
    ("start_proceedings", "Write down that proceedings were started"),
)


def tag(matter: Matter, today: date) -> Tag:
    """Where a matter stands, in a word with a colour."""
    said = words(matter.status)
    if matter.status not in OPEN:
        return Tag(said, "grey")
    late = matter.due_on is not None and today > matter.due_on
    return Tag(f"{said}, late" if late else said, "red" if late else "yellow")


def ladder(entries: list[Entry], reference: str, number: int, *, prints: bool) -> list[dict[str, Any]]:
    """The rungs as a timeline, the first one first."""
    return [
        {
            "title": words(entry.rung),
            "day": day_date(entry.happened_on),
            "by": entry.by_words,
            "at_words": clock_words(entry.at),
            "at_iso": entry.at.isoformat(timespec="seconds"),
            "said": entry.said,
            "rows": [{"key": key, "value": value} for key, value in entry.more]
            + ([{"key": "With", "value": entry.who}] if entry.who and entry.rung in WITH_WHOM else []),
            "overridden": [f"Went on although: {says} Reason: {why}" for says, why in entry.overridden],
            "paper": url_for("compliance.warning", reference=reference, number=number, entry=entry.id)
            if prints and entry.rung is Rung.WARNING
            else "",
            "vary": url_for("variations.index", reference=reference)
            if prints and entry.choice is Choice.VARY
            else "",
        }
        for entry in entries
    ]


WITH_WHOM = (Rung.ANSWER, Rung.WARNING, Rung.MEETING)


def what_next(matter: Matter, facts: Any, outcome: Outcome | None, today: date) -> dict[str, str]:
    """The usual next step, whose turn it is, and by when."""
    due = ""
    if matter.due_on is not None:
        late = " (late)" if today > matter.due_on else ""
        due = f"By {day_date(matter.due_on)}{late}"
    return {
        "says": next_step(
            matter.status, warned=facts.warned, final=facts.final, met=facts.met, outcome=outcome
        ),
        "turn": turn(matter.status),
        "due": due,
    }


def check_rows(checks: list[CurfewCheck]) -> list[dict[str, Any]]:
    """The checks of a curfew, the newest first."""
    return [
        {
            "when": clock_words(check.checked_at),
            "found": {"text": words(check.found), "tag": FOUND_TAGS[check.found]},
            "who": f"{check.officer}{f', {check.collar}' if check.collar else ''}, {check.team}",
            "step": check.step_place,
            "followed": check.followed,
            "by": f"{check.by_words}, {clock_words(check.at)}",
        }
        for check in checks
    ]


def hours_rows(hours: HoursOf) -> dict[str, Any]:
    """Hours decided and done, for each step and in all."""
    return {
        "steps": [
            {
                "what": f"{step.number}. {step.what}",
                "place": step.place or "Place not said",
                "decided": clock(60 * step.decided) if step.decided else "Not counted in hours",
                "done": clock(step.minutes),
                "sessions": step.sessions,
                "counts": "Yes" if step.capped else "No, it is rehabilitation",
            }
            for step in hours.steps
        ],
        "counted": clock(hours.counted),
        "cap": hours.cap,
        "warnings": hours.warnings,
    }


def list_rows(found: list[Waiting], today: date) -> list[dict[str, Any]]:
    """A work list."""
    return [
        {
            "href": url_for("compliance.view", reference=row.reference),
            "cells": [
                {"text": row.child_name, "hint": row.reference},
                words(row.status),
                "The police" if row.status in WITH_THE_POLICE else "The case manager",
                _due(row.due_on, today),
                long_date(row.opened_on),
            ],
        }
        for row in found
    ]


def _due(due_on: date | None, today: date) -> Any:
    if due_on is None:
        return "No date"
    return {"text": long_date(due_on), "hint": "Late" if today > due_on else ""}
