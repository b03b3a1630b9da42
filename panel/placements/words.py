"""What people read of a placement."""

from typing import Any

from flask import url_for

from panel.placements.models import Placement
from workflows.calendar import long_date
from workflows.placements import ORDER, Weekday
from workflows.vocabulary import words


def when_words(place: Placement) -> str:
    """Its days and times."""
    days = sorted((Weekday(day) for day in place.days), key=ORDER.index)
    return f"{', '.join(words(day) for day in days)}, {place.starts_at:%H:%M} to {place.ends_at:%H:%M}"


def list_row(place: Placement, taken: int) -> dict[str, Any]:
    """A line of the list."""
    free = max(place.capacity - taken, 0)
    return {
        "href": url_for("placements.view", number=place.id),
        "cells": [
            {"text": place.name, "hint": place.work},
            when_words(place),
            "Girls only" if place.girls_only else "Girls and boys",
            f"From {place.min_age}",
            {"text": f"{free} of {place.capacity} free", "tag": "green" if free else "red"},
        ],
    }


def details(place: Placement, taken: int, today: Any) -> list[dict[str, Any]]:
    """The whole of a placement for staff."""
    due = place.risk_review_due
    late = due is None or due < today
    return [
        {"key": "Address", "value": place.address},
        {"key": "Work", "value": place.work},
        {"key": "Open", "value": when_words(place)},
        {"key": "Weekend", "value": "Yes" if place.weekend else "No"},
        {"key": "Who may come", "value": "Girls only" if place.girls_only else "Girls and boys"},
        {"key": "Youngest age", "value": str(place.min_age)},
        {"key": "Places", "value": f"{place.capacity} in a session, {taken} taken today"},
        {"key": "Supervision", "value": f"{place.supervisor}, {place.ratio}"},
        {"key": "Risks", "value": place.risks or "Nothing is written"},
        {"key": "Risks last assessed", "value": _day(place.risk_assessed_on, "Not assessed")},
        {
            "key": "To be looked at again",
            "value": _day(due, "No day is set") + (" (overdue)" if late else ""),
        },
        {"key": "Contact, for staff only", "value": place.contact or "None is written"},
        {"key": "In the register", "value": f"From {long_date(place.active_from)}{_until(place)}"},
    ]


def _day(day: Any, none: str) -> str:
    return long_date(day) if day else none


def _until(place: Placement) -> str:
    return f" until {long_date(place.active_until)}" if place.active_until else ", without an end"
