"""The pages of significant events and safeguarding."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for

from panel.concerns import actions, shown
from panel.concerns import commands as c
from panel.concerns import forms as f
from panel.concerns.queries import RUNNING, answers_of, event_of, waiting_for_reply
from panel.errors import Missing, expect_version
from panel.forms import PanelForm
from panel.pages import page
from panel.referrals.frame import case, shows
from panel.referrals.models import Referral
from panel.request import actor, at, db, today
from workflows.concerns import Safeguarding
from workflows.roles import Role

blueprint = Blueprint("concerns", __name__)
BASE = "/cases/<reference>"
READS = frozenset(set(Role) - {Role.OFFICER})
ACTS = frozenset({Role.CASE_MANAGER, Role.YOT_MANAGER, Role.SECONDED, Role.VICTIM_WORKER})
VICTIM = "Leave out what tells who the victim is: other people read this"


def complain_of_victim(form: PanelForm, no: actions.NotCleared) -> None:
    """Put the sentence about the victim at each field that tells too much."""
    for name in no.fields:
        form.complain(name, VICTIM)


@blueprint.get(f"{BASE}/events")
def index(reference: str) -> Any:
    """What happened since the case began, and whether the child is safe."""
    referral = case(reference)
    roles = actor().roles_in(referral.area_id)
    judges = bool(roles & {Role.CASE_MANAGER, Role.YOT_MANAGER})
    return shows(
        "concerns/index.html",
        referral,
        events=shown.event_cards(db(), referral, acts=judges),
        child=shown.about_the_child(db(), referral, acts=judges),
        may_record=bool(roles & ACTS) and referral.status in RUNNING,
    )


@blueprint.route(f"{BASE}/events/new", methods=["GET", "POST"])
def record(reference: str) -> Any:
    """Record a significant event."""
    referral = case(reference)
    form = f.EventForm(version=referral.version)
    if command := form.read(c.EventDetails, today=today()):
        try:
            event = actions.record_event(db(), referral, command, by=actor(), at=at())
        except actions.NotCleared as no:
            complain_of_victim(form, no)
        else:
            flash("The event has been recorded. The people who must know have been told.", "success")
            return redirect(url_for("concerns.safeguarding", reference=reference, number=event.id), 303)
    return shows("concerns/record.html", referral, form=form)


@blueprint.route(f"{BASE}/safeguarding", methods=["GET", "POST"], defaults={"number": None})
@blueprint.route(f"{BASE}/events/<int(max=2147483647):number>/safeguarding", methods=["GET", "POST"])
def safeguarding(reference: str, number: int | None) -> Any:
    """Whether the child has to be referred to children's social care."""
    referral = case(reference)
    event = event_of(db(), referral.id, number) if number is not None else None
    before = answers_of(db(), referral.id).get(number)
    # What somebody else wrote about the child's home is not for the officer of the referral.
    form = f.SafeguardingForm(obj=before if _reads(referral) else None, version=referral.version)
    if command := form.read(c.SafeguardingDetails, today=today()):
        expect_version(referral, form.seen, _saved(before, referral))
        try:
            actions.safeguard(db(), referral, command, number, by=actor(), at=at())
        except actions.NotCleared as no:
            complain_of_victim(form, no)
        else:
            flash("The answer has been saved.", "success")
            return _onward(referral)
    return shows("concerns/safeguarding.html", referral, form=form, event=event, onward=_target(referral))


def _saved(row: Any, referral: Referral) -> dict[str, Any]:
    shown_to_all = row.model_dump() if row is not None and _reads(referral) else {}
    return shown_to_all | {"version": referral.version}


def _reads(referral: Referral) -> bool:
    return bool(actor().roles_in(referral.area_id) & READS)


def _target(referral: Referral) -> str:
    endpoint = "concerns.index" if _reads(referral) else "cases.overview"
    return url_for(endpoint, reference=referral.reference)


def _onward(referral: Referral) -> Any:
    return redirect(_target(referral), 303)


@blueprint.route(f"{BASE}/safeguarding/reply", methods=["GET", "POST"], defaults={"number": None})
@blueprint.route(f"{BASE}/events/<int(max=2147483647):number>/safeguarding/reply", methods=["GET", "POST"])
def reply(reference: str, number: int | None) -> Any:
    """What children's social care answered."""
    referral = case(reference)
    answer = answers_of(db(), referral.id).get(number)
    if answer is None or answer.answer is not Safeguarding.MADE:
        raise Missing()
    form = f.ReplyForm(version=referral.version)
    if command := form.read(c.Reply, today=today()):
        expect_version(referral, form.seen, _saved(answer, referral))
        try:
            actions.reply(db(), referral, number, command, by=actor(), at=at())
        except actions.NotCleared as no:
            complain_of_victim(form, no)
        else:
            flash("Their answer has been saved.", "success")
            return _onward(referral)
    return shows("concerns/reply.html", referral, form=form, said=shown.answer_words(answer))


@blueprint.get("/safeguarding")
def waiting() -> Any:
    """Referrals to children's social care that nobody has answered."""
    found = waiting_for_reply(db(), actor())
    return page("concerns/waiting.html", rows=shown.waiting_rows(found, today=today()))
