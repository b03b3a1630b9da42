"""The page on the table between child, adult and officer on which it is explained."""

from typing import Any

from flask import redirect, request, url_for

from config.implications import implications
from panel.decisions.standing import conditions_standing
from panel.disposals import actions, standing
from panel.disposals import commands as c
from panel.disposals import forms as f
from panel.disposals.complaints import complain_about
from panel.disposals.frame import blueprint, case, checked, frame, shown
from panel.disposals.queries import disposal_of, officer_of
from panel.forms import overrides_from
from panel.pages import page
from panel.request import actor, at, db, today
from workflows.disposal import DISPOSAL
from workflows.flow import Refusal, Refused
from workflows.vocabulary import SIGNED_OUTCOMES


@blueprint.route("/cases/<reference>/disposal/explain", methods=["GET", "POST"])
def explain(reference: str) -> Any:
    """Explain it: who is here, what it means, and what the child says back."""
    referral = case(reference, lock=True)
    disposal = disposal_of(db(), referral.id)
    if disposal is None or disposal.document_id is None:
        return redirect(url_for("disposals.prepare", reference=reference), 303)
    before = disposal.model_dump() if disposal.explained_at else {}
    form = f.ExplainForm(data=before | {"version": referral.version})
    form.fit(disposal.outcome, adult_named=bool(disposal.adult_name))
    if command := form.read(c.Explain):
        checked(referral, form)
        try:
            actions.explain(
                db(), referral, command, by=actor(), at=at(), overrides=overrides_from(request.form)
            )
        except Refused as no:
            complain_about(form, no)
        else:
            onward = "sign" if disposal.outcome in SIGNED_OUTCOMES else "give"
            return redirect(url_for(f"disposals.{onward}", reference=reference), 303)
    facts = actions.now(db(), referral, disposal, at())
    refusals = DISPOSAL.refusals("explain", disposal.status, facts)
    officer = officer_of(db(), disposal)
    return page(
        "disposals/explain.html",
        form=form,
        refusals=shown(_beforehand(refusals, officer is not None and officer.id == actor().id)),
        meaning=[sentence.text for sentence in implications(disposal.outcome.value, today())],
        conditions=conditions_standing(db(), disposal.decision_id),
        officer=officer.name if officer else "",
        **frame(referral, disposal),
    )


def _beforehand(refusals: tuple[Refusal, ...], names_officer: bool) -> tuple[Refusal, ...]:
    """What is already known to be in the way, before anything is typed."""
    found = [r for r in refusals if r.name in standing.SEEN_BEFORE or r.name == "wrong_state"]
    if not names_officer:
        guard = next(g for g in DISPOSAL.guards() if g.name == "names_officer")
        found.append(Refusal(guard.name, guard.says, guard.rule, guard.source, guard.hard, guard.where))
    return tuple(found)
