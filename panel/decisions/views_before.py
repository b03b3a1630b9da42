"""The pages of what is on record before the panel decides, of what it may decide, and of putting it off."""

from typing import Any

from flask import flash, redirect, url_for

from config.coded import DEFERRALS
from panel.casepage import case_page
from panel.decisions import deferring, preparing, shown_before
from panel.decisions import forms as f
from panel.decisions.beforehand import beforehand_of
from panel.decisions.commands import ChargeForm, Deferral, Reviewed
from panel.decisions.views import BASE, blueprint, case, led
from panel.errors import expect_version
from panel.forms import PanelForm, offer
from panel.referrals.models import Referral
from panel.referrals.queries import header_of, offences_of
from panel.request import actor, at, db, today
from workflows.before_panel import Check


def _back(referral: Referral) -> Any:
    flash("This is on record now.", "success")
    return redirect(url_for("decisions.before", reference=referral.reference), 303)


def _asked(referral: Referral, form: PanelForm, title: str, lead: str) -> Any:
    return case_page(
        "decisions/asked.html", header_of(db(), referral, today=today()), form=form, title=title, lead=lead
    )


@blueprint.get(f"{BASE}/before")
def before(reference: str) -> Any:
    """What is on record before the panel decides, and who may add to it."""
    referral = case(reference)
    return case_page(
        "decisions/before.html",
        header_of(db(), referral, today=today()),
        **shown_before.before(db(), referral, actor(), today=today()),
    )


@blueprint.route(f"{BASE}/evidence", methods=["GET", "POST"])
def evidence(reference: str) -> Any:
    """What an officer holds of the evidence of each offence."""
    referral = case(reference)
    form = f.evidence_form(referral, offences_of(db(), referral), beforehand_of(db(), referral.id).views)
    if command := form.read_all():
        expect_version(referral, form.seen, {"version": referral.version})
        preparing.see_evidence(db(), referral, command, by=actor(), at=at())
        return _back(referral)
    lead = "Your name and the day are kept with it. A later view is kept too, and counts instead of this one."
    return _asked(referral, form, "What is the evidence enough for?", lead)


@blueprint.route(f"{BASE}/review", methods=["GET", "POST"])
def review(reference: str) -> Any:
    """The senior review of a case of a kind that calls for it."""
    lead = "The panel reads this. Your name and the day are kept with it."
    return _checked(reference, Check.SENIOR_REVIEW, f.ReviewForm, Reviewed, "Senior review", lead)


@blueprint.route(f"{BASE}/charge-form", methods=["GET", "POST"])
def charge_form(reference: str) -> Any:
    """Where the form is that goes with the case to the prosecutor."""
    lead = "It goes with the case to the Crown Prosecution Service. The panel only refers: it cannot charge."
    return _checked(
        reference, Check.CHARGE_FORM, f.ChargeFormForm, ChargeForm, "Child Information Form", lead
    )


def _checked(
    reference: str,
    check: Check,
    form_class: type[PanelForm],
    asks: type[Reviewed] | type[ChargeForm],
    title: str,
    lead: str,
) -> Any:
    referral = case(reference)
    form = form_class(version=referral.version)
    if command := form.read(asks):
        expect_version(referral, form.seen, {"version": referral.version})
        preparing.check(db(), referral, check, command.said, by=actor(), at=at())
        return _back(referral)
    return _asked(referral, form, title, lead)


@blueprint.get(f"{BASE}/outcomes")
def outcomes(reference: str) -> Any:
    """What the panel may decide for each offence: what it needs, what it causes, what is missing."""
    referral = case(reference)
    return case_page(
        "decisions/outcomes.html",
        header_of(db(), referral, today=today()),
        offences=shown_before.outcomes(db(), referral, today=today()),
    )


@blueprint.route(f"{BASE}/defer", methods=["GET", "POST"])
def defer(reference: str) -> Any:
    """Put the decision off: the case goes to the next meeting at once, if it can."""
    referral = case(reference)
    led(referral)
    form = f.DeferForm(version=referral.version)
    offer(form.code, [(code.key, code.says) for code in DEFERRALS.codes(today())])
    if command := form.read(Deferral):
        deferral = deferring.defer(db(), referral, command, by=actor(), at=at())
        flash(shown_before.put_off(deferral), "success")
        return redirect(url_for("decisions.view", reference=reference), 303)
    return case_page("decisions/defer.html", header_of(db(), referral, today=today()), form=form)
