"""The minutes of a meeting: written and confirmed by its chair, printed with and without names."""

from typing import Any, cast

from flask import Blueprint, Response, current_app, flash, redirect, url_for

from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import log_access, meeting_chain
from panel.meetings.models import Meeting
from panel.meetings.queries import chair_roles, meeting_for
from panel.meetings.words import when_words
from panel.minutes import actions
from panel.minutes import commands as c
from panel.minutes import forms as f
from panel.minutes.content import content_of
from panel.minutes.models import Minutes
from panel.minutes.papers import Copy, minutes_pdf, named, unnamed
from panel.minutes.queries import has_conflict, version_at, versions_of, written_of
from panel.pages import page
from panel.referrals.queries import WHOLE_AREA, names_of
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.troubles import refusal_items
from panel.web import PanelApp
from workflows.calendar import clock_words
from workflows.meeting import Status as MeetingStatus
from workflows.minutes import MINUTES, Status

blueprint = Blueprint("minutes", __name__)
MOVE = {Status.DRAFT: "confirm", Status.CONFIRMED: "change"}


def _meeting(reference: str) -> Meeting:
    return meeting_for(db(), actor(), reference, at=at(), page=here())


def _sees_names(meeting: Meeting) -> bool:
    """Whether every case of the meeting is open to this person: a case manager sees their own (PAN-6)."""
    whole = bool(actor().roles_in(meeting.area_id) & set(WHOLE_AREA))
    return whole and not has_conflict(db(), meeting.id, actor().id)


@blueprint.get("/meetings/<reference>/minutes")
def view(reference: str) -> Any:
    """The minutes as they stand, what keeps them from being confirmed, and every confirmed version."""
    meeting = _meeting(reference)
    written = written_of(db(), meeting.id)
    versions, sees = versions_of(db(), written), _sees_names(meeting)
    content = versions[0].content if versions else content_of(db(), meeting, written)
    people = names_of(db(), [version.confirmed_by_id for version in versions])
    facts = actions.facts_of(db(), meeting, written, reason="asked for on its page")
    said = named(content) if sees else unnamed(content)
    leads = bool(chair_roles(meeting, actor()))
    return page(
        "minutes/view.html",
        meeting=meeting,
        when=when_words(meeting.held_on, meeting.starts_at),
        written=written,
        confirmed=written.status is Status.CONFIRMED,
        said=said,
        said_members=[(seat, f"{name}: {was}" if name else was) for seat, name, was in said["members"]],
        versions=[
            {
                "number": version.number,
                "by": people[version.confirmed_by_id],
                "at": clock_words(version.confirmed_at),
                "reason": version.reason,
                "digest": version.digest,
            }
            for version in versions
        ],
        sees=sees,
        writes=leads and meeting.status in (MeetingStatus.OPEN, MeetingStatus.CLOSED),
        refusals=refusal_items(MINUTES.refusals(MOVE[written.status], written.status, facts)),
        press=f.PressForm(formdata=None, version=written.version or 0) if leads else None,
    )


@blueprint.route("/meetings/<reference>/minutes/write", methods=["GET", "POST"])
def write(reference: str) -> Any:
    """Write other matters; of confirmed minutes this makes the next version."""
    meeting = _meeting(reference)
    written = written_of(db(), meeting.id)
    confirmed = written.status is Status.CONFIRMED
    form = _form(written)
    command = form.read(c.Changed if confirmed else c.Written)
    if command and (told := actions.note_tells(db(), meeting, command.public_note)):
        form.complain("public_note", f"Words for the copy without names still tell: {', '.join(told)}")
        command = None
    if command:
        if isinstance(command, c.Changed):
            actions.change(db(), meeting, command, seen=form.seen, by=actor(), at=at())
            flash("The minutes have a new version. The earlier one stays beside it.", "success")
        else:
            actions.write(db(), meeting, command, seen=form.seen, by=actor(), at=at())
            flash("Saved.", "success")
        return redirect(url_for("minutes.view", reference=reference), 303)
    when = when_words(meeting.held_on, meeting.starts_at)
    return page("minutes/write.html", form=form, meeting=meeting, when=when, confirmed=confirmed)


def _form(written: Minutes) -> f.WriteForm:
    kind = f.ChangeForm if written.status is Status.CONFIRMED else f.WriteForm
    values = {"other_matters": written.other_matters, "public_note": written.public_note}
    return kind(data=values, version=written.version or 0)


@blueprint.post("/meetings/<reference>/minutes/confirm")
def confirm(reference: str) -> Any:
    """Pin the minutes as they stand."""
    meeting = _meeting(reference)
    actions.confirm(db(), meeting, seen=f.PressForm().seen, by=actor(), at=at())
    flash("The minutes are confirmed.", "success")
    return redirect(url_for("minutes.view", reference=reference), 303)


@blueprint.get(
    "/meetings/<reference>/minutes/<int(max=2147483647):number>/<any('names','no-names'):copy>.pdf"
)
def printed(reference: str, number: int, copy: Copy) -> Any:
    """One copy of one version as a file; number 0 is the draft."""
    meeting = _meeting(reference)
    if copy == "names" and not _sees_names(meeting):
        raise Missing()
    written = written_of(db(), meeting.id)
    if number:
        version = version_at(db(), written, number)
        content, digest, stands = version.content, version.digest, f"Version {number}, confirmed by the chair"
    elif written.status is Status.DRAFT:
        content, digest, stands = content_of(db(), meeting, written), "", "Draft, not confirmed"
    else:
        raise Missing()
    subject = f"{meeting_chain(meeting.id)}:minutes:{number}:{copy}"
    log_access(db(), Operation.DISCLOSURE, subject, by=actor(), at=at(), page=here(), recipients=actor().name)
    demo = cast(PanelApp, current_app).settings.demo
    data = minutes_pdf(content, copy, stands=stands, digest=digest, day=today(), demo=demo)
    response = Response(data, mimetype="application/pdf")
    name = f"minutes-{meeting.reference}-{number or 'draft'}-{copy}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
