"""Who was told of what, when, and whether they know: by area, by case, and as a table of duties."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from config.policy import figure
from panel.alerts.weeks import figures
from panel.casepage import case_page
from panel.counting import up_to
from panel.errors import Missing
from panel.notifications.deliver_counts import lines
from panel.notifications.dispatch_models import Delivery
from panel.notifications.duties import DUTIES, WHOM_WORDS
from panel.notifications.kinds import KINDS
from panel.notifications.models import ALERTS, Why
from panel.notifications.words import WORDS
from panel.pages import page
from panel.referrals.queries import header_of, referral_for
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.telling import actions, queries, words
from panel.telling.forms import PressForm
from panel.telling.queries import Show, Told
from workflows.calendar import clock_words, day_date
from workflows.roles import Role

blueprint = Blueprint("telling", __name__)


@blueprint.get("/notifications")
def index() -> Any:
    """The notifications of one's areas, the newest first, by what became of them."""
    show = _one_of(Show, request.args.get("show", Show.ALL.value))
    why = _one_of(Why, request.args["why"]) if request.args.get("why") else None
    reference = request.args.get("case", "").strip().upper()[:12]
    scope = queries.scope(actor(), why=why, reference=reference)
    before = number_in(request.args.get("before", ""))
    told, more = queries.listed(db(), actor(), scope & queries.where_of(show, today()), before=before)
    kept: dict[str, Any] = {"why": why.value if why else None, "case": reference or None}
    return page(
        "telling/index.html",
        show=show,
        lists=[_list(one, scope, kept) for one in Show],
        rows=[_row(one) for one in told],
        whys=[(one.value, WORDS[one][:-1]) for one in Why if one not in ALERTS],
        why=kept["why"] or "",
        reference=reference,
        onward=url_for("telling.index", show=show.value, before=more, **kept) if more else None,
        first=url_for("telling.index", show=show.value, **kept) if before else None,
    )


def _list(show: Show, scope: Any, kept: dict[str, Any]) -> dict[str, Any]:
    number = queries.count(db(), scope & queries.where_of(show, today()))
    href = url_for("telling.index", show=show.value, **kept)
    return {"name": show, "text": f"{words.SHOW_WORDS[show]} ({up_to(number)})", "href": href}


def _row(told: Told) -> dict[str, Any]:
    row = told.row
    leads = row.path or "/"
    href = url_for("telling.case", reference=told.reference) if row.referral_id else leads
    sent = f"{told.reference}, {clock_words(row.queued_at)}"
    return {
        "href": href,
        "cells": [
            {"text": WORDS[row.why], "hint": sent},
            words.whom(told),
            words.state(told, today()),
            words.mail(told),
        ],
    }


def _one_of(words_: Any, value: str) -> Any:
    try:
        return words_(value)
    except ValueError:
        raise Missing() from None


def number_in(text: str) -> int | None:
    return min(int(text), 2**31 - 1) if text.isascii() and text.isdigit() else None


@blueprint.get("/cases/<reference>/told")
def case(reference: str) -> Any:
    """Everybody who was told of a case, and who acknowledged it."""
    referral = referral_for(db(), actor(), reference, at=at(), page=here())
    told = queries.of_case(db(), actor(), referral)
    return case_page(
        "telling/case.html",
        header_of(db(), referral, today=today()),
        told=[
            {
                "id": one.row.id,
                "what": WORDS[one.row.why],
                "when": clock_words(one.row.queued_at),
                "whom": words.whom(one),
                "state": words.state(one, today()),
                "mail": words.mail(one),
                "press": PressForm(formdata=None) if one.mine else None,
                "for_others": one.row.party is not None,
            }
            for one in told
        ],
    )


@blueprint.post("/cases/<reference>/told/<int(max=2147483647):number>")
def acknowledge(reference: str, number: int) -> Any:
    """Acknowledge one notification."""
    referral = referral_for(db(), actor(), reference, at=at(), page=here(), lock=True)
    row = queries.notification_of(db(), referral, number)
    if row is None or row.acknowledge_by is None:
        raise Missing()
    actions.acknowledge(db(), referral, row, by=actor(), at=at())
    flash("You have acknowledged this.", "success")
    return redirect(url_for("telling.case", reference=reference), 303)


@blueprint.get("/notifications/who")
def duties() -> Any:
    """Who is told of what, by when it is acknowledged, and what happens to a mail in doubt."""
    return page(
        "telling/duties.html",
        duties=[
            [
                {"text": WORDS[duty.event], "hint": f"{duty.rule}: {duty.source}"},
                *(WHOM_WORDS[duty.whom], duty.when, *_behaves(duty.says)),
            ]
            for duty in DUTIES
        ],
        kinds=[
            [{"text": WORDS[why], "hint": ""}, kind.told, *_behaves(why)]
            for why, kind in KINDS.items()
            if why not in {duty.event for duty in DUTIES} | {duty.says for duty in DUTIES}
        ],
        quiet=[figure(key, today()).says for key in ("quiet_from", "quiet_to", "escalate_to_head")],
    )


def _behaves(why: Why) -> list[str]:
    kind = KINDS[why]
    clock = figure(kind.acknowledge, today()) if kind.acknowledge else None
    within = f"Within {clock.value} {clock.unit[:-1] if clock.value == 1 else clock.unit}" if clock else "No"
    doubt = "Held for a person" if kind.delivery is Delivery.HOLD else "Sent once more"
    return [within, doubt, "At once, also in quiet hours" if kind.urgent else "In working hours"]


@blueprint.get("/week")
def week() -> Any:
    """How the team stands today: what the mail of a Monday says."""
    counts = figures(db(), actor().areas_as(Role.YOT_MANAGER), today=today())
    return page("telling/week.html", lines=lines(counts), day=day_date(today()))
