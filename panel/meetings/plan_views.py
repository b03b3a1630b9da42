"""The pages on which meetings are planned: one, or a series; and whom the panel may invite from outside."""

from typing import Any
from urllib.parse import urlencode

from flask import flash, redirect, request, url_for
from pydantic import ValidationError

from config.policy import number
from panel.areas import area_name, choose_area, managed_area
from panel.forms import offer
from panel.meetings import actions, outside, series
from panel.meetings import commands as c
from panel.meetings import forms as f
from panel.meetings.people import guests_of, invitees
from panel.meetings.queries import last_meeting, people_for
from panel.meetings.views import blueprint
from panel.pages import page
from panel.request import actor, at, db, today
from workflows.calendar import day_date
from workflows.meeting_days import HOLIDAY_WORDS, RHYTHM_WORDS, SeriesDay, Weekday
from workflows.roles import INVITED_WORDS, SEAT_WORDS, Seat

People = dict[Seat, list[tuple[int, str]]]


def people_in(area_id: int) -> People:
    """Who may sit in each seat of an area."""
    return {seat: people_for(db(), area_id, seat, today=today()) for seat in Seat}


def offer_people(form: Any, people: People, area_id: int) -> None:
    """Fill the fields of seats, deputies and people from outside."""
    for seat in Seat:
        offer(form[seat.value], people[seat])
        offer(form[f"{seat.value}_deputy"], people[seat], first="Nobody")
    guests = outside.people_outside(db(), area_id)
    offer(form.guests, [(one.id, f"{one.name} ({INVITED_WORDS[one.agency]})") for one in guests])


@blueprint.route("/meetings/new", methods=["GET", "POST"])
def add() -> Any:
    """Plan a meeting."""
    area_id = managed_area()
    if area_id is None:
        return choose_area("Plan a panel meeting")
    people = people_in(area_id)
    form = f.MeetingForm(data=_proposal(area_id, people))
    offer(form.chair_id, people[Seat.YOT_MANAGER])
    offer_people(form, people, area_id)
    if command := form.read(c.MeetingDetails, today=today()):
        meeting = actions.add(db(), command, area_id, by=actor(), at=at())
        flash("The meeting has been planned. Everybody who is invited is told by mail.", "success")
        return redirect(url_for("meetings.view", reference=meeting.reference), 303)
    return page("meetings/add.html", form=form, **_around(people, area_id))


def _around(people: People, area_id: int) -> dict[str, Any]:
    name = area_name(area_id)
    return {
        "nobody": [SEAT_WORDS[seat] for seat in Seat if not people[seat]],
        "area_id": area_id if name else None,
        "area_name": name,
    }


def _proposal(area_id: int, people: People) -> dict[str, Any]:
    """Like the last meeting where that still fits, or the only person who can."""
    last, found = last_meeting(db(), area_id), dict[str, Any]()
    if last is not None:
        found = {"location": last.location, "joining": last.joining, "starts_at": f"{last.starts_at:%H:%M}"}
        found["guests"] = [str(one.person_id) for one in guests_of(db(), last.id)]
    found["capacity"] = last.capacity if last else number("panel_capacity", today())
    sat = {one.seat: one for one in reversed(invitees(db(), last.id))} if last else {}
    for seat, able in people.items():
        ids, before = [i for i, _ in able], sat.get(seat)
        stays = before is not None and before.user_id in ids
        found[seat.value] = before.user_id if before and stays else (ids[0] if len(ids) == 1 else None)
        if before is not None and before.deputy_id in ids:
            found[f"{seat.value}_deputy"] = before.deputy_id
    chair = last.chair_id if last else actor().id
    found["chair_id"] = chair if chair in [i for i, _ in people[Seat.YOT_MANAGER]] else actor().id
    found[Seat.YOT_MANAGER.value] = found[Seat.YOT_MANAGER.value] or found["chair_id"]
    return found


@blueprint.route("/meetings/series", methods=["GET", "POST"])
def plan_series() -> Any:
    """How a series runs."""
    area_id = managed_area()
    if area_id is None:
        return choose_area("Plan a series of meetings")
    form = f.RuleForm(data={"start": today()})
    offer(form.weekday, [(day.value, day.value.capitalize()) for day in Weekday])
    offer(form.rhythm, list(RHYTHM_WORDS.items()))
    offer(form.on_holiday, list(HOLIDAY_WORDS.items()))
    if rule := form.read(c.Rule, today=today()):
        asked = {k: str(v) for k, v in rule.model_dump(mode="json").items() if v is not None}
        onward = url_for("meetings.series_days") + "?" + urlencode(asked | {"area": str(area_id)})
        return redirect(onward, 303)
    return page("meetings/series.html", form=form)


@blueprint.route("/meetings/series/days", methods=["GET", "POST"])
def series_days() -> Any:
    """The days of a series, to look at and untick before the meetings are made."""
    area_id, rule = managed_area(), _rule()
    if area_id is None or rule is None:
        return redirect(url_for("meetings.plan_series"), 303)
    found, people = series.days_of(rule, today=today()), people_in(area_id)
    ticked = [one.day.isoformat() for one in found if one.proposed]
    form = f.SeriesForm(data=_proposal(area_id, people) | {"days": ticked})
    offer(form.days, [(one.day.isoformat(), _day_words(one)) for one in found])
    offer(form.chair_id, people[Seat.YOT_MANAGER])
    offer_people(form, people, area_id)
    if command := form.read(c.SeriesDetails, today=today()):
        made = series.add_series(db(), rule, command, area_id, by=actor(), at=at())
        flash(f"{len(made)} meetings have been planned. Everybody who is invited is told by mail.", "success")
        return redirect(url_for("meetings.index"), 303)
    return page("meetings/series_days.html", form=form, found=found, **_around(people, area_id))


def _rule() -> c.Rule | None:
    asked = {key: request.args.get(key) for key in c.Rule.model_fields if request.args.get(key)}
    try:
        return c.Rule.model_validate({"times": None} | asked, context={"today": today()})
    except ValidationError:
        return None


def _day_words(one: SeriesDay) -> str:
    if not one.holiday:
        return day_date(one.day)
    if one.day != one.rhythm_day:
        return f"{day_date(one.day)}, because {day_date(one.rhythm_day)} is a bank holiday ({one.holiday})"
    return f"{day_date(one.day)}: a bank holiday ({one.holiday})"


@blueprint.route("/meetings/people", methods=["GET", "POST"], endpoint="outside")
def outside_people() -> Any:
    """Whom the panel may invite from outside."""
    area_id = managed_area()
    if area_id is None:
        return choose_area("People from outside")
    form = f.OutsiderForm()
    offer(form.agency, list(INVITED_WORDS.items()))
    if command := form.read(c.Outsider):
        person = outside.add_person(db(), command, area_id, by=actor(), at=at())
        flash(f"{person.name} can be invited now.", "success")
        return redirect(url_for("meetings.outside", area=area_id), 303)
    rows = [
        {"id": one.id, "name": one.name, "agency": INVITED_WORDS[one.agency], "email": one.email}
        for one in outside.people_outside(db(), area_id)
    ]
    press = f.PressForm(formdata=None)
    return page(
        "meetings/outside.html",
        form=form,
        rows=rows,
        press=press,
        **_around({s: [(0, "")] for s in Seat}, area_id),
    )


@blueprint.post("/meetings/people/<int:number>/end")
def end_outside(number: int) -> Any:
    """Invite somebody no more."""
    person = outside.end_person(db(), number, by=actor(), at=at())
    flash(f"{person.name} is not offered any more.", "success")
    return redirect(url_for("meetings.outside", area=person.area_id), 303)
