"""What the figures need to know of a child, put right by the case manager, also after the decision."""

from typing import Any

from flask import flash, redirect, url_for

from panel.casepage import case_page
from panel.errors import expect_version
from panel.quality import commands as c
from panel.quality import forms as f
from panel.quality.actions import save_equality
from panel.quality.views import blueprint
from panel.referrals.child_views import offer_ethnicities
from panel.referrals.queries import child_of, header_of, referral_for
from panel.request import actor, at, db, today
from panel.request import page as here
from workflows.vocabulary import words


@blueprint.route("/cases/<reference>/equality", methods=["GET", "POST"])
def equality(reference: str) -> Any:
    """Gender, ethnic group and postcode."""
    referral = referral_for(db(), actor(), reference, at=at(), page=here())
    child = child_of(db(), referral)
    form = f.EqualityForm(obj=child, version=referral.version)
    offer_ethnicities(form)
    if command := form.read(c.Equality, today=today()):
        saved = {"Gender": words(child.gender), "Ethnic group": child.ethnicity, "Postcode": child.postcode}
        expect_version(referral, form.seen, saved)
        save_equality(db(), referral, command, by=actor(), at=at())
        flash("It is recorded.", "success")
        return redirect(url_for("cases.overview", reference=reference), 303)
    return case_page("quality/equality.html", header_of(db(), referral, today=today()), form=form)
