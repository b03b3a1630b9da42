"""Rounds and their cases as the rows of a table."""

from collections.abc import Sequence
from typing import Any

from flask import url_for

from panel.referrals.words import Tag
from panel.scrutiny.models import SampledCase, ScrutinyRound, ScrutinyScore
from workflows.calendar import long_date
from workflows.scrutiny import CaseStatus, RoundStatus
from workflows.vocabulary import words

ROUND_COLOURS = {
    RoundStatus.NEW: "grey",
    RoundStatus.DRAWN: "yellow",
    RoundStatus.SCORING: "blue",
    RoundStatus.FINISHED: "green",
    RoundStatus.DROPPED: "grey",
}
CASE_COLOURS = {
    CaseStatus.DRAWN: "yellow",
    CaseStatus.CLEARED: "blue",
    CaseStatus.EXCLUDED: "grey",
    CaseStatus.FOUND: "purple",
    CaseStatus.FED_BACK: "green",
}


def tag_of(drawn: ScrutinyRound) -> Tag:
    """Where a round stands."""
    return Tag(words(drawn.status), ROUND_COLOURS[drawn.status])


def round_row(drawn: ScrutinyRound, href: str) -> dict[str, Any]:
    """One round in a list."""
    tag = tag_of(drawn)
    return {
        "href": href,
        "cells": [
            {"text": f"{long_date(drawn.since)} to {long_date(drawn.until)}", "hint": drawn.reference},
            long_date(drawn.drawn_at.date()),
            {"text": tag.text, "tag": tag.colour},
        ],
    }


def case_row(
    drawn: ScrutinyRound, case: SampledCase, scores: Sequence[ScrutinyScore], *, manages: bool
) -> dict[str, Any]:
    """One case of a round with what its manager can do with it; no name and no reference of the case."""

    def at(endpoint: str) -> str:
        return url_for(f"scrutiny.{endpoint}", reference=drawn.reference, number=case.place)

    clearing = manages and drawn.status is RoundStatus.DRAWN
    running = manages and drawn.status in (RoundStatus.DRAWN, RoundStatus.SCORING)
    waits = case.status in (CaseStatus.DRAWN, CaseStatus.CLEARED)
    links = []
    if clearing and waits:
        links.append(("Read and clear", at("clear")))
    if running and waits:
        links.append(("Leave out", at("exclude")))
    if manages and case.status is CaseStatus.FOUND:
        links.append(("Feed the learning back", at("feed_back")))
    return {
        "number": case.place,
        "outcome": words(case.stratum),
        "why": case.flag or ("Replaces another" if case.replaces_id else "By lot"),
        "tag": {"text": words(case.status), "tag": CASE_COLOURS[case.status], "hint": case.reason},
        "scores": sum(row.case_id == case.id for row in scores),
        "finding": words(case.finding) if case.finding else None,
        "links": links,
    }
