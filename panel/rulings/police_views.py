"""The pages of the police's last word, of split views and of a referral for charge."""

from typing import Any

from flask import flash, redirect, url_for

from panel.casepage import case_page
from panel.decisions.queries import conditions_of
from panel.decisions.standing import (
    Standing,
    conditions_standing,
    decisions_of,
    escalations_of,
    information_of,
    outcomes_standing,
    standing_of,
)
from panel.decisions.summary import steps_words
from panel.errors import Missing, expect_version
from panel.referrals.models import Referral
from panel.referrals.queries import header_of, offences_of
from panel.request import actor, at, db, today
from panel.rulings import actions, recording
from panel.rulings import commands as c
from panel.rulings import forms as f
from panel.rulings.police import police_decide
from panel.rulings.views import blueprint, case
from workflows.roles import POLICE, Role

PANEL = "/cases/<reference>/panel"
SIT = (Role.YOT_MANAGER, Role.SECONDED, Role.VICTIM_WORKER)
SEND = (*POLICE, Role.YOT_MANAGER, Role.CASE_MANAGER)


@blueprint.route(f"{PANEL}/police-decision", methods=["GET", "POST"])
def police(reference: str) -> Any:
    """The police decide otherwise than the panel."""
    referral = case(reference)
    stands = standing_of(db(), referral.id)
    if stands is None:
        raise Missing()
    form = _police_form(referral, stands)
    kept = [int(i) for i in (form.kept.data or []) if str(i).isdigit()] if "kept" in form else []
    if command := form.read(c.Police, today=today(), outcomes=form.chosen(), kept=tuple(kept)):
        expect_version(referral, form.seen)
        police_decide(db(), referral, stands, command, by=actor(), at=at())
        flash("The decision of the police has been recorded. Everybody has been told.", "success")
        return redirect(url_for("disposals.view", reference=reference), 303)
    return case_page(
        "rulings/police.html",
        header_of(db(), referral, today=today()),
        form=form,
        stands=stands,
        given=referral.given_on is not None,
    )


def _police_form(referral: Referral, stands: Standing) -> f.PoliceForm:
    conditions = conditions_of(db(), stands.decision.id)
    now = outcomes_standing(db(), stands.decision.id)
    data: dict[str, Any] = {f"{f.PREFIX}{number}": outcome.value for number, outcome in now.items()}
    data |= {
        "version": referral.version,
        "kept": [str(row.id) for row in conditions_standing(db(), stands.decision.id)],
    }
    pairs = list(zip(conditions, steps_words(conditions), strict=True))
    return f.police_form(offences_of(db(), referral), pairs, on=today(), data=data)


@blueprint.route(f"{PANEL}/escalation", methods=["GET", "POST"])
def escalate(reference: str) -> Any:
    """A split view is taken to somebody senior."""
    referral = case(reference)
    actions.must_hold(referral, actor(), SIT)
    form = f.EscalateForm(version=referral.version)
    if command := form.read(c.Escalate, today=today()):
        recording.escalate(db(), referral, command, by=actor(), at=at())
        flash("It is recorded who was asked. Write the answer down when it comes.", "success")
        return _to_panel(reference)
    rows = escalations_of(db(), referral.id)
    return case_page(
        "rulings/escalate.html",
        header_of(db(), referral, today=today()),
        form=form,
        escalations=rows,
        raised=None,
    )


@blueprint.route(f"{PANEL}/escalations/<int(max=2147483647):place>", methods=["GET", "POST"])
def escalation(reference: str, place: int) -> Any:
    """What was answered."""
    referral = case(reference)
    actions.must_hold(referral, actor(), SIT)
    raised = recording.raised_at(db(), referral.id, place)
    form = f.AnswerForm(version=referral.version)
    if command := form.read(c.Answer, today=today()):
        recording.answer(db(), referral, raised, command, by=actor(), at=at())
        flash("The answer is recorded.", "success")
        return _to_panel(reference)
    return case_page(
        "rulings/escalate.html",
        header_of(db(), referral, today=today()),
        form=form,
        escalations=[],
        raised=raised,
    )


@blueprint.route(f"{PANEL}/child-information", methods=["GET", "POST"])
def information(reference: str) -> Any:
    """The Child Information Form that goes with a referral for charge."""
    referral = case(reference)
    actions.must_hold(referral, actor(), SEND)
    rows = information_of(db(), referral.id)
    saved = rows[0].content if rows else recording.known(db(), referral)
    form = f.InformationForm(data=saved | {"version": referral.version})
    if command := form.read(c.Information):
        expect_version(referral, form.seen, saved)
        recording.fill_in(db(), referral, command, by=actor(), at=at())
        flash("The Child Information Form has been saved. It has not been sent.", "success")
        return redirect(url_for("rulings.send", reference=reference), 303)
    return case_page(
        "rulings/information.html", header_of(db(), referral, today=today()), form=form, rows=rows
    )


@blueprint.route(f"{PANEL}/child-information/sent", methods=["GET", "POST"])
def send(reference: str) -> Any:
    """To whom the form was sent."""
    referral = case(reference)
    actions.must_hold(referral, actor(), SEND)
    rows = information_of(db(), referral.id)
    if not rows:
        raise Missing()
    form = f.SendForm(version=referral.version)
    if command := form.read(c.Send, today=today()):
        recording.send(db(), referral, command, by=actor(), at=at())
        flash("It is recorded to whom the form was sent.", "success")
        return redirect(url_for("rulings.information", reference=reference), 303)
    return case_page("rulings/send.html", header_of(db(), referral, today=today()), form=form, rows=rows)


def _to_panel(reference: str) -> Any:
    referral = case(reference)
    number = len(decisions_of(db(), referral.id))
    if number:
        return redirect(url_for("rulings.record", reference=reference, number=number), 303)
    return redirect(url_for("decisions.view", reference=reference), 303)
