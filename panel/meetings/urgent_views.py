"""The pages of an urgent decision: asking for it, and what the next meeting says of it."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from panel.casepage import case_page
from panel.errors import Missing, expect_version
from panel.forms import offer, overrides_from
from panel.meetings import urgent
from panel.meetings import urgent_commands as c
from panel.meetings import urgent_forms as f
from panel.meetings.listing import list_facts
from panel.meetings.queries import people_for
from panel.referrals.models import Referral
from panel.referrals.queries import header_of, referral_for
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.troubles import refusal_items
from workflows.calendar import clock_words
from workflows.case import CASE
from workflows.flow import NotYours
from workflows.roles import SEAT_WORDS, Seat
from workflows.vocabulary import words

blueprint = Blueprint("urgent", __name__)
BASE = "/cases/<reference>"


def case(reference: str) -> Referral:
    """The case of this page, if the signed-in person may see it."""
    return referral_for(db(), actor(), reference, at=at(), page=here())


@blueprint.route(f"{BASE}/urgent", methods=["GET", "POST"])
def ask(reference: str) -> Any:
    """Have one case decided by named people before the next meeting."""
    referral = case(reference)
    form = f.UrgentForm(version=referral.version)
    nobody = _offer_people(form, referral.area_id)
    if command := form.read(c.UrgentDetails):
        expect_version(referral, form.seen, {"version": referral.version})
        given = overrides_from(request.form)
        meeting = urgent.ask(db(), referral, command, by=actor(), at=at(), overrides=given)
        flash("The named people have been told. Each takes a position from their own account.", "success")
        return redirect(url_for("meetings.view", reference=meeting.reference), 303)
    facts = list_facts(db(), referral, today=today())
    return case_page(
        "urgent/ask.html",
        header_of(db(), referral, today=today()),
        form=form,
        nobody=nobody,
        typed=request.form,
        refusals=refusal_items(CASE.refusals("list", referral.status, facts)),
    )


def _offer_people(form: f.UrgentForm, area_id: int) -> list[str]:
    """Fill the choices; the seats for which nobody can be named are given back in words."""
    able = {seat: people_for(db(), area_id, seat, today=today()) for seat in f.SEATS}
    for seat, people in able.items():
        offer(form[seat.value], people)
    offer(form.chair_id, able[Seat.YOT_MANAGER])
    return [SEAT_WORDS[seat] for seat, people in able.items() if not people]


@blueprint.route(f"{BASE}/ratify", methods=["GET", "POST"])
def ratify(reference: str) -> Any:
    """The meeting that sits now confirms an urgent decision, or opens it again."""
    referral = case(reference)
    waiting = urgent.unratified(db(), referral.area_id, referral_id=referral.id)
    meeting = urgent.sitting_now(db(), referral.area_id, actor())
    if request.method == "GET" and not waiting:
        raise Missing()
    if meeting is None:
        raise NotYours("case.ratify")
    form = f.RatifyForm(version=referral.version)
    if command := form.read(c.Ratifying):
        urgent.ratify(db(), referral, command, by=actor(), at=at())
        flash("What the meeting said has been recorded.", "success")
        return redirect(url_for("meetings.view", reference=meeting.reference), 303)
    return case_page(
        "urgent/ratify.html",
        header_of(db(), referral, today=today()),
        form=form,
        told=_told(waiting[0]) if waiting else None,
        back=url_for("meetings.view", reference=meeting.reference),
    )


def _told(one: urgent.ToRatify) -> dict[str, str]:
    return {
        "when": clock_words(one.decided_at),
        "ground": words(one.urgent.ground),
        "reason": one.urgent.reason,
    }
