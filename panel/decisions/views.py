"""The pages of the panel on one case: papers on the left, positions and decision on the right."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from panel.casepage import case_page
from panel.decisions import actions, decide, shown, shown_before
from panel.decisions import commands as c
from panel.decisions import forms as f
from panel.decisions.live import mark_of
from panel.decisions.room import gone, live, onward
from panel.decisions.sitting import (
    Sitting,
    choices,
    draft_mark,
    facts_of,
    must_lead,
    offered,
    sitting_of,
    whole_mark,
)
from panel.errors import Missing, Stale
from panel.forms import offer, overrides_from
from panel.meetings.locking import not_waiting
from panel.pages import page
from panel.referrals.models import Referral
from panel.referrals.queries import child_of, header_of, offences_of, referral_for
from panel.referrals.words import STATUS
from panel.request import actor, at, db, today
from panel.request import page as here
from workflows.case import Status
from workflows.flow import Refused
from workflows.roles import SEAT_WORDS
from workflows.vocabulary import words

blueprint = Blueprint("decisions", __name__)
BASE = "/cases/<reference>/panel"


def case(reference: str) -> Referral:
    """The case of this page, if the signed-in person may see it."""
    return referral_for(db(), actor(), reference, at=at(), page=here())


def led(referral: Referral) -> Sitting:
    """The sitting, for the chair while the meeting is open. Raises `NotYours`, `Refused`, or `Missing`."""
    sitting = sitting_of(db(), referral, today=today())
    if sitting is None:
        # Whoever wrote something gets it back with the reason; whoever only looks finds no such page.
        raise not_waiting() if request.method == "POST" else Missing()
    must_lead(sitting, actor())
    return sitting


def _panel(reference: str, **more: Any) -> Any:
    return redirect(url_for("decisions.view", reference=reference, **more), 303)


@blueprint.get(BASE)
def view(reference: str) -> Any:
    """The case in the panel: papers, positions, outcomes; afterwards the record."""
    if "live" in request.args:
        return _live(reference)
    return _view(case(reference))


def _live(reference: str, *, screen: bool = False) -> Any:
    """The part that changes, for a page that asks for it; nothing at all when it is as the page has it."""
    if mark_of(db(), actor(), reference) == request.args.get("live"):
        return "", 204
    referral = case(reference)
    sitting = sitting_of(db(), referral, today=today())
    return page("decisions/live.html", **_room(referral, sitting, screen=screen))


def _room(referral: Referral, sitting: Sitting | None, *, screen: bool = False) -> dict[str, Any]:
    """What `decisions/live.html` takes; the big screen reads for nobody in particular."""
    reader = None if screen else actor()
    address = url_for("decisions.screen" if screen else "decisions.view", reference=referral.reference)
    if sitting:
        now = live(db(), sitting, reader, today=today())
    else:
        now = gone(STATUS[referral.status].text, "" if screen else onward(db(), referral, actor()))
    return {
        "live": now,
        "mark": mark_of(db(), actor(), referral.reference),
        "screen": screen,
        "reload": address,
    }


@blueprint.get(f"{BASE}/screen")
def screen(reference: str) -> Any:
    """The case on the big screen: who is here, who has spoken, what was decided; no name of the child."""
    if "live" in request.args:
        return _live(reference, screen=True)
    referral = case(reference)
    sitting = sitting_of(db(), referral, today=today())
    on_screen = shown.on_screen(db(), referral, actor())
    return page("decisions/screen.html", case=on_screen, **_room(referral, sitting, screen=True))


def _view(referral: Referral, form: f.PositionForm | None = None) -> Any:
    sitting = sitting_of(db(), referral, today=today())
    header = header_of(db(), referral, today=today())
    papers = shown.papers_for(db(), referral, today=today())
    is_current = not papers["note"]["changed"]
    room = (
        shown.room(db(), referral, sitting, actor(), today=today(), current=is_current) if sitting else None
    )
    speaks = room is not None and room["speakers"]
    if speaks and form is None:
        form = _position_form(sitting)
    return case_page(
        "decisions/view.html",
        header,
        form=form if speaks else None,
        **papers,
        room=room,
        **_room(referral, sitting),
        record=shown.record(db(), referral, actor()),
        earlier=shown.earlier(db(), referral),
        deferrals=shown_before.deferrals(db(), referral),
    )


def _position_form(sitting: Sitting | None) -> f.PositionForm:
    """The reader's own position, to be taken or changed; the chair may also write down another member's."""
    mine = [p for p in sitting.positions if p.user_id == actor().id] if sitting else []
    chosen = {"outcome": mine[0].outcome.value, "comment": mine[0].comment} if mine else {}
    form = f.PositionForm(data=chosen)
    offer(form.outcome, [(outcome.value, words(outcome)) for outcome in offered(today())])
    if sitting is None or sitting.urgent or not sitting.led_by(actor()):
        del form.member_id
        return form
    people = [(m.user_id, f"{m.name} ({SEAT_WORDS[seat]})") for seat, m in sitting.here.items()]
    offer(form.member_id, people)
    if form.member_id.data in (None, "") and actor().id in [number for number, _ in people]:
        form.member_id.data = str(actor().id)
    return form


@blueprint.post(f"{BASE}/position")
def position(reference: str) -> Any:
    """Take a position, or change it."""
    referral = case(reference)
    form = _position_form(sitting_of(db(), referral, today=today()))
    if command := form.read(c.PositionTaken):
        actions.position(db(), referral, command, by=actor(), at=at())
        flash("The position has been saved.", "success")
        return _panel(reference, _anchor="positions")
    return _view(referral, form)


@blueprint.route(f"{BASE}/decision", methods=["GET", "POST"])
def draft(reference: str) -> Any:
    """Write the decision; what is missing may stay so for now."""
    referral = case(reference)
    sitting = led(referral)
    offences = offences_of(db(), referral)
    facts = facts_of(db(), referral, sitting, today=today())
    hints = {o.id: shown.hints(choices(facts, [o])) for o in offences}
    saved = {f"{f.PREFIX}{number}": outcome.value for number, outcome in sitting.chosen.items()}
    form = f.draft_form(
        offences,
        hints,
        offered=offered(today()),
        data=saved | actions.typed_of(sitting) | {"version": draft_mark(sitting)},
    )
    if command := form.read(c.Draft, today=today(), outcomes=form.chosen()):
        actions.write(db(), referral, command, seen=form.seen, by=actor(), at=at())
        return _after_writing(referral)
    return case_page(
        "decisions/draft.html",
        header_of(db(), referral, today=today()),
        form=form,
        **shown.papers_for(db(), referral, today=today()),
        steps=shown.draft_steps(sitting),
        positions=shown.positions(sitting, actor(), today=today()),
    )


def _after_writing(referral: Referral) -> Any:
    """Where the pressed button leads; steps go by their place, which they keep when the draft begins."""
    then, reference = request.form.get("then", ""), referral.reference
    sitting = led(referral)
    for step in sitting.conditions:
        if then == f"step-{step.place}":
            return redirect(url_for("decisions.condition", reference=reference, number=step.id), 303)
    if then == "library":
        return redirect(url_for("decisions.library", reference=reference), 303)
    if then == "step":
        return redirect(url_for("decisions.condition", reference=reference), 303)
    if then == "check":
        return redirect(url_for("decisions.check", reference=reference), 303)
    flash("What you wrote has been saved. Nothing is decided yet.", "success")
    return redirect(url_for("decisions.draft", reference=reference), 303)


@blueprint.route(f"{BASE}/check", methods=["GET", "POST"])
def check(reference: str) -> Any:
    """The decision is read aloud, then recorded."""
    referral = case(reference)
    if request.method == "POST":
        return _record(referral)
    return _check(referral, f.PressForm(version=whole_mark(referral, led(referral))))


def _record(referral: Referral) -> Any:
    try:
        decide.decide(
            db(),
            referral,
            seen=f.PressForm().seen,
            by=actor(),
            at=at(),
            overrides=overrides_from(request.form),
        )
    except (Stale, Refused) as no:
        # The chair reads the new text aloud again; reasons typed on this page stay in their boxes.
        db().rollback()
        fresh = case(referral.reference)
        if fresh.status is not Status.LISTED:
            raise
        form = f.PressForm(formdata=None, version=whole_mark(fresh, led(fresh)))
        if isinstance(no, Refused) and not any(refusal.hard for refusal in no.refusals):
            form.form_errors.append(GIVE_REASON)
            return _check(fresh, form)
        return _check(fresh, form, changed=True)
    flash("The decision has been recorded. The seconded officer has been told.", "success")
    return _panel(referral.reference)


GIVE_REASON = "Nothing is recorded yet: give your reason for each piece of guidance, or change the decision"


def _check(referral: Referral, form: f.PressForm, *, changed: bool = False) -> Any:
    sitting = led(referral)
    return case_page(
        "decisions/check.html",
        header_of(db(), referral, today=today()),
        form=form,
        status=409 if changed else 200,
        changed=changed,
        typed=request.form,
        aloud=shown.aloud(db(), referral, sitting, child_of(db(), referral).name, today=today()),
        refusals=shown.refusals(db(), referral, sitting, today=today()),
        positions=shown.positions(sitting, actor(), today=today()),
    )
