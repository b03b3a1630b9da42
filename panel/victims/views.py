"""The victim worker's pages: the victims of a case, the tasks of one, each part of a record."""

from typing import Any

from flask import flash, redirect, url_for

from panel.errors import Missing
from panel.forms import PanelForm
from panel.referrals.frame import case, shows
from panel.referrals.models import Referral
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.victims import asking, letter_views, recording, telling, working
from panel.victims import commands as c
from panel.victims import forms as f
from panel.victims.actions import is_named
from panel.victims.desk import BASE, ONE, back, blueprint, one, unchanged
from panel.victims.models import VictimUpdate
from panel.victims.parts import PARTS, SLUGS
from panel.victims.queries import clearings, contact_for, contact_of, rows_of, victims_of
from panel.victims.summary import standing, tasks, update_rows
from workflows.case import Status
from workflows.roles import Role

# The other modules put their routes on the same blueprint when they are loaded.
__all__ = ["asking", "blueprint", "letter_views", "telling", "working"]


@blueprint.get(BASE)
def view(reference: str) -> Any:
    """The victims of a case, by number, and where each stands."""
    referral = case(reference)
    if not _works(referral):
        raise Missing()
    victims, texts = victims_of(db(), referral.id), clearings(db(), referral.id)
    rows = [
        {
            "href": url_for("victims.person", reference=reference, place=victim.place),
            "cells": [f"Victim {victim.place}", _tag(standing(victim, texts.get(victim.id)))],
        }
        for victim in victims
    ]
    return shows(
        "victims/view.html",
        referral,
        rows=rows,
        answered=referral.victim_identified,
        adds=referral.status is not Status.DRAFT,
    )


def _works(referral: Referral) -> bool:
    return Role.VICTIM_WORKER in actor().roles_in(referral.area_id)


def _tag(state: dict[str, str]) -> dict[str, str]:
    return {"text": state["text"], "tag": state["colour"]}


@blueprint.route(f"{BASE}/add", methods=["GET", "POST"])
def add(reference: str) -> Any:
    """A victim whom the police did not name."""
    referral = case(reference)
    if not _works(referral):
        raise Missing()
    form = f.TellForm(data={"version": referral.version})
    if command := form.read(c.Told):
        unchanged(referral, form, {})
        victim = recording.add(db(), referral, command, by=actor(), at=at())
        return back(referral, victim, "The victim has been added.")
    return shows("victims/add.html", referral, form=form)


@blueprint.get(ONE)
def person(reference: str, place: int) -> Any:
    """What is to be done for one victim."""
    referral, victim = one(reference, place)
    if victim.objects_to_sharing:
        return shows("victims/objects.html", referral, victim=victim)
    updates = rows_of(db(), VictimUpdate, victim)
    return shows(
        "victims/person.html",
        referral,
        victim=victim,
        groups=tasks(
            referral,
            victim,
            attempts=recording.attempts_made(db(), victim),
            text=clearings(db(), referral.id).get(victim.id),
            contact_known=is_named(victim, contact_of(db(), victim)),
        ),
        updates=update_rows(referral, victim, updates, today=today()),
    )


@blueprint.route(f"{ONE}/contact", methods=["GET", "POST"])
def contact(reference: str, place: int) -> Any:
    """Who they are and how to reach them; each look is logged."""
    referral, victim = one(reference, place)
    recording.shown(victim)
    known = contact_for(db(), actor(), referral, victim, at=at(), page=here())
    before = known.model_dump() | victim.model_dump(include={"name", "under_18", "same_household"})
    form = f.ContactForm(data=before | {"version": referral.version})
    if command := form.read(c.Corrected):
        unchanged(referral, form, before)
        recording.correct(db(), referral, victim, command, by=actor(), at=at())
        return back(referral, victim, "Name and contact have been saved.")
    return shows("victims/contact.html", referral, form=form, victim=victim)


@blueprint.route(f"{ONE}/<any({SLUGS}):part>", methods=["GET", "POST"])
def part(reference: str, place: int, part: str) -> Any:
    """One part of the record."""
    referral, victim = one(reference, place)
    recording.shown(victim)
    it = PARTS[part]
    before = victim.model_dump(include=set(it.command.model_fields))
    form: PanelForm = it.form(data=before | {"version": referral.version})
    if command := form.read(it.command):
        unchanged(referral, form, before)
        recording.record(db(), referral, victim, command.model_dump(), by=actor(), at=at())
        return back(referral, victim, f"{it.title}: saved.")
    return shows("victims/part.html", referral, form=form, victim=victim, part=it)


@blueprint.route(f"{ONE}/objects", methods=["GET", "POST"])
def objects(reference: str, place: int) -> Any:
    """They no longer want to be contacted."""
    referral, victim = one(reference, place)
    recording.shown(victim)
    form = f.ObjectForm(version=referral.version)
    if form.read(c.Objects):
        unchanged(referral, form, {})
        recording.objects(db(), referral, victim, by=actor(), at=at())
        flash("The record of this victim is hidden, and nothing more is asked of them.", "success")
        return redirect(url_for("victims.view", reference=reference), 303)
    return shows("victims/objection.html", referral, form=form, victim=victim)
