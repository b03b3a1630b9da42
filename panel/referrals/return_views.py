"""What the YOT manager does with a referral that is not ready or not ours, and how it is answered."""

from typing import Any

from flask import flash, redirect, url_for

from config.coded import SENT_BACK, TURNED_DOWN
from panel.casepage import case_page
from panel.errors import Missing, expect_version
from panel.forms import offer
from panel.referrals import commands as c
from panel.referrals import forms as f
from panel.referrals import returns
from panel.referrals.queries import header_of
from panel.referrals.return_forms import SendBackForm
from panel.referrals.rounds import open_round
from panel.referrals.views import blueprint, case, draft_page, mine
from panel.request import actor, at, db, today
from workflows.case_rules import UNDER_10


@blueprint.route("/cases/<reference>/send-back", methods=["GET", "POST"])
def send_back(reference: str) -> Any:
    """Return the referral to whoever sent it, with what to put right."""
    referral = case(reference)
    form = SendBackForm(version=referral.version)
    form.codes.choices = [(code.key, code.says) for code in SENT_BACK.codes(today())]
    if command := form.read(c.SendBack):
        expect_version(referral, form.seen, {"version": referral.version})
        returns.send_back(db(), referral, command, by=actor(), at=at())
        flash("The referral has been sent back. Whoever sent it has been told.", "success")
        return redirect(url_for("cases.overview", reference=reference), 303)
    return case_page("referrals/send_back.html", header_of(db(), referral, today=today()), form=form)


@blueprint.route("/cases/<reference>/reject", methods=["GET", "POST"])
def reject(reference: str) -> Any:
    """Turn the case down for good."""
    referral = case(reference)
    form = f.RejectForm(version=referral.version)
    offer(form.code, [(code.key, code.says) for code in TURNED_DOWN.codes(today())])
    command = form.read(c.Reject)
    untold = command is not None and command.code == UNDER_10 and not command.told_social_care
    if untold:
        form.complain("told_social_care", "Say whom in children's social care you told, and when")
    if command and not untold:
        expect_version(referral, form.seen, {"version": referral.version})
        returns.reject(db(), referral, command, by=actor(), at=at())
        flash("The case has been turned down. Whoever sent it has been told.", "success")
        return redirect(url_for("cases.overview", reference=reference), 303)
    return case_page("referrals/reject.html", header_of(db(), referral, today=today()), form=form)


@blueprint.route("/cases/<reference>/asked/<code>", methods=["GET", "POST"])
def confirm(reference: str, code: str) -> Any:
    """Say why a thing that the YOT asked for needs no change."""
    referral = mine(reference)
    asked = open_round(db(), referral)
    found = [point for point in asked.points if point.code.key == code] if asked else []
    if asked is None or not found:
        raise Missing()
    form = f.ConfirmForm(version=referral.version)
    if command := form.read(c.Confirm):
        expect_version(referral, form.seen, {"version": referral.version})
        returns.confirm(db(), referral, code, command, by=actor(), at=at())
        return redirect(url_for("referrals.tasks", reference=reference), 303)
    return draft_page("referrals/confirm.html", referral, form=form, point=found[0], asked=asked)
