"""The pages about a victim: one for the officer who refers, one for the victim worker."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from panel.casepage import case_page
from panel.errors import Missing, expect_version
from panel.pages import page
from panel.referrals.models import Referral
from panel.referrals.queries import header_of, referral_for
from panel.referrals.writers import may_write
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.victims import actions
from panel.victims import commands as c
from panel.victims import forms as f
from panel.victims.models import Victim
from panel.victims.queries import told_by, victim_of
from panel.victims.summary import known_rows, recorded_rows
from workflows.case import BEFORE_DECISION
from workflows.flow import NotYours
from workflows.vocabulary import View

blueprint = Blueprint("victims", __name__)


def case(reference: str) -> Referral:
    """The case of this page, if the signed-in person may see it."""
    return referral_for(db(), actor(), reference, at=at(), page=here(), lock=request.method == "POST")


@blueprint.route("/cases/<reference>/victim/tell", methods=["GET", "POST"])
def tell(reference: str) -> Any:
    """Is there a victim?"""
    referral = case(reference)
    if not may_write(referral, actor().roles_in(referral.area_id), actor().id):
        raise NotYours("case.edit")
    actions.writable(referral)
    typed = _typed_before(referral, told_by(db(), referral, actor()))
    form = f.TellForm(data=typed | {"version": referral.version})
    if command := form.read(c.Told):
        expect_version(referral, form.seen, typed | {"version": referral.version})
        actions.tell(db(), referral, command, by=actor(), at=at())
        came_from = request.args.get("from", "")
        onward = f"referrals.{came_from}" if came_from in ("check", "tasks") else "referrals.papers"
        return redirect(url_for(onward, reference=reference), 303)
    return page("victims/tell.html", form=form, reference=reference, hidden_now=_hidden_now(referral))


def _typed_before(referral: Referral, victim: Victim | None) -> dict[str, Any]:
    details = {} if victim is None else victim.model_dump(include=set(c.Told.model_fields))
    objects = victim is not None and victim.objects_to_sharing
    return details | {"is_there": referral.victim_identified, "objects": objects}


def _hidden_now(referral: Referral) -> bool:
    """Whether somebody else gave details that this reader does not see and would overwrite."""
    return referral.referred_by_id != actor().id and referral.victim_named


@blueprint.route("/cases/<reference>/victim", methods=["GET", "POST"])
def view(reference: str) -> Any:
    """What is known of the victim, and what the victim said."""
    referral = case(reference)
    header = header_of(db(), referral, today=today())
    if not referral.victim_identified:
        return _nobody(referral, header)
    victim = victim_of(db(), referral.id) or Victim(referral_id=referral.id)
    form = f.ViewForm(data=_recorded_before(victim) | {"version": referral.version})
    if command := form.read(c.Recorded):
        expect_version(referral, form.seen, _recorded_before(victim) | {"version": referral.version})
        try:
            actions.record_view(db(), referral, command, by=actor(), at=at())
        except actions.NotCleared as no:
            for name, sentence in no.wrong.items():
                form.complain(name, sentence)
        else:
            flash(
                "What the victim said has been recorded. The panel reads only the text that you cleared.",
                "success",
            )
            return redirect(url_for("victims.view", reference=reference), 303)
    return case_page(
        "victims/view.html",
        header,
        form=form,
        victim=victim,
        known=known_rows(victim),
        recorded=recorded_rows(victim),
        open_now=referral.status in BEFORE_DECISION,
    )


def _nobody(referral: Referral, header: Any) -> Any:
    if request.method == "POST":
        raise Missing()
    return case_page("victims/nobody.html", header, answered=referral.victim_identified is not None)


def _recorded_before(victim: Victim) -> dict[str, Any]:
    before = victim.model_dump(include=set(c.Recorded.model_fields))
    return before | {"view": None if victim.view is View.NOT_YET else victim.view}
