"""Another child took part: a new case beside this one, or a link with one that is here already."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for

from panel.casepage import case_page
from panel.errors import Missing, expect_version
from panel.incidents import actions
from panel.incidents import commands as c
from panel.incidents import forms as f
from panel.incidents.queries import linked, linked_cases
from panel.pages import page
from panel.referrals import starting
from panel.referrals.child_views import child_page
from panel.referrals.commands import ChildDetails
from panel.referrals.forms import ChildForm
from panel.referrals.match_pages import details_page, match_page
from panel.referrals.models import Referral
from panel.referrals.queries import header_of, offences_of, referral_for
from panel.referrals.views import mine
from panel.request import actor, at, db, today
from panel.request import page as here
from workflows.flow import NotYours
from workflows.roles import REFERRERS

blueprint = Blueprint("incidents", __name__)
BASE = "/cases/<reference>/another-child"


def case(reference: str) -> Referral:
    """The case of this page, if the signed-in person may see it."""
    return referral_for(db(), actor(), reference, at=at(), page=here())


@blueprint.route(BASE, methods=["GET", "POST"])
def another(reference: str) -> Any:
    """Another child took part: who is it?"""
    referral = case(reference)
    if not actor().roles_in(referral.area_id) & set(REFERRERS):
        raise NotYours("case.start")
    form = ChildForm()
    if command := form.read(ChildDetails, today=today()):
        asked, near = starting.search(db(), command, referral.area_id, by=actor(), at=at())
        if near:
            return redirect(url_for("incidents.match", reference=reference, token=asked.token), 303)
        started = starting.begin_new(db(), command, referral.area_id, by=actor(), at=at())
        return redirect(_joined(referral, started), 303)
    return child_page(form, beside=reference)


@blueprint.route(f"{BASE}/<token>", methods=["GET", "POST"])
def match(reference: str, token: str) -> Any:
    """Is the other child one of those known here?"""
    referral = case(reference)

    def details(token: str, number: int) -> str:
        return url_for("incidents.match_details", reference=reference, token=token, number=number)

    return match_page(token, done=lambda started: _joined(referral, started), details=details)


@blueprint.route(f"{BASE}/<token>/<int(max=2147483647):number>", methods=["GET", "POST"])
def match_details(reference: str, token: str, number: int) -> Any:
    """It is a child known here: which details are right?"""
    referral = case(reference)
    back = url_for("incidents.match", reference=reference, token=token)
    return details_page(token, number, done=lambda started: _joined(referral, started), back=back)


def _joined(referral: Referral, started: Referral) -> str:
    actions.join(db(), started, referral, by=actor(), at=at())
    return url_for("incidents.copy", reference=started.reference)


@blueprint.route("/cases/<reference>/copy", methods=["GET", "POST"])
def copy(reference: str) -> Any:
    """What may be copied from the linked case."""
    referral = mine(reference)
    source = _source(referral)
    offences = offences_of(db(), source)
    offered = bool(source.circumstances) and not referral.circumstances
    form = f.copy_form(offences, with_circumstances=offered, version=referral.version)
    if command := form.read(c.Copying):
        expect_version(referral, form.seen, {"version": referral.version})
        ticked, story = form.ticked(), command.circumstances
        actions.copy(db(), source, referral, ticked, offences, circumstances=story, by=actor(), at=at())
        return redirect(url_for("referrals.source", reference=reference), 303)
    return page(
        "incidents/copy.html",
        form=form,
        reference=reference,
        source=source,
        offences=offences,
        offered=offered,
        onward=url_for("referrals.source", reference=reference),
    )


def _source(referral: Referral) -> Referral:
    """The linked case to copy from: the first one that this person may see. Raises `Missing`."""
    seen = {other.reference for other in linked(db(), actor(), referral)} - {""}
    for other in linked_cases(db(), referral.id):
        if other.reference in seen:
            return case(other.reference)
    raise Missing()


@blueprint.route("/cases/<reference>/link", methods=["GET", "POST"])
def link(reference: str) -> Any:
    """Link a case that is here already."""
    referral = case(reference)
    form = f.LinkForm()
    if command := form.read(c.Reference):
        other = _visible(command.reference)
        if other is None:
            form.complain("reference", "There is no case with this reference that you may see")
        elif other.child_id == referral.child_id:
            form.complain("reference", actions.ONE_CHILD.says)
        else:
            actions.join(db(), referral, other, by=actor(), at=at())
            flash("The two cases are linked. Each is still decided on its own.", "success")
            return redirect(url_for("cases.overview", reference=reference), 303)
    return case_page("incidents/link.html", header_of(db(), referral, today=today()), form=form)


def _visible(reference: str) -> Referral | None:
    try:
        return case(reference.upper())
    except Missing:
        return None


@blueprint.route("/cases/<reference>/unlink", methods=["GET", "POST"])
def unlink(reference: str) -> Any:
    """Take this case out of the incident."""
    referral = case(reference)
    form = f.ReasonForm(version=referral.version)
    if command := form.read(c.WithReason):
        expect_version(referral, form.seen, {"version": referral.version})
        actions.leave(db(), referral, command.reason, by=actor(), at=at())
        flash("The case is no longer linked.", "success")
        return redirect(url_for("cases.overview", reference=reference), 303)
    others = [other.says for other in linked(db(), actor(), referral)]
    return case_page(
        "incidents/unlink.html", header_of(db(), referral, today=today()), form=form, others=others
    )
