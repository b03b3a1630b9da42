"""From a row of the list to the child: a late referral, filled in already, and what became of the child."""

from typing import Any

from flask import flash, redirect, request, url_for

from panel.gap import actions
from panel.gap import commands as c
from panel.gap import forms as f
from panel.gap.list_rows import list_row
from panel.gap.views import blueprint
from panel.pages import page
from panel.police.models import PoliceDisposal
from panel.police.queries import disposal_for
from panel.referrals import commands as rc
from panel.referrals import offences, starting
from panel.referrals.child_views import offer_ethnicities
from panel.referrals.forms import ChildForm, OffenceForm
from panel.referrals.match_pages import details_page, match_page
from panel.referrals.models import Referral
from panel.referrals.queries import referral_for
from panel.referrals.summary import NUMBERS
from panel.request import actor, at, db, today
from panel.request import page as here
from workflows.calendar import long_date
from workflows.flow import Refused
from workflows.vocabulary import words

ONE = "/gap/disposals/<reference>"
FROM_THE_LIST = "It stands on the force's list of disposals ({reference}), which has no offence codes"


def disposal(reference: str) -> PoliceDisposal:
    """The record of this page, if the signed-in person may see it."""
    return disposal_for(db(), actor(), reference, at=at(), page=here())


@blueprint.route(f"{ONE}/refer", methods=["GET", "POST"])
def refer(reference: str) -> Any:
    """A late referral, filled from the record of the police: who the child is."""
    row = actions.openable(disposal(reference), actor())
    form = ChildForm(obj=row)
    if command := form.read(rc.ChildDetails, today=today()):
        asked, near = starting.search(db(), command, row.area_id, by=actor(), at=at())
        if near:
            return redirect(url_for("gap.match", reference=reference, token=asked.token), 303)
        return redirect(
            _linked(row, starting.begin_new(db(), command, row.area_id, by=actor(), at=at())), 303
        )
    offer_ethnicities(form)
    return page("gap/refer.html", form=form, row=list_row(row, actor(), today=today()), numbers=NUMBERS)


@blueprint.route(f"{ONE}/refer/<token>", methods=["GET", "POST"])
def match(reference: str, token: str) -> Any:
    """Is the child of the record one of those known here?"""
    row = actions.openable(disposal(reference), actor())

    def details(token: str, number: int) -> str:
        return url_for("gap.match_details", reference=reference, token=token, number=number)

    return match_page(token, done=lambda started: _linked(row, started), details=details)


@blueprint.route(f"{ONE}/refer/<token>/<int(max=2147483647):number>", methods=["GET", "POST"])
def match_details(reference: str, token: str, number: int) -> Any:
    """It is a child known here: which details are right?"""
    row = actions.openable(disposal(reference), actor())
    back = url_for("gap.match", reference=reference, token=token)
    return details_page(token, number, done=lambda started: _linked(row, started), back=back)


def _linked(row: PoliceDisposal, referral: Referral) -> str:
    actions.link(db(), row, referral, by=actor(), at=at())
    flash(
        "The late referral is open. It does not change that we were not told: the gap still counts it.",
        "success",
    )
    return url_for("gap.offence", reference=row.reference)


@blueprint.route(f"{ONE}/offence", methods=["GET", "POST"])
def offence(reference: str) -> Any:
    """The offence of the record as the first one of the late referral."""
    row = disposal(reference)
    referral = actions.draft_of(db(), row, actor())
    referral_for(db(), actor(), referral.reference, at=at(), page=here(), lock=request.method == "POST")
    form = OffenceForm(
        title=row.offence,
        crime_reference=row.crime_reference,
        by_hand_reason=FROM_THE_LIST.format(reference=row.reference),
    )
    for name in ("mode_reason", "prosecute_by", "prosecute_source", "prosecute_reason", "cps_authority"):
        delattr(form, name)
    if command := form.read(rc.OffenceDetails, today=today()):
        offences.add_offence(db(), referral, command, by=actor(), at=at())
        return redirect(url_for("referrals.tasks", reference=referral.reference), 303)
    return page(
        "gap/offence.html", form=form, case=referral.reference, row=list_row(row, actor(), today=today())
    )


@blueprint.route(f"{ONE}/follow-up", methods=["GET", "POST"])
def follow_up(reference: str) -> Any:
    """What became of this child."""
    row = disposal(reference)
    form = f.FollowForm()
    if command := form.read(c.FollowUp, today=today()):
        try:
            actions.follow_up(db(), row, command, by=actor(), at=at())
        except Refused as refused:
            for refusal in refused.refusals:
                form.complain(
                    "crime_reference" if refusal.name == "crime_named" else "happened_on", refusal.says
                )
        else:
            flash("It is on the record.", "success")
            return redirect(url_for("gap.follow_up", reference=reference), 303)
    written = actions.follow_ups(db(), [row.id]).get(row.id, [])
    return page(
        "gap/follow_up.html",
        form=form,
        row=list_row(row, actor(), today=today()),
        written=[
            {
                "key": long_date(one.happened_on),
                "value": [
                    part for part in (words(one.became), one.crime_reference, one.said, one.by_words) if part
                ],
            }
            for one in written
        ],
    )
