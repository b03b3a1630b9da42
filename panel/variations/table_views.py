"""The pages on the table between child, adult and officer: the document, the explaining, the signatures."""

from typing import Any, cast

from flask import redirect, request, url_for

from config.implications import implications
from panel.disposals import commands as dc
from panel.disposals import forms as df
from panel.disposals.actions import NamesVictim
from panel.disposals.complaints import complain_about
from panel.disposals.frame import issuer, paper_link
from panel.disposals.queries import document_at
from panel.disposals.signing import Signed
from panel.documents.typst import IncompletePaper
from panel.forms import offer, overrides_from
from panel.pages import page
from panel.plans.signed_forms import drawn, scanned
from panel.referrals.models import Referral
from panel.referrals.queries import child_of
from panel.request import actor, at, db, today
from panel.troubles import refusal_items
from panel.variations import actions, signing, writing
from panel.variations import commands as c
from panel.variations import forms as f
from panel.variations.models import Variation
from panel.variations.paper import title_of_version
from panel.variations.queries import caution_of, new_set, officer_named, variation_facts
from panel.variations.views import ASKED_THERE, ONE, blueprint, checked, found, to_one
from workflows.flow import Refusal, Refused
from workflows.variation import VARIATION
from workflows.vocabulary import Signer


@blueprint.route(f"{ONE}/prepare", methods=["GET", "POST"])
def prepare(reference: str, number: int) -> Any:
    """Why, by whose authority, who is there; then the document of this version is made."""
    referral, variation = found(reference, number)
    disposal = caution_of(db(), referral)
    known = variation.model_dump() if variation.authority else _expected(referral)
    form = f.PrepareVariationForm(data=known | {"version": referral.version})
    offer(form.adult, [df.NOBODY, *df.ADULTS])
    if command := form.read(c.PrepareVariation):
        checked(referral, form)
        try:
            writing.prepare(db(), referral, variation, command, issuer(), by=actor(), at=at())
        except IncompletePaper as lacks:
            form.complain("", str(lacks))
        except NamesVictim as names:
            where = " and ".join(names.places)
            form.complain("child_reasons", f"It would tell the child about the victim: look at {where}.")
        else:
            return to_one(reference, number)
    return page(
        "variations/prepare.html", form=form, **_frame(referral, variation), given_on=disposal.given_on
    )


def _expected(referral: Referral) -> dict[str, Any]:
    """Whoever was the appropriate adult when the caution was given."""
    disposal = caution_of(db(), referral)
    names = ("adult", "adult_name", "adult_relationship")
    return {name: getattr(disposal, name) for name in names}


@blueprint.route(f"{ONE}/explain", methods=["GET", "POST"])
def explain(reference: str, number: int) -> Any:
    """Explain the new conditions: who is here, what is different, and what the child says back."""
    referral, variation = found(reference, number)
    disposal = caution_of(db(), referral)
    form = df.ExplainForm(version=referral.version)
    form.fit(disposal.outcome, adult_named=bool(variation.adult_name))
    del form.admitted_again
    if command := form.read(dc.Explain):
        checked(referral, form)
        reasons = overrides_from(request.form)
        try:
            actions.explain(db(), referral, variation, command, by=actor(), at=at(), overrides=reasons)
        except Refused as no:
            complain_about(form, no)
        else:
            return redirect(url_for("variations.sign", reference=reference, number=number), 303)
    mine = officer_named(db(), variation) == actor().id
    facts = variation_facts(db(), referral, variation, today=today(), names_officer=mine)
    left = ASKED_THERE - {"names_officer"}
    missing = [r for r in VARIATION.refusals("explain", variation.status, facts) if r.name not in left]
    return page(
        "variations/explain.html",
        form=form,
        refusals=refusal_items(missing),
        conditions=new_set(db(), variation),
        meaning=[sentence.text for sentence in implications(disposal.outcome.value, today())],
        officer=actor().name,
        **_frame(referral, variation),
    )


@blueprint.route(f"{ONE}/sign", methods=["GET", "POST"])
def sign(reference: str, number: int) -> Any:
    """Sign the new version: on the screen, or on paper with a scan."""
    referral, variation = found(reference, number)
    on_paper = request.args.get("how") == "paper"
    form = _sign_form(referral, variation, on_paper)
    if command := form.read(dc.SignOnPaper if on_paper else dc.Sign):
        checked(referral, form)
        signed = _scanned(form, cast(dc.SignOnPaper, command)) if on_paper else _drawn(form)
        reasons = overrides_from(request.form)
        try:
            if signed is not None:
                signing.sign(
                    db(),
                    referral,
                    variation,
                    command,
                    signed,
                    issuer(),
                    by=actor(),
                    at=at(),
                    overrides=reasons,
                )
                return to_one(reference, number)
        except Refused as no:
            _complain(form, no)
    return page("variations/sign.html", form=form, on_paper=on_paper, **_frame(referral, variation))


BOXES = {Signer.CHILD: "child", Signer.ADULT: "adult", Signer.OFFICER: "officer"}


def _drawn(form: Any) -> Signed | None:
    drawings = drawn(form, BOXES)
    return None if drawings is None else Signed(frozenset(drawings), drawings)


def _scanned(form: Any, command: dc.SignOnPaper) -> Signed | None:
    scan = scanned(form)
    signed = frozenset(signer for signer, name in BOXES.items() if getattr(command, f"{name}_signed"))
    return None if scan is None else Signed(signed, {}, scan)


def _complain(form: Any, refused: Refused) -> None:
    """Put the missing consent at its box, everything else where the pages of giving put it."""
    consent = [r for r in refused.refusals if r.name == "child_consents"]
    others: tuple[Refusal, ...] = tuple(r for r in refused.refusals if r.hard and r not in consent)
    for refusal in consent:
        form.complain("consented", refusal.says)
    if others or not consent:
        complain_about(form, refused if not others else Refused(refused.flow, refused.move, others))


def _sign_form(referral: Referral, variation: Variation, on_paper: bool) -> Any:
    form = (df.SignOnPaperForm if on_paper else df.SignForm)(
        version=referral.version,
        child_name=child_of(db(), referral).name,
        adult_name=variation.adult_name,
        officer_name=actor().name,
    )
    form.fit(caution_of(db(), referral).outcome, adult_named=bool(variation.adult_name))
    form.consented.label.text = "The child agrees that the conditions are changed"
    return form


def _frame(referral: Referral, variation: Variation) -> dict[str, Any]:
    return {
        "reference": referral.reference,
        "variation": variation,
        "child": child_of(db(), referral),
        "title": title_of_version(variation, caution_of(db(), referral)),
        "paper": paper_link(referral, document_at(db(), variation.document_id)),
    }
