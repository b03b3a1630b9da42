"""What every page about victims needs: the blueprint, the case, the victim, the frame."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from panel.casepage import case_page
from panel.errors import expect_version
from panel.forms import PanelForm
from panel.referrals.models import Referral
from panel.referrals.queries import header_of, referral_for
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.victims.models import Victim
from panel.victims.queries import victim_for

blueprint = Blueprint("victims", __name__)
BASE = "/cases/<reference>/victim"
ONE = f"{BASE}/<int(max=9999):place>"


def case(reference: str) -> Referral:
    """The case of this page, if the signed-in person may see it."""
    return referral_for(db(), actor(), reference, at=at(), page=here(), lock=request.method == "POST")


def one(reference: str, place: int) -> tuple[Referral, Victim]:
    """The case and the victim of this page, for a victim worker of the area."""
    referral = case(reference)
    return referral, victim_for(db(), actor(), referral, place, at=at(), page=here())


def show(template: str, referral: Referral, **more: Any) -> Any:
    """A page of the victim worker."""
    return case_page(template, header_of(db(), referral, today=today()), **more)


def unchanged(referral: Referral, form: PanelForm, saved: dict[str, Any]) -> None:
    """Raise `Stale` when somebody was faster."""
    expect_version(referral, form.seen, saved | {"version": referral.version})


def back(referral: Referral, victim: Victim, says: str) -> Any:
    """On to the tasks of this victim."""
    flash(says, "success")
    return redirect(url_for("victims.person", reference=referral.reference, place=victim.place), 303)
