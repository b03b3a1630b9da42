"""Taking metrics and milestones out of the service: which file, why, and by whom."""

from typing import Any

from flask import Response, request
from sqlmodel import col

from panel.gap.commands import Export, Kind
from panel.gap.export_views import TYPES
from panel.gap.forms import ExportForm
from panel.gap.taken import taken
from panel.metrics import commands as c
from panel.metrics import exporting, milestones
from panel.metrics.addresses import address
from panel.metrics.choosing import Choice
from panel.metrics.forms import MilestonesForm
from panel.metrics.models import MetricExport
from panel.metrics.views import blueprint, chosen
from panel.pages import page
from panel.request import actor, at, db, today

NUMBERS = (
    "The file has numbers and no cases, each with its definition and version. Small numbers are in it: it is "
    "for the YOT, and not to be published."
)


@blueprint.route("/metrics/export", methods=["GET", "POST"])
def export() -> Any:
    """The metrics with their definitions."""
    choice, form = exporting.owned(chosen(), actor()), ExportForm()
    if command := form.read(Export, today=today()):
        data = exporting.export(db(), choice, command, by=actor(), at=at())
        return _file(data, f"metrics-{choice.quarter.key}", command.kind)
    return page(
        "metrics/export.html",
        form=form,
        title="Export the metrics",
        about=NUMBERS,
        what=f"{choice.area_words}, {choice.quarter.words}",
        taken=_taken(choice, "metrics"),
        back={"text": "The metrics", "href": address("metrics.index", choice)},
    )


@blueprint.route("/metrics/milestones", methods=["GET", "POST"], endpoint="milestones")
def plain() -> Any:
    """One row for each case, without anything that names a child."""
    return _milestones(named=False)


@blueprint.route("/metrics/milestones-with-names", methods=["GET", "POST"], endpoint="milestones_named")
def named() -> Any:
    """One row for each case, with names and dates."""
    return _milestones(named=True)


def _milestones(*, named: bool) -> Any:
    choice, form = exporting.owned(chosen(), actor()), MilestonesForm()
    if command := form.read(c.Milestones, today=today()):
        data = milestones.export(db(), choice, command, named=named, by=actor(), at=at())
        days = f"{command.first}-to-{command.last}"
        return _file(data, f"milestones-{days}{'-with-names' if named else ''}", command.kind)
    return page(
        "metrics/export.html",
        form=form,
        title="Milestones with names" if named else "Milestones without personal data",
        about=f"One row for each case. {milestones.NAMED_WORDS if named else milestones.PLAIN_WORDS}",
        what=choice.area_words,
        taken=_taken(choice, "milestones"),
        back={"text": "The metrics", "href": address("metrics.index", choice)},
    )


def _taken(choice: Choice, what: str) -> dict[str, Any]:
    """What left of just these areas."""
    areas = col(MetricExport.areas) == choice.area_words[: exporting.LONGEST]
    return taken(db(), MetricExport, areas, col(MetricExport.what) == what)


def _file(data: bytes, name: str, kind: Kind) -> Response:
    response = Response(data, content_type=TYPES[kind])
    # Where a second click leads: the page that says what was taken.
    response.headers["Content-Location"] = request.full_path.rstrip("?")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind.value}"'
    return response
