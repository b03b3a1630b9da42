"""Scrutiny for scrutineers: their sample without names, their own scores, and what they find together."""

from typing import Any

from flask import flash, redirect, request, url_for

from config.scrutiny import criteria
from panel.errors import Missing, expect_version
from panel.forms import overrides_from
from panel.pages import page
from panel.request import actor, at, db
from panel.request import page as here
from panel.scrutiny import commands as c
from panel.scrutiny import forms as f
from panel.scrutiny import queries, scoring
from panel.scrutiny.models import SampledCase, ScrutinyRound
from panel.scrutiny.report import report_of
from panel.scrutiny.rows import round_row, tag_of
from panel.scrutiny.views import blueprint, send_report
from panel.troubles import refusal_items
from workflows.scrutiny import SAMPLED, Answer, CaseStatus, RoundStatus
from workflows.vocabulary import words

SEEN = (CaseStatus.CLEARED, CaseStatus.FOUND, CaseStatus.FED_BACK)


def _sample(reference: str) -> ScrutinyRound:
    return queries.sample_for(db(), actor(), reference, at=at(), page=here())


def _case(drawn: ScrutinyRound, number: int) -> SampledCase:
    """One cleared case to which this scrutineer has no tie. Raises `Missing` otherwise."""
    case = queries.case_at(db(), drawn.id, number)
    if case.status not in SEEN or (case.id, actor().id) in queries.ties_of(db(), [case.id]):
        raise Missing()
    return case


@blueprint.get("/scrutiny/sample")
def samples() -> Any:
    """The rounds that were given to this scrutineer."""
    found = queries.given_to(db(), actor(), after=request.args.get("after", ""))
    return page(
        "scrutiny/samples.html",
        rows=[round_row(one, url_for("scrutiny.sample", reference=one.reference)) for one in found.rounds],
        next_href=url_for("scrutiny.samples", after=found.onward) if found.onward else None,
    )


@blueprint.get("/scrutiny/sample/<reference>")
def sample(reference: str) -> Any:
    """The cases of a round, by number and outcome."""
    drawn = _sample(reference)
    cases = [case for case in queries.sample_of(db(), drawn.id) if case.status in SEEN]
    ids = [case.id for case in cases]
    mine = {row.case_id for row in queries.scores_of(db(), ids) if row.user_id == actor().id}
    tied = {case for case, user in queries.ties_of(db(), ids) if user == actor().id}
    return page(
        "scrutiny/sample.html",
        round=drawn,
        tag=tag_of(drawn),
        rows=[_line(drawn, case, case.id in mine) for case in cases if case.id not in tied],
        stepped_out=len(tied),
        finished=drawn.status is RoundStatus.FINISHED,
    )


def _line(drawn: ScrutinyRound, case: SampledCase, scored: bool) -> dict[str, Any]:
    own = {"text": "You have scored it", "tag": "green"} if scored else {"text": "To score", "tag": "yellow"}
    return {
        "href": url_for("scrutiny.case", reference=drawn.reference, number=case.place),
        "cells": [
            f"Case {case.place}",
            words(case.stratum),
            own if case.finding is None or scored else {"text": "You have not scored it"},
            words(case.finding) if case.finding else None,
        ],
    }


@blueprint.route("/scrutiny/sample/<reference>/<int(max=2147483647):number>", methods=["GET", "POST"])
def case(reference: str, number: int) -> Any:
    """One case without names: one's own score first, what the others said only after it."""
    drawn = _sample(reference)
    one = _case(drawn, number)
    asked = criteria(drawn.edition)
    scores = queries.scores_of(db(), [one.id])
    mine = next((row for row in scores if row.user_id == actor().id), None)
    form = f.score_form(asked, version=one.version) if _waits(drawn, one) and mine is None else None
    if request.method == "POST" and form is None:
        form = f.score_form(asked, version=one.version)
    if form is not None and (command := form.read(c.Scored)):
        answers = form.answers(asked)
        if answers is not None:
            whole = c.Scored(finding=command.finding, comment=command.comment, answers=answers)
            scoring.score(db(), drawn, number, whole, by=actor(), at=at())
            flash(f"Your score of case {number} is kept. Nobody can change it.", "success")
            return redirect(url_for("scrutiny.case", reference=reference, number=number), 303)
    facts = scoring.facts_of(db(), drawn, one, by=actor(), at=at())
    return page(
        "scrutiny/case.html",
        form=form,
        round=drawn,
        case=one,
        rows=[{"key": "Offence", "value": one.offences}]
        + [{"key": key, "value": value} for key, value in one.facts.items()]
        + [{"key": "Reasons of the panel", "value": one.reasons}],
        said=_said(drawn, scores) if mine is not None or one.finding else [],
        find=_waits(drawn, one) and mine is not None,
        refusals=refusal_items(SAMPLED.refusals("find", one.status, facts)) if _waits(drawn, one) else [],
        press=f.PressForm(formdata=None, version=one.version) if _waits(drawn, one) else None,
    )


