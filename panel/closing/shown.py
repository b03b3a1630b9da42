"""The end of a case as pages show it."""

from collections.abc import Sequence
from typing import Any

from panel.closing.figures import SideFigures
from panel.closing.models import ClosingSummary, CodeRelease, Completion, Feedback
from panel.closing.queries import CodeLine
from workflows.calendar import clock_words, day_date, long_date
from workflows.closing import Side
from workflows.vocabulary import words

# What each part of the summary is called on page and paper.
FILE_PARTS = (
    ("done", "What was done"),
    ("helped", "What helped"),
    ("still_open", "What is still open"),
    ("exit_services", "Services that go on"),
    ("safety", "How safe the child and others are"),
    ("if_trouble", "If there is trouble again"),
)
CHILD_PARTS = (
    ("child_done", "What you did"),
    ("child_well", "What you are good at"),
    ("child_next", "Who is there for you now"),
)
SIDES = {Side.CHILD.value: "Children", Side.PARENT.value: "Parents and carers", "victim": "Victims"}


def completion_rows(completion: Completion, *, seen: bool) -> list[dict[str, Any]]:
    """The completion read back."""
    late = "" if seen else f" They have not confirmed yet; due {day_date(completion.police_due_on)}."
    return [
        {"key": "Over since", "value": day_date(completion.completed_on)},
        {
            "key": "Everything done",
            "value": "Yes" if completion.in_full else "No, not everything was done",
        },
        {"key": "How it went", "value": completion.said},
        {"key": "Police told", "value": f"{clock_words(completion.at)}.{late}"},
        {"key": "Recorded by", "value": completion.by_words},
    ]


def release_rows(release: CodeRelease) -> list[dict[str, Any]]:
    """The release of the code read back."""
    return [
        {"key": "Released", "value": f"{clock_words(release.at)} by {release.by_words}"},
        {"key": "Evidence", "value": [f"{what}: {said}" for what, said in release.evidence]},
        {"key": "Public interest", "value": release.said},
    ]


def versions(found: Sequence[ClosingSummary]) -> list[dict[str, Any]]:
    """Every version of the summary; the newest is shown in full."""
    return [
        {
            "number": one.number,
            "by": one.by_words,
            "at": clock_words(one.at),
            "digest": one.digest,
            "rows": [
                {"key": title, "value": one.content[name]} for name, title in (*FILE_PARTS, *CHILD_PARTS)
            ],
        }
        for one in found
    ]


def feedback_cards(found: Sequence[Feedback]) -> list[dict[str, Any]]:
    """What child and parent said."""
    return [
        {
            "title": f"{words(one.side)}, {long_date(one.given_on)}",
            "rows": [{"key": question, "value": answer} for _, question, answer in one.answers]
            + ([{"key": "In their own words", "value": f"“{one.words}”"}] if one.words else [])
            + ([{"key": "Answer", "value": "They would rather not say anything"}] if one.declined else [])
            + [{"key": "How", "value": f"{words(one.means)} ({one.by_words})"}],
        }
        for one in found
    ]


def figure_cards(found: dict[str, SideFigures]) -> list[dict[str, Any]]:
    """The figures of feedback, side by side."""
    return [
        {
            "title": SIDES[side],
            "says": f"{one.asked} asked, {one.answered} answered, {one.declined} would rather not say.",
            "lines": [
                {"question": question, "counts": [f"{word}: {n}" for word, n in counts.items()]}
                for question, counts in one.lines
            ],
        }
        for side, one in found.items()
    ]


def code_rows(lines: Sequence[CodeLine], href: Any) -> list[dict[str, Any]]:
    """Cases of outcome 22 in a list."""
    return [
        {
            "href": href(line.reference),
            "cells": [
                {"text": line.child_name, "hint": line.reference},
                long_date(line.given_on) if line.given_on else "Not given",
                long_date(line.released_on) if line.released_on else "Not released",
            ],
        }
        for line in lines
    ]
