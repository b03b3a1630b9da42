"""What scrutiny made of a case, for whoever worked on it."""

from typing import Any

from flask import flash, redirect, url_for

from panel.casepage import case_page
from panel.notifications.actions import finish_for_person
from panel.notifications.models import Why
from panel.referrals.queries import header_of, referral_for
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.scrutiny import forms as f
from panel.scrutiny.queries import learning_of
from panel.scrutiny.views import blueprint
from workflows.roles import Role


@blueprint.route("/cases/<reference>/learning", methods=["GET", "POST"])
def learning(reference: str) -> Any:
    """What independent scrutiny found about this case and what is learned from it."""
    referral = referral_for(db(), actor(), reference, at=at(), page=here())
    form = f.PressForm(version=referral.version)
    if form.is_submitted():
        finish_for_person(db(), referral.id, Why.SCRUTINY_LEARNING, by=actor(), at=at())
        flash("Thank you. The task is off your list.", "success")
        return redirect(url_for("cases.overview", reference=reference), 303)
    reads = actor().roles & {Role.CASE_MANAGER, Role.YOT_MANAGER}
    return case_page(
        "scrutiny/learning.html",
        header_of(db(), referral, today=today()),
        notes=learning_of(db(), referral.id),
        press=form if reads else None,
        reference=reference,
    )
