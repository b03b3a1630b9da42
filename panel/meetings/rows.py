"""Meetings and their agendas as the rows of a table."""

from typing import Any

from flask import url_for

from panel.meetings.agenda import Place
from panel.meetings.queries import Planned
from panel.meetings.words import STATUS, count_words, when_words
from workflows.vocabulary import words


def meeting_row(planned: Planned) -> dict[str, Any]:
    """One meeting in a list."""
    meeting, tag = planned.meeting, STATUS[planned.meeting.status]
    return {
        "href": url_for("meetings.view", reference=meeting.reference),
        "cells": [
            {"text": when_words(meeting.held_on, meeting.starts_at), "hint": meeting.reference},
            meeting.location,
            count_words(planned.cases, "case").capitalize(),
            {"text": tag.text, "tag": tag.colour},
        ],
    }


def case_row(place: Place) -> dict[str, Any]:
    """One case on an agenda."""
    return {
        "href": url_for("decisions.view", reference=place.reference),
        "cells": [
            {"text": f"{place.number}. {place.child_name}", "hint": place.reference},
            {"text": words(place.recommended)} if place.recommended else None,
            {"text": words(place.outcome)} if place.outcome else None,
            {"text": place.status.text, "tag": place.status.colour},
        ],
    }


def agenda_words(shown: int, total: int) -> str:
    """How many cases are on the agenda, and how many of them the reader may see."""
    said = f"{count_words(total, 'case')} on the agenda"
    if shown < total:
        said += f", {shown or 'none'} of them yours to see"
    return said[0].upper() + said[1:]


def choice_words(planned: Planned) -> str:
    """One meeting as a choice."""
    meeting = planned.meeting
    when = when_words(meeting.held_on, meeting.starts_at)
    return f"{when}, {meeting.location} ({count_words(planned.cases, 'case')} so far)"
