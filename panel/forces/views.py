"""The administrator's pages of police forces: areas, and tokens of their systems."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from sqlmodel import select

from panel.accounts.queries import areas_of as administered
from panel.errors import Missing, expect_version
from panel.forces import actions, queries
from panel.forces import commands as c
from panel.forces import forms as f
from panel.forces.models import Force, ForceSystem
from panel.forms import offer
from panel.history.sentences import events_of, told
from panel.pages import page
from panel.request import actor, at, db
from panel.rules import RULE_SENTENCES
from workflows.calendar import clock_words, long_date, today_in_london

blueprint = Blueprint("forces", __name__)


@blueprint.get("/forces")
def index() -> Any:
    """The forces and the areas for which they speak."""
    rows = [
        {
            "href": url_for("forces.view", number=force.id),
            "cells": [force.name, ", ".join(names) or "No area yet"],
        }
        for force, names in queries.forces(db())
    ]
    return page("forces/index.html", rows=rows)


@blueprint.route("/forces/new", methods=["GET", "POST"])
def add() -> Any:
    """Name a force."""
    form = f.ForceForm()
    offered = _offer(form, None)
    if (command := form.read(c.ForceDetails)) and _fits(form, command, None, offered):
        force = actions.add_force(db(), command, by=actor(), at=at())
        flash(f"{force.name} has been added.", "success")
        return redirect(url_for("forces.view", number=force.id), 303)
    return page("forces/force.html", form=form, force=None)


@blueprint.route("/forces/<int(max=2147483647):number>/change", methods=["GET", "POST"])
def change(number: int) -> Any:
    """Another name, or other areas."""
    force = queries.force_at(db(), number)
    held = [str(area) for area in queries.areas_of(db(), force.id)]
    form = f.ForceForm(obj=force, data={"areas": held})
    offered = _offer(form, force)
    if (command := form.read(c.ForceDetails)) and _fits(form, command, force, offered):
        expect_version(force, form.seen, {"name": force.name, "code": force.code})
        actions.change_force(db(), force, command, by=actor(), at=at())
        flash(f"{force.name} has been changed.", "success")
        return redirect(url_for("forces.view", number=number), 303)
    return page("forces/force.html", form=form, force=force)


def _offer(form: f.ForceForm, force: Force | None) -> dict[int, str]:
    mine = administered(db(), actor())
    offered = queries.areas_to_offer(db(), actor(), force.id if force else None, mine)
    offer(form.areas, offered)
    return dict(offered)


def _fits(form: f.ForceForm, command: c.ForceDetails, force: Force | None, offered: dict[int, str]) -> bool:
    same = select(Force.id).where(Force.name == command.name, Force.id != (force.id if force else 0))
    if db().exec(same).first() is not None:
        form.complain("name", "There is a force of this name already")
        return False
    if set(command.areas) - set(offered):
        form.complain("areas", "Choose from the areas that you administer and that have no other force")
        return False
    return True


@blueprint.get("/forces/<int(max=2147483647):number>")
def view(number: int) -> Any:
    """One force: its areas, its systems, what happened."""
    force = queries.force_at(db(), number)
    return page(
        "forces/view.html",
        force=force,
        areas=queries.area_names(db(), number),
        systems=[_system(line) for line in queries.systems_of(db(), number)],
        may=actions.may_make_tokens(db(), force, actor()),
        events=told(events_of(db(), queries.force_chain(number)), RULE_SENTENCES),
    )


def _system(line: queries.SystemLine) -> dict[str, Any]:
    system = line.system
    used = system.used_at
    return {
        "id": system.id,
        "name": system.name,
        "made": f"{clock_words(system.made_at)}, by {line.made_by}",
        "used": long_date(today_in_london(used)) if used else "Never",
        "ended": clock_words(system.ended_at) if system.ended_at else "",
        "press": f.PressForm(formdata=None),
    }


@blueprint.route("/forces/<int(max=2147483647):number>/systems/new", methods=["GET", "POST"])
def token(number: int) -> Any:
    """Make a token for a system; it is shown on this answer and never again."""
    force = queries.force_at(db(), number, lock=True)
    form = f.SystemForm()
    if command := form.read(c.SystemDetails):
        made = actions.make_token(db(), force, command, by=actor(), at=at())
        return page("forces/token.html", force=force, name=command.name, token=made)
    return page("forces/system.html", form=form, force=force)


@blueprint.post("/forces/<int(max=2147483647):number>/systems/<int(max=2147483647):item>/end")
def end(number: int, item: int) -> Any:
    """End a token."""
    force = queries.force_at(db(), number, lock=True)
    system = db().get(ForceSystem, item)
    if system is None or system.force_id != force.id:
        raise Missing()
    actions.end_token(db(), force, system, by=actor(), at=at())
    flash(f"The token of {system.name} is ended. Nobody gets in with it any more.", "success")
    return redirect(url_for("forces.view", number=number), 303)
