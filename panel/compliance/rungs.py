"""The rungs that the YOT takes, each on a page of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request

from panel.commands import Command
from panel.compliance import actions, queries
from panel.compliance import commands as c
from panel.compliance import forms as f
from panel.compliance.models import Matter
from panel.compliance.views import BASE, NUMBER, back, blueprint
from panel.errors import expect_version
from panel.forms import PanelForm, offer, overrides_from
from panel.plans.queries import steps_of
from panel.referrals.frame import case, shows
from panel.referrals.models import Referral
from panel.request import actor, at, db, today
from panel.troubles import refusal_items
from workflows.calendar import clock_words
from workflows.compliance import COMPLIANCE
from workflows.vocabulary import words

VICTIM = "Leave out what tells who the victim is: the child reads this"


@dataclass(frozen=True)
class Act:
    """One rung: its form, its command, and what it does."""

    title: str
    form: type[PanelForm]
    command: type[Command]
    do: Callable[..., Any]
    done: str


def _end(name: str) -> Callable[..., Any]:
    def do(session: Any, referral: Referral, matter: Matter, command: Any, **more: Any) -> Any:
        return actions.end(session, referral, matter, name, command, **more)

    return do


def without_overrides(act: Callable[..., Any]) -> Callable[..., Any]:
    """An act that no guidance stands against."""

    def do(*args: Any, overrides: Any = None, **more: Any) -> Any:
        return act(*args, **more)

    return do


SAVED = "It is on the record."
ACTS: dict[str, Act] = {
    "answer": Act(
        "Somebody spoke with them", f.AnswerForm, c.Answer, without_overrides(actions.answer), SAVED
    ),
    "warn": Act(
        "Give a warning", f.WarnForm, c.Warn, actions.warn, "The warning is on the record. Print the letter."
    ),
    "meet": Act("A meeting to get going again", f.MeetForm, c.Meet, without_overrides(actions.meet), SAVED),
    "settle": Act("Settle it", f.SaidForm, c.Said, _end("settle"), "It is settled."),
    "allege": Act(
        "Report a possible breach", f.AllegeForm, c.Allege, actions.allege, "The police have been told."
    ),
    "report": Act(
        "Report of not taking part",
        f.SaidForm,
        c.Said,
        _end("report"),
        "The report is on the file. It may be cited in later criminal proceedings.",
    ),
    "end_voluntary": Act(
        "End it: it was voluntary", f.SaidForm, c.Said, _end("end_voluntary"), "It is ended."
    ),
    "return": Act(
        "Return it to the police", f.SaidForm, c.Said, _end("return"), "The police have been told."
    ),
}


@blueprint.route(f"{BASE}/missed", methods=["GET", "POST"])
def miss(reference: str) -> Any:
    """Write down by hand that something was missed."""
    referral = case(reference)
    form = f.MissForm(version=referral.version)
    if command := form.read(c.Miss, today=today()):
        expect_version(referral, form.seen, {"version": referral.version})
        actions.miss(db(), referral, command, by=actor(), at=at())
        return back(reference, "It is on the record. Speak with the child and family next.")
    return shows("compliance/rung.html", referral, form=form, title="Something was missed", refusals=[])


@blueprint.route(
    f"{BASE}/{NUMBER}/<any(answer,warn,meet,settle,allege,report,end_voluntary,return):move>",
    methods=["GET", "POST"],
)
def act(reference: str, number: int, move: str) -> Any:
    """One rung that the YOT takes."""
    referral = case(reference)
    matter = actions.the_open(db(), referral, number)
    form = ACTS[move].form(version=referral.version)
    _offers(form, referral)
    return rung(referral, matter, move, ACTS[move], form)


def rung(referral: Referral, matter: Matter, move: str, how: Act, form: PanelForm) -> Any:
    """The page of a rung: what stands against it, the form, and the act."""
    if command := form.read(how.command, today=today()):
        expect_version(referral, form.seen, {"version": referral.version})
        try:
            how.do(
                db(),
                referral,
                matter,
                command,
                by=actor(),
                at=at(),
                overrides=overrides_from(request.form),
            )
        except actions.NotCleared as no:
            for name in no.fields:
                form.complain(name, VICTIM)
        else:
            return back(referral.reference, how.done)
    return shows(
        "compliance/rung.html",
        referral,
        form=form,
        title=how.title,
        refusals=_against(referral, matter, move),
        typed=request.form,
    )


# What is asked for on the page itself is not missing before it.
ASKED_HERE = frozenset(
    {"matter_reason", "condition_named", "decided_by_name", "choice_made", "told_in_time", "wrong_state"}
)


def _against(referral: Referral, matter: Matter, move: str) -> list[dict[str, Any]]:
    entries = queries.entries_of(db(), [matter])[matter.id]
    facts = queries.facts_of(db(), referral, entries, today=today())
    found = COMPLIANCE.refusals(move, matter.status, facts) if move != "decide" else ()
    return refusal_items(refusal for refusal in found if refusal.name not in ASKED_HERE)


def _offers(form: PanelForm, referral: Referral) -> None:
    if isinstance(form, f.MeetForm):
        offer(form.barriers, [(barrier.value, words(barrier)) for barrier in f.BARRIERS])
    if isinstance(form, f.AllegeForm):
        bound = [step for step in steps_of(db(), referral.id) if step.binding]
        steps = [(step.place, f"{step.place}. {step.what}") for step in bound]
        offer(form.conditions, steps)
        contacts = queries.missed_contacts(db(), referral.id)
        offer(
            form.contacts, [(one.id, f"{words(one.kind)}, {clock_words(one.starts_at)}") for one in contacts]
        )
        if not contacts:
            del form.contacts
