"""The pages of a referral: written by the officer, taken up by the manager."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from panel.casepage import case_page
from panel.codes.queries import ethnicity_words
from panel.documents.expected import expected
from panel.documents.models import Kind
from panel.documents.queries import papers as papers_of
from panel.errors import Missing, expect_version
from panel.forms import offer, overrides_from
from panel.pages import page
from panel.referrals import actions, child_views
from panel.referrals import commands as c
from panel.referrals import forms as f
from panel.referrals.models import Referral
from panel.referrals.queries import (
    carer_of,
    case_facts,
    case_managers,
    child_of,
    header_of,
    offences_of,
    referral_for,
)
from panel.referrals.summary import check_rows
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.troubles import refusal_items
from workflows.case import CASE, Status

blueprint = Blueprint("referrals", __name__)
child_views.install(blueprint)


def case(reference: str, *, lock: bool = False) -> Referral:
    """The case of this page, if the signed-in person may see it."""
    return referral_for(db(), actor(), reference, at=at(), page=here(), lock=lock)


def _next(referral: Referral, endpoint: str) -> Any:
    if request.args.get("from") == "check" or referral.status not in (Status.DRAFT, Status.SENT_BACK):
        endpoint = (
            "referrals.check" if referral.status in (Status.DRAFT, Status.SENT_BACK) else "cases.offence"
        )
    return redirect(url_for(endpoint, reference=referral.reference), 303)


@blueprint.route("/cases/<reference>/carer", methods=["GET", "POST"])
def carer(reference: str) -> Any:
    """Who cares for the child."""
    referral = case(reference)
    person = carer_of(db(), referral)
    form = f.CarerForm(obj=person, version=referral.version, no_carer_reason=referral.no_carer_reason)
    if command := form.read(c.CarerDetails, today=today()):
        expect_version(referral, form.seen, _saved(person, referral))
        actions.save_carer(db(), referral, command, by=actor(), at=at())
        return _next(referral, "offences.index")
    return page("referrals/carer.html", form=form, reference=reference)


@blueprint.route("/cases/<reference>/circumstances", methods=["GET", "POST"])
def circumstances(reference: str) -> Any:
    """What happened."""
    referral = case(reference)
    form = f.CircumstancesForm(obj=referral)
    if command := form.read(c.Circumstances, today=today()):
        expect_version(referral, form.seen, _saved(referral, referral))
        actions.save_circumstances(db(), referral, command, by=actor(), at=at())
        return _next(referral, "referrals.admission")
    return page("referrals/circumstances.html", form=form, reference=reference)


@blueprint.route("/cases/<reference>/admission", methods=["GET", "POST"])
def admission(reference: str) -> Any:
    """What the child said."""
    referral = case(reference)
    form = f.AdmissionForm(obj=referral)
    if command := form.read(c.AdmissionDetails, today=today()):
        expect_version(referral, form.seen, _saved(referral, referral))
        actions.save_admission(db(), referral, command, by=actor(), at=at())
        return _next(referral, "victims.tell")
    return page("referrals/admission.html", form=form, reference=reference)


@blueprint.route("/cases/<reference>/check", methods=["GET", "POST"])
def check(reference: str) -> Any:
    """Check your answers, then send the referral."""
    referral = case(reference)
    form = f.PressForm(version=referral.version)
    if form.is_submitted():
        expect_version(referral, form.seen, {"version": referral.version})
        actions.submit(db(), referral, by=actor(), at=at(), overrides=overrides_from(request.form))
        return redirect(url_for("referrals.sent", reference=reference), 303)
    refusals = refusal_items(
        CASE.refusals("submit", referral.status, case_facts(db(), referral, today=today()))
    )
    listed = papers_of(db(), referral.id, kinds=(Kind.POLICE_PAPER,))
    person = child_of(db(), referral)
    groups = check_rows(
        referral,
        person,
        carer_of(db(), referral),
        offences_of(db(), referral),
        listed,
        expected(listed, today()),
        ethnicity=ethnicity_words(db(), person.ethnicity, today()),
    )
    return page(
        "referrals/check.html", form=form, referral=referral, groups=groups, refusals=refusals, typed={}
    )


@blueprint.get("/cases/<reference>/sent")
def sent(reference: str) -> Any:
    """The referral has been sent: its reference and what happens next."""
    referral = case(reference)
    if referral.submitted_at is None:
        raise Missing()
    return page("referrals/sent.html", header=header_of(db(), referral, today=today()))


@blueprint.route("/cases/<reference>/accept", methods=["GET", "POST"])
def accept(reference: str) -> Any:
    """Accept the referral and choose the case manager."""
    referral = case(reference)
    form = f.AcceptForm(version=referral.version)
    workers = case_managers(db(), referral.area_id, today=today())
    offer(form.case_manager_id, [(i, f"{name} ({count} open cases)") for i, name, count in workers])
    if command := form.read(c.Accept):
        expect_version(referral, form.seen, {"version": referral.version})
        actions.accept(db(), referral, command, by=actor(), at=at())
        flash("The referral has been accepted. The case manager and the officer have been told.", "success")
        return redirect(url_for("cases.overview", reference=reference), 303)
    return case_page("referrals/accept.html", header_of(db(), referral, today=today()), form=form)


@blueprint.route("/cases/<reference>/send-back", methods=["GET", "POST"])
def send_back(reference: str) -> Any:
    """Return the referral to the officer."""
    return _with_reason(
        reference, "referrals/send_back.html", actions.send_back, "The referral has been sent back."
    )


@blueprint.route("/cases/<reference>/withdraw", methods=["GET", "POST"])
def withdraw(reference: str) -> Any:
    """Withdraw the referral."""
    return _with_reason(
        reference, "referrals/withdraw.html", actions.withdraw, "The referral has been withdrawn."
    )


def _with_reason(reference: str, template: str, act: Any, done: str) -> Any:
    referral = case(reference)
    form = f.ReasonForm(version=referral.version)
    if command := form.read(c.WithReason):
        expect_version(referral, form.seen, {"version": referral.version})
        act(db(), referral, command, by=actor(), at=at())
        flash(done, "success")
        return redirect(url_for("cases.overview", reference=reference), 303)
    return case_page(template, header_of(db(), referral, today=today()), form=form)


def _saved(row: Any, referral: Referral) -> dict[str, Any]:
    return (row.model_dump() if row is not None else {}) | {"version": referral.version}
