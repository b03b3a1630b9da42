"""Writing down a check of a curfew."""

from typing import Any

from panel.compliance import commands as c
from panel.compliance import forms as f
from panel.compliance import queries
from panel.compliance.checking import check as write
from panel.compliance.views import BASE, back, blueprint
from panel.errors import Missing, expect_version
from panel.forms import offer
from panel.plans.queries import steps_of
from panel.referrals.frame import case, shows
from panel.request import actor, at, db, today


@blueprint.route(f"{BASE}/check", methods=["GET", "POST"])
def check(reference: str) -> Any:
    """One check at the door, as the neighbourhood team tells it."""
    referral = case(reference)
    steps = queries.curfew_steps(db(), referral.id)
    if not steps:
        raise Missing()
    team = next((s.checked_by for s in steps_of(db(), referral.id) if s.place == steps[0][0]), "")
    form = f.CheckForm(data={"team": team}, version=referral.version)
    offer(form.step, [(place, f"{place}. {what}") for place, what in steps])
    if command := form.read(c.Check, today=today()):
        expect_version(referral, form.seen, {"version": referral.version})
        write(db(), referral, command, by=actor(), at=at())
        return back(reference, "The check is on the record.")
    return shows("compliance/rung.html", referral, form=form, title="A check of the curfew", refusals=[])
