"""Lists of police disposals, and the list of open cases for the force."""

import csv
import io
from collections.abc import Sequence
from typing import Any, TypeVar

from flask import Response, flash, redirect, request, url_for

from panel.access import Actor
from panel.cells import plain
from panel.counting import up_to
from panel.errors import Missing
from panel.forces.queries import force_chain, force_of
from panel.forms import offer
from panel.history.operations import Operation
from panel.history.record import log_access, note
from panel.pages import page
from panel.police import forms as f
from panel.police import listing, words
from panel.police.known import OpenChild, children_with_open_cases
from panel.police.listing import Show
from panel.police.models import PoliceDisposal
from panel.police.view_commands import Purpose
from panel.police.views import blueprint
from panel.request import actor, at, db, today
from panel.request import page as here
from workflows.calendar import long_date
from workflows.police import POLICE_OUTCOMES, Notice
from workflows.roles import Role
from workflows.vocabulary import Outcome
from workflows.vocabulary import words as said

W = TypeVar("W", Outcome, Notice)
SHOWN = {
    Show.UNREAD: ("Not acknowledged", "Everything that the police told us has been acknowledged."),
    Show.EXCEPTIONS: (
        "Exceptions",
        "No exception to the joint policy is on record. One is made when a disposal is given without the YOT "
        "although the joint policy asks for it.",
    ),
    Show.TOLD: (
        "Told by the police",
        "The police have told us of no disposal that they gave by themselves. That need not mean that there "
        "was none.",
    ),
    Show.ALL: ("All", "No disposal of the police is on record here."),
}
FLAGS = (Role.YOT_MANAGER, Role.SECONDED)
MOST_EXPORTED = 5000


@blueprint.get("/police-disposals")
def index() -> Any:
    """Disposals that the police told us of, the newest first."""
    show = _one_of(Show, request.args.get("show") or Show.UNREAD.value)
    outcome, state = _chosen(Outcome, "outcome"), _chosen(Notice, "state")
    where = listing.filtered(actor(), show, outcome=outcome, state=state, today=today())
    found, more = listing.listed(db(), where, before=before())
    kept: dict[str, Any] = {
        "outcome": outcome.value if outcome else None,
        "state": state.value if state else None,
    }
    narrowed = bool(outcome or state)
    whole = show is Show.UNREAD and not narrowed
    number = listing.count_unread(db(), actor()) if whole else listing.count(db(), where)
    return page(
        "police/index.html",
        show=show,
        title=SHOWN[show][0],
        empty="Nothing on this list fits. Choose all outcomes and all states to see the whole list."
        if narrowed
        else SHOWN[show][1],
        lists=[
            (one, text, url_for("police.index", show=one.value, **kept)) for one, (text, _) in SHOWN.items()
        ],
        rows=rows_of(found),
        total=_counted(number),
        outcomes=[(one.value, said(one)) for one in POLICE_OUTCOMES],
        states=[(one.value, said(one)) for one in Notice],
        kept=kept,
        flags=bool(actor().roles & set(FLAGS)),
        onward=url_for("police.index", show=show.value, before=more, **kept) if more else None,
        first=url_for("police.index", show=show.value, **kept) if before() else None,
    )


def _counted(number: int) -> str:
    return f"{up_to(number)} disposal{'' if number == 1 else 's'}"


def _one_of(kind: Any, value: str) -> Any:
    try:
        return kind(value)
    except ValueError:
        raise Missing() from None


def _chosen(kind: type[W], name: str) -> W | None:
    value = request.args.get(name, "")
    found: W | None = _one_of(kind, value) if value else None
    return found


def before() -> int | None:
    """The key behind which this page of a list goes on."""
    text = request.args.get("before", "")
    return min(int(text), 2**31 - 1) if text.isascii() and text.isdigit() else None


def rows_of(found: Sequence[PoliceDisposal]) -> list[dict[str, Any]]:
    """The lines of a list."""
    return [
        {
            "href": url_for("police.view", reference=row.reference),
            "cells": [
                {"text": f"{row.given_name} {row.surname}", "hint": row.reference},
                {
                    "text": said(row.outcome),
                    "hint": "Exception to the joint policy" if row.exception else "",
                },
                long_date(row.given_on),
                words.tag_of(row, today()),
            ],
        }
        for row in found
    ]


@blueprint.get("/police-disposals/told")
def mine() -> Any:
    """What this person told the YOT, the newest first."""
    found, more = listing.listed(db(), listing.told_by(actor()), before=before())
    return page(
        "police/mine.html",
        rows=rows_of(found),
        onward=url_for("police.mine", before=more) if more else None,
        first=url_for("police.mine") if before() else None,
    )


@blueprint.route("/police-disposals/open-cases", methods=["GET", "POST"])
def open_cases() -> Any:
    """Children with an open case, for the flags of the force: a table, once somebody said for what."""
    areas = [(area, actor().area_names[area]) for area in actor().areas_as(*FLAGS)]
    form = f.PurposeForm(data={"area_id": str(areas[0][0])})
    offer(form.area_id, areas)
    command = form.read(Purpose)
    if command and command.area_id not in dict(areas):
        form.complain("area_id", "Choose the area")
        command = None
    if command is None:
        return page("police/open_cases.html", form=form, several=len(areas) > 1)
    force = force_of(db(), command.area_id)
    children = children_with_open_cases(db(), command.area_id, most=MOST_EXPORTED)
    if force is None or not children:
        flash("No force is named for the area." if force is None else "No child has an open case now.")
        return redirect(url_for("police.open_cases"), 303)
    recipients = f"{force.name}, {command.recipient}: {command.purpose}"
    facts = {"count": str(len(children)), "purpose": f"{command.recipient}: {command.purpose}"}
    note(db(), "force.open_cases", chain=force_chain(force.id), by=actor(), at=at(), facts=facts)
    _disclose(children, actor(), recipients)
    response = Response(_table(children), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="open-cases.csv"'
    return response


def _disclose(children: Sequence[OpenChild], by: Actor, recipients: str) -> None:
    for child in children:
        subject = f"child:{child.child_id}"
        log_access(db(), Operation.DISCLOSURE, subject, by=by, at=at(), page=here(), recipients=recipients)


def _table(children: Sequence[OpenChild]) -> str:
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow(["last name", "first names", "date of birth", "PNC ID", "case manager", "office phone"])
    for one in children:
        row = [one.surname, one.given_name, one.date_of_birth, one.pnc_id, one.case_manager, one.phone]
        table.writerow([plain(str(cell)) for cell in row])
    return file.getvalue()
