"""Asking the force: choose rows, send the letter and the table, write down what it answers."""

from typing import Any, cast

from flask import Response, current_app, flash, redirect, request, url_for
from werkzeug.datastructures import MultiDict

from panel.accounts.models import Area
from panel.db import row_at
from panel.errors import Missing
from panel.forces.models import Force
from panel.gap import asking
from panel.gap import commands as c
from panel.gap import forms as f
from panel.gap.letter import letter_pdf, table_of
from panel.gap.list_rows import list_row
from panel.gap.views import PAGE, address_of, blueprint, filter_of
from panel.history.operations import Operation
from panel.history.record import log_access
from panel.notifications.queries import phone_of
from panel.pages import page
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.web import PanelApp
from workflows.calendar import add_working_days, long_date
from workflows.flow import Refused
from workflows.gap import Group
from workflows.gap_work import ASKERS, Reply
from workflows.vocabulary import words

ONE = "/gap/queries/<reference>"
FIELDS = {
    "answered_after_asking": "answered_on",
    "not_ours_coded": "not_ours",
    "adult_by_birthday": "not_ours",
    "under_ten_by_birthday": "not_ours",
    "duplicate_named": "duplicate_of",
}
ANSWER_IN = 10


@blueprint.route("/gap/ask", methods=["GET", "POST"])
def ask() -> Any:
    """Ask the force about the rows that were picked, or about all of the figure."""
    args: MultiDict[str, str] = request.args
    found = filter_of(args)
    if found.group not in (Group.UNTOLD, Group.MISSED):
        raise Missing()
    rows = asking.to_ask(db(), found, args.getlist("pick"), today=today())
    form = f.AskForm(answer_by=add_working_days(today(), ANSWER_IN))
    if rows and (command := form.read(c.Ask, today=today())):
        made = asking.ask(db(), rows, command.answer_by, by=actor(), at=at())
        flash("The query is on record. Send the force the letter and the table.", "success")
        return redirect(url_for("gap.query", reference=made.reference), 303)
    return page(
        "gap/ask.html",
        form=form,
        rows=[list_row(row, actor(), today=today()) for row in rows],
        back={"text": "Back to the list", "href": url_for("gap.listing", **address_of(found))},
    )


@blueprint.get("/gap/queries")
def queries_index() -> Any:
    """Every query, with what the force has not answered and for how many days."""
    before = request.args.get("before", type=int)
    found = asking.queries_of(db(), actor().areas_as(*asking.READERS), limit=PAGE + 1, before=before)
    shown, more = found[:PAGE], len(found) > PAGE
    return page(
        "gap/queries.html",
        rows=[
            {
                "href": url_for("gap.query", reference=one.reference),
                "cells": [
                    one.reference,
                    long_date(one.asked_on),
                    f"{every:,}",
                    f"{open_:,}" if open_ else "None",
                    _waits((today() - one.asked_on).days) if open_ else "–",
                ],
            }
            for one, every, open_ in shown
        ],
        next_href=url_for("gap.queries_index", before=shown[-1][0].id) if more else None,
    )


def _waits(days: int) -> str:
    return "Asked today" if not days else f"{days:,} day{'' if days == 1 else 's'}"


@blueprint.get(ONE)
def query(reference: str) -> Any:
    """One query: its letter, its rows and the answers."""
    found = asking.query_for(db(), actor(), reference, at=at(), page=here())
    answers: dict[int, list[Any]] = {}
    for answer in asking.answers_of(db(), found):
        answers.setdefault(answer.row_id, []).append(answer)
    may = bool(set(ASKERS) & actor().roles_in(found.area_id))
    lines = [
        list_row(disposal, actor(), today=today())
        | {
            "answers": [
                f"{long_date(one.answered_on)}: {words(one.reply)}. {one.said}"
                for one in answers.get(row.id, [])
            ],
            "answer": url_for("gap.answer", reference=reference, number=row.id)
            if may and row.answered_on is None
            else "",
            "waits": _waits((today() - found.asked_on).days) if asking.waits(row, disposal) else "",
            "settled": asking.settled_by(row, disposal),
        }
        for row, disposal in asking.rows_of(db(), found)
    ]
    return page(
        "gap/query.html",
        query=found,
        force=row_at(db(), Force, found.force_id).name,
        lines=lines,
        open=sum(1 for line in lines if line["waits"]),
        may=may,
    )


@blueprint.route(f"{ONE}/<int(max=2147483647):number>", methods=["GET", "POST"])
def answer(reference: str, number: int) -> Any:
    """What the force answers about one disposal."""
    found = asking.query_for(db(), actor(), reference, at=at(), page=here())
    row = asking.row_for(db(), found, number)
    form = f.AnswerForm(answered_on=today())
    if command := form.read(c.AnswerOfForce, today=today()):
        try:
            asking.answer(db(), found, row, command, by=actor(), at=at())
        except Refused as refused:
            for refusal in refused.refusals:
                form.complain(FIELDS.get(refusal.name, "reply"), refusal.says)
        except Missing:
            form.complain("duplicate_of", "No other record of this area that counts has this reference")
        else:
            flash("The answer is on record.", "success")
            return redirect(url_for("gap.query", reference=reference), 303)
    line = next(d for r, d in asking.rows_of(db(), found) if r.id == row.id)
    return page(
        "gap/answer.html",
        form=form,
        row=list_row(line, actor(), today=today()),
        settled=row.answered_on is not None,
        unknown=words(Reply.UNKNOWN),
        back={"text": "Back to the query", "href": url_for("gap.query", reference=reference)},
    )


@blueprint.get(f"{ONE}/letter.pdf")
def letter(reference: str) -> Response:
    """The letter to the force."""
    found = asking.query_for(db(), actor(), reference, at=at(), page=here())
    rows = [disposal for _, disposal in asking.rows_of(db(), found)]
    force, area = row_at(db(), Force, found.force_id), row_at(db(), Area, found.area_id)
    demo = cast(PanelApp, current_app).settings.demo
    phone = phone_of(db(), area.id)
    data = letter_pdf(found, rows, force=force.name, area=area, phone=phone, demo=demo)
    return _given_out(found, data, "application/pdf", f"query-{reference}.pdf")


@blueprint.get(f"{ONE}/rows.csv")
def rows_csv(reference: str) -> Response:
    """The table that the force fills in."""
    found = asking.query_for(db(), actor(), reference, at=at(), page=here())
    rows = [disposal for _, disposal in asking.rows_of(db(), found)]
    return _given_out(found, table_of(rows), "text/csv; charset=utf-8", f"query-{reference}.csv")


def _given_out(found: Any, data: bytes, kind: str, name: str) -> Response:
    chain = asking.query_chain(found.id)
    to = row_at(db(), Force, found.force_id).name
    log_access(db(), Operation.DISCLOSURE, chain, by=actor(), at=at(), page=here(), recipients=to)
    response = Response(data, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
