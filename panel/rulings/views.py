"""The pages of a recorded decision: the record, and what may still happen to it."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, url_for

from panel.casepage import case_page
from panel.decisions.models import Decision
from panel.decisions.standing import decisions_of, rescissions_of
from panel.decisions.standing_models import Rescission
from panel.documents.typst import pdf as typeset
from panel.errors import expect_version
from panel.history.operations import Operation
from panel.history.record import case_chain, log_access
from panel.referrals.models import Referral
from panel.referrals.queries import child_of, header_of, referral_for
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.rulings import actions, shown
from panel.rulings import commands as c
from panel.rulings import forms as f
from panel.rulings.queries import decision_at
from panel.rulings.reading import correction_at, corrections_of
from panel.troubles import refusal_items
from workflows.calendar import clock_words
from workflows.roles import POLICE, Role
from workflows.ruling import CORRECTION, KEEPERS, RESCISSION, Status

blueprint = Blueprint("rulings", __name__)
CONCERNED = (Role.YOT_MANAGER, Role.SECONDED, Role.VICTIM_WORKER, Role.CASE_MANAGER)
ONE = "/cases/<reference>/panel/decisions/<int(max=2147483647):number>"


def case(reference: str) -> Referral:
    """The case of this page, if the signed-in person may see it."""
    return referral_for(db(), actor(), reference, at=at(), page=here())


def _found(reference: str, number: int) -> tuple[Referral, Decision]:
    referral = case(reference)
    return referral, decision_at(db(), referral, number)


def to_record(reference: str, number: int) -> Any:
    """Back to the record."""
    return redirect(url_for("rulings.record", reference=reference, number=number), 303)


@blueprint.get(ONE)
def record(reference: str, number: int) -> Any:
    """Who decided what, on which papers, and why; with what happened to it since."""
    referral, decision = _found(reference, number)
    all_ = decisions_of(db(), referral.id)
    held = actor().roles_in(referral.area_id)
    return case_page(
        "rulings/record.html",
        header_of(db(), referral, today=today()),
        decision=decision,
        number=number,
        sections=shown.sections(db(), referral, decision),
        rescinded=all_[number - 1][1],
        others=[(place, row) for place, (row, _) in enumerate(all_, 1) if place != number],
        old=shown.OLD if not decision.content else "",
        keeps=bool(held & set(KEEPERS)),
        police=bool(held & set(POLICE)),
        given=referral.given_on is not None,
        concerned=bool(held & set(CONCERNED)) and referral.given_on is not None,
        open_rescission=_open_rescission(decision),
        corrections=[
            (place, row)
            for place, row in enumerate(corrections_of(db(), decision.id), 1)
            if row.status is Status.PROPOSED
        ],
    )


@blueprint.get(f"{ONE}/record.pdf")
def pdf(reference: str, number: int) -> Any:
    """The record on paper: a disclosure to whoever takes it along."""
    referral, decision = _found(reference, number)
    child = child_of(db(), referral)
    paper = {
        "number": decision.number,
        "reference": referral.reference,
        "child": f"{child.name}, born {child.date_of_birth.day} {child.date_of_birth:%B %Y}",
        "day": [today().year, today().month, today().day],
        "printed": f"Printed by {actor().name}, {clock_words(at())}",
        "digest": decision.digest,
        "sections": [
            section
            | {
                "rows": [
                    {"key": r["key"], "value": [r["value"]] if isinstance(r["value"], str) else r["value"]}
                    for r in section["rows"]
                ]
            }
            for section in shown.sections(db(), referral, decision)
        ],
    }
    chain = case_chain(referral.id)
    log_access(db(), Operation.DISCLOSURE, chain, by=actor(), at=at(), page=here(), recipients=actor().name)
    response = Response(typeset("record.typ", paper), mimetype="application/pdf")
    name = f"decision-{decision.number.replace(' ', '-').replace('/', '-').lower()}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@blueprint.route(f"{ONE}/correct", methods=["GET", "POST"])
def correct(reference: str, number: int) -> Any:
    """Ask to put a slip right."""
    referral, decision = _found(reference, number)
    form = f.CorrectForm(version=referral.version)
    if command := form.read(c.Correct):
        expect_version(referral, form.seen)
        actions.correct(db(), referral, decision, command, by=actor(), at=at())
        flash("The correction waits for a second person to confirm it.", "success")
        return to_record(reference, number)
    return case_page(
        "rulings/correct.html", _header(referral), form=form, decision=decision, number=number, row=None
    )


@blueprint.route(f"{ONE}/corrections/<int(max=2147483647):place>", methods=["GET", "POST"])
def correction(reference: str, number: int, place: int) -> Any:
    """A second person confirms the correction."""
    referral, decision = _found(reference, number)
    row, form = correction_at(db(), decision.id, place), f.PressForm(version=referral.version)
    if form.is_submitted():
        expect_version(referral, form.seen)
        actions.answer_correction(db(), referral, decision, row, "confirm", "", by=actor(), at=at())
        flash("The correction is confirmed. The old words stay in the record.", "success")
        return to_record(reference, number)
    facts = actions.correction_facts(db(), referral, decision, row, by=actor(), reason="")
    return case_page(
        "rulings/correct.html",
        _header(referral),
        form=form,
        decision=decision,
        number=number,
        place=place,
        row=row,
        refusals=refusal_items(CORRECTION.refusals("confirm", row.status, facts)),
    )


@blueprint.route(f"{ONE}/corrections/<int(max=2147483647):place>/decline", methods=["GET", "POST"])
def decline_correction(reference: str, number: int, place: int) -> Any:
    """A second person declines the correction."""
    referral, decision = _found(reference, number)
    row, form = correction_at(db(), decision.id, place), f.ReasonForm(version=referral.version)
    if command := form.read(c.WithReason):
        actions.answer_correction(
            db(), referral, decision, row, "decline", command.reason, by=actor(), at=at()
        )
        flash("The correction is declined.", "success")
        return to_record(reference, number)
    return case_page(
        "rulings/decline.html", _header(referral), form=form, number=number, what="the correction"
    )


def _header(referral: Referral) -> Any:
    return header_of(db(), referral, today=today())


def _open_rescission(decision: Decision) -> Rescission | None:
    found = [row for row in rescissions_of(db(), decision.id) if row.status is Status.PROPOSED]
    return found[-1] if found else None


@blueprint.route(f"{ONE}/rescind", methods=["GET", "POST"])
def rescind(reference: str, number: int) -> Any:
    """Ask to take the decision back, or confirm that somebody else's wish is right."""
    referral, decision = _found(reference, number)
    row = _open_rescission(decision)
    form = (f.PressForm if row else f.ReasonForm)(version=referral.version)
    if row is not None and form.is_submitted():
        expect_version(referral, form.seen)
        actions.rescind(db(), referral, decision, row, by=actor(), at=at())
        flash("The decision is rescinded. The case waits for a panel again.", "success")
        return to_record(reference, number)
    if row is None and (command := form.read(c.WithReason)):
        expect_version(referral, form.seen)
        actions.ask_rescind(db(), referral, decision, command.reason, by=actor(), at=at())
        flash("The other side has been asked to confirm it. Until then the decision stands.", "success")
        return to_record(reference, number)
    judged = row or Rescission(decision_id=decision.id)
    facts = actions.rescission_facts(db(), referral, decision, judged, by=actor(), reason="x")
    move, state = ("confirm", row.status) if row else ("propose", Status.OPEN)
    return case_page(
        "rulings/rescind.html",
        _header(referral),
        form=form,
        decision=decision,
        number=number,
        row=row,
        given=referral.given_on is not None,
        refusals=refusal_items(RESCISSION.refusals(move, state, facts)),
    )


