"""What a board member reads of the gap."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import request, url_for

from config.metrics import definitions
from config.policy import number
from panel.access import Actor
from panel.errors import Missing
from panel.gap.board import BoardGap, board_gap, told_with
from panel.gap.queries import home_counted
from panel.gap.words import given, when
from panel.home.tile import Asked, counting
from panel.metrics.pinned import GAP, other, quarters_of, readings, shown_of
from panel.pages import page
from panel.request import actor as who
from panel.request import db as session
from panel.request import today as day
from workflows.gap import DEFINITIONS, Basis, per_cent
from workflows.metrics import numbers_shown
from workflows.periods import quarter_of
from workflows.quarters import Quarter
from workflows.roles import Role
from workflows.small_numbers import Line
from workflows.vocabulary import Outcome, words

QUARTERS = 8
WITHHELD = "withheld"


def board_page() -> Any:
    """The community resolutions of a quarter whose pack is published, in totals."""
    area_id = who().areas_as(Role.BOARD)[0]
    listed = quarters_of(session(), area_id, most=QUARTERS)
    asked = request.args.get("quarter", "")
    wanted = Quarter.read(asked) if asked else next(iter(listed), None)
    if asked and wanted not in listed:
        raise Missing()
    row = other(session(), area_id, wanted, GAP) if wanted else None
    least = number("small_number_threshold", day())
    found = _read(area_id, wanted, row.content, least) if row and wanted else None
    return page(
        "home/gap.html",
        area_name=who().area_names[area_id],
        outcome=words(Outcome.CR),
        lead=_lead(wanted, found),
        covers=found.covers if found else "",
        taken_on=row.taken_on if row else None,
        definition=f"Rate {DEFINITIONS[Basis.LISTED].words}",
        least=least,
        quarters=[_choice(one, current=one == wanted) for one in listed],
        tables=[_table(title, lines) for title, lines in found.breakdowns.items()] if found else [],
    )


def _read(area_id: int, quarter: Quarter, content: Mapping[str, Any], least: int) -> BoardGap:
    """The gap beside everything else that the board reads of the quarter."""
    reading = readings(session(), area_id, quarter, 1).get(quarter)
    told = told_with(content)
    if reading is None:
        return board_gap(content, least, told, told.numbers)
    shown = numbers_shown(shown_of(reading, definitions(day()), quarter, least))
    return board_gap(content, least, told, [*told.numbers, *shown])


def _lead(quarter: Quarter | None, found: BoardGap | None) -> str:
    if quarter is None:
        return (
            "No pack is published yet: the figures of a quarter are shown from the day on which its pack is."
        )
    period = quarter_of(quarter.first)
    if found is None:
        return f"{when(period)} the force had sent no list when the pack was published."
    whole = found.total
    if whole is None:
        return f"{when(period)} the numbers are too small to be shown."
    share = per_cent(whole.part, whole.whole)
    return (
        f"{given(period, whole.whole, Outcome.CR)} We were not told about {whole.part:,} of them ({share})."
    )


def _choice(one: Quarter, *, current: bool) -> dict[str, Any]:
    return {"text": one.words, "href": url_for("home.gap", quarter=one.key), "current": current}


def _table(title: str, lines: Any) -> dict[str, Any]:
    return {"title": title, "rows": [{"name": name, "cells": _cells(line)} for name, line in lines.items()]}


def _cells(line: Line | None) -> list[str]:
    if line is None:
        return [WITHHELD] * 3
    return [f"{line.whole:,}", f"{line.part:,}", per_cent(line.part, line.whole)]


def manager_counts(actor: Actor, *, today: date) -> list[Asked]:
    """What a manager sees first: disposals of which nobody told us, and answers that the force owes us."""
    if Role.YOT_MANAGER not in actor.roles:
        return []
    untold, owed = home_counted(actor, today=today)
    listing, asked = url_for("gap.listing"), url_for("gap.queries_index")
    hint = "On the force's list: open a late referral, or ask"
    return [
        counting(untold, "Disposals of which we were not told", listing, hint, warns=True),
        counting(owed, "Answers that the force owes us", asked, "Disposals that we asked about"),
    ]
