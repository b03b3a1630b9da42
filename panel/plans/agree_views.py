"""The plan on paper, and the page on which child and adult agree it."""

from typing import Any, cast

from flask import Response, current_app, flash, redirect, request, url_for

from panel.documents.refused import UploadRefused
from panel.errors import Missing, expect_version
from panel.history.operations import Operation
from panel.history.record import case_chain, log_access
from panel.pages import page
from panel.plans import agreeing
from panel.plans import change_commands as c
from panel.plans import change_forms as f
from panel.plans.agreeing import Agreed, Who
from panel.plans.change_views import running
from panel.plans.drafting import NamesVictim
from panel.plans.queries import lines_of, plan_of, steps_of
from panel.plans.signed_forms import drawn, scanned
from panel.plans.views import blueprint, case
from panel.referrals.models import Referral
from panel.referrals.queries import carer_of, child_of
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.web import PanelApp
from workflows.flow import Refused

NOT_PRINTED = "The plan would tell who or where the victim is: change it first."
BOXES: dict[Who, str] = {"child": "child", "adult": "adult"}


def _demo() -> bool:
    return cast(PanelApp, current_app).settings.demo


@blueprint.get("/cases/<reference>/plan/print.pdf")
def printed(reference: str) -> Any:
    """The version in force on paper, with places to sign."""
    referral = case(reference)
    plan = plan_of(db(), referral.id)
    if plan is None:
        raise Missing()
    try:
        data = agreeing.plan_pdf(db(), referral, plan, at=at(), demo=_demo())
    except NamesVictim as told:
        flash(f"{NOT_PRINTED} Look at {' and '.join(told.places)}.", "success")
        return redirect(url_for("plans.view", reference=reference), 303)
    chain = case_chain(referral.id)
    log_access(db(), Operation.DISCLOSURE, chain, by=actor(), at=at(), page=here(), recipients="the family")
    response = Response(data, mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="plan.pdf"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@blueprint.route("/cases/<reference>/plan/agree", methods=["GET", "POST"])
def agree(reference: str) -> Any:
    """Child and adult sign the plan: on the screen, or on paper with a scan."""
    referral, plan = running(reference)
    on_paper = request.args.get("how") == "paper"
    carer = carer_of(db(), referral)
    form = (f.AgreeOnPaperForm if on_paper else f.AgreeForm)(
        version=referral.version,
        child_name=child_of(db(), referral).name,
        adult_name=carer.name if carer else "",
    )
    if command := form.read(c.AgreeOnPaper if on_paper else c.Agree):
        expect_version(referral, form.seen, {"version": referral.version})
        signed = _scanned(form, cast(c.AgreeOnPaper, command)) if on_paper else _drawn(form)
        if signed and _agreed(referral, plan, command, signed, form):
            flash("The signed plan is on the case.", "success")
            return redirect(url_for("plans.view", reference=reference), 303)
    return page(
        "plans/agree.html",
        form=form,
        on_paper=on_paper,
        reference=reference,
        child=child_of(db(), referral),
        steps=lines_of(db(), steps_of(db(), referral.id), today=today()),
    )


def _agreed(referral: Referral, plan: Any, command: c.Agree, signed: Agreed, form: Any) -> bool:
    try:
        agreeing.agree(db(), referral, plan, command, signed, by=actor(), at=at(), demo=_demo())
    except NamesVictim as told:
        form.complain("", f"{NOT_PRINTED} Look at {' and '.join(told.places)}.")
        return False
    except UploadRefused as no:  # a PDF to which no seal can be added
        form.complain("scan", no.sentence)
        return False
    except Refused as no:
        for refusal in no.refusals:
            form.complain("not_signed", refusal.says)
        return False
    return True


def _drawn(form: Any) -> Agreed | None:
    drawings = drawn(form, BOXES)
    return None if drawings is None else Agreed(frozenset(drawings), drawings)


def _scanned(form: Any, command: c.AgreeOnPaper) -> Agreed | None:
    scan = scanned(form)
    signed: frozenset[Who] = frozenset(who for who in BOXES if getattr(command, f"{who}_signed"))
    return None if scan is None else Agreed(signed, {}, scan)
