"""The pages of judging an assessment: its versions, the criteria, the signature, the second reading."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from panel.assessments import countersign_forms as f
from panel.assessments import countersign_queries as queries
from panel.assessments import countersigning as actions
from panel.assessments import judged, judging, second_reads
from panel.assessments.commands import Comment
from panel.assessments.countersign_commands import GiveBack, Said, SecondReading
from panel.assessments.evidence import hints
from panel.assessments.models import Assessment
from panel.assessments.queries import assessment_of, reads_drafts
from panel.assessments.summary import whole
from panel.assessments.version_models import AssessmentVersion
from panel.assessments.versions import differences, final, latest, version_of, versions_of
from panel.errors import Missing, expect_version
from panel.forms import overrides_from
from panel.pages import page
from panel.referrals.frame import case, shows
from panel.referrals.models import Referral
from panel.request import actor, at, db, today
from panel.troubles import refusal_items
from workflows.assessment import ASSESSMENT
from workflows.flow import Refusal

blueprint = Blueprint("countersigning", __name__)
BASE = "/cases/<reference>/assessment"


def _to(endpoint: str, reference: str) -> Any:
    return redirect(url_for(endpoint, reference=reference), 303)


def _against(
    referral: Referral, assessment: Assessment, move: str, said: Mapping[str, Said]
) -> tuple[Refusal, ...]:
    """What stands against a judgement, apart from what its own page asks for."""
    facts = judging.facts_of(
        db(), referral, assessment, by=actor(), comment="asked for on the page", said=said
    )
    return ASSESSMENT.refusals(move, assessment.status, facts)


def _material(
    referral: Referral, assessment: Assessment, version: AssessmentVersion | None
) -> dict[str, Any]:
    """What is judged: the version, and what changed since the one before."""
    groups = version.content["groups"] if version else whole(db(), referral, assessment, today=today())
    before = next(
        (v for v in versions_of(db(), assessment.id) if version and v.number < version.number), None
    )
    return {
        "groups": groups,
        "pinned": judged.pinned(version) if version else "",
        "changes": differences(before.content["groups"], groups) if before else None,
        "before": before.number if before else None,
    }


@blueprint.get("/countersigning")
def index() -> Any:
    """What waits for a manager: assessments to countersign and second readings."""
    first, second = queries.to_countersign(db(), actor()), queries.second_readings(db(), actor())
    return page(
        "assessments/to_countersign.html",
        first=judged.waiting_rows(first, today=today(), endpoint="assessments.view"),
        second=judged.waiting_rows(second, today=today(), endpoint="countersigning.second_reading"),
    )


@blueprint.route(f"{BASE}/judge", methods=["GET", "POST"])
def judge(reference: str) -> Any:
    """Judge the criteria one by one, beside the assessment."""
    referral = case(reference)
    assessment = actions.to_judge(db(), referral)
    version = latest(db(), assessment.id)
    said = judging.drafted(db(), version.id, actor()) if version else {}
    form = f.criteria_form(said, hints(db(), referral, assessment), version=referral.version)
    then = request.form.get("then", "")
    if judgement := form.judgement(whole=then == "sign"):
        expect_version(referral, form.seen, {"version": referral.version})
        actions.judge(db(), referral, judgement, by=actor(), at=at())
        if then in ("sign", "give_back"):
            return _to(f"countersigning.{then}", reference)
        flash("What you judged has been saved. Nothing is signed yet.", "success")
        return _to("countersigning.judge", reference)
    blocked = [r for r in _against(referral, assessment, "countersign", {}) if r.name in BLOCKS]
    return shows(
        "assessments/judge.html",
        referral,
        form=form,
        refusals=refusal_items(blocked),
        groups=f.of_group(form),
        whole=_material(referral, assessment, version),
    )


BLOCKS = ("wrong_state", "not_the_author")


@blueprint.route(f"{BASE}/countersign", methods=["GET", "POST"])
def sign(reference: str) -> Any:
    """Countersign."""
    referral, assessment, said = _judging(reference)
    form = f.SignForm(version=referral.version)
    if command := form.read(Comment):
        expect_version(referral, form.seen, {"version": referral.version})
        given = overrides_from(request.form)
        actions.countersign(db(), referral, command, by=actor(), at=at(), overrides=given)
        flash("The assessment has been countersigned. The case is ready for the panel.", "success")
        return _to("assessments.view", reference)
    return shows(
        "assessments/countersign.html",
        referral,
        form=form,
        typed=request.form,
        refusals=refusal_items(_against(referral, assessment, "countersign", said)),
        criteria=judged.criteria_rows(said, reference, mends=False),
    )


def _judging(reference: str) -> tuple[Referral, Assessment, dict[str, Said]]:
    referral = case(reference)
    assessment = actions.to_judge(db(), referral)
    version = latest(db(), assessment.id)
    return referral, assessment, judging.drafted(db(), version.id, actor()) if version else {}


@blueprint.route(f"{BASE}/give-back", methods=["GET", "POST"])
def give_back(reference: str) -> Any:
    """Give the assessment back to its author, with reasons."""
    referral, assessment, said = _judging(reference)
    form = f.GiveBackForm(version=referral.version)
    command = form.read(GiveBack)
    if form.is_submitted() and not form.reasons.data:
        form.complain("reasons", "Choose at least one reason for giving it back")
    elif command:
        expect_version(referral, form.seen, {"version": referral.version})
        actions.give_back(db(), referral, command, by=actor(), at=at())
        flash("The assessment has been given back. The case manager has been told.", "success")
        return _to("assessments.view", reference)
    return shows(
        "assessments/give_back.html",
        referral,
        form=form,
        refusals=refusal_items(_against(referral, assessment, "give_back", said)),
        criteria=judged.criteria_rows(said, reference, mends=False),
    )


@blueprint.route(f"{BASE}/second-reading", methods=["GET", "POST"])
def second_reading(reference: str) -> Any:
    """Judge a countersigned version again, without seeing how it was judged first."""
    referral = case(reference)
    assessment = assessment_of(db(), referral.id)
    waiting = second_reads.waiting_second(db(), referral.id)
    if assessment is None or waiting is None or waiting[1].by_id == actor().id:
        raise Missing()
    second, first = waiting
    version = db().get_one(AssessmentVersion, first.version_id)
    form = f.criteria_form({}, hints(db(), referral, assessment), f.SecondForm, version=referral.version)
    judgement = form.judgement(whole=True)
    if (command := form.read(SecondReading)) and judgement:
        expect_version(referral, form.seen, {"version": referral.version})
        second_reads.read_again(db(), referral, second, first, command, judgement, by=actor(), at=at())
        flash("Thank you. Your reading is kept, and you can now see the first one.", "success")
        return _to("countersigning.versions", reference)
    return shows(
        "assessments/second_reading.html",
        referral,
        form=form,
        groups=f.of_group(form),
        whole=_material(referral, assessment, version),
    )


@blueprint.get("/consistency")
def consistency() -> Any:
    """How consistent managers are."""
    found = second_reads.consistency(db(), actor(), today=today())
    return page("assessments/consistency.html", **judged.agreement(found))


@blueprint.get(f"{BASE}/versions")
def versions(reference: str) -> Any:
    """Every version and what managers did with it."""
    referral = case(reference)
    assessment = assessment_of(db(), referral.id)
    if assessment is None or not reads_drafts(actor(), referral):
        raise Missing()
    return shows(
        "assessments/versions.html",
        referral,
        rows=judged.version_rows(db(), assessment, reference),
        verdicts=judged.verdicts(db(), referral, assessment, actor(), mends=False),
        seconds=_seconds(referral, assessment),
    )


def _seconds(referral: Referral, assessment: Assessment) -> list[dict[str, Any]]:
    if second_reads.must_not_see(db(), referral, actor()):
        return []
    return judged.side_by_side(db(), assessment)


@blueprint.get(f"{BASE}/versions/<int(max=2147483647):number>")
def version(reference: str, number: int) -> Any:
    """One version, as it was submitted, and what changed since the one before."""
    referral = case(reference)
    assessment = assessment_of(db(), referral.id)
    if assessment is None:
        raise Missing()
    found = version_of(db(), assessment.id, number)
    signed = final(db(), referral.id)
    if not reads_drafts(actor(), referral) and (signed is None or signed.version.id != found.id):
        raise Missing()
    drafts = reads_drafts(actor(), referral)
    material = _material(referral, assessment, found)
    if not drafts:
        material |= {"changes": None, "before": None}
    return shows("assessments/version.html", referral, whole=material, digest=found.digest, number=number)
