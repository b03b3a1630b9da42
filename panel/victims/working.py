"""The work lists of the victim worker, and telling a victim of a decision."""

from typing import Any

from flask import url_for

from panel.errors import Missing
from panel.pages import page
from panel.referrals.frame import shows
from panel.referrals.models import Referral
from panel.referrals.queries import offences_of
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.victims import commands as c
from panel.victims import forms as f
from panel.victims import lists, updates
from panel.victims.desk import ONE, back, blueprint, one, unchanged
from panel.victims.letters import GOES_BACK, WITH_LETTER, letters_of
from panel.victims.models import Victim, VictimUpdate
from panel.victims.queries import contact_for
from panel.victims.recording import shown
from panel.victims.summary import update_state
from workflows.calendar import Deadline, day_date, long_date
from workflows.victim import RIGHT_6, Happened, who_tells
from workflows.vocabulary import Outcome, words

NOTHING_SAID = "No reasons are written on the case: say only what was decided."


@blueprint.get("/victims/to-tell")
def to_tell() -> Any:
    """Victims who wait to hear of a decision, the earliest due first."""
    rows = [
        {
            "href": url_for(
                "victims.told", reference=row.reference, place=row.place, happened=row.happened.value
            ),
            "cells": [
                {"text": f"Victim {row.place}", "hint": row.reference},
                {"text": words(row.happened), "hint": long_date(row.happened_on)},
                _due(row),
            ],
        }
        for row in lists.to_tell(db(), actor())
    ]
    return page("victims/to_tell.html", rows=rows, total=lists.count_to_tell(db(), actor()))


def _due(row: lists.ToTell) -> dict[str, str]:
    clock = Deadline("tell", "Tell", row.due_on, "", "", "soft")
    late = today() > row.due_on
    return {"text": f"Due {clock.words(today())}", "hint": "Late" if late else ""}


@blueprint.get("/victims/to-ask")
def to_ask() -> Any:
    """Victims without whom the panel cannot go ahead, those with the nearest panel first."""
    rows = [
        {
            "href": url_for("victims.person", reference=row.reference, place=row.place),
            "cells": [
                {"text": f"Victim {row.place}", "hint": row.reference},
                words(row.view),
                f"Panel on {day_date(row.panel_on)}" if row.panel_on else "On no agenda yet",
            ],
        }
        for row in lists.to_ask(db(), actor())
    ]
    return page("victims/to_ask.html", rows=rows, total=lists.count_to_ask(db(), actor()))


@blueprint.route(f"{ONE}/told/<happened>", methods=["GET", "POST"])
def told(reference: str, place: int, happened: str) -> Any:
    """What may be said of a decision; what was told, when and how."""
    referral, victim = one(reference, place)
    shown(victim)
    update = update_in(victim, happened)
    form = f.ToldOfForm(data={"version": referral.version})
    waits = update.told_on is None and update.not_owed is None
    if waits and (command := form.read(c.ToldOf, today=today())):
        unchanged(referral, form, {})
        try:
            updates.told(db(), referral, victim, update, command, by=actor(), at=at())
        except updates.ToldLate:
            form.complain("late_reason", "Say why they were told late")
        else:
            return back(referral, victim, "What became of telling them has been written down.")
    elif form.is_submitted() and not waits:
        raise Missing()
    return shows(
        "victims/told.html",
        referral,
        form=form if waits else None,
        victim=victim,
        update=update,
        state=update_state(victim, update, today=today()),
        rule=updates.clock(victim, update.happened_on).rule,
        lines=_may_be_said(referral, update),
        who_tells=who_tells(update.happened, goes_back=referral.outcome in GOES_BACK),
        right=RIGHT_6,
        writes=waits and update.happened in WITH_LETTER,
        letters=letters_of(db(), update),
        reach=_reach(referral, victim) if waits else [],
    )


def _reach(referral: Referral, victim: Victim) -> list[dict[str, str]]:
    contact = contact_for(db(), actor(), referral, victim, at=at(), page=here())
    suspected = "Their parent or guardian is suspected: speak with somebody else"
    return [
        {
            "key": "Person to speak to",
            "value": suspected if contact.adult_suspected else contact.speak_with or victim.name,
        },
        {"key": "Telephone", "value": contact.phone},
        {"key": "Email address", "value": contact.email},
        {"key": "Address", "value": contact.address},
        {"key": "Safe ways and times", "value": contact.safe_ways},
        {"key": "Language and needs", "value": contact.language},
        {"key": "How they want to be told", "value": victim.updates_how},
    ]


def update_in(victim: Victim, happened: str) -> VictimUpdate:
    """What a victim is owed after the thing that an address names. Raises `Missing`."""
    known = next((word for word in Happened if word.value == happened), None)
    found = updates.update_of(db(), victim, known) if known else None
    if found is None:
        raise Missing()
    return found


OVER = {
    Happened.COMPLETED: "What the child agreed to do is over.",
    Happened.PROSECUTED: "The child did not keep to it, and the police have started proceedings.",
}


def _may_be_said(referral: Referral, update: VictimUpdate) -> list[dict[str, Any]]:
    """Outcome and reasons, and nothing of the child's life (VIC-9)."""
    if update.happened is Happened.NOT_GOING_ON:
        return [
            {"key": "What happened", "value": "The case does not go on to a disposal."},
            {"key": "Reason on the case", "value": referral.reason or NOTHING_SAID},
        ]
    if update.happened in OVER:
        return [{"key": "What happened", "value": OVER[update.happened]}]
    if update.happened is Happened.RESCINDED:
        says = "What they were told does not stand any more. The panel hears the case again."
        return [{"key": "What happened", "value": says}]
    outcomes = [
        f"{words(offence.outcome)}: {offence.title}"
        for offence in offences_of(db(), referral)
        if offence.outcome
    ]
    verb = "Given" if update.happened is Happened.GIVEN else "Decided"
    rows: list[dict[str, Any]] = [
        {"key": f"{verb} on", "value": long_date(update.happened_on)},
        {"key": "Outcome", "value": outcomes},
    ]
    if update.happened is Happened.POLICE_DECIDED:
        rows.append({"key": "Who decided", "value": "The police, otherwise than the panel"})
    else:
        rows.append(
            {"key": "Reasons of the panel", "value": lists.reasons_of(db(), referral) or NOTHING_SAID}
        )
    if referral.outcome is Outcome.NFA:
        says = "They may ask the police to review a decision not to prosecute (Victims' Right to Review)."
        rows.append({"key": "Their right", "value": says})
    return rows
