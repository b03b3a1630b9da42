"""The pages on the table between child, adult and officer: the document, the explaining, the signatures."""

from typing import Any

from flask import redirect, request, url_for

from panel.disposals import commands as dc
from panel.disposals import forms as df
from panel.disposals.actions import NamesVictim
from panel.disposals.complaints import complain_about
from panel.disposals.explain_steps import on_the_way, onward, standing
from panel.disposals.frame import issuer, paper_link
from panel.disposals.paper import signers_of
from panel.disposals.queries import document_at, user_name
from panel.disposals.sign_commands import Sign
from panel.disposals.sign_views import drawn, people, scanned, sign_form
from panel.disposals.tablet import explain_form
from panel.documents.refused import UploadRefused
from panel.documents.typst import IncompletePaper
from panel.forms import PanelForm, offer, overrides_from
from panel.pages import page
from panel.referrals.models import Referral
from panel.referrals.queries import child_of
from panel.request import actor, at, db, today
from panel.troubles import refusal_items
from panel.variations import actions, signing, writing
from panel.variations import commands as c
from panel.variations import forms as f
from panel.variations.models import Variation
from panel.variations.paper import as_disposal, title_of_version
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
    typed = {"language": "English", "version": referral.version}
    form, steps, said = explain_form(as_disposal(variation, disposal), typed, offered=True, admits=False)
    walk = onward(form, steps, said) if on_the_way(form) else None
    if walk is None and (command := form.read(dc.Explain, said=said)):
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
        walk=walk or standing(form, steps, said),
        said=said,
        officer=actor().name,
        **_frame(referral, variation),
    )


@blueprint.route(f"{ONE}/sign", methods=["GET", "POST"])
def sign(reference: str, number: int) -> Any:
    """Sign the new version: on the screen, or on paper with a scan."""
    referral, variation = found(reference, number)
    on_paper = request.args.get("how") == "paper"
    made, names = as_disposal(variation, caution_of(db(), referral)), _names(referral, variation)
    form = sign_form(referral, made, names, on_paper)
    form.consented.label.text = "The child agrees that the conditions are changed"
    if command := form.read(Sign):
        checked(referral, form)
        if _signed(referral, variation, form, command, on_paper):
            return to_one(reference, number)
    return page(
        "variations/sign.html",
        form=form,
        on_paper=on_paper,
        people=people(signers_of(made), names),
        must=MUST,
        witness=actor().name,
        **_frame(referral, variation),
    )


MUST = "Without the child's signature the conditions stay as they are. Stop here, and do not press."


def _signed(referral: Referral, variation: Variation, form: PanelForm, command: Sign, on_paper: bool) -> bool:
    """Whether the signatures were kept; otherwise a sentence stands at the field that is wrong."""
    reasons = overrides_from(request.form)
    try:
        signed = scanned(form, command) if on_paper else drawn(form, command)
        if signed is None:
            return False
        signing.sign(
            db(), referral, variation, command, signed, issuer(), by=actor(), at=at(), overrides=reasons
        )
    except UploadRefused as no:  # a PDF to which no seal can be added
        form.complain("scan", no.sentence)
        return False
    except Refused as no:
        _complain(form, no)
        return False
    return True


def _complain(form: Any, refused: Refused) -> None:
    """Put the missing consent at its box, everything else where the pages of giving put it."""
    consent = [r for r in refused.refusals if r.name == "child_consents"]
    others: tuple[Refusal, ...] = tuple(r for r in refused.refusals if r.hard and r not in consent)
    for refusal in consent:
        form.complain("consented", refusal.says)
    if others or not consent:
        complain_about(form, refused if not others else Refused(refused.flow, refused.move, others))


def _names(referral: Referral, variation: Variation) -> dict[Signer, str]:
    return {
        Signer.CHILD: child_of(db(), referral).name,
        Signer.ADULT: variation.adult_name,
        Signer.OFFICER: actor().name,
        Signer.CASE_MANAGER: user_name(db(), referral.case_manager_id),
    }


def _frame(referral: Referral, variation: Variation) -> dict[str, Any]:
    return {
        "reference": referral.reference,
        "variation": variation,
        "child": child_of(db(), referral),
        "title": title_of_version(variation, caution_of(db(), referral)),
        "paper": paper_link(referral, document_at(db(), variation.document_id)),
    }
