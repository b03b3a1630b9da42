"""The gap for managers: the sentence, what counts, where, who, and the list behind each number."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, request, url_for
from pydantic import ValidationError
from werkzeug.datastructures import MultiDict

from panel.codes.queries import ethnicities
from panel.commands import errors_in_words
from panel.errors import Missing
from panel.forces.queries import force_of
from panel.forms import unreadable
from panel.gap import forms as f
from panel.gap import queries, words
from panel.gap.chart import described, points, svg
from panel.gap.commands import Choice
from panel.gap.list_rows import list_row
from panel.gap.scope import BREAKDOWNS, FIRST_TIME, Filter
from panel.history.operations import Operation
from panel.history.record import log_access
from panel.pages import page
from panel.request import actor, at, behind, db, today
from panel.request import page as here
from workflows.gap import COUNTED, ROUNDING, Group
from workflows.gap_work import ASKERS, Became
from workflows.periods import Period, quarter_of, quarters
from workflows.police import POLICE_OUTCOMES
from workflows.roles import Role
from workflows.vocabulary import Outcome
from workflows.vocabulary import words as said_of

blueprint = Blueprint("gap", __name__)
PAGE = 25
QUARTERS = 9
DAYS = ("first", "last")


def area() -> int:
    """The area that the page is about: of several the one in the address. Raises `Missing`."""
    held = queries.areas(actor())
    wanted = request.args.get("area", type=int)
    if wanted is not None and wanted not in held:
        raise Missing()
    return wanted or held[0]


def chosen() -> tuple[words.Address, f.PeriodForm]:
    """Outcome and period of the address, and what was typed; the last whole quarter without any."""
    last_quarter = quarter_of(quarter_of(today()).first - timedelta(days=1))
    usual = {"outcome": Outcome.CR, "first": last_quarter.first, "last": last_quarter.last}
    form = _typed(usual)
    asked = {"outcome": request.args.get("outcome") or Outcome.CR}
    try:
        choice = Choice.model_validate(asked | {name: form[name].data for name in DAYS})
    except ValidationError as error:
        choice = Choice.model_validate(usual)
        for name, sentence in errors_in_words(error, Choice).items():
            wrong = name in DAYS and form[name].process_errors
            form.complain(name or "last", unreadable(form[name]) if wrong else sentence)
    return words.Address(area(), choice.outcome, Period(choice.first, choice.last)), form


def _typed(usual: dict[str, Any]) -> f.PeriodForm:
    """The days as three boxes each, or as the one word that a link has."""
    said = {name: request.args.getlist(name) for name in DAYS}
    parts = {
        name: values if len(values) == 3 else [*reversed(values[0].split("-"))]
        for name, values in said.items()
        if any(values)
    }
    boxes = [(name, part) for name, values in parts.items() for part in values]
    return f.PeriodForm(formdata=MultiDict(boxes) or None, data=usual)


@blueprint.get("/gap")
def index() -> Any:
    """Of how many disposals were we not told, where, who, and what became of them."""
    address, form = chosen()
    found = queries.figures(db(), address.area_id, address.outcome, address.period, today=today())
    force = force_of(db(), address.area_id)
    log_access(db(), Operation.CONSULTATION, f"gap:{address.area_id}", by=actor(), at=at(), page=here())
    roles = actor().roles_in(address.area_id)
    says = {"ethnicity": ethnicities(db(), today()), "first_time": FIRST_TIME}
    return page(
        "gap/index.html",
        status=422 if form.errors else 200,
        form=form,
        address=address,
        groups=Group,
        force=force.name if force else "The force",
        lead=words.lead(found.tally, found.coverage, address.outcome),
        further=words.further(found.tally),
        covers=found.coverage.sentence,
        rates=words.rate_rows(found.tally, found.coverage, address),
        counted=COUNTED,
        rounding=ROUNDING,
        columns=[said_of(group) for group in words.COLUMNS],
        outcomes=words.outcome_rows(found, address),
        months=words.month_rows(found.months, address),
        trend_words=described(points(found.months)),
        tables=[words.table(found, address, by, says.get(by, {})) for by in BREAKDOWNS],
        delay=found.delay,
        became=words.became_rows(found, address),
        missed=found.tally.of(Group.MISSED),
        untold=found.tally.of(Group.UNTOLD),
        late=found.tally.of(Group.LATE),
        quarters=_quarters(address),
        areas=[(one, actor().area_names[one]) for one in queries.areas(actor())],
        choices=[(one.value, said_of(one)) for one in POLICE_OUTCOMES],
        may_ask=bool(roles & set(ASKERS)),
        may_name=Role.YOT_MANAGER in roles,
        waiting=queries.owed(db(), address.area_id),
    )


def _quarters(address: words.Address) -> list[dict[str, Any]]:
    return [
        {"text": one.words, "href": address.page(period=one), "current": one == address.period}
        for one in quarters(today(), QUARTERS)
    ]


@blueprint.get("/gap/trend.svg")
def trend() -> Any:
    """The trend as a picture; the page has the same figures in a table."""
    address, _ = chosen()
    last = address.period.last
    found = queries.months(db(), address.area_id, address.outcome, last, today=today())
    response = Response(svg(found), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "private, max-age=60"
    return response


def filter_of(args: Any) -> Filter:
    """The figure that an address names. Raises `Missing` for one that is none."""
    try:
        outcome = Outcome(args["outcome"]) if args.get("outcome") else None
        period = _period(args)
        became = Became(args["became"]) if args.get("became") else None
        group = Group(args.get("group", Group.UNTOLD.value))
    except ValueError:
        raise Missing() from None
    by = args.get("by", "")
    if by and by not in BREAKDOWNS:
        raise Missing()
    return Filter(area(), group, outcome, period, by, args.get("value", "")[:60], became)


def _period(args: Any) -> Period | None:
    if not args.get("first"):
        return None
    return Period(date.fromisoformat(args["first"]), date.fromisoformat(args.get("last", "")))


def address_of(found: Filter, **more: Any) -> dict[str, Any]:
    """A figure as the parts of an address."""
    period = {"first": found.period.first, "last": found.period.last} if found.period else {}
    parts = {"area": found.area_id, "group": found.group.value, **period, **more}
    if found.outcome is not None:
        parts["outcome"] = found.outcome.value
    if found.by:
        parts |= {"by": found.by, "value": found.value}
    return parts | ({"became": found.became.value} if found.became else {})


@blueprint.get("/gap/disposals")
def listing() -> Any:
    """Exactly the disposals that a number counts."""
    found = filter_of(request.args)
    after = behind()
    rows = queries.listed(db(), found, today=today(), limit=PAGE + 1, after=after)
    shown, more = rows[:PAGE], len(rows) > PAGE
    for row in shown:
        log_access(db(), Operation.CONSULTATION, f"police:{row.id}", by=actor(), at=at(), page=here())
    roles = actor().roles_in(found.area_id)
    onward = f"{shown[-1].given_on}_{shown[-1].id}" if more else ""
    return page(
        "gap/listing.html",
        title=said_of(found.group),
        parts=_said(found),
        count=queries.count(db(), found, today=today()),
        rows=[list_row(row, actor(), today=today()) for row in shown],
        hidden=address_of(found),
        may_ask=bool(roles & set(ASKERS)) and found.group in (Group.UNTOLD, Group.MISSED),
        back={"text": "The gap", "href": url_for("gap.index", **_of_page(found))},
        next_href=url_for("gap.listing", **address_of(found, after=onward)) if more else None,
    )


def _of_page(found: Filter) -> dict[str, Any]:
    parts = address_of(found)
    return {name: parts[name] for name in ("area", "outcome", "first", "last") if name in parts}


def _said(found: Filter) -> list[str]:
    said = [said_of(found.outcome) if found.outcome else "All outcomes"]
    said.append(found.period.words if found.period else "Until today")
    if found.by:
        name = found.value
        if found.by == "ethnicity":
            name = ethnicities(db(), today()).get(name, name)
        name = FIRST_TIME.get(name, name) if found.by == "first_time" else name
        said.append(f"{BREAKDOWNS[found.by][0]}: {name or 'Not recorded'}")
    return said + ([said_of(found.became)] if found.became else [])
