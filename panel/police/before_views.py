"""The page on which the police's disposal of a case that waits for the panel is written down."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for

from config.coded import EXCEPTIONS
from panel.casepage import case_page
from panel.errors import expect_version
from panel.forms import PanelForm, choice, day, long, offer, one_of
from panel.police.before_commands import GivenAlone
from panel.police.before_panel import given_alone
from panel.referrals.queries import header_of, referral_for
from panel.request import actor, at, db, today
from panel.request import page as here
from workflows.case import CASE
from workflows.police import POLICE_OUTCOMES

blueprint = Blueprint("before_panel", __name__)


class GivenAloneForm(PanelForm):
    """What was given, when and why."""

    outcome = one_of(GivenAlone, "outcome", POLICE_OUTCOMES)
    given_on = day(GivenAlone, "given_on")
    code = choice(GivenAlone, "code")
    reason = long(GivenAlone, "reason", "Part of the record. Do not name the victim.", rows=3)


@blueprint.route("/cases/<reference>/given-without-panel", methods=["GET", "POST"])
def tell(reference: str) -> Any:
    """The police gave it without the panel."""
    referral = referral_for(db(), actor(), reference, at=at(), page=here())
    form = GivenAloneForm(version=referral.version)
    offer(form.code, [(code.key, code.says) for code in EXCEPTIONS.codes(today())])
    if command := form.read(GivenAlone, today=today()):
        expect_version(referral, form.seen, {"version": referral.version})
        given_alone(db(), referral, command, by=actor(), at=at())
        flash("It is recorded that the police gave it without the panel. The YOT has been told.", "success")
        return redirect(url_for("cases.overview", reference=reference), 303)
    return case_page(
        "police/before_panel.html",
        header_of(db(), referral, today=today()),
        form=form,
        waits=CASE.may("police_gave", referral.status, actor().roles_in(referral.area_id)),
    )