@blueprint.route(f"{ONE}/rescind/decline", methods=["GET", "POST"])
def decline_rescind(reference: str, number: int) -> Any:
    """The decision stands after all."""
    referral, decision = _found(reference, number)
    row, form = _open_rescission(decision), f.ReasonForm(version=referral.version)
    if row is None:
        return to_record(reference, number)
    if command := form.read(c.WithReason):
        actions.decline_rescind(db(), referral, decision, row, command.reason, by=actor(), at=at())
        flash("The decision stands.", "success")
        return to_record(reference, number)
    return case_page("rulings/decline.html", _header(referral), form=form, number=number, what="rescinding")


@blueprint.route(f"{ONE}/concern", methods=["GET", "POST"])
def concern(reference: str, number: int) -> Any:
    """Write down a concern about a decision that can no longer be undone here."""
    referral, decision = _found(reference, number)
    actions.must_hold(
        referral, actor(), (Role.YOT_MANAGER, Role.SECONDED, Role.VICTIM_WORKER, Role.CASE_MANAGER)
    )
    form = f.ConcernForm(version=referral.version)
    if command := form.read(c.Concern):
        actions.concern(db(), referral, decision, command, by=actor(), at=at())
        flash("The concern is recorded. YOT managers and seconded officers have been told.", "success")
        return to_record(reference, number)
    return case_page("rulings/concern.html", _header(referral), form=form, decision=decision, number=number)
