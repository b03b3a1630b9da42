"""The rungs that only the police take: each asks who decides, and by what authority."""

from typing import Any

from panel.compliance import commands as c
from panel.compliance import forms as f
from panel.compliance import police
from panel.compliance.actions import the_open
from panel.compliance.rungs import Act, rung, without_overrides
from panel.compliance.views import BASE, NUMBER, blueprint
from panel.referrals.frame import case
from panel.request import db

POLICE_ACTS: dict[str, Act] = {
    "consider": Act(
        "Was there a reasonable excuse?",
        f.ExcuseForm,
        c.Excuse,
        without_overrides(police.consider),
        "What the police found is on the record. Their decision comes next.",
    ),
    "decide": Act(
        "What do the police decide?",
        f.DecideForm,
        c.Decide,
        police.decide,
        "The decision is on the record. The case manager has been told.",
    ),
    "start_proceedings": Act(
        "Proceedings were started",
        f.ProceedingsForm,
        c.Proceedings,
        without_overrides(police.start_proceedings),
        "It is on the record. The plan and the case are over here; a caution has no effect from that day.",
    ),
}


@blueprint.route(f"{BASE}/{NUMBER}/<any(consider,decide,start_proceedings):turn>", methods=["GET", "POST"])
def police_turn(reference: str, number: int, turn: str) -> Any:
    """One rung of the police."""
    referral = case(reference)
    matter = the_open(db(), referral, number)
    return rung(referral, matter, turn, POLICE_ACTS[turn], POLICE_ACTS[turn].form(version=referral.version))
