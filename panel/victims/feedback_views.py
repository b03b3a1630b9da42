"""The page on which a victim worker asks a victim at the end."""

from typing import Any

from sqlmodel import col, select

from config.feedback import ANSWERS, questions
from panel.forms import choice, offer
from panel.referrals.frame import shows
from panel.request import actor, at, db, today
from panel.victims import commands as c
from panel.victims import forms as f
from panel.victims.desk import ONE, back, blueprint, one, unchanged
from panel.victims.feedback import say
from panel.victims.feedback_models import VictimFeedback
from workflows.calendar import long_date

PREFIX = "q_"


def _form(version: int) -> Any:
    asked = questions("victim", today())
    fields = {f"{PREFIX}{q.key}": choice(c.ThinksOfIt, "words") for q in asked}
    form: Any = type("ThinksHere", (f.ThinksForm,), fields)(version=version)
    for question in asked:
        field = form[f"{PREFIX}{question.key}"]
        field.label.text = question.text
        offer(field, list(ANSWERS.items()))
    return form


@blueprint.route(f"{ONE}/feedback", methods=["GET", "POST"])
def feedback(reference: str, place: int) -> Any:
    """What this victim thinks of it."""
    referral, victim = one(reference, place)
    form = _form(referral.version)
    given = {n.removeprefix(PREFIX): v.data for n, v in form._fields.items() if n.startswith(PREFIX)}
    answers = {name: value for name, value in given.items() if value in ANSWERS}
    if command := form.read(c.ThinksOfIt, today=today(), answers=answers):
        unchanged(referral, form, {})
        say(db(), referral, victim, command, by=actor(), at=at())
        return back(referral, victim, "What they think of it is kept.")
    query = select(VictimFeedback).where(VictimFeedback.victim_id == victim.id)
    before = list(db().exec(query.order_by(col(VictimFeedback.id).desc())))
    return shows(
        "victims/feedback.html",
        referral,
        form=form,
        victim=victim,
        names=[name for name in form._fields if name.startswith(PREFIX)],
        before=[
            {"key": long_date(row.given_on), "value": [*_said(row), f"Written down by {row.by_words}"]}
            for row in before
        ],
    )


def _said(row: VictimFeedback) -> list[str]:
    if row.declined:
        return ["They would rather not say anything"]
    return [f"{question} {answer}" for _, question, answer in row.answers] + (
        [f"“{row.words}”"] if row.words else []
    )
