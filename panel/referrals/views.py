"""The pages of a referral: written by the officer, taken up by the manager."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from panel.casepage import case_page
from panel.errors import expect_version
from panel.forms import offer, overrides_from
from panel.pages import page
from panel.referrals import actions
from panel.referrals import commands as c
from panel.referrals import forms as f
from panel.referrals.drafts import BEING_WRITTEN, known_before
from panel.referrals.models import Referral
from panel.referrals.queries import (
    carer_of,
    case_managers,
    header_of,
    referral_for,
)
from panel.referrals.rounds import rounds_of
from panel.referrals.writers import may_write
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.troubles import refusal_items
from workflows.case import CASE
from workflows.flow import NotYours

blueprint = Blueprint("referrals", __name__)


def case(reference: str, *, lock: bool = False) -> Referral:
    """The case of this page, if the signed-in person may see it."""
    return referral_for(db(), actor(), reference, at=at(), page=here(), lock=lock)


def mine(reference: str) -> Referral:
    """The case of this page, if it is the signed-in person's to write."""
    referral = case(reference)
    if not may_write(referral, actor().roles_in(referral.area_id), actor().id):
        raise NotYours("case.edit")
    return referral


def onward(referral: Referral, endpoint: str) -> Any:
    """Go to the next page, or to the one from which somebody came to change one thing."""
    return redirect(address_onward(referral, endpoint), 303)


def address_onward(referral: Referral, endpoint: str) -> str:
    """The next page, or the one from which somebody came to change one thing."""
    if referral.status not in BEING_WRITTEN:
        endpoint = "cases.offence"
    elif "tasks" in (request.form.get("then"), request.args.get("from")):
        endpoint = "referrals.tasks"
    elif request.args.get("from") == "check":
        endpoint = "referrals.check"
    return url_for(endpoint, reference=referral.reference)


def draft_page(template: str, referral: Referral, *, form: Any = None, **context: Any) -> Any:
    """A page of a referral, with the way back to the list of its pages."""
    writing = referral.status in BEING_WRITTEN
    endpoint, text = ("referrals.tasks", "All pages") if writing else ("cases.offence", "The offence tab")
    back = {"href": url_for(endpoint, reference=referral.reference), "text": text}
    return page(
        template,
        form=form,
        back=back,
        writing=writing,
        referral=referral,
        reference=referral.reference,
        **context,
    )


@blueprint.route("/cases/<reference>/carer", methods=["GET", "POST"])
def carer(reference: str) -> Any:
    """Who cares for the child."""
    referral = mine(reference)
    person = carer_of(db(), referral)
    form = f.CarerForm(obj=person, version=referral.version, no_carer_reason=referral.no_carer_reason)
    if command := form.read(c.CarerDetails, today=today()):
        expect_version(referral, form.seen, saved(person, referral))
        actions.save_carer(db(), referral, command, by=actor(), at=at())
        return onward(referral, "offences.index")
    known = person is not None and known_before(db(), referral)
    return draft_page("referrals/carer.html", referral, form=form, known_before=known)


@blueprint.route("/cases/<reference>/circumstances", methods=["GET", "POST"])
def circumstances(reference: str) -> Any:
    """What happened."""
    referral = mine(reference)
    form = f.CircumstancesForm(obj=referral)
    if command := form.read(c.Circumstances, today=today()):
        expect_version(referral, form.seen, saved(referral, referral))
        actions.save_circumstances(db(), referral, command, by=actor(), at=at())
        return onward(referral, "referrals.admission")
    return draft_page("referrals/circumstances.html", referral, form=form)


@blueprint.route("/cases/<reference>/accept", methods=["GET", "POST"])
def accept(reference: str) -> Any:
    """Accept the referral and choose the case manager."""
    referral = case(reference)
    form = f.AcceptForm(version=referral.version)
    workers = case_managers(db(), referral.area_id, today=today())
    offer(form.case_manager_id, [(i, f"{name} ({count} open cases)") for i, name, count in workers])
    if command := form.read(c.Accept):
        expect_version(referral, form.seen, {"version": referral.version})
        overrides = overrides_from(request.form)
        actions.accept(db(), referral, command, by=actor(), at=at(), overrides=overrides)
        flash("The referral has been accepted. The case manager and the officer have been told.", "success")
        return redirect(url_for("cases.overview", reference=reference), 303)
    facts = actions.accept_facts(db(), referral, by=actor(), at=at())
    unmet = CASE.refusals("accept", referral.status, facts)
    return case_page(
        "referrals/accept.html",
        header_of(db(), referral, today=today()),
        form=form,
        refusals=refusal_items(r for r in unmet if r.name != "case_manager"),
        rounds=rounds_of(db(), [referral]).get(referral.id, []),
        typed=request.form,
    )


@blueprint.route("/cases/<reference>/withdraw", methods=["GET", "POST"])
def withdraw(reference: str) -> Any:
    """Withdraw the referral."""
    referral = mine(reference)
    form = f.ReasonForm(version=referral.version)
    if command := form.read(c.WithReason):
        expect_version(referral, form.seen, {"version": referral.version})
        actions.withdraw(db(), referral, command, by=actor(), at=at())
        flash("The referral has been withdrawn.", "success")
        return redirect(url_for("cases.overview", reference=reference), 303)
    return case_page("referrals/withdraw.html", header_of(db(), referral, today=today()), form=form)


def saved(row: Any, referral: Referral) -> dict[str, Any]:
    """What stands in a row now, to be shown beside what was typed."""
    return (row.model_dump() if row is not None else {}) | {"version": referral.version}
