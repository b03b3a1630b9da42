"""The first page of each role, and the tasks."""

from typing import Any

from flask import Blueprint, url_for

from config.countersigning import reasons
from panel.assessments.asking import overdue
from panel.assessments.countersign_queries import given_back
from panel.home.board import pack_of, scrutiny_found
from panel.home.gap import board_page
from panel.home.meetings import MEETS, coming
from panel.home.tiles import tiles
from panel.notifications.models import Why
from panel.notifications.queries import Task, open_tasks
from panel.pages import page
from panel.referrals.drafts import mine, written
from panel.referrals.parts import Done, count_done, parts_done
from panel.referrals.words import STATUS
from panel.request import actor, db, today
from panel.telling.queries import count_dead
from workflows.calendar import clock_words, day_date, long_date
from workflows.roles import POLICE, REFERRERS, Role
from workflows.vocabulary import words

blueprint = Blueprint("home", __name__)
# The page on which a task is done, where it is not the case's first one.
DONE_AT = {Why.PAPERS_TO_READ: "packs.view"}
REFER = {True: "Refer a child", False: "Start a case that came to us another way"}


@blueprint.get("/")
def index() -> Any:
    """Home: what is mine to do, first."""
    roles = actor().roles
    return page(
        "home/index.html",
        tiles=tiles(db(), actor(), today=today()),
        tasks=_tasks(limit=5),
        returned=_returned(),
        meetings=coming(db(), actor()) if roles & set(MEETS) else [],
        refers=REFER[bool(roles & set(POLICE))] if roles & set(REFERRERS) else "",
        tells=bool(roles & set(POLICE)),
        drafts=_drafts() if roles & set(REFERRERS) else None,
        overdue=_overdue(),
        looks_after_agencies=Role.YOT_MANAGER in roles,
        board=pack_of(db(), actor()),
        administers=Role.ADMIN in roles,
        dead_mails=count_dead(db(), actor(), today=today()) if Role.ADMIN in roles else 0,
        weekly=Role.YOT_MANAGER in roles,
    )


def _returned() -> list[dict[str, Any]]:
    """A case manager's assessments that came back, with the reasons on top of everything else."""
    if Role.CASE_MANAGER not in actor().roles:
        return []
    return [
        {
            "href": url_for("assessments.view", reference=row.reference),
            "text": f"{row.child_name} ({row.reference})",
            "reasons": [found.says for code in row.reasons if (found := reasons().get(code))]
            or [row.comment],
        }
        for row in given_back(db(), actor())
    ]


@blueprint.get("/tasks")
def tasks() -> Any:
    """Everything that this person has been told and that nobody has done yet."""
    return page("home/tasks.html", tasks=_tasks(limit=200))


def _drafts() -> list[dict[str, Any]]:
    """What this person is writing: how far each one is, and what the YOT wants put right."""
    rows = []
    drafts = mine(db(), actor())
    # Most people have none, and what is on them is seven questions.
    for one in written(db(), drafts, today=today()) if drafts else ():
        parts, status = parts_done(one), STATUS[one.referral.status]
        asked = [part.part.title for part in parts if part.done is Done.TO_PUT_RIGHT]
        wanted = f"{words(Done.TO_PUT_RIGHT)}: {', '.join(asked)}" if asked else ""
        rows.append(
            {
                "href": url_for("referrals.tasks", reference=one.referral.reference),
                "cells": [
                    {"text": one.child_name, "hint": one.referral.reference},
                    {"text": status.text, "tag": status.colour, "hint": wanted},
                    f"{count_done(parts)} of {len(parts)} pages done",
                ],
            }
        )
    return rows


def _tasks(*, limit: int) -> list[dict[str, Any]]:
    return [
        {
            "href": url_for(DONE_AT[task.why], reference=task.reference)
            if task.why in DONE_AT
            else task.path,
            "cells": [
                {"text": task.sentence, "hint": task.reference},
                _due(task.due_on),
                clock_words(task.queued_at),
            ],
        }
        for task in open_tasks(db(), actor(), limit=limit)
    ]


def _overdue() -> list[dict[str, Any]]:
    return [
        {
            "href": url_for("assessments.sources", reference=late.reference),
            "cells": [{"text": late.child_name, "hint": late.reference}, late.kind, long_date(late.due_on)],
        }
        for late in overdue(db(), actor(), today())
    ]


def _leads_to(task: Task) -> str:
    """Where the task is done: a page of its case, or the page that it names."""
    return url_for(DONE_AT[task.why], reference=task.reference) if task.why in DONE_AT else task.path


def _due(due_on: Any) -> Any:
    if due_on is None:
        return "No date"
    return {"text": day_date(due_on), "hint": "Late" if due_on < today() else ""}


@blueprint.get("/board/scrutiny")
def scrutiny() -> Any:
    """What independent scrutiny found, as the newest pack says it."""
    return page("home/scrutiny.html", found=scrutiny_found(db(), actor()))


@blueprint.get("/accessibility")
def accessibility() -> Any:
    """The accessibility statement."""
    return page("home/accessibility.html")


@blueprint.get("/gap/board")
def gap() -> Any:
    """For board members: what we were not told, in totals."""
    return board_page()
