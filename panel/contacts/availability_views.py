"""The pages on which a family says which times do not fit."""

from typing import Any

from flask import flash, redirect, url_for

from panel.casepage import case_page
from panel.contacts import actions
from panel.contacts import commands as c
from panel.contacts import forms as f
from panel.contacts.queries import availability_of
from panel.contacts.views import blueprint, case, times
from panel.errors import expect_version
from panel.forms import offer
from panel.referrals.queries import header_of
from panel.request import actor, at, db, today
from workflows.calendar import long_date, today_in_london


@blueprint.route("/cases/<reference>/availability", methods=["GET", "POST"])
def availability(reference: str) -> Any:
    """Ask the family about school, work and faith, and write down what does not fit."""
    referral = case(reference, lock=True)
    said = availability_of(db(), referral.id)
    form = f.AskedForm(obj=said, version=referral.version)
    if command := form.read(c.Asked):
        expect_version(referral, form.seen, {"version": referral.version})
        actions.ask_times(db(), referral, command, by=actor(), at=at())
        flash("Written down.", "success")
        return redirect(url_for("contacts.availability", reference=reference), 303)
    return case_page(
        "contacts/availability.html",
        header_of(db(), referral, today=today()),
        form=form,
        asked_on=long_date(today_in_london(said.asked_at)) if said else "",
        press=f.PressForm(formdata=None, version=referral.version),
        **times(referral),
    )


@blueprint.route("/cases/<reference>/availability/add", methods=["GET", "POST"])
def add_busy(reference: str) -> Any:
    """Add a time of each week that does not fit."""
    referral = case(reference, lock=True)
    form = f.DoesNotFitForm(version=referral.version)
    offer(form.weekday, list(enumerate(c.DAYS)))
    if command := form.read(c.DoesNotFit):
        expect_version(referral, form.seen, {"version": referral.version})
        actions.add_busy(db(), referral, command, by=actor(), at=at())
        flash("Added.", "success")
        return redirect(url_for("contacts.availability", reference=reference), 303)
    return case_page("contacts/busy.html", header_of(db(), referral, today=today()), form=form)


@blueprint.post("/cases/<reference>/availability/<int(max=2147483647):busy_id>/remove")
def remove_busy(reference: str, busy_id: int) -> Any:
    """Take a time away that fits again."""
    referral = case(reference, lock=True)
    form = f.PressForm()
    expect_version(referral, form.seen, {"version": referral.version})
    actions.remove_busy(db(), referral, busy_id, by=actor(), at=at())
    flash("Removed.", "success")
    return redirect(url_for("contacts.availability", reference=reference), 303)
