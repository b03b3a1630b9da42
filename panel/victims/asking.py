"""Asking a victim before the panel: attempts, what became of it, what the panel may read, agreements."""

from typing import Any

from flask import flash, redirect, url_for

from panel.referrals.frame import shows
from panel.referrals.models import Referral
from panel.request import actor, at, db, today
from panel.victims import commands as c
from panel.victims import forms as f
from panel.victims import recording
from panel.victims.desk import ONE, back, blueprint, one, unchanged
from panel.victims.models import VictimAttempt, VictimClearing, VictimConsent
from panel.victims.queries import names_of, rows_of
from panel.victims.summary import attempt_lines, clearing_cards, consent_lines
from workflows.case import BEFORE_DECISION
from workflows.vocabulary import View, words


def _open(referral: Referral) -> bool:
    return referral.status in BEFORE_DECISION


@blueprint.route(f"{ONE}/attempts", methods=["GET", "POST"])
def attempts(reference: str, place: int) -> Any:
    """What was tried to reach them, and one more."""
    referral, victim = one(reference, place)
    recording.shown(victim)
    form = f.AttemptForm(data={"made_on": today(), "version": referral.version})
    if command := form.read(c.Attempt, today=today()):
        unchanged(referral, form, {})
        recording.attempt(db(), referral, victim, command, by=actor(), at=at())
        flash("The attempt has been written down.", "success")
        return redirect(url_for("victims.attempts", reference=reference, place=place), 303)
    rows = attempt_lines(rows_of(db(), VictimAttempt, victim))
    return shows("victims/attempts.html", referral, form=form, victim=victim, rows=rows)


@blueprint.route(f"{ONE}/asked", methods=["GET", "POST"])
def asked(reference: str, place: int) -> Any:
    """Whether they gave a view, and if not, why."""
    referral, victim = one(reference, place)
    recording.shown(victim)
    before = victim.model_dump(include=set(c.Viewed.model_fields))
    shown_ = before | {"view": None if victim.view is View.NOT_YET else victim.view}
    form = f.ViewForm(data=shown_ | {"version": referral.version})
    if command := form.read(c.Viewed):
        unchanged(referral, form, shown_)
        try:
            recording.view(db(), referral, victim, command, by=actor(), at=at())
        except recording.NotSo as no:
            _complain(form, no)
        else:
            return back(referral, victim, "It has been recorded where asking them stands.")
    return shows(
        "victims/asked.html",
        referral,
        form=form,
        victim=victim,
        open_now=_open(referral),
        rows=[
            {"key": "Asked for their view?", "value": words(victim.view)},
            {"key": "Reason", "value": victim.view_reason or "None"},
        ],
    )


def _complain(form: Any, no: recording.NotSo) -> None:
    for name, sentence in no.wrong.items():
        form.complain(name, sentence)


@blueprint.route(f"{ONE}/clear", methods=["GET", "POST"])
def clear(reference: str, place: int) -> Any:
    """What the panel may read; every version is kept."""
    referral, victim = one(reference, place)
    recording.shown(victim)
    rows = rows_of(db(), VictimClearing, victim)
    before = rows[0].model_dump(include={"text", "reparation"}) if rows else {}
    form = f.ClearForm(data=before | {"version": referral.version})
    if command := form.read(c.Cleared):
        unchanged(referral, form, before)
        try:
            recording.clear(db(), referral, victim, command, by=actor(), at=at())
        except recording.NotSo as no:
            _complain(form, no)
        else:
            return back(referral, victim, "The panel reads this text, and nothing else of this victim.")
    return shows(
        "victims/clear.html",
        referral,
        form=form,
        victim=victim,
        open_now=_open(referral),
        cards=clearing_cards(rows, names_of(db(), {row.by_id for row in rows})),
    )


@blueprint.route(f"{ONE}/consents", methods=["GET", "POST"])
def consents(reference: str, place: int) -> Any:
    """What they agree to, since when, until when."""
    referral, victim = one(reference, place)
    recording.shown(victim)
    form = f.ConsentForm(data={"agreed_on": today(), "version": referral.version})
    if command := form.read(c.Consented, today=today()):
        unchanged(referral, form, {})
        recording.consent(db(), referral, victim, command, by=actor(), at=at())
        flash("It has been written down.", "success")
        return redirect(url_for("victims.consents", reference=reference, place=place), 303)
    rows = consent_lines(rows_of(db(), VictimConsent, victim))
    return shows("victims/consents.html", referral, form=form, victim=victim, rows=rows)


@blueprint.post(f"{ONE}/consents/<int(max=2147483647):number>/take-back")
def take_back(reference: str, place: int, number: int) -> Any:
    """They take an agreement back."""
    referral, victim = one(reference, place)
    recording.take_back(db(), referral, victim, number, by=actor(), at=at())
    flash("The agreement has been taken back.", "success")
    return redirect(url_for("victims.consents", reference=reference, place=place), 303)
