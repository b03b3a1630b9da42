"""Handing a case over, and what the one who had it may still read of that."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for

from panel.appointments.queries import planned_for
from panel.casepage import case_page
from panel.contacts.queries import ahead
from panel.errors import expect_version
from panel.forms import offer
from panel.handovers import actions
from panel.handovers import commands as c
from panel.handovers import forms as f
from panel.handovers.queries import handed_on
from panel.history.operations import Operation
from panel.history.record import case_chain, log_access
from panel.pages import page
from panel.referrals.queries import case_managers, header_of, names_of, referral_for
from panel.request import actor, at, db, today
from panel.request import page as here
from workflows.calendar import clock_words, long_date

blueprint = Blueprint("handovers", __name__)


@blueprint.route("/cases/<reference>/hand-over", methods=["GET", "POST"])
def give(reference: str) -> Any:
    """Give the case to another case manager."""
    referral = referral_for(db(), actor(), reference, at=at(), page=here())
    form = f.HandOverForm(version=referral.version)
    workers = case_managers(db(), referral.area_id, today=today())
    others = [one for one in workers if one[0] != referral.case_manager_id]
    offer(form.case_manager_id, [(i, f"{name} ({count} open cases)") for i, name, count in others])
    if command := form.read(c.HandOver):
        expect_version(referral, form.seen, {"version": referral.version})
        actions.hand_over(db(), referral, command, by=actor(), at=at())
        flash("The case has been handed over. Both case managers have been told.", "success")
        return redirect(url_for("cases.overview", reference=reference), 303)
    appointment = planned_for(db(), referral.id)
    return case_page(
        "handovers/give.html",
        header_of(db(), referral, today=today()),
        form=form,
        held=referral.status in actions.HELD,
        others=others,
        now=names_of(db(), [referral.case_manager_id]).get(referral.case_manager_id or 0, ""),
        contacts=len(ahead(db(), referral.id, at())),
        appointment=long_date(appointment.held_on) if appointment else "",
    )


@blueprint.route("/handed-over/<reference>", methods=["GET", "POST"])
def given(reference: str) -> Any:
    """How a case came to the reader, or went to somebody else."""
    referral, event = handed_on(db(), actor(), reference)
    form = f.PressForm()
    if form.is_submitted():
        actions.read(db(), referral, by=actor(), at=at())
        flash("Thank you. The task is off your list.", "success")
        return redirect(url_for("home.tasks"), 303)
    log_access(db(), Operation.CONSULTATION, case_chain(referral.id), by=actor(), at=at(), page=here())
    return page(
        "handovers/given.html",
        form=form,
        reference=reference,
        mine=referral.case_manager_id == actor().id,
        when=clock_words(event.at),
        by=event.by_words,
        after=event.facts["after"],
        before=event.facts["before"],
        reason=event.facts["reason"],
        back={"text": "Your tasks", "href": url_for("home.tasks")},
    )
