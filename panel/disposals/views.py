"""The pages of giving a disposal: where it stands, the document, and the giving itself."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, request, url_for

from panel.appointments.queries import planned_for
from panel.casepage import case_page
from panel.decisions.standing import conditions_standing, standing_of
from panel.disposals import actions, day_forms, day_views, family_views, sign_views, standing, tablet
from panel.disposals import commands as c
from panel.disposals import forms as f
from panel.disposals.complaints import complain_about_day
from panel.disposals.frame import blueprint, case, checked, frame, issuer, shown, told
from panel.disposals.models import Disposal
from panel.disposals.paper import binds, title_of
from panel.disposals.queries import (
    disposal_for,
    disposal_of,
    intact,
)
from panel.disposals.withdrawing import withdrawal_of
from panel.documents.typst import IncompletePaper
from panel.errors import Missing
from panel.forms import offer, overrides_from
from panel.pages import page
from panel.plans.queries import plan_of, steps_of
from panel.referrals.models import Referral
from panel.referrals.queries import carer_of, child_of, header_of
from panel.request import actor, at, db, today
from panel.steps import StepFields
from workflows.appointment import PLANNERS
from workflows.calendar import long_date
from workflows.case import Status as CaseStatus
from workflows.disposal import DISPOSAL, Status
from workflows.disposal_rules import DisposalFacts
from workflows.flow import Refused
from workflows.roles import POLICE, Role
from workflows.vocabulary import CAUTIONS, SIGNED_OUTCOMES, Adult, Outcome, Relationship

__all__ = ["blueprint", "day_views", "family_views", "sign_views", "tablet"]
WORKERS = (Role.CASE_MANAGER, Role.YOT_MANAGER)
# Whoever may fill in and send what goes with a referral for charge.
SENDERS = frozenset({*POLICE, Role.YOT_MANAGER, Role.CASE_MANAGER})


@blueprint.get("/cases/<reference>/disposal")
def view(reference: str) -> Any:
    """What was decided, where it stands, and what follows from it."""
    referral = case(reference)
    header = header_of(db(), referral, today=today())
    ruled, disposal = standing_of(db(), referral.id), disposal_of(db(), referral.id)
    if ruled is None:
        return case_page("disposals/none.html", header)
    acts = referral.status is CaseStatus.DECIDED and bool(actor().roles_in(referral.area_id) & set(POLICE))
    facts = None if disposal is None else actions.now(db(), referral, disposal, at())
    stands = standing.standing_of(disposal, facts)
    conditions = conditions_standing(db(), ruled.decision.id)
    return case_page(
        "disposals/view.html",
        header,
        appointment=planned_for(db(), referral.id),
        plans=bool(actor().roles_in(referral.area_id) & set(PLANNERS)),
        withdraws=disposal is not None and _may_withdraw(referral, disposal),
        copy=_copy_stands(disposal),
        adds=day_views.may_add(referral),
        schedule=acts and any(step.sealed for step in conditions),
        title=title_of(ruled.outcome),
        police=ruled.police,
        charge=ruled.outcome is Outcome.CHARGE and bool(actor().roles & SENDERS),
        binding=binds(ruled.outcome),
        tag=standing.TAGS[disposal.status] if disposal else None,
        stands=stands,
        missing=shown(stands.missing),
        acts=acts,
        tasks=standing.tasks(disposal, stands.move, reference, outcome=ruled.outcome, acts=acts),
        **_conditions(referral, conditions),
        **told(referral, disposal),
    )


def _conditions(referral: Referral, decided: Sequence[StepFields]) -> dict[str, Any]:
    """The conditions in force, and by which version when they are not those of the decision any more."""
    plan = plan_of(db(), referral.id)
    bound = [step for step in steps_of(db(), referral.id) if step.binding] if plan else []
    said = set(StepFields.model_fields) - {"place", "entry"}
    varied = bool(bound) and [s.model_dump(include=said) for s in bound] != [
        s.model_dump(include=said) for s in decided
    ]
    return {"conditions": bound if varied else decided, "varied": varied, "decided": decided}


def _may_withdraw(referral: Referral, disposal: Disposal) -> bool:
    """Whether a withdrawal of the child can be written down by this reader now."""
    roles = actor().roles_in(referral.area_id)
    allowed = set(POLICE) if disposal.status is not Status.GIVEN else {*POLICE, *WORKERS}
    over = disposal.status is Status.LAPSED or withdrawal_of(db(), disposal.id) is not None
    return disposal.outcome is Outcome.YCC and bool(roles & allowed) and not over


def _copy_stands(disposal: Disposal | None) -> str:
    """'missing' or 'altered' for a given disposal whose signed copy is not there as it should be."""
    if disposal is None or disposal.status is not Status.GIVEN or disposal.outcome not in SIGNED_OUTCOMES:
        return ""
    if disposal.signed_document_id is None:
        return "missing"
    return "" if intact(db(), disposal.signed_document_id) else "altered"


@blueprint.route("/cases/<reference>/disposal/prepare", methods=["GET", "POST"])
def prepare(reference: str) -> Any:
    """Who will be there, and the reasons in words for the child; then the document is made."""
    referral = case(reference, lock=True)
    ruled, disposal = standing_of(db(), referral.id), disposal_of(db(), referral.id)
    if ruled is None:
        raise Missing()
    known = disposal.model_dump() if disposal else _expected(referral, ruled.reasons)
    form = f.PrepareForm(data=known | {"version": referral.version})
    offer(form.adult, f.ADULTS if ruled.outcome in CAUTIONS else [f.NOBODY, *f.ADULTS])
    if command := form.read(c.Prepare):
        checked(referral, form)
        try:
            actions.prepare(db(), referral, command, issuer(), by=actor(), at=at())
        except IncompletePaper as lacks:
            form.complain("", str(lacks))
        except actions.NamesVictim as names:
            where = " and ".join(names.places)
            form.complain(
                "child_reasons",
                f"The document would tell the child about the victim: look at {where}. Say it without that.",
            )
        else:
            onward = "authorise" if ruled.outcome in CAUTIONS else "explain"
            return redirect(url_for(f"disposals.{onward}", reference=reference), 303)
    return page(
        "disposals/prepare.html",
        form=form,
        reference=reference,
        title=title_of(ruled.outcome),
        child=child_of(db(), referral),
        again=disposal is not None and disposal.document_id is not None,
    )


def _expected(referral: Referral, reasons: str) -> dict[str, Any]:
    """Who will most likely be there: the carer who is named, or the authority for a looked-after child."""
    carer, child = carer_of(db(), referral), child_of(db(), referral)
    if carer is None:
        return {"child_reasons": reasons}
    by_authority = carer.relationship in (Relationship.FOSTER, Relationship.RESIDENTIAL) or child.looked_after
    return {
        "adult": Adult.CARE if by_authority else Adult.PARENT,
        "adult_name": carer.name,
        "adult_relationship": carer.relationship,
        "child_reasons": reasons,
    }


@blueprint.route("/cases/<reference>/disposal/give", methods=["GET", "POST"])
def give(reference: str) -> Any:
    """Check everything once more, then give it today."""
    referral = case(reference, lock=True)
    form = day_forms.GiveForm(took_place_on=today(), version=referral.version)
    if form.is_submitted():
        checked(referral, form)  # first: a decision that was rescinded meanwhile has no disposal
    disposal = disposal_for(db(), referral)
    if command := form.read(c.Give, today=today()):
        try:
            actions.give(
                db(),
                referral,
                by=actor(),
                at=at(),
                overrides=overrides_from(request.form),
                when=command,
            )
        except Refused as no:
            complain_about_day(form, no)
        else:
            day = "today" if command.took_place_on == today() else f"on {long_date(command.took_place_on)}"
            flash(f"{title_of(disposal.outcome)}: given {day}. The YOT has been told.", "success")
            return redirect(url_for("disposals.view", reference=reference), 303)
    facts: DisposalFacts = actions.now(db(), referral, disposal, at())
    return page(
        "disposals/give.html",
        form=form,
        refusals=shown(DISPOSAL.refusals("give", disposal.status, facts)),
        given=disposal.status is Status.GIVEN,
        **told(referral, disposal),
        today=today(),
        **frame(referral, disposal),
    )


@blueprint.route("/cases/<reference>/disposal/lapse", methods=["GET", "POST"])
def lapse(reference: str) -> Any:
    """Say why the disposal will not be given, and send the case back to the police."""
    referral = case(reference, lock=True)
    form = f.LapseForm(version=referral.version)
    if command := form.read(c.Lapse):
        checked(referral, form)
        actions.lapse(db(), referral, command, by=actor(), at=at())
        flash("The disposal will not be given. The case manager has been told.", "success")
        return redirect(url_for("cases.overview", reference=reference), 303)
    return case_page("disposals/lapse.html", header_of(db(), referral, today=today()), form=form)
