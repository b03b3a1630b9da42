"""The pages of liaison and diversion: one child, and the worker's list."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from config.liaison import needs
from panel.commands import Command
from panel.errors import Missing, expect_version
from panel.forms import PanelForm, overrides_from
from panel.liaison import actions, queries
from panel.liaison import commands as c
from panel.liaison import forms as f
from panel.pages import page
from panel.referrals.frame import shows
from panel.referrals.models import Referral
from panel.referrals.queries import AFTER_GIVING, referral_for
from panel.request import actor, at, behind, db, today
from panel.request import page as here
from workflows.calendar import clock_words, day_date, deadline, long_date
from workflows.liaison import LIAISON, WORKERS, Status
from workflows.vocabulary import Outcome, words

blueprint = Blueprint("liaison", __name__)
BASE = "/cases/<reference>/liaison"
PAGE = 25
NEXT = {
    Status.NEW: ("reach", "Reach the child and family, and say who you are."),
    Status.REACHED: ("assess", "Ask what they need, and whether they want to work with you."),
    Status.ASSESSED: ("offer", "Offer something, or end the work: a no is their right."),
    Status.OFFERED: ("offer", "Offer something more, or say what came of it."),
    Status.ENDED: ("", "Nothing: the work is over."),
}
LINKS = {
    "reach": "Write down that you tried or reached them",
    "assess": "Write down what they need",
    "offer": "Offer help",
    "finish": "End the work",
}
FORMS: dict[str, tuple[type[PanelForm], type[Command], Any]] = {
    "reach": (f.AttemptForm, c.Attempt, actions.reach),
    "offer": (f.OfferForm, c.Offer, actions.offer),
    "finish": (f.FinishForm, c.Finish, actions.finish),
}


def _case(reference: str) -> Referral:
    found = referral_for(db(), actor(), reference, at=at(), page=here(), lock=request.method == "POST")
    if found.outcome is not Outcome.CR or found.status not in AFTER_GIVING:
        raise Missing()
    return found


@blueprint.get(BASE)
def view(reference: str) -> Any:
    """What was done with this child, and what comes next."""
    referral = _case(reference)
    work = queries.work_of(db(), referral.id)
    status, entries = work.status if work else Status.NEW, queries.entries_of(db(), work)
    roles = actor().roles_in(referral.area_id)
    works = bool(roles & set(WORKERS))
    due = queries.first_contact(referral) if status is Status.NEW else None
    return shows(
        "liaison/view.html",
        referral,
        stands=words(status),
        over=status is Status.ENDED,
        says=NEXT[status][1],
        due=due.words(today()) if due else "",
        rule=due.rule if due else "",
        links=[
            {"text": text, "href": url_for("liaison.act", reference=reference, deed=name)}
            for name, text in LINKS.items()
            if works and LIAISON.may(name, status, roles)
        ],
        entries=[
            {
                "title": words(entry.kind),
                "day": day_date(entry.happened_on),
                "by": entry.by_words,
                "at_words": clock_words(entry.at),
                "said": entry.said,
                "rows": [{"key": key, "value": value} for key, value in entry.more],
            }
            for entry in entries
        ],
        worry=any(actions.WORRIED in line for entry in entries for line in entry.more),
    )


@blueprint.route(f"{BASE}/<any(reach,assess,offer,finish):deed>", methods=["GET", "POST"])
def act(reference: str, deed: str) -> Any:
    """One thing that is done."""
    referral = _case(reference)
    if deed == "assess":
        return _assess(referral)
    kind, command_kind, do = FORMS[deed]
    form = kind(version=referral.version)
    if command := form.read(command_kind, today=today()):
        expect_version(referral, form.seen, {"version": referral.version})
        more = {"overrides": overrides_from(request.form)} if deed == "finish" else {}
        do(db(), referral, command, by=actor(), at=at(), **more)
        return _back(reference)
    return shows("liaison/act.html", referral, form=form, title=LINKS[deed], names=[])


def _assess(referral: Referral) -> Any:
    asked = needs(today())
    form = f.assess_form(asked, version=referral.version)
    given = form.needs()
    if command := form.read(c.Assess, today=today(), needs=given):
        for need in asked:
            if need.key not in given:
                form.complain(f"{f.PREFIX}{need.key}", f"{need.says}: choose an answer")
        if not form.errors:
            expect_version(referral, form.seen, {"version": referral.version})
            actions.assess(db(), referral, command, by=actor(), at=at())
            return _back(referral.reference)
    names = [f"{f.PREFIX}{need.key}" for need in asked]
    return shows("liaison/act.html", referral, form=form, title=LINKS["assess"], names=names)


def _back(reference: str) -> Any:
    flash("It is on the record.", "success")
    return redirect(url_for("liaison.view", reference=reference), 303)


@blueprint.get("/liaison")
def index() -> Any:
    """The children whom a liaison and diversion worker is to reach, and all whose work runs."""
    name = request.args.get("list", queries.TO_REACH)
    if name not in queries.LISTS:
        raise Missing()
    found = queries.listed(db(), actor(), name, limit=PAGE + 1, after=behind())
    shown, more = found[:PAGE], len(found) > PAGE
    last = shown[-1] if more else None
    return page(
        "liaison/index.html",
        title=queries.LISTS[name],
        rows=[_row(line) for line in shown],
        lists=[
            {"text": text, "href": url_for("liaison.index", list=key), "current": key == name}
            for key, text in queries.LISTS.items()
        ],
        next_href=url_for("liaison.index", list=name, after=f"{last.given_on}_{last.referral_id}")
        if last
        else None,
    )


def _row(line: queries.Line) -> dict[str, Any]:
    due: Any = "–"
    if line.status is Status.NEW and line.given_on is not None:
        clock = deadline("liaison_first_contact", line.given_on, "First contact")
        due = {"text": long_date(clock.due), "hint": "Late" if today() > clock.due else ""}
    return {
        "href": url_for("liaison.view", reference=line.reference),
        "cells": [
            {"text": line.child_name, "hint": line.reference},
            words(line.status),
            long_date(line.given_on) if line.given_on else "Not given",
            due,
        ],
    }
