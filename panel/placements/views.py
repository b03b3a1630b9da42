"""The pages of the register of placements: managers keep it, others read it."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from panel.areas import area_name, choose_area, managed_area
from panel.pages import page
from panel.placements import actions
from panel.placements.commands import PlacementDetails
from panel.placements.forms import PlacementForm
from panel.placements.models import Placement
from panel.placements.queries import PAGE, Cursor, bookings, listed, placement_for
from panel.placements.words import details, list_row
from panel.request import actor, at, db, today
from panel.request import page as here
from workflows.flow import NotYours
from workflows.placements import fullest
from workflows.roles import Role

blueprint = Blueprint("placements", __name__)
NUMBER = "<int(max=2147483647):number>"


@blueprint.get("/placements")
def index() -> Any:
    """The register, with a filter."""
    text, ended = request.args.get("q", "").strip()[:100], "ended" in request.args
    weekend = "weekend" in request.args
    found = listed(db(), actor(), today=today(), text=text, ended=ended, weekend=weekend, after=_cursor())
    shown, more = found[:PAGE], len(found) > PAGE
    booked = bookings(db(), [place.id for place in shown], today(), today())
    rows = [list_row(place, len(booked.get(place.id, []))) for place in shown]
    last = shown[-1] if more else None
    onward: dict[str, Any] = {
        name: value for name, value in request.args.items() if name in ("q", "ended", "weekend")
    }
    return page(
        "placements/index.html",
        rows=rows,
        text=text,
        ended=ended,
        weekend=weekend,
        filtered=bool(text or ended or weekend),
        may_keep=Role.YOT_MANAGER in actor().roles,
        next_href=url_for("placements.index", after=f"{last.id}.{last.name}", **onward) if last else None,
    )


def _cursor() -> Cursor | None:
    number, _, name = request.args.get("after", "").partition(".")
    if not (number.isascii() and number.isdigit()):
        return None
    return name, min(int(number), 2**31 - 1)


@blueprint.get(f"/placements/{NUMBER}")
def view(number: int) -> Any:
    """One placement."""
    place = placement_for(db(), actor(), number, at=at(), page=here())
    booked = bookings(db(), [place.id], today(), today()).get(place.id, [])
    return page(
        "placements/view.html",
        name=place.name,
        number=place.id,
        rows=details(place, fullest(booked, today(), today()), today()),
        may_keep=Role.YOT_MANAGER in actor().roles_in(place.area_id),
    )


@blueprint.route("/placements/new", methods=["GET", "POST"])
def add() -> Any:
    """Put a placement into the register."""
    area_id = managed_area()
    if area_id is None:
        return choose_area("Add a placement")
    form = PlacementForm(active_from=today())
    if command := form.read(PlacementDetails, today=today()):
        place = actions.add(db(), command, area_id, by=actor(), at=at())
        flash("The placement is in the register.", "success")
        return redirect(url_for("placements.view", number=place.id), 303)
    return page("placements/edit.html", form=form, name="", number=None, area_name=area_name(area_id))


@blueprint.route(f"/placements/{NUMBER}/change", methods=["GET", "POST"])
def change(number: int) -> Any:
    """Change a placement, or end it."""
    place = placement_for(db(), actor(), number, at=at(), page=here())
    form = PlacementForm(data=_saved(place))
    if command := form.read(PlacementDetails, today=today()):
        if Role.YOT_MANAGER not in actor().roles_in(place.area_id):
            raise NotYours("placement")
        actions.change(db(), place, command, seen=form.seen, by=actor(), at=at())
        flash("The placement has been changed.", "success")
        return redirect(url_for("placements.view", number=place.id), 303)
    return page("placements/edit.html", form=form, name=place.name, number=place.id, area_name="")


def _saved(place: Placement) -> dict[str, Any]:
    clocks = {"starts_at": f"{place.starts_at:%H:%M}", "ends_at": f"{place.ends_at:%H:%M}"}
    return place.model_dump() | clocks