def _waits(drawn: ScrutinyRound, one: SampledCase) -> bool:
    return drawn.status is RoundStatus.SCORING and one.status is CaseStatus.CLEARED


def _said(drawn: ScrutinyRound, scores: list[Any]) -> list[dict[str, Any]]:
    """What each scrutineer said: by number, for nobody's name belongs here."""
    order = [member.user_id for member in queries.members_of(db(), drawn.id)]
    asked = criteria(drawn.edition)
    return [
        {
            "title": _title(order.index(row.user_id) + 1, mine=row.user_id == actor().id),
            "finding": words(row.finding),
            "rows": [
                *({"key": one.says, "value": _answer(row.answers.get(one.key))} for one in asked),
                {"key": "Comment", "value": row.comment or "None"},
            ],
        }
        for row in scores
        if row.user_id in order
    ]


def _title(number: int, *, mine: bool) -> str:
    return f"Scrutineer {number}{' (you)' if mine else ''}"


def _answer(value: str | None) -> str:
    return words(Answer(value)) if value else "Not answered"


@blueprint.post("/scrutiny/sample/<reference>/<int(max=2147483647):number>/tie")
def tie(reference: str, number: int) -> Any:
    """Step out of a case because one knows somebody in it."""
    drawn = _sample(reference)
    _case(drawn, number)
    scoring.declare_tie(db(), drawn, number, by=actor(), at=at())
    flash(f"You take no part in case {number}.", "success")
    return redirect(url_for("scrutiny.sample", reference=reference), 303)


@blueprint.route("/scrutiny/sample/<reference>/<int(max=2147483647):number>/finding", methods=["GET", "POST"])
def find(reference: str, number: int) -> Any:
    """Write down what the scrutineers find together."""
    drawn = _sample(reference)
    one = _case(drawn, number)
    form = f.FindForm(version=one.version)
    if command := form.read(c.Found):
        expect_version(one, form.seen, {"version": one.version, "words": one.found_words})
        given = overrides_from(request.form)
        scoring.find(db(), drawn, number, command, by=actor(), at=at(), overrides=given)
        flash(f"The finding on case {number} is kept.", "success")
        return redirect(url_for("scrutiny.sample", reference=reference), 303)
    facts = scoring.facts_of(db(), drawn, one, by=actor(), at=at())
    refusals = refusal_items(SAMPLED.refusals("find", one.status, facts))
    scored = any(row.user_id == actor().id for row in queries.scores_of(db(), [one.id]))
    said = _said(drawn, queries.scores_of(db(), [one.id])) if scored else []
    return page(
        "scrutiny/find.html",
        form=form,
        round=drawn,
        case=one,
        refusals=refusals,
        said=said,
        typed=request.form,
    )


@blueprint.get("/scrutiny/sample/<reference>/report")
def sample_report(reference: str) -> Any:
    """What the round found, once it is finished."""
    drawn = _finished(reference)
    return page("scrutiny/report.html", round=drawn, report=report_of(db(), drawn))


@blueprint.get("/scrutiny/sample/<reference>/report.pdf")
def sample_printed(reference: str) -> Any:
    """The same as a file."""
    return send_report(_finished(reference))


def _finished(reference: str) -> ScrutinyRound:
    drawn = _sample(reference)
    if drawn.status is not RoundStatus.FINISHED:
        raise Missing()
    return drawn
