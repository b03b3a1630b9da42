"""The pages of the force's lists: all of them, a new one, and one on its way."""

from typing import Any, cast

from flask import Blueprint, Response, current_app, flash, redirect, request, url_for

from panel.accounts.models import Area
from panel.documents.refused import MEGABYTE, UploadRefused
from panel.documents.viruses import Scanner
from panel.errors import expect_version
from panel.forces.models import Force
from panel.forms import offer
from panel.history.sentences import events_of, told
from panel.lists import actions, queries, shown
from panel.lists import commands as c
from panel.lists import forms as f
from panel.lists.fields import areas_by_number
from panel.lists.files import template
from panel.pages import page
from panel.police.models import PoliceList
from panel.referrals.queries import names_of
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.rules import RULE_SENTENCES
from panel.web import PanelApp
from workflows.calendar import long_date
from workflows.police_list import KEEPERS, POLICE_LIST, Status

blueprint = Blueprint("lists", __name__)
BASE = "/police/lists/<reference>"


def one_list(reference: str) -> PoliceList:
    """The list of this address, for a keeper of its area."""
    return queries.list_for(db(), actor(), reference, at=at(), page=here())


@blueprint.get("/police/lists")
def index() -> Any:
    """All lists, and the months of which there is none."""
    areas = _areas()
    listed = queries.lists_of(db(), [area.id for area in areas])
    names = names_of(db(), [one.by_id for one in listed])
    rows = [shown.row_of(one, url_for("lists.view", reference=one.reference), names) for one in listed]
    parts = [{"name": area.name, "gaps": _gaps(area)} for area in areas]
    return page("lists/index.html", rows=rows, areas=parts)


def _gaps(area: Area) -> list[str] | None:
    if actions.force_for(db(), area.id) is None:
        return None
    return shown.gaps(queries.months_of(db(), area.id, *shown.year_before(today())))


def _areas() -> list[Area]:
    return areas_by_number(db(), list(actor().areas_as(*KEEPERS)))


@blueprint.get("/police/lists/template")
def example() -> Response:
    """An example of a list that needs no mapping."""
    return as_file(template(), "list-of-disposals-example.csv")


def as_file(content: bytes, name: str) -> Response:
    """A CSV file to keep."""
    response = Response(content, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.route("/police/lists/new", methods=["GET", "POST"])
def send() -> Any:
    """Send a file: it is only looked at."""
    areas = {str(area.id): area for area in _areas()}
    forces = {key: force for key, area in areas.items() if (force := actions.force_for(db(), area.id))}
    form = f.SendForm(data={"supplied_on": today()})
    offer(form.area, [(key, areas[key].name) for key in forces])
    if len(forces) == 1:
        form.area.data = next(iter(forces))
    command = form.read(c.Sent, today=today()) if forces else None
    if command and command.area not in forces:
        form.complain("area", "Choose the area that the list is for")
    elif command and (one := _taken(form, command, forces[command.area])):
        return redirect(url_for("lists.columns", reference=one.reference), 303)
    return page("lists/send.html", form=form, several=len(forces) > 1, nobody=not forces)


def _taken(form: f.SendForm, command: c.Sent, force: Force) -> PoliceList | None:
    upload = request.files.get("list")
    if upload is None or not upload.filename:
        form.complain("list", "Choose the list")
        return None
    settings = cast(PanelApp, current_app).settings
    data = upload.read()
    try:
        if len(data) > settings.max_upload_mb * MEGABYTE:
            raise UploadRefused(
                f"The file is bigger than {settings.max_upload_mb} MB. Choose a smaller file."
            )
        if settings.virus_scanner and data:
            Scanner(settings.virus_scanner).check(data)
        return actions.send(
            db(),
            data,
            file_name=upload.filename,
            area_id=int(command.area),
            force=force,
            supplied_on=command.supplied_on,
            by=actor(),
            at=at(),
        )
    except UploadRefused as no:
        form.complain("list", no.sentence)
        return None


@blueprint.route(BASE, methods=["GET", "POST"])
def view(reference: str) -> Any:
    """One list: its progress, what its rows are, and the next step."""
    if "live" in request.args:
        return _live(reference)
    one = one_list(reference)
    counts, form = one.counts, f.ConfirmForm(data={"version": one.version})
    good, bad = shown.good(counts), counts.get("bad", 0)
    offer(
        form.how,
        [
            (c.How.GOOD.value, f"Import the {good:,} good rows and leave {bad:,} with mistakes out"),
            (c.How.WHOLE.value, "Import nothing until all rows are right"),
        ],
    )
    command = form.read(c.Confirmed, how=c.How.GOOD) if not bad else form.read(c.Confirmed)
    if command:
        expect_version(one, form.seen)
        actions.confirm(db(), one, whole=command.how is c.How.WHOLE, by=actor(), at=at())
        flash("The rows are being imported. You can leave this page.", "success")
        return redirect(url_for("lists.view", reference=reference), 303)
    return page("lists/view.html", form=form, **_shown(one))


def _live(reference: str) -> Any:
    """The part that changes while the worker works; the whole page when it has ended."""
    one = queries.unlogged(db(), actor(), reference)
    now = shown.progress(one)
    if not now["busy"]:
        return "", 205
    if request.args.get("live") == str(one.version):
        return "", 204
    return page("lists/live.html", now=now, one=one)


def _shown(one: PoliceList) -> dict[str, Any]:
    same = queries.same_file(db(), digest=one.digest, area_id=one.area_id, but=one.id)
    roles = actor().roles_in(one.area_id)
    own = actions.facts_of(one, by=actor()).own
    return {
        "one": one,
        "tag": shown.tag(one),
        "now": shown.progress(one),
        "period": shown.period(one),
        "notes": one.mapping["profile"]["notes"],
        "same": same and f"You imported this very file on {long_date(same.supplied_on)}: {same.reference}.",
        "tally": shown.tally(one.counts, url_for("lists.rows", reference=one.reference)),
        "good": shown.good(one.counts),
        "bad": one.counts.get("bad", 0),
        "moves": [m for m in POLICE_LIST.moves_from(Status(one.status), roles) if m != "undo" or own],
        "by": names_of(db(), [one.by_id])[one.by_id],
        "press": f.PressForm(formdata=None, version=one.version),
        "events": told(events_of(db(), queries.list_chain(one.id)), RULE_SENTENCES),
    }


@blueprint.post(f"{BASE}/drop")
def drop(reference: str) -> Any:
    """Leave a list that was not imported."""
    one = one_list(reference)
    actions.drop(db(), one, by=actor(), at=at())
    flash("The list was dropped. Nothing of it was imported.", "success")
    return redirect(url_for("lists.index"), 303)


@blueprint.route(f"{BASE}/undo", methods=["GET", "POST"])
def undo(reference: str) -> Any:
    """Take an imported list back."""
    one = one_list(reference)
    form = f.UndoForm(data={"version": one.version})
    if command := form.read(c.TakenBack):
        expect_version(one, form.seen)
        actions.undo(db(), one, command.reason, by=actor(), at=at())
        flash("The list is taken back. Records that only it has are being set aside.", "success")
        return redirect(url_for("lists.view", reference=reference), 303)
    return page("lists/undo.html", form=form, one=one, period=shown.period(one))
