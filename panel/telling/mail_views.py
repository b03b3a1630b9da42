"""Mails that did not arrive: no address and nobody's data, only what a person needs to decide."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from panel.errors import Missing
from panel.notifications.dispatch_models import Delivery, Dispatch, Stage
from panel.pages import page
from panel.request import actor, at, db, today
from panel.telling import actions, queries, words
from panel.telling.forms import PressForm
from panel.telling.views import number_in
from workflows.calendar import clock_words

blueprint = Blueprint("mails", __name__)


@blueprint.get("/mails")
def index() -> Any:
    """The mails that did not arrive, or of which nobody knows, the newest first."""
    before = number_in(request.args.get("before", ""))
    found, more = queries.dead(db(), actor(), today=today(), before=before)
    return page(
        "mails/index.html",
        mails=[_mail(one) for one in found],
        total=queries.count_dead(db(), actor(), today=today()),
        onward=url_for("mails.index", before=more) if more else None,
        first=url_for("mails.index") if before else None,
    )


def _mail(one: queries.Dead) -> dict[str, Any]:
    row = one.dispatch
    trouble = words.TROUBLE_WORDS[row.trouble] if row.trouble else ""
    return {
        "id": row.id,
        "kind": words.SENDS_WORDS[row.sends],
        "reference": row.reference,
        "area": one.area,
        "queued": clock_words(row.queued_at),
        "channel": words.CHANNEL_WORDS[row.channel],
        "reason": f"{trouble} (answer {row.reply_code})" if row.reply_code else trouble,
        "tries": row.tries,
        "state": words.dead_state(row.stage),
        "uncertain": row.stage is Stage.UNCERTAIN,
        "held": row.delivery is Delivery.HOLD,
        "press": PressForm(formdata=None),
    }


@blueprint.post("/mails/<int(max=2147483647):number>/again")
def again(number: int) -> Any:
    """Send one of them again."""
    actions.send_again(db(), _mail_of(number), by=actor(), at=at())
    flash("The mail is queued again.", "success")
    return redirect(url_for("mails.index"), 303)


@blueprint.post("/mails/<int(max=2147483647):number>/arrived")
def arrived(number: int) -> Any:
    """Write down that one of them did arrive."""
    actions.arrived(db(), _mail_of(number), by=actor(), at=at())
    flash("Written down: the mail arrived.", "success")
    return redirect(url_for("mails.index"), 303)


def _mail_of(number: int) -> Dispatch:
    found = queries.dead_one(db(), actor(), number, today=today())
    if found is None:
        raise Missing()
    return found
