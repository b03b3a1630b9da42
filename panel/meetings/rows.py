"""Meetings and their agendas as the rows of a table."""

from datetime import date
from typing import Any

from flask import url_for

from panel.meetings.agenda import Place
from panel.meetings.people import Invitee, Outsider
from panel.meetings.queries import Planned
from panel.meetings.ready import Waiting
from panel.meetings.words import REPLY, REPLY_COLOUR, STATUS, count_words, place_words, when_words
from workflows.calendar import long_date
from workflows.meeting import Reply, Status
from workflows.roles import INVITED_WORDS, SEAT_WORDS
from workflows.vocabulary import words


def meeting_row(planned: Planned) -> dict[str, Any]:
    """One meeting in a list."""
    meeting, tag = planned.meeting, STATUS[planned.meeting.status]
    return {
        "href": url_for("meetings.view", reference=meeting.reference),
        "cells": [
            {"text": when_words(meeting.held_on, meeting.starts_at), "hint": meeting.reference},
            place_words(meeting.location, meeting.joining),
            count_words(planned.cases, "case").capitalize(),
            {"text": tag.text, "tag": tag.colour},
        ],
    }


def case_row(place: Place) -> dict[str, Any]:
    """One case on an agenda."""
    return {
        "href": url_for("decisions.view", reference=place.reference),
        "cells": [
            {"text": f"{place.number}. {place.child_name}", "hint": _hint(place)},
            f"{place.starts:%H:%M}" if place.starts else None,
            {"text": words(place.recommended)} if place.recommended else None,
            {"text": words(place.outcome)} if place.outcome else None,
            {"text": place.status.text, "tag": place.status.colour},
        ],
    }


def _hint(place: Place) -> str:
    return f"{place.reference}, {place.presents} presents" if place.presents else place.reference


def seat_row(one: Invitee, status: Status, stands_for: str) -> dict[str, Any]:
    """One person in a seat: what they answered, or whether they came, and for whom they stand in."""
    deputy = f"Deputy: {one.deputy}" if one.deputy else "No deputy"
    deputy = f"Stands in for {stands_for}" if stands_for else deputy
    return {
        "seat": SEAT_WORDS[one.seat],
        "name": one.name,
        "deputy": deputy if status is Status.PLANNED else "",
        "state": _state(one, status),
    }


def _state(one: Invitee, status: Status) -> dict[str, str]:
    if status is Status.CANCELLED:
        return {"text": "Not needed", "tag": "grey"}
    if status is Status.PLANNED:
        return {"text": REPLY[one.reply], "tag": REPLY_COLOUR[one.reply]}
    return {"text": "Here", "tag": "green"} if one.present else {"text": "Not here", "tag": "grey"}


def guest_row(one: Outsider) -> dict[str, Any]:
    """One person from outside, and what the other answers are."""
    return {
        "id": one.person_id,
        "name": one.name,
        "agency": INVITED_WORDS[one.agency],
        "state": {"text": REPLY[one.reply], "tag": REPLY_COLOUR[one.reply]},
        "others": [(reply.value, REPLY[reply]) for reply in Reply if reply is not one.reply],
    }


def waiting_row(one: Waiting, today: date) -> dict[str, Any]:
    """One case that waits for a meeting."""
    due = f"Nearest deadline {long_date(one.due_on)}" if one.due_on else "No deadline"
    late = ", which has passed" if one.due_on and one.due_on < today else ""
    again = ". The panel put it off before" if one.deferred else ""
    return {
        "reference": one.reference,
        "href": url_for("cases.overview", reference=one.reference),
        "label": f"{one.child_name} ({one.reference})",
        "hint": due + late + again,
        "missing": [refusal.says for refusal in one.missing],
        "soft": bool(one.missing) and not any(refusal.hard for refusal in one.missing),
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
    where = place_words(meeting.location, meeting.joining)
    return f"{when}, {where} ({count_words(planned.cases, 'case')} of {meeting.capacity} so far)"
