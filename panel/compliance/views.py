"""Keeping to it: the ladder of a case, its rungs that the YOT takes, and the work lists."""

from datetime import date
from typing import Any, cast

from flask import Blueprint, Response, current_app, flash, redirect, request, url_for

from panel.compliance import actions, queries, shown
from panel.compliance.hours import hours_of
from panel.compliance.letter import warning_pdf
from panel.compliance.models import Matter
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import case_chain, log_access
from panel.pages import page
from panel.referrals.frame import case, shows
from panel.referrals.models import Referral
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.web import PanelApp
from workflows.calendar import day_date
from workflows.compliance import COMPLIANCE
from workflows.keeping import OPEN, Rung
from workflows.roles import Role

blueprint = Blueprint("compliance", __name__)
BASE = "/cases/<reference>/keeping"
NUMBER = "<int(max=2147483647):number>"

PAGE = 25


def back(reference: str, says: str) -> Any:
    """To the ladder, with a sentence of what was done."""
    flash(says, "success")
    return redirect(url_for("compliance.view", reference=reference), 303)


@blueprint.get(BASE)
def view(reference: str) -> Any:
    """The ladder, whose turn it is, the hours and the checks."""
    referral = case(reference)
    roles = actor().roles_in(referral.area_id)
    matters = queries.matters_of(db(), referral.id)
    entries = queries.entries_of(db(), matters)
    prints = bool(roles - {Role.LIAISON})
    curfew = bool(queries.curfew_steps(db(), referral.id))
    return shows(
        "compliance/view.html",
        referral,
        matters=[_shown(referral, m, entries[m.id], roles, prints=prints) for m in matters],
        may_begin=bool(roles & set(actions.STARTERS)) and queries.may_begin(db(), referral) is not None,
        any_open=any(matter.status in OPEN for matter in matters),
        hours=shown.hours_rows(hours_of(db(), referral, today=today())),
        curfew=curfew,
        checks=shown.check_rows(queries.checks_of(db(), referral.id)) if curfew else [],
        may_check=bool(roles & {Role.SECONDED, Role.CASE_MANAGER, Role.YOT_MANAGER}),
    )


def _shown(
    referral: Referral, matter: Matter, entries: list[Any], roles: frozenset[Role], *, prints: bool
) -> dict[str, Any]:
    facts = queries.facts_of(db(), referral, entries, today=today())
    moves = COMPLIANCE.moves_from(matter.status, roles)
    where: dict[str, Any] = {"reference": referral.reference, "number": matter.number}
    links = [
        {"text": text, "href": url_for("compliance.act", move=name, **where)}
        for name, text in shown.RUNGS
        if name in moves and not _never(name, facts)
    ] + [
        {"text": text, "href": url_for("compliance.police_turn", turn=name, **where)}
        for name, text in shown.POLICE_RUNGS
        if name in moves
    ]
    return {
        "number": matter.number,
        "opened": day_date(matter.opened_on),
        "tag": shown.tag(matter, today()),
        "open": matter.status in OPEN,
        "next": shown.what_next(matter, facts, referral.outcome, today()),
        "ladder": shown.ladder(entries, referral.reference, matter.number, prints=prints),
        "links": links,
    }


KIND_OF_OUTCOME = frozenset({"is_conditional", "is_caution", "is_voluntary", "is_deferred"})


def _never(name: str, facts: Any) -> bool:
    """Whether this rung belongs to another kind of outcome, so that it is not offered at all."""
    return any(
        guard.name in KIND_OF_OUTCOME and not guard.test(facts)
        for move in COMPLIANCE.moves
        if move.name == name
        for guard in move.guards
    )


@blueprint.get(f"{BASE}/{NUMBER}/warning-<int(max=2147483647):entry>.pdf")
def warning(reference: str, number: int, entry: int) -> Any:
    """The letter of a warning, as it was given."""
    referral = case(reference)
    found = queries.entry_of(db(), queries.matter_of(db(), referral.id, number), entry)
    if found.rung is not Rung.WARNING:
        raise Missing()
    log_access(
        db(),
        Operation.DISCLOSURE,
        f"{case_chain(referral.id)}:warning:{found.id}",
        by=actor(),
        at=at(),
        page=here(),
        recipients=actor().name,
    )
    data = warning_pdf(db(), referral, found, demo=cast(PanelApp, current_app).settings.demo)
    response = Response(data, mimetype="application/pdf")
    name = f"warning-{referral.reference}-{found.id}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.get("/keeping")
def index() -> Any:
    """A work list of what was not kept."""
    name = request.args.get("list", queries.ALL)
    if name not in queries.LISTS:
        raise Missing()
    found, onward = queries.listed(db(), actor(), name, today=today(), after=_after(), limit=PAGE)
    return page(
        "compliance/index.html",
        title=queries.LISTS[name],
        rows=shown.list_rows(found, today()),
        lists=[
            {"text": text, "href": url_for("compliance.index", list=key), "current": key == name}
            for key, text in queries.LISTS.items()
        ],
        next_href=url_for("compliance.index", list=name, after=f"{onward[0]}_{onward[1]}")
        if onward
        else None,
    )


def _after() -> Any:
    day, _, number = request.args.get("after", "").partition("_")
    try:
        from_day = date.fromisoformat(day)
    except ValueError:
        return None
    return (from_day, min(int(number), 2**31 - 1)) if number.isascii() and number.isdigit() else None
