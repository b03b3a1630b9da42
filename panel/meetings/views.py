"""The pages of a meeting: planned by a manager, led by its chair."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for

from panel.agreed_actions.queries import WHOLE_AREA, open_for
from panel.agreed_actions.rows import at_meeting
from panel.errors import expect_version
from panel.forms import offer
from panel.meetings import actions
from panel.meetings import commands as c
from panel.meetings import forms as f
from panel.meetings.agenda import agenda_of, cases_left, minutes_of, on_agenda
from panel.meetings.models import Meeting
from panel.meetings.people import guests_of, invitees
from panel.meetings.queries import (
    PAGE,
    chair_name,
    chair_roles,
    meeting_for,
    members_of,
    missing_seats,
    past,
    people_for,
    present_members,
    upcoming,
)
from panel.meetings.ready import count_waiting, waiting_for
from panel.meetings.rows import agenda_words, case_row, guest_row, meeting_row, seat_row, waiting_row
from panel.meetings.series import following
from panel.meetings.urgent import unratified, urgent_of
from panel.meetings.words import (
    STATUS,
    here_words,
    left_words,
    place_words,
    quorum_words,
    room_words,
    waiting_words,
    when_words,
)
from panel.pages import page
from panel.request import actor, at, behind, db, today
from panel.request import page as here
from panel.troubles import refusal_items
from workflows.action import AGREES
from workflows.calendar import clock_words
from workflows.flow import NotYours
from workflows.meeting import MEETING, Reply, Status
from workflows.roles import Role, Seat
from workflows.vocabulary import words

blueprint = Blueprint("meetings", __name__)
ALIVE = (Status.PLANNED, Status.OPEN)


def this_meeting(reference: str) -> Meeting:
    return meeting_for(db(), actor(), reference, at=at(), page=here())


@blueprint.get("/meetings")
def index() -> Any:
    """The next meetings, then those that are over."""
    before = behind("before")
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
        waiting=_waiting_words(),
        may_add=Role.YOT_MANAGER in actor().roles,
    )


def _waiting_words() -> list[str]:
    """How many cases wait for a meeting, for each area in which the reader plans meetings."""
    areas = actor().areas_as(Role.YOT_MANAGER)
    counts = count_waiting(db(), areas)
    return [waiting_words(counts.get(area, 0), actor().area_names[area], len(areas)) for area in areas]


@blueprint.get("/meetings/<reference>")
def view(reference: str) -> Any:
    """Who is here, whether the panel is complete, and the agenda."""
    meeting = this_meeting(reference)
    roles = actor().roles_in(meeting.area_id) | chair_roles(meeting, actor())
    return page(
        "meetings/view.html",
        meeting=meeting,
        tag=STATUS[meeting.status],
        when=when_words(meeting.held_on, meeting.starts_at),
        where=place_words(meeting.location, meeting.joining),
        chair=chair_name(db(), meeting),
        **_people(meeting),
        **_agenda(meeting, roles),
        moves=_moves(meeting, roles),
        urgent=_urgent(meeting),
        to_ratify=_to_ratify(meeting) if meeting.status in ALIVE else [],
        leads=bool(chair_roles(meeting, actor())),
        open_actions=_open_actions(meeting),
        press=f.PressForm(formdata=None, version=meeting.version),
        back={"href": url_for("meetings.index"), "text": "All panel meetings"},
    )


def _people(meeting: Meeting) -> dict[str, Any]:
    """Who is invited, who is here, and what the reader has answered."""
    invited, present = invitees(db(), meeting.id), present_members(db(), meeting, today=today())
    away = {one.deputy_id: one.name for one in invited if one.reply is Reply.DECLINED}
    mine = next((one.reply for one in invited if one.user_id == actor().id), None)
    return {
        "members": [seat_row(one, meeting.status, away.get(one.user_id, "")) for one in invited],
        "guests": [guest_row(one) for one in guests_of(db(), meeting.id)],
        "mine": mine if meeting.status is Status.PLANNED else None,
        "replies": Reply,
        "here_words": here_words({seat: member.name for seat, member in present.items()}),
        "complete": quorum_words(missing_seats(present, today=today())),
    }


def _agenda(meeting: Meeting, roles: frozenset[Role]) -> dict[str, Any]:
    """The agenda, how long it still takes, and for a manager what could be put on it."""
    places, total = agenda_of(db(), actor(), meeting), on_agenda(db(), meeting.id)
    left = cases_left(db(), meeting.id)
    waiting = meeting.status is Status.PLANNED and Role.YOT_MANAGER in roles
    return {
        "rows": [case_row(place) for place in places],
        "agenda_words": agenda_words(len(places), total),
        "left_words": left_words(left, minutes_of(meeting, left)),
        "next_case": next((place.reference for place in places if place.waits), None),
        "waiting": waiting_rows(meeting) if waiting else None,
        "ready_form": f.ReadyForm(formdata=None, version=meeting.version) if waiting else None,
        "room": room_words(left, meeting.capacity),
        "later": len(following(db(), meeting)),
    }


def waiting_rows(meeting: Meeting) -> list[dict[str, Any]]:
    """What waits for a meeting in the area of this one."""
    found = waiting_for(db(), actor(), meeting.area_id, today=today())
    return [waiting_row(one, today()) for one in found]


def _open_actions(meeting: Meeting) -> dict[str, Any] | None:
    """What earlier meetings agreed and nobody has done yet; only for those who sit at the panel."""
    if not actor().roles_in(meeting.area_id) & set(WHOLE_AREA):
        return None
    agrees = actor().roles & set(AGREES) and meeting.status in (Status.OPEN, Status.CLOSED)
    rows = at_meeting(open_for(db(), meeting.area_id), meeting.reference, today())
    return {
        "rows": rows,
        "agree": url_for("actions.agree", reference=meeting.reference) if agrees else None,
    }


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
    meeting = this_meeting(reference)
    form = f.PressForm()
    expect_version(meeting, form.seen)
    act(db(), meeting, by=actor(), at=at())
    flash(done, "success")
    return redirect(url_for(onward, reference=reference), 303)


@blueprint.route("/meetings/<reference>/cancel", methods=["GET", "POST"])
def cancel(reference: str) -> Any:
    """Call the meeting off."""
    meeting = this_meeting(reference)
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
    meeting = this_meeting(reference)
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
