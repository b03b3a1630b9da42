"""The end of a case: one page, and an act on each of its own."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, url_for

from panel.closing import actions, queries, shown
from panel.closing import commands as c
from panel.closing import forms as f
from panel.errors import expect_version
from panel.forms import PanelForm
from panel.referrals.frame import case, shows
from panel.request import actor, at, db, today
from panel.troubles import refusal_items
from workflows.case import Status
from workflows.closing import CODE_22, TO_COMPLETE, TO_RELEASE, ClosingGuard, refusals
from workflows.plan import WORKERS
from workflows.roles import Role

blueprint = Blueprint("closing", __name__)
BASE = "/cases/<reference>/end"
VICTIM = "Leave out what tells who the victim is: other people read this"


def back(reference: str, says: str) -> Any:
    """To the page of the end, with a sentence of what was done."""
    flash(says, "success")
    return redirect(url_for("closing.view", reference=reference), 303)


@blueprint.get(BASE)
def view(reference: str) -> Any:
    """What is done and what is missing: completion, code 22, summary, feedback."""
    referral = case(reference)
    roles = actor().roles_in(referral.area_id)
    works, welfare = bool(roles & set(WORKERS)), bool(roles - {Role.LIAISON})
    facts = queries.facts_of(db(), referral, today=today())
    completion, released = (
        queries.completion_of(db(), referral.id),
        queries.release_of(db(), referral.id),
    )
    unseen = queries.police_wait(db(), referral.id)
    return shows(
        "closing/view.html",
        referral,
        works=works,
        may_close=works and referral.status is Status.NOTIFIED,
        completion=shown.completion_rows(completion, seen=not unseen) if completion else [],
        completion_steps=completion.steps if completion else [],
        to_complete=[] if completion else refusal_items(refusals(TO_COMPLETE, facts)),
        may_see=bool(completion) and unseen and Role.SECONDED in roles,
        is_22=referral.outcome in CODE_22,
        release=shown.release_rows(released) if released else [],
        to_release=[] if released else refusal_items(refusals(TO_RELEASE, facts)),
        may_release=not released and bool(roles & set(actions.RELEASERS)),
        versions=shown.versions(queries.summaries_of(db(), referral.id)) if welfare else [],
        feedback=shown.feedback_cards(queries.feedback_of(db(), referral.id)) if welfare else [],
        welfare=welfare,
        press=f.PressForm(formdata=None, version=referral.version),
    )


def _asked(
    reference: str,
    form_kind: type[PanelForm],
    command_kind: type[Any],
    do: Callable[..., Any],
    *,
    title: str,
    submit: str,
    done: str,
    guards: tuple[ClosingGuard, ...],
    data: dict[str, Any] | None = None,
) -> Any:
    """A page with one form: what stands against it, what it asks, and the act."""
    referral = case(reference)
    form = form_kind(data=data, version=referral.version)
    if command := form.read(command_kind, today=today()):
        expect_version(referral, form.seen, {"version": referral.version})
        try:
            do(db(), referral, command, by=actor(), at=at())
        except actions.NotCleared as no:
            for name in no.fields:
                form.complain(name, VICTIM)
        else:
            return back(reference, done)
    unmet = refusals(guards, queries.facts_of(db(), referral, today=today()))
    return shows(
        "closing/act.html",
        referral,
        form=form,
        title=title,
        submit=submit,
        refusals=refusal_items(unmet),
    )


@blueprint.route(f"{BASE}/complete", methods=["GET", "POST"])
def complete(reference: str) -> Any:
    """Record that the plan is over."""
    return _asked(
        reference,
        f.CompleteForm,
        c.Complete,
        actions.complete,
        title="The plan is over",
        submit="Record it and tell the police",
        done="It is recorded. The police and the victim worker have been told.",
        guards=TO_COMPLETE,
    )


@blueprint.post(f"{BASE}/seen")
def seen(reference: str) -> Any:
    """The police say that they know."""
    referral = case(reference)
    expect_version(referral, f.PressForm().seen, {"version": referral.version})
    actions.seen_by_police(db(), referral, by=actor(), at=at())
    return back(reference, "You have confirmed that the police know.")


@blueprint.route(f"{BASE}/code", methods=["GET", "POST"])
def release(reference: str) -> Any:
    """Let the code 22 be recorded."""
    return _asked(
        reference,
        f.ReleaseForm,
        c.Release,
        actions.release,
        title="Release the code 22",
        submit="Release the code",
        done="The code 22 may be recorded now. The officer who referred the child has been told.",
        guards=TO_RELEASE,
    )


@blueprint.route(f"{BASE}/summary", methods=["GET", "POST"])
def summary(reference: str) -> Any:
    """Write the closing summary; it starts from the version before."""
    referral = case(reference)
    before = queries.summaries_of(db(), referral.id)
    return _asked(
        reference,
        f.SummaryForm,
        c.Summary,
        actions.sum_up,
        title="Closing summary",
        submit="Keep this version",
        done="The closing summary is on the case. Print a copy for the child.",
        guards=(),
        data=dict(before[0].content) if before else None,
    )
