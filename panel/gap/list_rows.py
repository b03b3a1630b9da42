"""One police disposal as a line of a list."""

from datetime import date
from typing import Any

from flask import url_for

from panel.access import Actor
from panel.gap.actions import may_open, state_of
from panel.police.models import PoliceDisposal
from workflows.calendar import long_date, working_days_between
from workflows.gap_work import FOLLOWERS
from workflows.police import Fit, Notice
from workflows.vocabulary import words

COLOURS = {
    Notice.NOT_NOTIFIED: "red",
    Notice.AFTER_ASKING: "orange",
    Notice.LATE: "yellow",
    Notice.IN_TIME: "green",
    Notice.STILL_TIME: "blue",
    Notice.NOT_OURS: "grey",
}


def list_row(row: PoliceDisposal, actor: Actor, *, today: date) -> dict[str, Any]:
    """The line with what can be done on it."""
    state = state_of(row, today)
    missed = state in (Notice.NOT_NOTIFIED, Notice.AFTER_ASKING)
    follows = missed and bool(set(FOLLOWERS) & actor.roles_in(row.area_id))
    return {
        "reference": row.reference,
        "href": url_for("police.view", reference=row.reference),
        "name": f"{row.given_name} {row.surname}",
        "outcome": words(row.outcome),
        "given": long_date(row.given_on),
        "crime": row.crime_reference,
        "where": ", ".join(part for part in (row.station, row.team) if part),
        "state": words(state),
        "colour": COLOURS[state],
        "unmatched": row.fit is Fit.TO_REVIEW,
        "told": _told(row),
        "asked": f"Asked on {long_date(row.asked_on)}" if row.asked_on and not row.told_on else "",
        "refer": url_for("gap.refer", reference=row.reference) if may_open(row, actor) else "",
        "has_case": row.referral_id is not None,
        "follow": url_for("gap.follow_up", reference=row.reference) if follows else "",
    }


def _told(row: PoliceDisposal) -> str:
    if row.told_on is None:
        return f"We should have been told by {long_date(row.tell_by)}"
    days = max(0, working_days_between(row.given_on, row.told_on))
    return f"Told on {long_date(row.told_on)}, {days} working day{'' if days == 1 else 's'} after"
