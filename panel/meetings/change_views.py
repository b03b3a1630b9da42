"""The pages on which a planned meeting is changed, and on which people say whether they come."""

from typing import Any

from flask import flash, redirect, request, url_for

from panel.errors import Missing, expect_version
from panel.forms import offer
from panel.meetings import answering, changing
from panel.meetings import commands as c
from panel.meetings import forms as f
from panel.meetings.actions import facts_of
from panel.meetings.models import Meeting
from panel.meetings.people import guests_of, invitees
from panel.meetings.plan_views import offer_people, people_in
from panel.meetings.queries import chair_roles
from panel.meetings.series import following
from panel.meetings.views import blueprint, this_meeting
from panel.meetings.words import count_words, when_words
from panel.pages import page
from panel.request import actor, at, db, today
from panel.troubles import refusal_items
from workflows.flow import NotYours
from workflows.meeting import MEETING, Reply
from workflows.roles import Seat


def _ask(form: Any, meeting: Meeting, move: str, title: str, submit: str) -> Any:
    """The page of one change, with what stands against it."""
    roles = actor().roles_in(meeting.area_id) | chair_roles(meeting, actor())
    if not MEETING.may(move, meeting.status, roles) and not any(
        set(m.by) & roles for m in MEETING.moves if m.name == move
    ):
        raise NotYours(f"meeting.{move}")
    refusals = MEETING.refusals(
        move, meeting.status, facts_of(db(), meeting, at=at(), reason="asked for here")
    )
    stopping = [one for one in refusals if one.name == "wrong_state"]
    return page(
        "meetings/change.html",
        form=form,
        title=title,
        submit=submit,
        meeting=meeting,
        when=when_words(meeting.held_on, meeting.starts_at),
        refusals=refusal_items(stopping),
    )


def _only_in_series(form: Any, meeting: Meeting) -> None:
    """Ask about the later meetings only where there are any."""
    if not following(db(), meeting):
        del form.following


def _done(meeting: Meeting, changed: list[Meeting]) -> Any:
    if not changed:
        flash("Nothing was different, so nothing has been changed and nobody is told.", "success")
    else:
        flash(
            f"{count_words(len(changed), 'meeting').capitalize()} changed. Everybody is told by mail.",
            "success",
        )
    return redirect(url_for("meetings.view", reference=meeting.reference), 303)


@blueprint.route("/meetings/<reference>/change", methods=["GET", "POST"])
def change(reference: str) -> Any:
    """Move the meeting to another day, time or place."""
    meeting = this_meeting(reference)
    now = {name: getattr(meeting, name) for name in ("held_on", "location", "joining", "capacity")}
    now["starts_at"] = f"{meeting.starts_at:%H:%M}"
    form = f.ChangeForm(data=now, version=meeting.version)
    _only_in_series(form, meeting)
    if command := form.read(c.WhenWhere, today=today()):
        expect_version(meeting, form.seen, now | {"version": meeting.version})
        return _done(meeting, changing.change(db(), meeting, command, by=actor(), at=at()))
    return _ask(form, meeting, "change", "Change day, time or place", "Change the meeting")


@blueprint.route("/meetings/<reference>/chair", methods=["GET", "POST"])
def chair(reference: str) -> Any:
    """Put another manager in the chair."""
    meeting = this_meeting(reference)
    form = f.ChairForm(version=meeting.version)
    people = people_in(meeting.area_id)[Seat.YOT_MANAGER]
    offer(form.chair_id, [(i, name) for i, name in people if i != meeting.chair_id])
    _only_in_series(form, meeting)
    if command := form.read(c.NewChair):
        names = dict(people)
        saved = {"chair_id": names.get(meeting.chair_id, ""), "version": meeting.version}
        expect_version(meeting, form.seen, saved)
        return _done(meeting, changing.replace_chair(db(), meeting, command, by=actor(), at=at()))
    return _ask(form, meeting, "replace_chair", "Put somebody else in the chair", "Change the chair")


@blueprint.route("/meetings/<reference>/members", methods=["GET", "POST"])
def members(reference: str) -> Any:
    """Change who sits in the panel, their deputies, and who is invited from outside."""
    meeting = this_meeting(reference)
    now = _members_now(meeting)
    form = f.ChangeMembersForm(data=now, version=meeting.version)
    offer_people(form, people_in(meeting.area_id), meeting.area_id)
    _keep_guests(form, meeting)
    _only_in_series(form, meeting)
    if command := form.read(c.Members):
        expect_version(meeting, form.seen, now | {"version": meeting.version})
        return _done(meeting, changing.members(db(), meeting, command, by=actor(), at=at()))
    return _ask(form, meeting, "invite", "Change who is invited", "Save who is invited")


def _members_now(meeting: Meeting) -> dict[str, Any]:
    found: dict[str, Any] = {"guests": [str(one.person_id) for one in guests_of(db(), meeting.id)]}
    for one in reversed(invitees(db(), meeting.id)):
        found[one.seat.value] = one.user_id
        found[f"{one.seat.value}_deputy"] = one.deputy_id
    return found


def _keep_guests(form: Any, meeting: Meeting) -> None:
    """Somebody who is not offered any more but is invited here stays a choice."""
    offered = {choice.value for choice in form.guests.choices}
    more = [
        (one.person_id, one.name) for one in guests_of(db(), meeting.id) if str(one.person_id) not in offered
    ]
    offer(form.guests, [*((choice.value, choice.label) for choice in form.guests.choices), *more])


@blueprint.post("/meetings/<reference>/reply")
def reply(reference: str) -> Any:
    """Say for oneself whether one comes."""
    meeting = this_meeting(reference)
    f.PressForm()
    answer = _answer()
    answering.reply(db(), meeting, answer, by=actor(), at=at())
    told = "The chair and the managers are told; your deputy is asked if you have one."
    flash(told if answer is Reply.DECLINED else "You have said that you come.", "success")
    return redirect(url_for("meetings.view", reference=reference), 303)


def _answer() -> Reply:
    given = request.form.get("reply", "")
    if given not in (Reply.ACCEPTED, Reply.DECLINED):
        raise Missing()
    return Reply(given)


@blueprint.post("/meetings/<reference>/guests/<int:number>/reply")
def guest_reply(reference: str, number: int) -> Any:
    """Write down what somebody from outside has answered."""
    meeting = this_meeting(reference)
    expect_version(meeting, f.PressForm().seen)
    answering.guest_reply(db(), meeting, number, _answer(), by=actor(), at=at())
    flash("The answer has been written down.", "success")
    return redirect(url_for("meetings.view", reference=reference), 303)
