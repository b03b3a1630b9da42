"""The pages about conflicts of interest, open also to those who have one: they show nothing of the case."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for

from panel.forms import offer
from panel.meetings import conflict_commands as c
from panel.meetings import conflict_forms as f
from panel.meetings import conflicts
from panel.meetings.agenda import meeting_of, open_item
from panel.meetings.locking import leads_case, not_waiting
from panel.meetings.models import AgendaItem, Meeting
from panel.meetings.queries import chair_name, chair_roles, members_of, people_for
from panel.meetings.seating import stand_ins
from panel.meetings.words import when_words
from panel.pages import page
from panel.referrals.conflicts import Declared, conflicted_in, declared_in
from panel.referrals.models import Referral
from panel.referrals.queries import referral_for
from panel.request import actor, at, db, today
from panel.request import page as here
from workflows.calendar import clock_words
from workflows.flow import NotYours
from workflows.roles import SEAT_WORDS, Seat
from workflows.vocabulary import words

blueprint = Blueprint("conflicts", __name__)
BASE = "/cases/<reference>"


def case(reference: str, *, in_spite: bool = True) -> Referral:
    """The case, also for somebody who has a conflict in it: these pages say nothing of the child."""
    return referral_for(db(), actor(), reference, at=at(), page=here(), in_spite_of_conflict=in_spite)


def _waiting(referral: Referral) -> tuple[Meeting, AgendaItem]:
    item = open_item(db(), referral)
    if item is None:
        raise not_waiting()
    return meeting_of(db(), item), item


@blueprint.route(f"{BASE}/conflict", methods=["GET", "POST"])
def declare(reference: str) -> Any:
    """Declare a conflict of interest; the chair may record one for a member who asks for it."""
    referral = case(reference)
    meeting, item = _waiting(referral)
    leads = leads_case(db(), meeting, item.id, actor())
    out = conflicted_in(db(), referral.id)
    form = f.DeclareForm(version=referral.version)
    _offer_people(form, meeting, out, leads=leads)
    if command := form.read(c.Declaration):
        conflicts.declare(db(), referral, command, by=actor(), at=at())
        own = command.user_id in (None, actor().id)
        flash("The conflict is recorded. " + (MINE if own else THEIRS), "success")
        return _onward(reference, meeting, own=own)
    shut = actor().id in out
    return page(
        "conflicts/declare.html",
        form=None if shut else form,
        reference=reference,
        meeting=_told(meeting),
        rows=[_row(one, reference, leads=leads) for one in declared_in(db(), referral.id)],
        shut=shut,
        hands_over=shut and bool(chair_roles(meeting, actor())),
        back=url_for(
            "meetings.view" if shut else "decisions.view", reference=meeting.reference if shut else reference
        ),
    )


MINE = "You take no part in this case."
THEIRS = "They take no part in this case, and quorum was counted again."


def _offer_people(form: f.DeclareForm, meeting: Meeting, out: frozenset[int], *, leads: bool) -> None:
    if not leads:
        del form.user_id
        return
    people = {actor().id: "Mine"} | {
        m.user_id: f"{m.name} ({SEAT_WORDS[m.seat]})"
        for m in members_of(db(), meeting.id)
        if m.user_id != actor().id and m.user_id not in out
    }
    offer(form.user_id, list(people.items()))
    if form.user_id.data in (None, ""):
        form.user_id.data = str(actor().id)


def _onward(reference: str, meeting: Meeting, *, own: bool) -> Any:
    """Whoever is out goes to the meeting; the chair of the meeting first says who leads instead."""
    if not own or chair_roles(meeting, actor()):
        return redirect(url_for("conflicts.stand_in", reference=reference), 303)
    return redirect(url_for("meetings.view", reference=meeting.reference), 303)


def _told(meeting: Meeting) -> dict[str, str]:
    return {
        "text": when_words(meeting.held_on, meeting.starts_at),
        "href": url_for("meetings.view", reference=meeting.reference),
        "chair": chair_name(db(), meeting),
    }


def _row(one: Declared, reference: str, *, leads: bool) -> dict[str, Any]:
    """One conflict; what it is, is read by whoever chairs the case and by the person it is about."""
    may_read = leads or one.user_id == actor().id
    may_lift = one.holds and one.user_id != actor().id
    proposed = one.proposed
    return {
        "name": one.name,
        "when": clock_words(one.at),
        "by": one.by_name,
        "holds": one.holds,
        "kind": words(one.kind) if may_read else "",
        "text": one.text if may_read else "",
        "proposed": proposed is not None,
        "lift": url_for("conflicts.lift", reference=reference, number=one.id) if may_lift else "",
    }


@blueprint.route(f"{BASE}/conflicts/<int(max=2147483647):number>/lift", methods=["GET", "POST"])
def lift(reference: str, number: int) -> Any:
    """Lift a conflict: one person proposes it, another one confirms it, one of them chairs the case."""
    referral = case(reference, in_spite=False)
    meeting, item = _waiting(referral)
    one = conflicts.declared_here(db(), referral, number)
    form = f.LiftForm(version=referral.version)
    if command := form.read(c.Lifting):
        done = conflicts.lift(db(), referral, number, command, by=actor(), at=at())
        flash(LIFTED if done else PROPOSED, "success")
        return redirect(url_for("conflicts.declare", reference=reference), 303)
    leads = leads_case(db(), meeting, item.id, actor())
    return page(
        "conflicts/lift.html",
        form=form,
        reference=reference,
        one=_row(one, reference, leads=leads),
        proposed=one.proposed.reason if one.proposed and leads else "",
        confirms=one.proposed is not None,
        back=url_for("conflicts.declare", reference=reference),
    )


LIFTED = "The conflict is lifted. The person may open the case again."
PROPOSED = "Proposed. It is lifted when another person confirms it."


@blueprint.route(f"{BASE}/panel/instead", methods=["GET", "POST"])
def stand_in(reference: str) -> Any:
    """Who acts in this case only, for somebody who cannot."""
    referral = case(reference)
    meeting, item = _waiting(referral)
    if not chair_roles(meeting, actor()) and not leads_case(db(), meeting, item.id, actor()):
        raise NotYours("case.stand_in")
    form = _stand_in_form(meeting, item)
    if command := form.read(c.StandingIn):
        conflicts.stand_in(db(), referral, command, by=actor(), at=at())
        flash("Saved. It holds for this case only.", "success")
        return redirect(_after(referral, meeting), 303)
    return page(
        "conflicts/stand_in.html",
        form=form,
        asks=bool(form.visible()),
        reference=reference,
        meeting=_told(meeting),
        back=_after(referral, meeting),
    )


def _after(referral: Referral, meeting: Meeting) -> str:
    if actor().id in conflicted_in(db(), referral.id):
        return url_for("meetings.view", reference=meeting.reference)
    return url_for("decisions.view", reference=referral.reference)


def _stand_in_form(meeting: Meeting, item: AgendaItem) -> f.StandInForm:
    may = conflicts.gaps(db(), meeting, item.id, at=at())
    acting = stand_ins(db(), item.id)
    fields: dict[Seat | None, str] = {seat: seat.value for seat in Seat} | {None: "chair_id"}
    form = f.StandInForm(data={name: str(acting.get(seat, 0)) for seat, name in fields.items()})
    for seat, name in fields.items():
        if seat not in may:
            del form[name]
            continue
        able = people_for(db(), meeting.area_id, seat or Seat.YOT_MANAGER, today=today())
        nobody = "Nobody yet"
        offer(form[name], [*((i, who) for i, who in able if i not in may[seat]), (0, nobody)])
    return form
