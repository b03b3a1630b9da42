"""The steps that a case manager proposes."""

from typing import Any

from flask import flash, redirect, request, url_for

from panel.assessments import part_commands as c
from panel.assessments import part_forms as f
from panel.assessments import proposing
from panel.assessments.marks import expect_mark, mark_of
from panel.assessments.queries import proposed_step, proposed_steps
from panel.assessments.summary import steps_shown
from panel.assessments.views import BASE, blueprint, header, my_case
from panel.assessments.views_writing import must_exist, to_write
from panel.casepage import case_page
from panel.request import actor, at, db, today
from workflows.assessment_parts import Part

NUMBER = "<int(max=2147483647):number>"


@blueprint.get(f"{BASE}/steps")
def steps(reference: str) -> Any:
    """The proposed steps in their order."""
    referral, assessment = to_write(reference)
    found = steps_shown(proposed_steps(db(), assessment.id)) if assessment else []
    return case_page("assessments/steps.html", header(referral), steps=found)


@blueprint.route(f"{BASE}/step", methods=["GET", "POST"], defaults={"number": None})
@blueprint.route(f"{BASE}/steps/{NUMBER}", methods=["GET", "POST"])
def step(reference: str, number: int | None) -> Any:
    """Propose a step, or change one."""
    referral, assessment = to_write(reference)
    before = proposed_step(db(), must_exist(assessment).id, number) if number else None
    saved = {name: getattr(before, name) for name in c.Proposing.model_fields} if before else {}
    form = f.ProposeForm(data={"part": Part.CHILD, **saved}, version=mark_of(saved))
    if command := form.read(c.Proposing, today=today()):
        expect_mark(saved, form.seen, command.model_dump())
        proposing.save_step(db(), referral, command, number, by=actor(), at=at())
        flash("The step has been saved.", "success")
        return redirect(url_for("assessments.steps", reference=reference), 303)
    return case_page("assessments/step.html", header(referral), form=form, new=before is None)


@blueprint.post(f"{BASE}/steps/{NUMBER}/move")
def move_step(reference: str, number: int) -> Any:
    """Put a step one place earlier or later."""
    earlier = request.form.get("to") == "earlier"
    proposing.move_step(db(), my_case(reference), number, earlier=earlier, by=actor(), at=at())
    return redirect(url_for("assessments.steps", reference=reference, _anchor=f"step-{number}"), 303)


@blueprint.post(f"{BASE}/steps/{NUMBER}/remove")
def remove_step(reference: str, number: int) -> Any:
    """Take a proposed step away."""
    proposing.remove_step(db(), my_case(reference), number, by=actor(), at=at())
    flash("The step has been removed.", "success")
    return redirect(url_for("assessments.steps", reference=reference), 303)
