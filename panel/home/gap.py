"""What a board member reads of the gap."""

from datetime import date, timedelta
from typing import Any

from flask import request, url_for
from sqlmodel import Session

from panel.access import Actor
from panel.counting import up_to
from panel.errors import Missing
from panel.gap.board import BoardGap, board_gap
from panel.gap.queries import home_counts
from panel.gap.words import given, when
from panel.pages import page
from panel.request import actor as who
from panel.request import db as session
from panel.request import today as day
from workflows.gap import DEFINITIONS, Basis, per_cent
from workflows.periods import Cover, Period, quarter_of, quarters
from workflows.roles import Role
from workflows.small_numbers import Line
from workflows.vocabulary import Outcome, words

QUARTERS = 8
ToldTile = tuple[str, str, str, str, str]
WITHHELD = "withheld"


def board_page() -> Any:
    """The community resolutions of a quarter that is over, in totals."""
    over = quarters(quarter_of(day()).first - timedelta(days=1), QUARTERS)
    wanted = request.args.get("quarter", over[0].first.isoformat())
    period = next((one for one in over if one.first.isoformat() == wanted), None)
    if period is None:
        raise Missing()
    area_id = who().areas_as(Role.BOARD)[0]
    found = board_gap(session(), area_id, Outcome.CR, period, today=day())
    empty = found.coverage.cover is Cover.NONE or found.total is None
    return page(
        "home/gap.html",
        area_name=who().area_names[area_id],
        outcome=words(Outcome.CR),
        lead=_lead(found),
        covers=found.coverage.sentence,
        definition=f"Rate {DEFINITIONS[Basis.LISTED].words}",
        least=found.least,
        quarters=_choices(over, period),
        tables=[] if empty else [_table(title, lines) for title, lines in found.breakdowns.items()],
    )


def _lead(found: BoardGap) -> str:
    period, whole = found.coverage.period, found.total
    if found.coverage.cover is Cover.NONE:
        return found.coverage.sentence
    if whole is None:
        return f"{when(period)} the numbers are too small to be shown."
    share = per_cent(whole.part, whole.whole)
    return (
        f"{given(period, whole.whole, Outcome.CR)} We were not told about {whole.part:,} of them ({share})."
    )


def _choices(over: list[Period], period: Period) -> list[dict[str, Any]]:
    return [
        {
            "text": one.words,
            "href": url_for("home.gap", quarter=one.first.isoformat()),
            "current": one == period,
        }
        for one in over
    ]


def _table(title: str, lines: Any) -> dict[str, Any]:
    return {"title": title, "rows": [{"name": name, "cells": _cells(line)} for name, line in lines.items()]}


def _cells(line: Line | None) -> list[str]:
    if line is None:
        return [WITHHELD] * 3
    return [f"{line.whole:,}", f"{line.part:,}", per_cent(line.part, line.whole)]


def manager_counts(db: Session, actor: Actor, *, today: date) -> list[ToldTile]:
    """What a manager sees first: disposals of which nobody told us, and answers that the force owes us."""
    if Role.YOT_MANAGER not in actor.roles:
        return []
    untold, owed = home_counts(db, actor, today=today)
    many = up_to(untold)
    hint, tone = "On the force's list: open a late referral, or ask", "warn" if untold else "normal"
    asked = url_for("gap.queries_index")
    return [
        (many, "Disposals of which we were not told", url_for("gap.listing"), hint, tone),
        (f"{owed:,}", "Answers that the force owes us", asked, "Disposals that we asked about", "normal"),
    ]
