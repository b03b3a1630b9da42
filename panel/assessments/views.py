"""The pages of an assessment as a whole: read, submitted, countersigned by a manager."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from panel.assessments import actions
from panel.assessments import forms as f
from panel.assessments.judged import standing, verdicts
from panel.assessments.judging import by_author, facts_of
from panel.assessments.models import Assessment
from panel.assessments.queries import (
    assessment_of,
    names_of,
    proposed_steps,
    reads_drafts,
)
from panel.assessments.reading import everything
from panel.assessments.second_reads import must_not_see
from panel.assessments.summary import signatures, steps_shown, turn
from panel.assessments.telling import read_back
from panel.casepage import case_page
from panel.errors import Missing, expect_version
from panel.forms import overrides_from
from panel.referrals.frame import case
from panel.referrals.models import Referral
from panel.referrals.queries import CaseHeader, header_of
from panel.request import actor, at, db, today
from panel.troubles import refusal_items
from workflows.assessment import ASSESSMENT, Status
from workflows.assessment_parts import BY_KEY
from workflows.case import Status as CaseStatus
from workflows.roles import Role

blueprint = Blueprint("assessments", __name__)
BASE = "/cases/<reference>/assessment"


def my_case(reference: str) -> Referral:
    """The case of this page, if it is allocated to the signed-in person. Raises `Missing` otherwise."""
    referral = case(reference)
    if referral.case_manager_id != actor().id:
        raise Missing()
    return referral


def header(referral: Referral) -> CaseHeader:
    return header_of(db(), referral, today=today())


def _whole(referral: Referral, assessment: Assessment) -> dict[str, Any]:
    people = names_of(db(), (assessment.author_id, assessment.countersigned_by_id))
    return {
        "groups": read_back(everything(db(), referral, assessment, today=today()), today=today()),
        "steps": steps_shown(proposed_steps(db(), assessment.id)),
        "signed": signatures(assessment, people),
    }


@blueprint.get(BASE)
def view(reference: str) -> Any:
    """The assessment as it stands: the draft for those who write and judge it, otherwise what was signed."""
    referral = case(reference)
    frame, assessment = header(referral), assessment_of(db(), referral.id)
    drafts, mine = reads_drafts(actor(), referral), referral.case_manager_id == actor().id
    on_desk = assessment is None or assessment.status in (Status.IN_PROGRESS, Status.RETURNED)
    writes = mine and on_desk and referral.status is CaseStatus.ACCEPTED
    found = verdicts(db(), referral, assessment, actor(), mends=writes) if assessment and drafts else []
    return case_page(
        "assessments/view.html",
        frame,
        status_of=None if assessment is None else assessment.status.value,
        turn=turn(referral, assessment, frame.worker_name, today=today()),
        verdicts=found,
        may_write=writes,
        may_sign=assessment is not None and _may_sign(referral, assessment),
        may_reopen=assessment is not None and _may_reopen(referral, assessment),
        second=_second(referral) if drafts else False,
        shown=standing(db(), referral, assessment, actor(), today=today()) if assessment else None,
    )


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
    facts = facts_of(db(), referral, assessment, by=actor(), today=today())
    refusals = refusal_items(ASSESSMENT.refusals("submit", assessment.status, facts))
    return case_page(
        "assessments/submit.html",
        header(referral),
        form=form,
        refusals=refusals,
        empty=[BY_KEY[key].title for key in facts.missing_sections],
        whole=_whole(referral, assessment),
    )
