"""The pages of a plan: what was agreed, what became of it, and the end of the case."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from panel.casepage import case_page
from panel.errors import Missing, expect_version
from panel.forms import offer, overrides_from
from panel.plans import actions
from panel.plans import commands as c
from panel.plans import forms as f
from panel.plans.models import Plan, StepState
from panel.plans.queries import facts_of, lines_of, plan_of, step_of, steps_of
from panel.plans.whole import whole_of
from panel.referrals.models import Referral
from panel.referrals.queries import case_facts, header_of, referral_for
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.troubles import refusal_items
from workflows.case import CASE
from workflows.case import Status as CaseStatus
from workflows.flow import Refusal
from workflows.plan import PLAN, WORKERS, Status
from workflows.roles import Role
from workflows.vocabulary import Outcome

blueprint = Blueprint("plans", __name__)
TAGS = {
    Status.AGREED: ("Agreed", "grey"),
    Status.UNDER_WAY: ("Under way", "blue"),
    Status.COMPLETED: ("Completed", "green"),
    Status.ENDED: ("Ended", "grey"),
}


def case(reference: str, *, lock: bool = False) -> Referral:
    """The case of this page, if the signed-in person may see it."""
    return referral_for(db(), actor(), reference, at=at(), page=here(), lock=lock)


def _may_work(referral: Referral) -> bool:
    return bool(actor().roles_in(referral.area_id) & set(WORKERS))


def _liaison(referral: Referral) -> bool:
    """Whether this reader opens the liaison and diversion work of a community resolution."""
    reads = {Role.LIAISON, Role.INSPECTOR, *WORKERS}
    return referral.outcome is Outcome.CR and bool(actor().roles_in(referral.area_id) & reads)


@blueprint.post("/cases/<reference>/acknowledge")
def acknowledge(reference: str) -> Any:
    """Confirm that the YOT knows of the disposal."""
    referral = case(reference, lock=True)
    form = f.PressForm()
    expect_version(referral, form.seen, {"version": referral.version})
    actions.acknowledge(db(), referral, by=actor(), at=at())
    flash("You have confirmed that the YOT knows of the disposal. The plan is under way.", "success")
    return redirect(url_for("cases.overview", reference=reference), 303)


@blueprint.get("/cases/<reference>/plan")
def view(reference: str) -> Any:
    """The steps and what became of them."""
    referral = case(reference)
    plan = plan_of(db(), referral.id)
    steps = lines_of(db(), steps_of(db(), referral.id), today=today())
    working = _may_work(referral) and plan is not None and plan.status is Status.UNDER_WAY
    return case_page(
        "plans/view.html",
        header_of(db(), referral, today=today()),
        plan=plan,
        tag=TAGS[plan.status] if plan else None,
        steps=steps,
        done=sum(step.state is StepState.DONE for step in steps),
        ended=sum(step.state is StepState.ENDED for step in steps),
        late=sum(step.late == "late" for step in steps),
        working=working,
        whole=whole_of(db(), plan) if plan else None,
        caution=referral.outcome is Outcome.YCC,
        waits=referral.status is CaseStatus.GIVEN,
        liaison=_liaison(referral),
        press=f.PressForm(formdata=None, version=referral.version),
    )


@blueprint.route("/cases/<reference>/plan/steps/<int(max=2147483647):number>", methods=["GET", "POST"])
def step(reference: str, number: int) -> Any:
    """Mark a step as done, or end it with a reason."""
    referral = case(reference)
    found = step_of(db(), referral.id, number)
    form = f.StepForm(obj=found if found.state is not StepState.TO_DO else None, version=referral.version)
    offer(form.state, f.BECAME)
    if command := form.read(c.StepNote, today=today()):
        saved = found.model_dump() | {"version": referral.version}
        expect_version(referral, form.seen, saved)
        actions.note_step(db(), referral, number, command, by=actor(), at=at())
        flash(f"Step {number} has been written down.", "success")
        return redirect(url_for("plans.view", reference=reference), 303)
    line = lines_of(db(), [found], today=today())[0]
    return case_page("plans/step.html", header_of(db(), referral, today=today()), form=form, step=line)


@blueprint.route("/cases/<reference>/plan/close", methods=["GET", "POST"])
def close(reference: str) -> Any:
    """Check what became of every step, then close the case."""
    referral = case(reference, lock=True)
    plan, steps = plan_of(db(), referral.id), steps_of(db(), referral.id)
    if plan is None:
        raise Missing()
    form = f.CloseForm(version=referral.version)
    if command := form.read(c.Close):
        expect_version(referral, form.seen, {"version": referral.version})
        given = overrides_from(request.form)
        actions.close(db(), referral, command, by=actor(), at=at(), overrides=given)
        flash("The case is closed. The police and the officer who referred it have been told.", "success")
        return redirect(url_for("cases.overview", reference=reference), 303)
    return case_page(
        "plans/close.html",
        header_of(db(), referral, today=today()),
        form=form,
        steps=lines_of(db(), steps, today=today()),
        refusals=refusal_items(_missing(referral, plan)),
        typed=request.form,
        completes=actions.way_out(facts_of(steps)) == "complete",
    )


def _missing(referral: Referral, plan: Plan) -> list[Refusal]:
    steps = steps_of(db(), referral.id)
    # The reason is asked for on this very page.
    facts = facts_of(steps, "asked here")
    seen = replace(
        case_facts(db(), referral, today=today(), reason="asked here"),
        steps_open=facts.steps_open,
        closing=actions.closing_facts(db(), referral, today=today()),
    )
    of_case = CASE.refusals("close", referral.status, seen)
    of_plan = PLAN.refusals(actions.way_out(facts), plan.status, facts)
    return [*of_case, *(refusal for refusal in of_plan if not of_case)]
