"""The pages of one condition: chosen from the library or in own words, changed, taken away."""

from typing import Any

from flask import flash, redirect, url_for

from panel.casepage import case_page
from panel.decisions import actions
from panel.decisions import commands as c
from panel.decisions import forms as f
from panel.decisions.models import DraftCondition
from panel.decisions.queries import conditions_of, decision_of
from panel.decisions.sitting import Sitting
from panel.decisions.views import BASE, blueprint, case, led
from panel.errors import Missing
from panel.library_page import chosen_entry, entry_shown, first_answers, library_shown
from panel.placements.choosing import offered, settle
from panel.referrals.queries import child_of, header_of
from panel.request import actor, at, db, today
from workflows.conditions import StepKind


@blueprint.get(f"{BASE}/library")
def library(reference: str) -> Any:
    """The library of conditions, by object."""
    referral = case(reference)
    led(referral)
    return case_page(
        "decisions/library.html",
        header_of(db(), referral, today=today()),
        library=library_shown(
            today(), lambda key: url_for("decisions.condition", reference=reference, entry=key)
        ),
    )


@blueprint.get(f"{BASE}/sealed")
def sealed(reference: str) -> Any:
    """The schedules of the decision that the officer reads out and hands to nobody (X4)."""
    referral = case(reference)
    decision = decision_of(db(), referral.id)
    if decision is None:
        raise Missing()
    found = [{"what": row.what, "text": row.sealed} for row in conditions_of(db(), decision.id) if row.sealed]
    return case_page("decisions/sealed.html", header_of(db(), referral, today=today()), schedules=found)


@blueprint.route(f"{BASE}/condition", methods=["GET", "POST"], defaults={"number": None})
@blueprint.route(f"{BASE}/conditions/<int(max=2147483647):number>", methods=["GET", "POST"])
def condition(reference: str, number: int | None) -> Any:
    """Add a condition, or change one."""
    referral = case(reference)
    before = _condition(led(referral), number)
    entry = chosen_entry(before.entry if before else None, today())
    form = f.ConditionForm(
        obj=before,
        version=actions.condition_mark(before) if before else 0,
        **({} if before else first_answers(entry, child_of(db(), referral))),
    )
    settled = form.ask(entry, keep=frozenset({"sealed"} if _may_seal(entry) else ()))
    places = offered(db(), referral, form, today=today())
    command = form.read_step(c.ConditionWritten, entry, settled, today=today())
    if command and (command := settle(form, command, places)):
        actions.condition(db(), referral, command, number, seen=form.seen, by=actor(), at=at())
        flash("The condition has been saved. Nothing is decided yet.", "success")
        return redirect(url_for("decisions.draft", reference=reference, _anchor="conditions"), 303)
    return case_page(
        "decisions/condition.html",
        header_of(db(), referral, today=today()),
        form=form,
        number=number,
        entry=entry_shown(entry),
        press=f.PressForm(formdata=None),
    )


def _may_seal(entry: Any) -> bool:
    return entry is None or entry.kind == StepKind.STAY_AWAY.value


def _condition(sitting: Sitting, number: int | None) -> DraftCondition | None:
    found = next((step for step in sitting.conditions if step.id == number), None)
    if number is not None and found is None:
        raise Missing()
    return found


@blueprint.post(f"{BASE}/conditions/<int(max=2147483647):number>/remove")
def remove_condition(reference: str, number: int) -> Any:
    """Take a condition away."""
    actions.remove_condition(db(), case(reference), number, by=actor(), at=at())
    flash("The condition has been removed.", "success")
    return redirect(url_for("decisions.draft", reference=reference, _anchor="conditions"), 303)
