"""The team for managers, and each person of it."""

from typing import Any

from flask import Blueprint, request, url_for

from panel.cases import queries as cases
from panel.counting import answers, up_to
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import case_chain, log_access
from panel.pages import page
from panel.referrals.words import STATUS
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.team import queries
from workflows.calendar import day_date

blueprint = Blueprint("team", __name__)


@blueprint.get("/team")
def index() -> Any:
    """Everybody with their numbers, by name."""
    found = queries.strands(today())
    people = queries.team(db(), actor(), today=today())
    return page(
        "team/index.html",
        strands=found,
        people=[
            {
                "name": person.name,
                "href": url_for("team.person", user_id=person.id),
                "numbers": [
                    {
                        "count": person.numbers[one.key],
                        "short": one.short,
                        "href": url_for("team.person", user_id=person.id, list=one.key),
                    }
                    for one in found
                ],
            }
            for person in people
        ],
        totals=[sum(person.numbers[one.key] for person in people) for one in found],
    )


@blueprint.get("/team/<int(max=2147483647):user_id>")
def person(user_id: int) -> Any:
    """One person: their numbers, and the cases behind the one that is chosen."""
    name = queries.name_of(db(), actor(), user_id, today=today())
    found = {one.key: one for one in queries.strands(today())}
    key = request.args.get("list", "open")
    if key not in found:
        raise Missing()
    theirs = queries.of_person(actor(), user_id)
    counts = answers(db(), [cases.counted(actor(), theirs & one.where) for one in found.values()])
    part = cases.cases(db(), actor(), theirs & found[key].where, after=request.args.get("after"))
    for line in part.lines:
        log_access(db(), Operation.CONSULTATION, case_chain(line.id), by=actor(), at=at(), page=here())
    onward = url_for("team.person", user_id=user_id, list=key, after=part.after) if part.after else None
    return page(
        "team/person.html",
        name=name,
        title=found[key].title,
        tiles=[
            {
                "count": up_to(number),
                "text": one.title,
                "href": url_for("team.person", user_id=user_id, list=one.key),
            }
            for one, number in zip(found.values(), counts, strict=True)
        ],
        rows=[_row(line) for line in part.lines],
        total=up_to(dict(zip(found, counts, strict=True))[key]),
        onward=onward,
        back={"text": "The team", "href": url_for("team.index")},
    )


def _row(line: cases.Line) -> dict[str, Any]:
    due: dict[str, str] = {"text": "Nothing due"}
    if line.due_on is not None:
        due = {"text": day_date(line.due_on), "hint": "Late" if line.due_on < today() else ""}
    status = STATUS[line.status]
    return {
        "href": url_for("cases.overview", reference=line.reference),
        "cells": [
            {"text": line.child_name, "hint": line.reference},
            {"text": status.text, "tag": status.colour},
            due,
        ],
    }
