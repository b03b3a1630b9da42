"""Actions as the pages show them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import url_for

from panel.agreed_actions.queries import Line
from panel.referrals.words import Tag
from workflows.action import Status
from workflows.calendar import long_date

STATUS: dict[Status, Tag] = {
    Status.NEW: Tag("Being written", "grey"),
    Status.OPEN: Tag("Open", "blue"),
    Status.DONE: Tag("Done", "green"),
    Status.DROPPED: Tag("Dropped", "grey"),
}
LATE = Tag("Late", "red")


def tag_of(status: Status, due_on: date, today: date) -> Tag:
    """Where an action stands, in a word and a colour."""
    return LATE if status is Status.OPEN and due_on < today else STATUS[status]


def owner_words(line: Line) -> str:
    """Who does it, and who chases them."""
    outside = line.action.outside_owner
    return f"{outside} (chased by {line.holder})" if outside else line.holder


def action_row(line: Line, today: date) -> dict[str, Any]:
    """One action in a list."""
    action, tag = line.action, tag_of(line.action.status, line.action.due_on, today)
    case = f", case {line.case}" if line.case else ""
    return {
        "href": url_for("actions.view", reference=action.reference),
        "cells": [
            {"text": action.what, "hint": f"{action.reference}{case}"},
            owner_words(line),
            long_date(action.due_on),
            {"text": tag.text, "tag": tag.colour},
        ],
    }


def at_meeting(lines: Sequence[Line], meeting: str, today: date) -> list[dict[str, Any]]:
    """The open actions as the meeting goes through them, each with what can be done with it there."""
    return [
        action_row(line, today)
        | {
            "reference": line.action.reference,
            "done": url_for("actions.do", reference=line.action.reference, meeting=meeting),
            "carry": url_for("actions.carry", reference=line.action.reference, meeting=meeting),
        }
        for line in lines
    ]
