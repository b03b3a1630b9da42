"""The page on the table between child, adult and officer on which it is explained."""

from typing import Any

from flask import flash, redirect, request, url_for

from panel.appointments.queries import planned_for
from panel.decisions.standing import conditions_standing
from panel.disposals import actions, authorising, explaining, standing
from panel.disposals import commands as c
from panel.disposals import forms as f
from panel.disposals.complaints import complain_about
from panel.disposals.explain_steps import Step, on_the_way, onward, steps_of
from panel.disposals.explain_steps import standing as standing_now
from panel.disposals.frame import blueprint, case, checked, frame, shown
from panel.disposals.models import Disposal
from panel.disposals.paper import binds
from panel.disposals.queries import disposal_of, officer_of
from panel.forms import PanelForm, overrides_from
from panel.pages import page
from panel.referrals.models import Referral
from panel.request import actor, at, db, today
from workflows.disposal import DISPOSAL
from workflows.flow import Refusal, Refused
from workflows.vocabulary import SIGNED_OUTCOMES, Advice

DOING = {True: "What you will do", False: "What the youth justice team offers you"}


@blueprint.route("/cases/<reference>/disposal/explain", methods=["GET", "POST"])
def explain(reference: str) -> Any:
    """Explain it: who is here, what it means, and what the child says back."""
    referral = case(reference, lock=True)
    disposal = disposal_of(db(), referral.id)
    if disposal is None or disposal.document_id is None:
        return redirect(url_for("disposals.prepare", reference=reference), 303)
    conditions = conditions_standing(db(), disposal.decision_id)
    form, steps, said = explain_form(disposal, _typed_before(disposal, referral), offered=bool(conditions))
    if form.is_submitted() and form.advice.data == Advice.WANTED:
        return _wait_for_advice(referral, form)
    walk = onward(form, steps, said) if on_the_way(form) else None
    if walk is None and (command := form.read(c.Explain, said=said)):
        checked(referral, form)
        try:
            actions.explain(
                db(), referral, command, by=actor(), at=at(), overrides=overrides_from(request.form)
            )
        except Refused as no:
            complain_about(form, no)
        else:
            then = "sign" if disposal.outcome in SIGNED_OUTCOMES else "give"
            return redirect(url_for(f"disposals.{then}", reference=reference), 303)
    facts = actions.now(db(), referral, disposal, at())
    refusals = DISPOSAL.refusals("explain", disposal.status, facts)
    officer = officer_of(db(), disposal)
    return page(
        "disposals/explain.html",
        form=form,
        refusals=shown(_beforehand(refusals, officer is not None and officer.id == actor().id)),
        walk=walk or standing_now(form, steps, said),
        said=said,
        conditions=conditions,
        officer=officer.name if officer else "",
        **frame(referral, disposal),
    )


def explain_form(
    disposal: Disposal, typed: dict[str, Any], *, offered: bool, admits: bool = True
) -> tuple[f.ExplainForm, tuple[Step, ...], dict[str, str]]:
    """The form for what this outcome means today, its steps, and what the child said back as typed."""
    parts = explaining.parts_of(disposal.outcome, today())
    form = f.ExplainForm(data=typed)
    topics = [sentence.topic for part in parts for sentence in part.sentences]
    form.fit(disposal.outcome, adult_named=bool(disposal.adult_name), topics=topics)
    if not admits:
        del form.admitted_again
    asked = [part.group.key for part in parts if part.group.ask]
    doing = DOING[binds(disposal.outcome)] if offered else ""
    return form, steps_of(form, parts, doing), {key: request.form.get(f"said-{key}", "") for key in asked}


def _wait_for_advice(referral: Referral, form: PanelForm) -> Any:
    """The child wants legal advice first: that is written down, and nothing else of the page."""
    checked(referral, form)
    authorising.wait_for_advice(db(), referral, by=actor(), at=at())
    flash("Written down: the explanation waits until the child has had legal advice.", "success")
    return redirect(url_for("disposals.view", reference=referral.reference), 303)


def _typed_before(disposal: Disposal, referral: Referral) -> dict[str, Any]:
    """What was typed for an earlier explanation, or what is likely."""
    typed: dict[str, Any] = {"language": "English", "version": referral.version}
    if disposal.explained_at:
        again = {"explained_place", "case_manager_present", "advice"}
        return typed | disposal.model_dump(include=again)
    planned = planned_for(db(), referral.id)
    if planned is None:
        return typed
    ways = (["interpreter"] if planned.interpreter else []) + (["easy_read"] if planned.easy_read else [])
    return typed | {
        "explained_place": planned.place,
        "interpreter": planned.interpreter,
        "language": planned.language or "English",
        "ways": ways,
    }


def _beforehand(refusals: tuple[Refusal, ...], names_officer: bool) -> tuple[Refusal, ...]:
    """What is already known to be in the way, before anything is typed."""
    found = [r for r in refusals if r.name in standing.SEEN_BEFORE or r.name == "wrong_state"]
    if not names_officer:
        guard = next(g for g in DISPOSAL.guards() if g.name == "names_officer")
        found.append(Refusal(guard.name, guard.says, guard.rule, guard.source, guard.hard, guard.where))
    return tuple(found)
