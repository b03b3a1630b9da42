"""Taking the figures out of the service: which file, why, and by whom."""

from typing import Any

from flask import Response, request
from sqlmodel import col

from panel.gap import commands as c
from panel.gap import forms as f
from panel.gap.exporting import export
from panel.gap.models import GapExport
from panel.gap.taken import taken
from panel.gap.views import blueprint, chosen
from panel.pages import page
from panel.request import actor, at, db, today
from workflows.vocabulary import words

TYPES = {
    c.Kind.CSV: "text/csv; charset=utf-8",
    c.Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@blueprint.route("/gap/export", methods=["GET", "POST"], endpoint="export")
def plain() -> Any:
    """The rows without anything that names a child."""
    return _page(named=False)


@blueprint.route("/gap/export-with-names", methods=["GET", "POST"], endpoint="export_named")
def named() -> Any:
    """The rows with names."""
    return _page(named=True)


def _page(*, named: bool) -> Any:
    address, _ = chosen()
    form, period = f.ExportForm(), address.period
    if command := form.read(c.Export, today=today()):
        data = export(
            db(), address.area_id, address.outcome, period, command, named=named, by=actor(), at=at()
        )
        response = Response(data, content_type=TYPES[command.kind])
        name = f"gap-{period.first}-to-{period.last}{'-with-names' if named else ''}.{command.kind.value}"
        # Where a second click leads: the page that says what was taken.
        response.headers["Content-Location"] = request.full_path.rstrip("?")
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    back = {"text": "The gap", "href": address.page()}
    what = f"{words(address.outcome)}, {period.words}"
    files = taken(
        db(),
        GapExport,
        col(GapExport.area_id) == address.area_id,
        col(GapExport.outcome) == address.outcome,
        col(GapExport.named).is_(named),
    )
    return page("gap/export.html", form=form, named=named, what=what, taken=files, back=back)
