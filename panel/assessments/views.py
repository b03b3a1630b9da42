"""The pages of an assessment: written by the case manager, countersigned by a manager."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from panel.assessments import actions
from panel.assessments import commands as c
from panel.assessments import forms as f
from panel.assessments.judged import standing, verdicts
from panel.assessments.judging import by_author, facts_of
from panel.assessments.models import Assessment
from panel.assessments.queries import (
    assessment_of,
    names_of,
    proposed_step,
    proposed_steps,
    reads_drafts,
)
from panel.assessments.second_reads import must_not_see
from panel.assessments.summary import read_back, signatures, steps_shown, tasks, turn
from panel.casepage import case_page
from panel.errors import Missing, expect_version
from panel.forms import overrides_from
from panel.referrals.models import Referral
from panel.referrals.queries import CaseHeader, header_of, referral_for
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.stepcommand import StepCommand
from panel.stepform import StepForm
from panel.troubles import refusal_items
from workflows.assessment import ASSESSMENT, Status
from workflows.case import Status as CaseStatus
from workflows.roles import Role

blueprint = Blueprint("assessments", __name__)
BASE = "/cases/<reference>/assessment"


def case(reference: str) -> Referral:
    """The case of this page, if the signed-in person may see it."""
    return referral_for(db(), actor(), reference, at=at(), page=here(), lock=request.method == "POST")


def my_case(reference: str) -> Referral:
    """The case of this page, if it is allocated to the signed-in person. Raises `Missing` otherwise."""
    referral = case(reference)
    if referral.case_manager_id != actor().id:
        raise Missing()
    return referral


def _header(referral: Referral) -> CaseHeader:
    return header_of(db(), referral, today=today())


def _whole(assessment: Assessment) -> dict[str, Any]:
    people = names_of(db(), (assessment.author_id, assessment.countersigned_by_id))
    return {
        "groups": read_back(assessment),
        "steps": steps_shown(proposed_steps(db(), assessment.id)),
        "signed": signatures(assessment, people),
    }


@blueprint.get(BASE)
def view(reference: str) -> Any:
    """The assessment as it stands: the draft for those who write and judge it, otherwise what was signed."""
    referral = case(reference)
    header, assessment = _header(referral), assessment_of(db(), referral.id)
    drafts, mine = reads_drafts(actor(), referral), referral.case_manager_id == actor().id
    on_desk = assessment is None or assessment.status in (Status.IN_PROGRESS, Status.RETURNED)
    writes = mine and on_desk and referral.status is CaseStatus.ACCEPTED
    found = verdicts(db(), referral, assessment, actor(), mends=writes) if assessment and drafts else []
    return case_page(
        "assessments/view.html",
        header,
        status_of=None if assessment is None else assessment.status.value,
        turn=turn(referral, assessment, header.worker_name, today=today()),
        verdicts=found,
        may_write=writes,
        may_sign=assessment is not None and _may_sign(referral, assessment),
        may_reopen=assessment is not None and _may_reopen(referral, assessment),
        second=_second(referral) if drafts else False,
        shown=standing(db(), referral, assessment, actor()) if assessment else None,
    )


def _returned(assessment: Assessment) -> bool:
    return assessment.status is Status.RETURNED


def _may_sign(referral: Referral, assessment: Assessment) -> bool:
    roles = actor().roles_in(referral.area_id) if referral.status is CaseStatus.ACCEPTED else ()
    return ASSESSMENT.may("countersign", assessment.status, roles) and not (
        by_author(db(), referral, assessment, actor())
    )


def _may_reopen(referral: Referral, assessment: Assessment) -> bool:
    roles = actor().roles_in(referral.area_id)
    mine = referral.case_manager_id == actor().id or Role.YOT_MANAGER in roles
    runs = referral.status in (
        CaseStatus.ACCEPTED,
        CaseStatus.ASSESSED,
        CaseStatus.LISTED,
        CaseStatus.DEFERRED,
    )
    return mine and runs and ASSESSMENT.may("reopen", assessment.status, roles)


def _second(referral: Referral) -> bool:
    """Whether this manager may do the second reading that waits."""
    return must_not_see(db(), referral, actor())


@blueprint.route(f"{BASE}/write", methods=["GET", "POST"])
def write(reference: str) -> Any:
    """Write the assessment; what is missing may stay so for now."""
    referral = my_case(reference)
    saved = assessment_of(db(), referral.id)
    actions.writable(referral, saved)
    form = f.WritingForm(obj=saved)
    if command := form.read(c.Writing):
        if saved is not None:
            expect_version(saved, form.seen, saved.model_dump())
        actions.write(db(), referral, command, by=actor(), at=at())
        return _after_writing(reference)
    assessment = saved or Assessment(referral_id=referral.id, author_id=actor().id)
    return case_page(
        "assessments/write.html",
        _header(referral),
        form=form,
        tasks=tasks(assessment),
        returned_because=assessment.comment if _returned(assessment) else "",
        steps=steps_shown(proposed_steps(db(), assessment.id)) if saved else [],
    )


def _after_writing(reference: str) -> Any:
    then = request.form.get("then", "")
    if then in ("submit", "step"):
        return redirect(url_for(f"assessments.{then}", reference=reference), 303)
    flash("The assessment has been saved.", "success")
    return redirect(url_for("assessments.write", reference=reference), 303)


@blueprint.route(f"{BASE}/step", methods=["GET", "POST"], defaults={"number": None})
@blueprint.route(f"{BASE}/steps/<int(max=2147483647):number>", methods=["GET", "POST"])
def step(reference: str, number: int | None) -> Any:
    """Propose a step, or change one."""
    referral = my_case(reference)
    assessment = assessment_of(db(), referral.id)
    actions.writable(referral, assessment)
    if number is not None and assessment is None:
        raise Missing()
    before = proposed_step(db(), assessment.id, number) if assessment and number else None
    form = StepForm(obj=before, version=referral.version)
    if command := form.read(StepCommand, today=today()):
        saved = {} if before is None else before.model_dump()
        expect_version(referral, form.seen, saved | {"version": referral.version})
        actions.save_step(db(), referral, command, number, by=actor(), at=at())
        flash("The step has been saved.", "success")
        return redirect(url_for("assessments.write", reference=reference, _anchor="steps"), 303)
    return case_page("assessments/step.html", _header(referral), form=form, new=before is None)


@blueprint.post(f"{BASE}/steps/<int(max=2147483647):number>/remove")
def remove_step(reference: str, number: int) -> Any:
    """Take a proposed step away."""
    actions.remove_step(db(), my_case(reference), number, by=actor(), at=at())
    flash("The step has been removed.", "success")
    return redirect(url_for("assessments.write", reference=reference, _anchor="steps"), 303)


@blueprint.route(f"{BASE}/submit", methods=["GET", "POST"])
def submit(reference: str) -> Any:
    """Check the assessment, then hand it to the managers."""
    referral = my_case(reference)
    assessment = assessment_of(db(), referral.id)
    actions.writable(referral, assessment)
    if assessment is None:
        return redirect(url_for("assessments.write", reference=reference), 303)
    form = f.PressForm(version=referral.version)
    if form.is_submitted():
        expect_version(referral, form.seen, {"version": referral.version})
        actions.submit(db(), referral, by=actor(), at=at(), overrides=overrides_from(request.form))
        flash("The assessment has been submitted. The YOT managers have been told.", "success")
        return redirect(url_for("assessments.view", reference=reference), 303)
    facts = facts_of(db(), referral, assessment, by=actor())
    refusals = refusal_items(ASSESSMENT.refusals("submit", assessment.status, facts))
    return case_page(
        "assessments/submit.html", _header(referral), form=form, refusals=refusals, whole=_whole(assessment)
    )
