"""Data quality: what is wrong, in which share of the cases, whose it is, and the list behind each number."""

import zlib
from datetime import date
from typing import Any, cast

from flask import Blueprint, current_app, flash, redirect, request, url_for

from panel.errors import Missing, Stale
from panel.history.operations import Operation
from panel.history.record import log_access
from panel.pages import page
from panel.quality import actions, queries
from panel.quality import commands as c
from panel.quality import forms as f
from panel.quality import words as w
from panel.request import actor, at, behind, db, today
from panel.request import page as here
from panel.web import PanelApp
from workflows.data_quality import Subject
from workflows.data_quality_police import CHECKS
from workflows.periods import Period, quarter_of, quarters
from workflows.roles import Role
from workflows.vocabulary import words

blueprint = Blueprint("quality", __name__)
PAGE, QUARTERS = 25, 9
ALL = "all"


def chosen() -> Period | None:
    """The quarter of the address, by its first day; the running one without, None for all time."""
    asked = request.args.get("quarter", "")
    if asked == ALL:
        return None
    try:
        return quarter_of(date.fromisoformat(asked)) if asked else quarter_of(today())
    except ValueError:
        raise Missing() from None


def _address(period: Period | None) -> dict[str, Any]:
    return {"quarter": period.first.isoformat() if period else ALL}


@blueprint.get("/data-quality")
def index() -> Any:
    """How many records each check finds wrong."""
    period, whole = chosen(), actor().areas_as(*queries.WHOLE_AREA)
    found = queries.counts(db(), actor(), period)
    of: dict[Subject, int] = {}
    if period is not None:
        areas = whole or actor().areas_as(Role.CASE_MANAGER)
        of = queries.records(db(), areas, period, None if whole else actor().id)
    address = _address(period)
    subjects = [Subject.CASE, Subject.POLICE] if whole else [Subject.CASE]
    return page(
        "quality/index.html",
        whole=bool(whole),
        period=period.words if period else "All cases",
        running=period == quarter_of(today()),
        records=of,
        tables=[(words(one), w.table(one, found, of.get(one, 0), address), of.get(one)) for one in subjects],
        found=sum(bool(number) for number in found.values()),
        reviewed=queries.reviewed(db(), actor(), period),
        quarters=_quarters(period),
        touched=_touched(period, whole) if period and whole else [],
    )


def _quarters(period: Period | None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {
            "text": one.words,
            "href": url_for("quality.index", **_address(one)),
            "current": one == period,
        }
        for one in quarters(today(), QUARTERS)
    ]
    every = {"text": "All cases", "href": url_for("quality.index", quarter=ALL), "current": period is None}
    return [*found, every]


def _touched(period: Period, areas: tuple[int, ...]) -> list[dict[str, Any]]:
    found = queries.touched(db(), areas, period)
    rows = [
        {
            "metric": metric,
            "said": w.among(metric, number, whole),
            "checks": ", ".join(CHECKS[key].title.lower() for key in queries.resting(metric)),
        }
        for metric, (number, whole) in found.items()
        if number
    ]
    return sorted(rows, key=lambda row: int(row["metric"][1:]))


@blueprint.get("/data-quality/<key>")
def listing(key: str) -> Any:
    """Exactly the records that a number counts, or those that somebody found right as they are."""
    if key not in CHECKS:
        raise Missing()
    period, seen = chosen(), request.args.get("seen") == "1"
    rows = queries.listed(db(), actor(), key, period, seen=seen, limit=PAGE + 1, after=behind())
    shown, address = rows[:PAGE], _address(period) | ({"seen": "1"} if seen else {})
    for line in shown:
        subject = actions.chain_of(line.subject, line.subject_id)
        log_access(db(), Operation.CONSULTATION, subject, by=actor(), at=at(), page=here())
    acts = bool(actor().roles & set(actions.LOOKERS))
    last = shown[-1] if len(rows) > PAGE else None
    onward = f"{last.received_on}_{last.subject_id}" if last else ""
    other = _address(period) | ({} if seen else {"seen": "1"})
    return page(
        "quality/listing.html",
        check=CHECKS[key],
        kind=words(CHECKS[key].kind),
        owner=words(CHECKS[key].owner),
        rests=w.rests(CHECKS[key]),
        how=w.HOW[CHECKS[key].mended_at],
        period=period.words if period else "All cases",
        seen=seen,
        police=CHECKS[key].subject is Subject.POLICE,
        count=queries.count(db(), actor(), key, period, seen=seen),
        other=queries.count(db(), actor(), key, period, seen=not seen),
        other_href=url_for("quality.listing", key=key, **other),
        rows=[w.row(line, key, _opens, acts=acts) for line in shown],
        back={"text": "Data quality", "href": url_for("quality.index", **_address(period))},
        next_href=url_for("quality.listing", key=key, **address, after=onward) if last else None,
    )


def _opens(endpoint: str) -> bool:
    return cast(PanelApp, current_app).gates[endpoint].lets_in(actor().roles, "GET")


@blueprint.route("/data-quality/<key>/<reference>/right", methods=["GET", "POST"], endpoint="review")
def review(key: str, reference: str) -> Any:
    """Say that the record is right as it is."""
    return _judge(key, reference, undo=False)


@blueprint.route("/data-quality/<key>/<reference>/not-right", methods=["GET", "POST"], endpoint="undo")
def undo(key: str, reference: str) -> Any:
    """Take that back."""
    return _judge(key, reference, undo=True)


def _judge(key: str, reference: str, *, undo: bool) -> Any:
    line = queries.problem_for(db(), actor(), key, reference)
    subject = actions.chain_of(line.subject, line.subject_id)
    log_access(db(), Operation.CONSULTATION, subject, by=actor(), at=at(), page=here())
    mark = zlib.crc32(f"{line.said}|{line.review.id if line.review else 0}".encode())
    form = f.ReasonForm(version=mark)
    if command := form.read(c.Reason, today=today()):
        # What stood in the record when the page was shown is what the person judged.
        if form.seen != mark or undo != (line.review is not None):
            raise Stale({"What stands in the record": line.said})
        actions.review(db(), line, command, by=actor(), at=at(), back=undo)
        flash("It is written down.", "success")
        return redirect(url_for("quality.listing", key=key, quarter=ALL), 303)
    if undo != (line.review is not None) and request.method == "GET":
        raise Missing()
    return page(
        "quality/judge.html",
        form=form,
        undo=undo,
        line=line,
        check=CHECKS[key],
        back={
            "text": CHECKS[key].title,
            "href": url_for("quality.listing", key=key, quarter=ALL),
        },
    )
