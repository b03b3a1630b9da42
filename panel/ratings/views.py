"""The ratings of a service's own work: what they are, what they rest on, what people judged."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from config.inspection import frameworks
from panel.areas import area_name, choose_area, managed_area
from panel.errors import Missing, expect_version
from panel.forms import offer
from panel.history.sentences import events_of, told
from panel.pages import page
from panel.ratings import actions, audited, queries, words
from panel.ratings import commands as c
from panel.ratings import forms as f
from panel.ratings.models import SelfInspection
from panel.ratings.queries import Standing
from panel.ratings.report import against_publishing, figures_of
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.rules import RULE_SENTENCES
from panel.troubles import refusal_items
from workflows.audit import RoundStatus
from workflows.calendar import long_date
from workflows.ratings import Rating
from workflows.roles import Role
from workflows.self_rating import unmet

blueprint = Blueprint("ratings", __name__)
ABOUT_ROUND: dict[RoundStatus | None, str] = {
    RoundStatus.OPEN: "That round is not finished: the ratings may still change, and are not published.",
    RoundStatus.DROPPED: "That round was dropped: its answers rate nothing any more. Start another one.",
}


def inspection(reference: str) -> SelfInspection:
    """The self-inspection that the address names. Raises `Missing`."""
    return queries.inspection_for(db(), actor(), reference, at=at(), page=here())


def standing_of(row: SelfInspection) -> Standing:
    """Its ratings as they stand."""
    return queries.standing(db(), row, least=actions.least_answers(at()))


def manages(row: SelfInspection) -> bool:
    """Whether the person may write about it."""
    return Role.YOT_MANAGER in actor().roles_in(row.area_id)


@blueprint.get("/ratings")
def index() -> Any:
    """The self-inspections, the newest first."""
    before = request.args.get("before", "")
    # What cannot be a number of one begins the list at its beginning.
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 10 else None
    found = queries.inspections(db(), actor(), before=number)
    shown, more = found[: queries.PAGE], len(found) > queries.PAGE
    rows = [
        {
            "href": url_for("ratings.view", reference=one.reference),
            "cells": [
                {"text": one.title, "hint": one.reference},
                f"{long_date(one.first_on)} to {long_date(one.last_on)}",
                frameworks()[one.framework.value].title,
            ],
        }
        for one in shown
    ]
    after = url_for("ratings.index", before=shown[-1].id) if more else None
    return page("ratings/index.html", rows=rows, after=after, may_start=Role.YOT_MANAGER in actor().roles)


@blueprint.route("/ratings/new", methods=["GET", "POST"])
def start() -> Any:
    """Begin a self-inspection."""
    area_id = managed_area()
    if area_id is None:
        return choose_area("Start a self-inspection")
    form = f.StartForm(data={"framework": "2018"})
    rounds = {one.id: one for one in audited.rounds(db(), [area_id])}
    titles = [(number, audited.title_of(one)) for number, one in rounds.items()]
    offer(form.audit_round_id, titles, first="None: I enter the counts")
    command = form.read(c.Started, today=today())
    chosen = rounds.get(command.audit_round_id or 0) if command else None
    if command and chosen and chosen.framework is not command.framework:
        form.complain("framework", f"That round was judged by the framework of {chosen.framework.value}")
    elif command:
        row = actions.start(db(), area_id, command, by=actor(), at=at())
        flash("The self-inspection is open.", "success")
        return redirect(url_for("ratings.view", reference=row.reference), 303)
    known = [(one.title, one.note) for one in frameworks().values()]
    return page("ratings/start.html", form=form, known=known, area_name=area_name(area_id))


@blueprint.get("/ratings/elsewhere")
def elsewhere() -> Any:
    """What was published about other services."""
    return page("ratings/elsewhere.html", **words.elsewhere())


@blueprint.get("/ratings/<reference>")
def view(reference: str) -> Any:
    """Each standard with what it rests on, the total, and what is assumed."""
    row = inspection(reference)
    now, mine = standing_of(row), manages(row)
    found = figures_of(db(), row, now, at())
    return page(
        "ratings/view.html",
        row=row,
        found=found,
        links={one["key"]: _links(row, one["key"], now) if mine else [] for one in found["standards"]},
        changes=_changes(row, now) if mine else {},
        audited=row.audit_round_id is not None,
        about_round=ABOUT_ROUND.get(audited.state_of(db(), row.audit_round_id)),
        published_head=words.PUBLISHED_HEAD,
        versions=queries.versions(db(), row),
        against=refusal_items(against_publishing(db(), row, at=at())),
        events=told(events_of(db(), queries.ratings_chain(row.id)), RULE_SENTENCES),
    )


def _links(row: SelfInspection, key: str, now: Standing) -> list[tuple[str, str]]:
    rated = now.rated[key]
    if not rated.by_questions:
        return [("Judge", url_for("ratings.judge", reference=row.reference, standard=key))]
    lifted = now.lifts.get(key)
    links = []
    if actions.may_lift(rated, at()):
        links.append(("Lift the rating", url_for("ratings.lift", reference=row.reference, standard=key)))
    if lifted is not None and lifted.new is not None:
        back = url_for("ratings.take_back", reference=row.reference, standard=key)
        links.append(("Take the lifted rating back", back))
    return links


def _changes(row: SelfInspection, now: Standing) -> dict[str, str]:
    return {
        key: url_for("ratings.answer", reference=row.reference, question=key)
        for one in now.standards
        for key in one.questions
        if actions.may_answer(row, key)
    }


def _back(row: SelfInspection) -> Any:
    return redirect(url_for("ratings.view", reference=row.reference), 303)


@blueprint.route("/ratings/<reference>/answers/<question>", methods=["GET", "POST"])
def answer(reference: str, question: str) -> Any:
    """Enter how often a key question was answered."""
    row = inspection(reference)
    standard = next((one for one in queries.standards_of(row) if question in one.questions), None)
    if standard is None or not actions.may_answer(row, question):
        raise Missing()
    held = standing_of(row).answers.get(question)
    names = ("yes", "no", "not_applicable", "source")
    first = {name: getattr(held, name) for name in names} if held else {"not_applicable": "0"}
    form = f.AnswerForm(data=first, version=row.version)
    if command := form.read(c.Answered):
        expect_version(row, form.seen, {**first, "version": row.version})
        actions.answer(db(), row, question, command, by=actor(), at=at())
        flash(f"The answers to {question} are entered.", "success")
        return _back(row)
    title = f"{question} {standard.questions[question]}"
    return page("ratings/typed.html", form=form, row=row, title=title, above=standard.name, about=[])


@blueprint.route("/ratings/<reference>/judge/<standard>", methods=["GET", "POST"])
def judge(reference: str, standard: str) -> Any:
    """Rate a standard by judgement."""
    row = inspection(reference)
    known = queries.standard_of(row, standard)
    if known.questions:
        raise Missing()
    held = standing_of(row).judged.get(standard)
    kept = "" if held is None else c.NOT_RATED if held.rating is None else held.rating
    first = {"rating": kept, "reason": held.reason} if held else {}
    form = f.JudgeForm(data=first, version=row.version)
    offer(form.rating, [*((int(one), one.says) for one in Rating), (c.NOT_RATED, "Not rated")])
    command = form.read(c.Judged)
    chosen = form.rating.data not in (None, "", "None")
    if form.is_submitted() and not chosen:
        form.complain("rating", "Choose the rating, or that it is not rated")
    if command and chosen:
        expect_version(row, form.seen, {**first, "version": row.version})
        actions.judge(db(), row, standard, command, by=actor(), at=at())
        flash(f"{known.name} is judged.", "success")
        return _back(row)
    about = [
        "No key questions are counted for this standard. Your name and the day are kept with the reason."
    ]
    return page("ratings/typed.html", form=form, row=row, title=f"Judge {known.name}", above="", about=about)


@blueprint.route("/ratings/<reference>/lift/<standard>", methods=["GET", "POST"])
def lift(reference: str, standard: str) -> Any:
    """Lift a rating at the edge of a band."""
    row = inspection(reference)
    known, rated = queries.standard_of(row, standard), standing_of(row).rated[standard]
    facts, form = actions.lift_facts(rated, at()), f.LiftForm(version=row.version)
    if command := form.read(c.Lifted):
        expect_version(row, form.seen, {"version": row.version})
        actions.lift(db(), row, standard, command, by=actor(), at=at())
        flash(f"{known.name} is lifted. Your name, the reason and the answers are kept.", "success")
        return _back(row)
    about = [
        f"From {words.says(rated.computed)} to {facts.new.says}. The old rating, the new one, your name, the "
        "reason and the day are kept and shown wherever the rating is.",
        f"Only at the edge of a band: what holds the rating down is at most {facts.points} points or one "
        "case below it. It falls when the answers change.",
    ]
    against = refusal_items(unmet(facts))
    title = f"Lift {known.name}"
    return page("ratings/typed.html", form=form, row=row, title=title, above="", about=about, against=against)


@blueprint.route("/ratings/<reference>/lift/<standard>/back", methods=["GET", "POST"])
def take_back(reference: str, standard: str) -> Any:
    """Take a lifted rating back."""
    row = inspection(reference)
    known, held = queries.standard_of(row, standard), standing_of(row).lifts.get(standard)
    if held is None or held.new is None:
        raise Missing()
    form = f.LiftForm(version=row.version)
    if command := form.read(c.Lifted):
        expect_version(row, form.seen, {"version": row.version})
        actions.take_back(db(), row, standard, command, by=actor(), at=at())
        flash(f"{known.name} has the rating that follows from its answers.", "success")
        return _back(row)
    about = [f"It was lifted to {Rating(held.new).says}: {held.reason}"]
    title = f"Take back the lifted rating of {known.name}"
    return page("ratings/typed.html", form=form, row=row, title=title, above="", about=about)
