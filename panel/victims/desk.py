"""What every page about victims needs: the blueprint, the case, the victim, the frame."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for

from panel.errors import expect_version
from panel.forms import PanelForm
from panel.referrals.frame import case
from panel.referrals.models import Referral
from panel.request import actor, at, db
from panel.request import page as here
from panel.victims.models import Victim
from panel.victims.queries import victim_for

blueprint = Blueprint("victims", __name__)
BASE = "/cases/<reference>/victim"
ONE = f"{BASE}/<int(max=9999):place>"


def one(reference: str, place: int) -> tuple[Referral, Victim]:
    """The case and the victim of this page, for a victim worker of the area."""
    referral = case(reference)
    return referral, victim_for(db(), actor(), referral, place, at=at(), page=here())


def unchanged(referral: Referral, form: PanelForm, saved: dict[str, Any]) -> None:
    """Raise `Stale` when somebody was faster."""
    expect_version(referral, form.seen, saved | {"version": referral.version})


def back(referral: Referral, victim: Victim, says: str) -> Any:
    """On to the tasks of this victim."""
    flash(says, "success")
    return redirect(url_for("victims.person", reference=referral.reference, place=victim.place), 303)
