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
from panel.library_page import chosen_entry, entry_shown, first_answers, library_shown
from panel.placements.choosing import offered, settle
from panel.referrals.queries import child_of
from panel.request import actor, at, db, today
from workflows.assessment_parts import Part

NUMBER = "<int(max=2147483647):number>"


@blueprint.get(f"{BASE}/steps")
def steps(reference: str) -> Any:
    """The proposed steps in their order."""
    referral, assessment = to_write(reference)
    found = steps_shown(proposed_steps(db(), assessment.id)) if assessment else []
    return case_page("assessments/steps.html", header(referral), steps=found)


@blueprint.get(f"{BASE}/library")
def library(reference: str) -> Any:
    """The library of steps, by object."""
    referral, _ = to_write(reference)
    shown = library_shown(today(), lambda key: url_for("assessments.step", reference=reference, entry=key))
    return case_page("assessments/library.html", header(referral), library=shown)


@blueprint.route(f"{BASE}/step", methods=["GET", "POST"], defaults={"number": None})
@blueprint.route(f"{BASE}/steps/{NUMBER}", methods=["GET", "POST"])
def step(reference: str, number: int | None) -> Any:
    """Propose a step, or change one."""
    referral, assessment = to_write(reference)
    before = proposed_step(db(), must_exist(assessment).id, number) if number else None
    saved = {name: getattr(before, name) for name in c.Proposing.model_fields} if before else {}
    entry = chosen_entry(before.entry if before else None, today())
    first = {"part": Part.CHILD, **(saved or first_answers(entry, child_of(db(), referral)))}
    form = f.ProposeForm(data=first, version=mark_of(saved))
    settled = form.ask(entry, keep=frozenset({"how", "part", "strength"}))
    places = offered(db(), referral, form, today=today())
    command = form.read_step(c.Proposing, entry, settled, today=today())
    if command and (command := settle(form, command, places)):
        expect_mark(saved, form.seen, command.model_dump())
        proposing.save_step(db(), referral, command, number, by=actor(), at=at())
        flash("The step has been saved.", "success")
        return redirect(url_for("assessments.steps", reference=reference), 303)
    return case_page(
        "assessments/step.html", header(referral), form=form, new=before is None, entry=entry_shown(entry)
    )


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
