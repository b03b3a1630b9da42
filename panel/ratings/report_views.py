"""The report of a self-inspection: read, edited, published, taken away as a file."""

from typing import Any, cast

from flask import Response, current_app, flash, redirect, url_for

from panel.documents.typst import IncompletePaper
from panel.errors import Missing, expect_version
from panel.history.operations import Operation
from panel.history.record import log_access
from panel.pages import page
from panel.ratings import commands as c
from panel.ratings import forms as f
from panel.ratings import queries, report
from panel.ratings.drafting import drafted
from panel.ratings.models import SelfInspection
from panel.ratings.views import blueprint, inspection, manages, standing_of
from panel.ratings.words import PUBLISHED_HEAD
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.troubles import refusal_items
from panel.web import PanelApp
from workflows.calendar import clock_words, today_in_london

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HELD: dict[str, Any] = {"published_head": PUBLISHED_HEAD, "names": report.TEXT_NAMES}


@blueprint.get("/ratings/<reference>/report")
def read(reference: str) -> Any:
    """The report as it would be published now, its drafts and its versions."""
    row = inspection(reference)
    return page(
        "ratings/report.html",
        row=row,
        found=report.report_of(db(), row, at=at()),
        number=0,
        drafts=queries.drafts(db(), row),
        versions=queries.versions(db(), row),
        against=refusal_items(report.against_publishing(db(), row, at=at())),
        press=f.PressForm(formdata=None, version=row.version) if manages(row) else None,
        intact=True,
        **HELD,
    )


@blueprint.get("/ratings/<reference>/report/versions/<int(max=2147483647):number>")
def version(reference: str, number: int) -> Any:
    """A published report as it was pinned."""
    row = inspection(reference)
    held = queries.version_at(db(), row, number)
    return page(
        "ratings/report.html",
        row=row,
        found=report.of_version(held),
        number=number,
        drafts=[],
        versions=queries.versions(db(), row),
        against=[],
        press=None,
        intact=report.intact(held),
        **HELD,
    )


@blueprint.get("/ratings/<reference>/report/drafts/<int(max=2147483647):number>")
def draft(reference: str, number: int) -> Any:
    """A draft as it was saved."""
    row = inspection(reference)
    held = queries.draft_at(db(), row, number)
    said = f"Saved by {held.by_words} on {clock_words(held.at)}"
    return page("ratings/draft.html", row=row, held=held, said=said, names=report.TEXT_NAMES)


@blueprint.route("/ratings/<reference>/report/edit", methods=["GET", "POST"])
def edit(reference: str) -> Any:
    """Edit the words of the report; each time they are saved is a draft of its own."""
    row = inspection(reference)
    fresh = drafted(db(), row, standing_of(row))
    saved = next(iter(queries.drafts(db(), row)), None)
    first = fresh if saved is None else saved.texts
    form = f.TextsForm(data=first, version=row.version)
    command = form.read(c.Texts)
    if command and (said := report.told_in(db(), row, command)):
        for name, sentence in said.items():
            form.complain(name, sentence)
        command = None
    if command:
        expect_version(row, form.seen, {**first, "version": row.version})
        kept = report.save(db(), row, command, by=actor(), at=at())
        flash(f"Draft {kept.number} is saved. The ones before are kept.", "success")
        return redirect(url_for("ratings.read", reference=reference), 303)
    shown = fresh if saved is not None else None
    return page("ratings/edit.html", form=form, row=row, fresh=shown, names=report.TEXT_NAMES)


@blueprint.post("/ratings/<reference>/report/publish")
def publish(reference: str) -> Any:
    """Pin the report with its digest."""
    row = inspection(reference)
    made = report.publish(db(), row, seen=f.PressForm().seen, by=actor(), at=at())
    flash(f"Version {made.number} is published and does not change any more.", "success")
    return redirect(url_for("ratings.version", reference=reference, number=made.number), 303)


@blueprint.get("/ratings/<reference>/report/<int(max=2147483647):number>.pdf")
def printed(reference: str, number: int) -> Any:
    """The report as an accessible PDF; 0 is the draft."""
    row = inspection(reference)
    found, day = _held(row, number)
    demo = cast(PanelApp, current_app).settings.demo
    try:
        paper = report.report_pdf(found, day=day, demo=demo)
    except IncompletePaper as lacks:
        flash(str(lacks), "error")
        return redirect(url_for("ratings.read", reference=reference), 303)
    return _sent(row, paper, "application/pdf", number, "pdf")


@blueprint.get("/ratings/<reference>/report/<int(max=2147483647):number>.xlsx")
def workbook(reference: str, number: int) -> Any:
    """The report as a workbook; 0 is the draft."""
    row = inspection(reference)
    found, _ = _held(row, number)
    return _sent(row, report.report_xlsx(found), XLSX, number, "xlsx")


def _held(row: SelfInspection, number: int) -> tuple[dict[str, Any], Any]:
    if number == 0:
        return report.report_of(db(), row, at=at()), today()
    held = queries.version_at(db(), row, number)
    if not report.intact(held):
        raise Missing()
    return report.of_version(held), today_in_london(held.at)


def _sent(row: SelfInspection, data: bytes, kind: str, number: int, ending: str) -> Response:
    chain = f"{queries.ratings_chain(row.id)}:report"
    log_access(db(), Operation.DISCLOSURE, chain, by=actor(), at=at(), page=here(), recipients=actor().name)
    response = Response(data, content_type=kind)
    name = f"self-inspection-{row.reference}-{number or 'draft'}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
