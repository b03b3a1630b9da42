"""The pages of an assessment as a whole: read, submitted, countersigned by a manager."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from panel.assessments import actions
from panel.assessments import commands as c
from panel.assessments import forms as f
from panel.assessments.completeness import submission_facts
from panel.assessments.models import Assessment
from panel.assessments.queries import (
    assessment_facts,
    assessment_of,
    names_of,
    proposed_steps,
    reads_drafts,
)
from panel.assessments.summary import signatures, steps_shown, turn, whole
from panel.casepage import case_page
from panel.errors import Missing, expect_version
from panel.forms import overrides_from
from panel.referrals.models import Referral
from panel.referrals.queries import CaseHeader, header_of, referral_for
from panel.request import actor, at, db, today
from panel.request import page as here
from workflows.assessment import ASSESSMENT, Status
from workflows.assessment_parts import BY_KEY
from workflows.case import Status as CaseStatus
from workflows.flow import Refusal

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


def header(referral: Referral) -> CaseHeader:
    return header_of(db(), referral, today=today())


def _whole(referral: Referral, assessment: Assessment) -> dict[str, Any]:
    people = names_of(db(), (assessment.author_id, assessment.countersigned_by_id))
    return {
        "groups": whole(db(), referral, assessment, today=today()),
        "steps": steps_shown(proposed_steps(db(), assessment.id)),
        "signed": signatures(assessment, people),
    }


@blueprint.get(BASE)
def view(reference: str) -> Any:
    """The assessment as it stands."""
    referral = case(reference)
    frame, assessment = header(referral), assessment_of(db(), referral.id)
    final = assessment is not None and assessment.status is Status.COUNTERSIGNED
    readable = assessment is not None and (final or reads_drafts(actor(), referral))
    mine = referral.case_manager_id == actor().id and referral.status is CaseStatus.ACCEPTED
    return case_page(
        "assessments/view.html",
        frame,
        status_of=None if assessment is None else assessment.status.value,
        turn=turn(referral, assessment, frame.worker_name, today=today()),
        returned_because=assessment.comment if assessment and readable and _returned(assessment) else "",
        may_write=mine and (assessment is None or assessment.status in (Status.IN_PROGRESS, Status.RETURNED)),
        may_sign=assessment is not None and _may_sign(referral, assessment),
        whole=_whole(referral, assessment) if assessment and readable else None,
    )


def _returned(assessment: Assessment) -> bool:
    return assessment.status is Status.RETURNED


def _may_sign(referral: Referral, assessment: Assessment) -> bool:
    roles = actor().roles_in(referral.area_id) if referral.status is CaseStatus.ACCEPTED else ()
    return ASSESSMENT.may("countersign", assessment.status, roles) and not _against_signing(
        referral, assessment
    )


def _against_signing(referral: Referral, assessment: Assessment) -> tuple[Refusal, ...]:
    """What keeps this person from countersigning, apart from the comment that the page asks for."""
    facts = assessment_facts(assessment, referral, by=actor(), comment="to be written")
    return ASSESSMENT.refusals("countersign", assessment.status, facts)


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
    facts = submission_facts(db(), referral, assessment, by=actor(), today=today())
    return case_page(
        "assessments/submit.html",
        header(referral),
        form=form,
        refusals=ASSESSMENT.refusals("submit", assessment.status, facts),
        empty=[BY_KEY[key].title for key in facts.missing_sections],
        whole=_whole(referral, assessment),
    )


@blueprint.route(f"{BASE}/countersign", methods=["GET", "POST"])
def countersign(reference: str) -> Any:
    """Read the assessment and countersign it."""
    form = f.CommentForm
    done = "The assessment has been countersigned. The case is ready for the panel."
    return _judge(reference, form, "assessments/countersign.html", actions.countersign, done)


@blueprint.route(f"{BASE}/give-back", methods=["GET", "POST"])
def give_back(reference: str) -> Any:
    """Give the assessment back to its author."""
    done = "The assessment has been given back. The case manager has been told."
    return _judge(reference, f.GiveBackForm, "assessments/give_back.html", actions.give_back, done)


def _judge(reference: str, form_class: Any, template: str, act: Any, done: str) -> Any:
    referral = case(reference)
    assessment = actions.to_judge(db(), referral)
    form = form_class(version=referral.version)
    if command := form.read(c.Comment):
        expect_version(referral, form.seen, {"version": referral.version})
        act(db(), referral, command, by=actor(), at=at())
        flash(done, "success")
        return redirect(url_for("assessments.view", reference=reference), 303)
    return case_page(
        template,
        header(referral),
        form=form,
        refusals=_against_signing(referral, assessment),
        whole=_whole(referral, assessment),
    )
