"""The pages on the table between child, adult and officer: explain it, then sign it."""

from typing import Any, cast

from flask import flash, redirect, request, url_for

from panel.appointments.queries import planned_for
from panel.decisions.standing import conditions_standing
from panel.disposals import actions, authorising, explaining, signing, standing
from panel.disposals import commands as c
from panel.disposals import forms as f
from panel.disposals.complaints import complain_about
from panel.disposals.frame import blueprint, case, checked, frame, issuer, shown
from panel.disposals.models import Disposal
from panel.disposals.queries import (
    disposal_for,
    disposal_of,
    officer_of,
)
from panel.documents.refused import UploadRefused
from panel.documents.signatures import signature_png
from panel.errors import Missing
from panel.forms import PanelForm, overrides_from
from panel.pages import page
from panel.receiving import received
from panel.referrals.models import Referral
from panel.referrals.queries import child_of
from panel.request import actor, at, db, today
from workflows.disposal import DISPOSAL
from workflows.flow import Refusal, Refused
from workflows.vocabulary import SIGNED_OUTCOMES, Advice, Signer


@blueprint.route("/cases/<reference>/disposal/explain", methods=["GET", "POST"])
def explain(reference: str) -> Any:
    """Explain it: who is here, what it means, and what the child says back."""
    referral = case(reference, lock=True)
    disposal = disposal_of(db(), referral.id)
    if disposal is None or disposal.document_id is None:
        return redirect(url_for("disposals.prepare", reference=reference), 303)
    parts = explaining.parts_of(disposal.outcome, today())
    form = f.ExplainForm(data=_typed_before(disposal, referral))
    form.fit(
        disposal.outcome,
        adult_named=bool(disposal.adult_name),
        topics=[sentence.topic for part in parts for sentence in part.sentences],
    )
    said = {
        part.group.key: request.form.get(f"said-{part.group.key}", "") for part in parts if part.group.ask
    }
    if form.is_submitted() and form.advice.data == Advice.WANTED:
        return _wait_for_advice(referral, form)
    if command := form.read(c.Explain, said=said):
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
        parts=parts,
        said=said,
        conditions=conditions_standing(db(), disposal.decision_id),
        officer=officer.name if officer else "",
        **frame(referral, disposal),
    )


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


@blueprint.route("/cases/<reference>/disposal/sign", methods=["GET", "POST"])
def sign(reference: str) -> Any:
    """Sign it: on the screen, or on paper with a scan."""
    referral = case(reference, lock=True)
    disposal = disposal_for(db(), referral)
    if disposal.outcome not in SIGNED_OUTCOMES:
        raise Missing()
    on_paper = request.args.get("how") == "paper"
    form = _sign_form(referral, disposal, on_paper)
    if command := form.read(c.SignOnPaper if on_paper else c.Sign):
        checked(referral, form)
        signed = _scanned(form, cast(c.SignOnPaper, command)) if on_paper else _drawn(form)
        try:
            if signed is not None:
                overrides = overrides_from(request.form)
                signing.sign(
                    db(), referral, command, signed, issuer(), by=actor(), at=at(), overrides=overrides
                )
                return redirect(url_for("disposals.give", reference=reference), 303)
        except Refused as no:
            complain_about(form, no)
    facts = actions.now(db(), referral, disposal, at())
    refusals = DISPOSAL.refusals("sign", disposal.status, facts)
    known = tuple(r for r in refusals if r.name in standing.SEEN_BEFORE or r.name == "wrong_state")
    return page(
        "disposals/sign.html",
        form=form,
        on_paper=on_paper,
        refusals=shown(known),
        **frame(referral, disposal),
    )


def _sign_form(referral: Referral, disposal: Disposal, on_paper: bool) -> Any:
    officer = officer_of(db(), disposal)
    form = (f.SignOnPaperForm if on_paper else f.SignForm)(
        version=referral.version,
        child_name=child_of(db(), referral).name,
        adult_name=disposal.adult_name,
        officer_name=officer.name if officer else "",
    )
    form.fit(disposal.outcome, adult_named=bool(disposal.adult_name))
    return form


FIELDS = {Signer.CHILD: "child", Signer.ADULT: "adult", Signer.OFFICER: "officer"}


def _drawn(form: PanelForm) -> signing.Signed | None:
    """The signatures that were drawn, or None with a sentence at each that cannot be used."""
    drawings = {}
    for signer, name in FIELDS.items():
        if f"{name}_drawing" not in form or not form[f"{name}_drawing"].data:
            continue
        field = form[f"{name}_drawing"]
        try:
            drawings[signer] = signature_png(field.data)
        except UploadRefused as no:
            form.complain(f"{name}_name", no.sentence)
            field.data = ""
    return None if form.errors else signing.Signed(frozenset(drawings), drawings)


def _scanned(form: PanelForm, command: c.SignOnPaper) -> signing.Signed | None:
    """The signed paper with the word of the officer on who signed it, or None with a sentence at the file."""
    try:
        scan = received("scan", "Choose the scan or photo of the signed paper")
        if scan.extension == "docx":
            raise UploadRefused(
                "The signed copy must be a PDF, JPEG or PNG. Scan the paper or photograph it."
            )
    except UploadRefused as no:
        form.complain("scan", no.sentence)
        return None
    signed = {signer for signer, name in FIELDS.items() if getattr(command, f"{name}_signed")}
    return signing.Signed(frozenset(signed), {}, scan)
