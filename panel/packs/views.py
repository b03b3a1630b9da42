"""The pages of the papers of one case: to read, to print, to publish again, to strike a part out."""

from typing import Any

from flask import Blueprint, Response, current_app, flash, redirect, url_for

from panel.casepage import case_page
from panel.documents.typst import IncompletePaper
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import case_chain, log_access
from panel.meetings.agenda import meeting_of, open_item
from panel.meetings.models import AgendaItem
from panel.meetings.queries import members_of
from panel.packs import commands as c
from panel.packs import forms as f
from panel.packs import making, reading, shown
from panel.packs.models import Pack
from panel.packs.paper import CaseSheet, pack_pdf
from panel.packs.queries import latest, marks_of, to_read, version_of, versions_of
from panel.pages import page
from panel.referrals.models import Referral
from panel.referrals.queries import header_of, referral_for
from panel.request import actor, at, db, today
from panel.request import page as here
from workflows.calendar import clock_words, today_in_london
from workflows.roles import Role

blueprint = Blueprint("packs", __name__)
BASE = "/cases/<reference>/papers-for-panel"
NUMBER = "<int(max=2147483647):number>"
KEEPS_ALL = (Role.YOT_MANAGER, Role.INSPECTOR)


def case(reference: str) -> Referral:
    """The case of this page, if the signed-in person may see it."""
    return referral_for(db(), actor(), reference, at=at(), page=here())


def _back(reference: str) -> Any:
    return redirect(url_for("packs.view", reference=reference), 303)


@blueprint.get("/papers-to-read")
def unread() -> Any:
    """What a member of a coming panel has not read yet."""
    return page("packs/to_read.html", rows=shown.to_read_rows(to_read(db(), actor())))


@blueprint.get(BASE)
def view(reference: str) -> Any:
    """The newest papers, who has read them, and whether they are still what is in the case."""
    referral = case(reference)
    pack, item = latest(db(), referral.id), open_item(db(), referral)
    header = header_of(db(), referral, today=today())
    if pack is None:
        press = f.PressForm(formdata=None) if item and _manages(referral) else None
        return case_page("packs/none.html", header, waits=item is not None, press=press)
    reading.opened(db(), pack, by=actor(), at=at())
    return case_page("packs/view.html", header, **_view(referral, pack, item))


def _view(referral: Referral, pack: Pack, item: AgendaItem | None) -> dict[str, Any]:
    members = members_of(db(), pack.meeting_id)
    marks = marks_of(db(), [referral.id])
    mine = marks.get((referral.id, actor().id))
    changed = _changed(referral, pack, item)
    has_read = bool(mine and mine.read and mine.read[0] == pack.number)
    reads = item is not None and actor().id in [member.user_id for member in members]
    return {
        "pack": pack,
        "as_of": shown.as_of(pack),
        "made": shown.made_words(db(), pack),
        "sections": shown.sections(pack),
        "changed": changed,
        "manages": item is not None and _manages(referral),
        "readers": shown.reader_rows(members, marks, pack),
        "reads": reads and not has_read,
        "has_read": has_read,
        "versions": versions_of(db(), referral.id),
        "press": f.PressForm(formdata=None, version=pack.number),
        "closed": item is None,
    }


def _changed(referral: Referral, pack: Pack, item: AgendaItem | None) -> list[str]:
    if item is None:
        return []
    meeting = meeting_of(db(), item)
    if meeting.id != pack.meeting_id:
        return ["The case was put on another meeting"]
    return making.pending(db(), referral, pack, held_on=meeting.held_on)


def _manages(referral: Referral) -> bool:
    return Role.YOT_MANAGER in actor().roles_in(referral.area_id)


@blueprint.get(f"{BASE}/{NUMBER}")
def version(reference: str, number: int) -> Any:
    """One version, word for word."""
    referral = case(reference)
    pack = version_of(db(), referral.id, number)
    return case_page(
        "packs/version.html",
        header_of(db(), referral, today=today()),
        pack=pack,
        as_of=shown.as_of(pack),
        made=shown.made_words(db(), pack),
        sections=_sections(referral, pack),
    )


def _sections(referral: Referral, pack: Pack) -> list[dict[str, Any]]:
    """What was struck out later is not read in an older version either, but by those who answer for it."""
    newest = latest(db(), referral.id)
    keeps = set(KEEPS_ALL) & actor().roles_in(referral.area_id)
    return shown.sections(pack, {} if keeps or newest is None else making.struck_in(newest))


@blueprint.get(f"{BASE}/{NUMBER}/pdf")
def print_out(reference: str, number: int) -> Any:
    """One version as a PDF."""
    referral = case(reference)
    pack = version_of(db(), referral.id, number)
    header = header_of(db(), referral, today=today())
    sheet = CaseSheet(reference, "", shown.as_of(pack), pack.digest, _sections(referral, pack))
    title = f"Panel papers: {shown.name_in(pack) or reference}"
    return as_file(
        [referral],
        f"{reference}-panel-papers-v{number}.pdf",
        lambda: pack_pdf(title, [sheet], area=header.area_name, **printed()),
        url_for("packs.version", reference=reference, number=number),
    )


def printed() -> dict[str, Any]:
    """Who prints and when, for the head of each page."""
    settings = current_app.settings  # type: ignore[attr-defined]
    words = f"Printed by {actor().name} on {clock_words(at())}"
    return {"printed": words, "on": today_in_london(at()), "demo": settings.demo}


def as_file(cases: list[Referral], filename: str, make: Any, back: str) -> Any:
    """The file; each case in it is logged as given out. Without one a page says why."""
    try:
        data = make()
    except IncompletePaper as lacks:
        return page("packs/no_pdf.html", status=409, why=str(lacks), back=back)
    for one in cases:
        subject = case_chain(one.id)
        log_access(
            db(), Operation.DISCLOSURE, subject, by=actor(), at=at(), page=here(), recipients=actor().name
        )
    response = Response(data, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


@blueprint.post(f"{BASE}/publish")
def publish(reference: str) -> Any:
    """Make a new version of the papers and tell the members."""
    referral = case(reference)
    before = latest(db(), referral.id)
    pack = making.publish(db(), referral, seen=f.PressForm().seen, by=actor(), at=at())
    if before is not None and before.id == pack.id:
        flash("Nothing has changed since these papers were made.", "info")
    else:
        flash(f"Version {pack.number} of the papers is published. The members have been told.", "success")
    return _back(reference)


@blueprint.post(f"{BASE}/read")
def read(reference: str) -> Any:
    """Say that one has read this version."""
    referral = case(reference)
    pack = reading.read(db(), referral, seen=f.PressForm().seen, by=actor(), at=at())
    flash(f"Saved: you have read version {pack.number}.", "success")
    return _back(reference)


@blueprint.route(f"{BASE}/parts/<key>", methods=["GET", "POST"])
def strike(reference: str, key: str) -> Any:
    """Strike a part out with a reason, or put it back."""
    referral = case(reference)
    pack = latest(db(), referral.id)
    entry = next((one for one in pack.manifest if one["key"] == key), None) if pack else None
    if pack is None or entry is None:
        raise Missing()
    form = f.StrikeForm(version=pack.number)
    if command := form.read(c.Striking):
        made = making.strike(db(), referral, key, command.reason, seen=form.seen, by=actor(), at=at())
        flash(f"Version {made.number} of the papers is published. The members have been told.", "success")
        return _back(reference)
    return case_page(
        "packs/strike.html",
        header_of(db(), referral, today=today()),
        form=form,
        title=entry["title"],
        struck=shown.strike_words(entry.get("struck")),
    )
