"""The pages of a meeting: planned by a manager, led by its chair."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from panel.casepage import case_page
from panel.errors import expect_version
from panel.forms import offer, overrides_from
from panel.meetings import actions, listing
from panel.meetings import commands as c
from panel.meetings import forms as f
from panel.meetings.agenda import agenda_of, meeting_of, on_agenda, open_item
from panel.meetings.models import Meeting
from panel.meetings.queries import (
    PAGE,
    chair_name,
    chair_roles,
    last_meeting,
    meeting_for,
    members_of,
    missing_seats,
    past,
    people_for,
    present_members,
    to_choose,
    upcoming,
)
from panel.meetings.rows import agenda_words, case_row, choice_words, meeting_row
from panel.meetings.urgent import unratified, urgent_of
from panel.meetings.words import STATUS, quorum_words, when_words
from panel.pages import page
from panel.referrals.queries import header_of, referral_for
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.troubles import refusal_items
from workflows.calendar import clock_words
from workflows.case import CASE
from workflows.flow import NotYours
from workflows.meeting import MEETING, Status
from workflows.roles import SEAT_WORDS, Role, Seat
from workflows.vocabulary import words

blueprint = Blueprint("meetings", __name__)
ALIVE = (Status.PLANNED, Status.OPEN)


def _meeting(reference: str) -> Meeting:
    return meeting_for(db(), actor(), reference, at=at(), page=here())


@blueprint.get("/meetings")
def index() -> Any:
    """The next meetings, then those that are over."""
    before = _cursor(request.args.get("before", ""))
    over = past(db(), actor(), today=today(), before=before, limit=PAGE + 1)
    last = over[PAGE - 1].meeting if len(over) > PAGE else None
    older = url_for("meetings.index", before=f"{last.held_on.isoformat()}.{last.id}") if last else None
    return page(
        "meetings/index.html",
        coming=[meeting_row(planned) for planned in upcoming(db(), actor(), today=today())],
        over=[meeting_row(planned) for planned in over[:PAGE]],
        older=older,
        newest=url_for("meetings.index") if before else None,
        limit=PAGE,
        may_add=Role.YOT_MANAGER in actor().roles,
    )


def _cursor(text: str) -> tuple[date, int] | None:
    day, _, number = text.partition(".")
    try:
        return (date.fromisoformat(day), min(int(number), 2**31 - 1)) if text else None
    except ValueError:
        return None


@blueprint.route("/meetings/new", methods=["GET", "POST"])
def add() -> Any:
    """Plan a meeting."""
    area_id = actor().areas_as(Role.YOT_MANAGER)[0]
    people = {seat: people_for(db(), area_id, seat, today=today()) for seat in Seat}
    form = f.MeetingForm(data=_proposal(area_id, people))
    offer(form.chair_id, people[Seat.YOT_MANAGER])
    for seat in Seat:
        offer(form[seat.value], people[seat])
    if command := form.read(c.MeetingDetails, today=today()):
        meeting = actions.add(db(), command, area_id, by=actor(), at=at())
        flash("The meeting has been planned.", "success")
        return redirect(url_for("meetings.view", reference=meeting.reference), 303)
    nobody = [SEAT_WORDS[seat] for seat in Seat if not people[seat]]
    return page("meetings/add.html", form=form, nobody=nobody)


def _proposal(area_id: int, people: dict[Seat, list[tuple[int, str]]]) -> dict[str, Any]:
    """Like the last meeting where that still fits, or the only person who can."""
    last = last_meeting(db(), area_id)
    sat = {m.seat: m.user_id for m in members_of(db(), last.id)} if last else {}
    found: dict[str, Any] = (
        {"location": last.location, "starts_at": f"{last.starts_at:%H:%M}"} if last else {}
    )
    for seat, able in people.items():
        ids = [number for number, _ in able]
        found[seat.value] = sat[seat] if sat.get(seat) in ids else (ids[0] if len(ids) == 1 else None)
    chair = last.chair_id if last else actor().id
    found["chair_id"] = chair if chair in [number for number, _ in people[Seat.YOT_MANAGER]] else actor().id
    found[Seat.YOT_MANAGER.value] = found[Seat.YOT_MANAGER.value] or found["chair_id"]
    return found


@blueprint.get("/meetings/<reference>")
def view(reference: str) -> Any:
    """Who is here, whether the panel is complete, and the agenda."""
    meeting = _meeting(reference)
    present = present_members(db(), meeting, today=today())
    roles = actor().roles_in(meeting.area_id) | chair_roles(meeting, actor())
    places, total = agenda_of(db(), actor(), meeting), on_agenda(db(), meeting.id)
    return page(
        "meetings/view.html",
        meeting=meeting,
        tag=STATUS[meeting.status],
        when=when_words(meeting.held_on, meeting.starts_at),
        chair=chair_name(db(), meeting),
        members=members_of(db(), meeting.id),
        seat_words=SEAT_WORDS,
        complete=quorum_words(missing_seats(present, today=today())),
        rows=[case_row(place) for place in places],
        agenda_words=agenda_words(len(places), total),
        moves=_moves(meeting, roles),
        urgent=_urgent(meeting),
        to_ratify=_to_ratify(meeting) if meeting.status in ALIVE else [],
        leads=bool(chair_roles(meeting, actor())),
        press=f.PressForm(formdata=None, version=meeting.version),
        back={"href": url_for("meetings.index"), "text": "All panel meetings"},
    )


def _urgent(meeting: Meeting) -> dict[str, str] | None:
    found = urgent_of(db(), meeting.id)
    return {"ground": words(found.ground), "reason": found.reason} if found else None


def _to_ratify(meeting: Meeting) -> list[dict[str, str]]:
    """The urgent decisions that a meeting has to confirm; the chair does it while the meeting is open."""
    if urgent_of(db(), meeting.id) is not None:
        return []
    leads = meeting.status is Status.OPEN and bool(chair_roles(meeting, actor()))
    return [
        {
            "reference": one.reference,
            "when": clock_words(one.decided_at),
            "ground": words(one.urgent.ground),
            "href": url_for("urgent.ratify", reference=one.reference) if leads else "",
        }
        for one in unratified(db(), meeting.area_id)
    ]


def _moves(meeting: Meeting, roles: frozenset[Role]) -> dict[str, list[dict[str, Any]]]:
    """The moves that this person could make, each with what still stands against it."""
    facts = actions.facts_of(db(), meeting, at=at(), reason="asked for on its page")
    return {
        name: refusal_items(MEETING.refusals(name, meeting.status, facts))
        for name in MEETING.moves_from(meeting.status, roles)
    }


@blueprint.post("/meetings/<reference>/open", endpoint="open")
def open_meeting(reference: str) -> Any:
    """Begin the meeting."""
    return _press(
        reference, actions.open_meeting, "The meeting is open. Say who is here.", "meetings.attendance"
    )


@blueprint.post("/meetings/<reference>/close")
def close(reference: str) -> Any:
    """End the meeting."""
    return _press(reference, actions.close, "The meeting is over.", "meetings.view")


def _press(reference: str, act: Any, done: str, onward: str) -> Any:
    meeting = _meeting(reference)
    form = f.PressForm()
    expect_version(meeting, form.seen)
    act(db(), meeting, by=actor(), at=at())
    flash(done, "success")
    return redirect(url_for(onward, reference=reference), 303)


@blueprint.route("/meetings/<reference>/cancel", methods=["GET", "POST"])
def cancel(reference: str) -> Any:
    """Call the meeting off."""
    meeting = _meeting(reference)
    form = f.ReasonForm(version=meeting.version)
    if command := form.read(c.WithReason):
        expect_version(meeting, form.seen, {"version": meeting.version})
        actions.cancel(db(), meeting, command, by=actor(), at=at())
        flash("The meeting has been cancelled.", "success")
        return redirect(url_for("meetings.view", reference=reference), 303)
    facts = actions.facts_of(db(), meeting, at=at(), reason="asked for here")
    refusals = refusal_items(MEETING.refusals("cancel", meeting.status, facts))
    when = when_words(meeting.held_on, meeting.starts_at)
    return page("meetings/cancel.html", form=form, meeting=meeting, when=when, refusals=refusals)


@blueprint.route("/meetings/<reference>/attendance", methods=["GET", "POST"])
def attendance(reference: str) -> Any:
    """Who is here."""
    meeting = _meeting(reference)
    if not chair_roles(meeting, actor()):
        raise NotYours("meeting.attendance")
    actions.must_be_open(meeting)
    form = f.AttendanceForm(data=_here(meeting), version=meeting.version)
    invited = {member.user_id: member.seat for member in members_of(db(), meeting.id)}
    for seat in Seat:
        able = people_for(db(), meeting.area_id, seat, today=today())
        able.sort(key=lambda person: invited.get(person[0]) is not seat)
        names = [(i, f"{name} (invited)" if invited.get(i) is seat else name) for i, name in able]
        offer(form[seat.value], [*names, (0, "Nobody is here")])
    if command := form.read(c.Attendance):
        expect_version(meeting, form.seen, _here(meeting) | {"version": meeting.version})
        actions.attendance(db(), meeting, command, by=actor(), at=at())
        complete = quorum_words(missing_seats(present_members(db(), meeting, today=today()), today=today()))
        flash(f"Saved. {complete}", "success")
        return redirect(url_for("meetings.view", reference=reference), 303)
    when = when_words(meeting.held_on, meeting.starts_at)
    return page("meetings/attendance.html", form=form, meeting=meeting, when=when)


def _here(meeting: Meeting) -> dict[str, Any]:
    sits = {m.seat: m.user_id for m in members_of(db(), meeting.id) if m.present}
    return {seat.value: sits.get(seat, 0) for seat in Seat}


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
