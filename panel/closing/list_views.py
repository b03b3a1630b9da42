"""Lists of the end: outcome 22 and its code, the export for the police, the figures of feedback."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from flask import Response, request, url_for

from panel.cells import plain
from panel.closing import queries, shown
from panel.closing.figures import figures as counted
from panel.closing.views import blueprint
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import case_chain, log_access
from panel.pages import page
from panel.request import actor, at, db, today
from panel.request import page as here

PAGE = 25
AT_ONCE = 500


@blueprint.get("/code-22")
def codes() -> Any:
    """Cases of outcome 22: ready for the code, not yet, released."""
    name, after = request.args.get("list", queries.READY), request.args.get("after", "")
    if name not in queries.CODE_LISTS:
        raise Missing()
    start = min(int(after), 2**31 - 1) if after.isascii() and after.isdigit() else 0
    found = queries.code_lines(db(), actor(), name, limit=PAGE + 1, after=start)
    more = len(found) > PAGE
    return page(
        "closing/codes.html",
        title=queries.CODE_LISTS[name],
        rows=shown.code_rows(found[:PAGE], lambda reference: url_for("closing.view", reference=reference)),
        lists=[
            {"text": text, "href": url_for("closing.codes", list=key), "current": key == name}
            for key, text in queries.CODE_LISTS.items()
        ],
        released=name == queries.RELEASED,
        next_href=url_for("closing.codes", list=name, after=found[PAGE - 1].referral_id) if more else None,
    )


@blueprint.get("/code-22.csv")
def export() -> Any:
    """The crimes whose code 22 is released, all of them, as a table for the police; no name of a child."""
    file, last = io.StringIO(), 0
    table = csv.writer(file)
    table.writerow(["reference", "crime", "outcome code", "given on", "released on"])
    while lines := queries.code_lines(db(), actor(), queries.RELEASED, limit=AT_ONCE, after=last):
        table.writerows(_crimes(lines))
        last = lines[-1].referral_id
    response = Response(file.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="code-22.csv"'
    return response


def _crimes(lines: list[queries.CodeLine]) -> Iterator[list[Any]]:
    """A row for each crime of these cases; each case that leaves has its line in the access log."""
    crimes = queries.crime_references(db(), [line.referral_id for line in lines])
    for line in lines:
        for crime in crimes[line.referral_id]:
            yield [line.reference, plain(crime), "22", line.given_on, line.released_on]
        chain = case_chain(line.referral_id)
        log_access(
            db(), Operation.DISCLOSURE, chain, by=actor(), at=at(), page=here(), recipients=actor().name
        )


@blueprint.get("/feedback")
def figures() -> Any:
    """What children, parents and victims said in a year, in counts."""
    return page("closing/figures.html", cards=shown.figure_cards(counted(db(), actor(), today=today())))
