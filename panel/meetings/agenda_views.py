"""The pages of an agenda: its order, what is put on it and what comes off."""

from typing import Any

from flask import flash, redirect, request, url_for

from panel.casepage import case_page
from panel.errors import expect_version
from panel.forms import offer, overrides_from
from panel.meetings import commands as c
from panel.meetings import forms as f
from panel.meetings import listing, ordering
from panel.meetings.agenda import agenda_of, meeting_of, open_item
from panel.meetings.queries import chair_roles, to_choose
from panel.meetings.rows import choice_words
from panel.meetings.views import blueprint, this_meeting, waiting_rows
from panel.meetings.words import count_words, when_words
from panel.pages import page
from panel.referrals.queries import header_of, referral_for
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.troubles import refusal_items
from workflows.case import CASE
from workflows.flow import NotYours
from workflows.roles import Role


@blueprint.get("/meetings/<reference>/agenda")
def agenda(reference: str) -> Any:
    """The agenda with the buttons that change its order."""
    meeting = this_meeting(reference)
    if Role.YOT_MANAGER not in actor().roles_in(meeting.area_id) and not chair_roles(meeting, actor()):
        raise NotYours("meeting.order")
    return _agenda_page(reference)


def _agenda_page(reference: str, form: f.OrderForm | None = None, wrong: str = "") -> Any:
    meeting = this_meeting(reference)
    return page(
        "meetings/agenda.html",
        form=form,
        wrong=wrong,
        meeting=meeting,
        when=when_words(meeting.held_on, meeting.starts_at),
        places=agenda_of(db(), actor(), meeting),
        press=f.PressForm(formdata=None, version=meeting.version),
    )


@blueprint.post("/meetings/<reference>/agenda/order")
def propose_order(reference: str) -> Any:
    """Put what waits in the order of its deadlines."""
    meeting = this_meeting(reference)
    expect_version(meeting, f.PressForm().seen)
    ordering.by_deadline(db(), meeting, by=actor(), at=at())
    flash("The cases that wait are in the order of their deadlines.", "success")
    return redirect(url_for("meetings.agenda", reference=reference), 303)


@blueprint.post("/meetings/<reference>/agenda/<case_reference>/place")
def place(reference: str, case_reference: str) -> Any:
    """Move a case up, down, or to a number."""
    meeting = this_meeting(reference)
    form = f.OrderForm()
    if command := form.read(c.Order):
        expect_version(meeting, form.seen)
        ordering.place(db(), meeting, case_reference, command.place, by=actor(), at=at())
        flash(f"{case_reference} is at place {command.place} now.", "success")
        return redirect(url_for("meetings.agenda", reference=reference), 303)
    return _agenda_page(reference, form, case_reference)


@blueprint.post("/meetings/<reference>/ready")
def put_on_several(reference: str) -> Any:
    """Put the cases that were ticked on the agenda: each is checked, each has its result."""
    meeting = this_meeting(reference)
    form = f.ReadyForm()
    rows = waiting_rows(meeting)
    offer(form.cases, [(row["reference"], row["label"]) for row in rows])
    command = form.read(c.Several)
    if command is None:
        flash("Tick at least one case to put it on the agenda.", "error")
        return redirect(url_for("meetings.view", reference=reference) + "#waiting", 303)
    results = listing.put_on_several(db(), meeting, command.cases, by=actor(), at=at())
    done = [one.reference for one in results if not one.refusals]
    if len(done) == len(results):
        flash(f"{count_words(len(done), 'case').capitalize()} put on the agenda.", "success")
        return redirect(url_for("meetings.view", reference=reference), 303)
    return page(
        "meetings/results.html",
        meeting=meeting,
        when=when_words(meeting.held_on, meeting.starts_at),
        done=done,
        left=[(one.reference, [r.says for r in one.refusals]) for one in results if one.refusals],
    )


@blueprint.route("/cases/<reference>/take-off", methods=["GET", "POST"])
def take_off(reference: str) -> Any:
    """Take a case off the agenda; it waits for a meeting again."""
    referral = referral_for(db(), actor(), reference, at=at(), page=here())
    form = f.ReasonForm(version=referral.version)
    if command := form.read(c.WithReason):
        expect_version(referral, form.seen, {"version": referral.version})
        meeting = ordering.take_off(db(), referral, command.reason, by=actor(), at=at())
        flash(f"{reference} is off the agenda. The case manager has been told.", "success")
        return redirect(url_for("meetings.view", reference=meeting.reference), 303)
    item = open_item(db(), referral)
    now_on = meeting_of(db(), item) if item else None
    facts = listing.list_facts(db(), referral, today=today(), reason="asked for here")
    return case_page(
        "meetings/take_off.html",
        header_of(db(), referral, today=today()),
        form=form,
        now_on=when_words(now_on.held_on, now_on.starts_at) if now_on else None,
        refusals=refusal_items(CASE.refusals("take_off", referral.status, facts)),
    )


@blueprint.route("/cases/<reference>/list", methods=["GET", "POST"])
def put_on(reference: str) -> Any:
    """Put a case on the agenda of a meeting."""
    referral = referral_for(db(), actor(), reference, at=at(), page=here())
    item = open_item(db(), referral)
    now_on = meeting_of(db(), item) if item else None
    choices = [p for p in to_choose(db(), referral.area_id, today=today()) if p.meeting is not now_on]
    form = f.PutOnForm(version=referral.version)
    offer(form.meeting_id, [(p.meeting.id, choice_words(p)) for p in choices])
    if command := form.read(c.PutOn):
        expect_version(referral, form.seen, {"version": referral.version})
        given = overrides_from(request.form)
        listing.put_on(db(), referral, command.meeting_id, by=actor(), at=at(), overrides=given)
        flash("The case is on the agenda. The case manager has been told.", "success")
        return redirect(url_for("cases.overview", reference=reference), 303)
    facts = listing.list_facts(db(), referral, today=today())
    return case_page(
        "meetings/put_on.html",
        header_of(db(), referral, today=today()),
        form=form,
        now_on=when_words(now_on.held_on, now_on.starts_at) if now_on else None,
        choices=choices,
        typed=request.form,
        refusals=refusal_items(CASE.refusals("list", referral.status, facts)),
    )
