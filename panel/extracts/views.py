"""Extracts: what was taken, taking one with or without personal data, and the manifest of each."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, request, send_file, url_for

from config.extract_fields import authority, items, not_supplied
from panel.errors import Missing
from panel.extracts import commands as c
from panel.extracts import forms as f
from panel.extracts.making import extract_for, made_by, make
from panel.pages import page
from panel.request import actor, at, db, today
from workflows.calendar import clock_words, long_date
from workflows.extracts import TAKERS, Kind
from workflows.periods import Period, quarter_of
from workflows.vocabulary import words

blueprint = Blueprint("extracts", __name__)
PAGE = 25


@blueprint.get("/extracts")
def index() -> Any:
    """Every extract that was taken, and the two ways to take one."""
    after = request.args.get("after", type=int)
    found = made_by(db(), actor(), limit=PAGE + 1, after=after)
    shown = found[:PAGE]
    return page(
        "extracts/index.html",
        rows=[_row(one) for one in shown],
        next_href=url_for("extracts.index", after=shown[-1].id) if len(found) > PAGE else None,
    )


def _row(one: Any) -> dict[str, Any]:
    period = Period(one.first_on, one.last_on)
    return {
        "href": url_for("extracts.view", extract=one.reference),
        "cells": [
            {"text": one.reference, "hint": clock_words(one.at)},
            f"{words(one.basis)}, {period.words}",
            {"text": "With personal data" if one.named else "Without names", "tag": _colour(one.named)},
            f"{one.cases:,} cases",
            one.by_words,
        ],
    }


def _colour(named: bool) -> str:
    return "orange" if named else "blue"


@blueprint.get("/extracts/<extract>")
def view(extract: str) -> Any:
    """What left the service, why, for whom, and what its fields mean."""
    found = extract_for(db(), actor(), extract)
    return page(
        "extracts/view.html",
        extract=found,
        period=Period(found.first_on, found.last_on).words,
        when=clock_words(found.at),
        kind=words(Kind(found.kind)),
        back={"text": "Extracts", "href": url_for("extracts.index")},
    )


@blueprint.route("/extracts/without-names", methods=["GET", "POST"], endpoint="take")
def take() -> Any:
    """Cases without anything that names a child."""
    return _take(named=False)


@blueprint.route("/extracts/with-personal-data", methods=["GET", "POST"], endpoint="take_named")
def take_named() -> Any:
    """Cases with names, birthdays and exact days."""
    return _take(named=True)


def area() -> int:
    """The area of the extract: of several the one in the address. Raises `Missing`."""
    held, wanted = actor().areas_as(*TAKERS), request.args.get("area", type=int)
    if wanted is not None and wanted not in held:
        raise Missing()
    return wanted or held[0]


def _take(*, named: bool) -> Any:
    last = quarter_of(quarter_of(today()).first - timedelta(days=1))
    form, here = f.TakeForm(data={"first": last.first, "last": last.last}), area()
    if command := form.read(c.Take, today=today()):
        made = make(db(), here, command, named=named, by=actor(), at=at())
        response: Response = send_file(
            made.file, mimetype="application/zip", as_attachment=True, download_name=_name(made.row)
        )
        response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Location"] = url_for("extracts.view", extract=made.row.reference)
        return response
    return page(
        "extracts/take.html",
        form=form,
        named=named,
        area=actor().area_names[here],
        areas=[(one, actor().area_names[one]) for one in actor().areas_as(*TAKERS) if one != here],
        items=items(named=named),
        authority=authority(),
        left_out=not_supplied(),
        since=long_date(today()),
        back={"text": "Extracts", "href": url_for("extracts.index")},
    )


def _name(row: Any) -> str:
    more = "-with-personal-data" if row.named else ""
    return f"cases-{row.first_on}-to-{row.last_on}{more}-{row.reference}.zip"
