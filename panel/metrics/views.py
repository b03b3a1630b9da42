"""The metrics for managers and inspectors, and their totals for the board."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, request, url_for

from config.metrics import Metric, definition, definitions, history, standards
from config.policy import number
from panel.audits.finding import Audited, audited_in
from panel.errors import Missing
from panel.figures.definitions import MEASURES
from panel.figures.queries import DIMENSIONS, breakdown, cases, counted_up_to, counts
from panel.figures.slices import CaseRow, Side
from panel.history.operations import Operation
from panel.history.record import log_access
from panel.metrics import board_tables, pending, pinned, shown
from panel.metrics.addresses import address
from panel.metrics.choosing import Choice, quarters, read
from panel.metrics.listing import chain_of, line_of
from panel.metrics.queries import history as history_of
from panel.metrics.queries import measured, rows_of
from panel.metrics.words import BY, SIDES, named, order, value_words
from panel.pages import page
from panel.quality.queries import touched
from panel.quality.words import among
from panel.request import actor, at, behind, db, today
from panel.request import page as here
from workflows.metrics import Measured
from workflows.periods import quarter_of
from workflows.quarters import Quarter
from workflows.roles import ROLE_WORDS, Role

blueprint = Blueprint("metrics", __name__)
PAGE = 25
SPARK, TREND, CHOICE = 8, 12, 13
SIDE: dict[str, Side] = {"failing": "failing", "passing": "met", "excluded": "excluded"}


def chosen() -> Choice:
    """The figures that the address names; for the board without a quarter the newest that it may read."""
    choice = read(request.args, actor(), today=today())
    if choice.totals and not request.args.get("quarter"):
        newest = pinned.quarters_of(db(), board_area(choice), most=1)
        return choice.moved(newest[0]) if newest else choice
    return choice


def board_area(choice: Choice) -> int:
    """The one area of which who sees totals only reads."""
    return next(iter(choice.areas))


def metric_of(name: str) -> Metric:
    """The metric of an address, as it is counted now. Raises `Missing`."""
    found = definition(name, today())
    if found is None:
        raise Missing()
    return found


def figures_of(choice: Choice, many: int) -> shown.Figures:
    """Every metric over so many quarters, as the reader may see it."""
    log_access(db(), Operation.CONSULTATION, _subject(choice), by=actor(), at=at(), page=here())
    read = pinned.readings(db(), board_area(choice), choice.quarter, many) if choice.totals else {}
    return shown.Figures(
        choice,
        definitions(today()),
        pinned.history(read) if choice.totals else history_of(db(), choice.slice, many),
        number("small_number_threshold", today()),
        number("metric_confidence", today()),
        read,
    )


def _subject(choice: Choice) -> str:
    return f"metrics:{'+'.join(str(area) for area in sorted(choice.areas))}:{choice.quarter.key}"


@blueprint.get("/metrics")
def index() -> Any:
    """Each metric as a sentence, under the inspection standard that it mirrors."""
    choice = chosen()
    figures = figures_of(choice, SPARK)
    return page(
        "metrics/index.html",
        sections=shown.sections(figures, SPARK),
        flawed=_flawed(choice),
        **_frame(choice),
    )


@blueprint.get("/metrics/<metric>")
def metric(metric: str) -> Any:
    """One metric: how it is counted, its trend, and its breakdowns."""
    choice, one = chosen(), metric_of(metric)
    figures = figures_of(choice, TREND)
    now, before = figures.of(choice.quarter), figures.of(choice.quarter.moved(-1))
    return page(
        "metrics/metric.html",
        metric=one,
        standard=_standard(one),
        head=shown.heading(figures, one),
        told=shown.told(figures, one, now, before),
        trend=shown.trend(figures, one, TREND),
        tables=_tables(figures, one),
        versions=history(one.id),
        flawed=_flawed(choice),
        **_frame(choice, metric=one.id),
    )


def _flawed(choice: Choice) -> dict[str, str]:
    """In how many of a metric's records the data themselves are wrong; for whole areas only."""
    if choice.totals or choice.values:
        return {}
    found = touched(db(), choice.areas, quarter_of(choice.quarter.first))
    return {name: among(name, number, whole) for name, (number, whole) in found.items() if number}


def _standard(one: Metric) -> str:
    name = standards()[one.standard]
    return f"Standard {one.standard}: {name.lower()}" if one.standard in shown.RATED else name


def _tables(figures: shown.Figures, one: Metric) -> list[dict[str, Any]]:
    choice = figures.choice
    names = {by: named(db(), by, today()) for by in DIMENSIONS}
    if choice.totals:
        return board_tables.tables(figures, one, names)
    return [_table(figures, one, by, names[by]) for by in DIMENSIONS if by not in choice.values]


def _table(figures: shown.Figures, one: Metric, by: str, names: Mapping[str, str]) -> dict[str, Any]:
    found = breakdown(db(), one.id, figures.choice.slice, by)
    lines = {
        value: Measured(one, count.met, count.counted) for value, count in found.items() if count.counted
    }
    rows = [
        shown.row(
            value_words(by, value, names), line, figures.confidence, _cut(figures.choice, one, by, value)
        )
        for value, line in sorted(lines.items(), key=lambda pair: order(by, pair[0], names))
    ]
    return {"title": BY[by], "rows": rows, "withheld": False}


def _cut(choice: Choice, one: Metric, by: str, value: str) -> str:
    if by == "outcome" and not value:
        return ""
    return address("metrics.metric", choice.where(**{by: value}), metric=one.id)


@blueprint.get("/metrics/<metric>/<side>")
def listing(metric: str, side: str) -> Any:
    """The cases on one side of a figure, each with its reason and where it is mended."""
    choice, one = chosen(), metric_of(metric)
    if side not in SIDES:
        raise Missing()
    count = counts(db(), choice.slice).get(one.id)
    found = cases(db(), one.id, choice.slice, SIDE[side], behind(), PAGE + 1)
    rows, more = found[:PAGE], len(found) > PAGE
    audits = _audits(rows)
    for row in rows:
        chain = chain_of(row, audits.get(row.id, []))
        log_access(db(), Operation.CONSULTATION, chain, by=actor(), at=at(), page=here())
    looked_at = rows_of(db(), one.id, rows) if side == "failing" else {}
    onward = f"{rows[-1].day}_{rows[-1].id}" if more else ""
    return page(
        "metrics/listing.html",
        metric=one,
        title=SIDES[side],
        side=side,
        many=_many(one, count, side),
        rows=[
            line_of(one, row, looked_at.get(row.id), side, actor(), audits.get(row.id, [])) for row in rows
        ],
        several=MEASURES[one.id].several,
        audited=bool(audits),
        next_href=address("metrics.listing", choice, metric=one.id, side=side, after=onward) if more else "",
        **_frame(choice, metric=one.id, side=side),
    )


def _audits(rows: Sequence[CaseRow]) -> dict[int, list[Audited]]:
    """The audits of these rows that the reader may read; the rows of one metric are of one kind."""
    return audited_in(db(), actor(), rows[0].kind, [row.id for row in rows]) if rows else {}


def _many(one: Metric, count: Any, side: str) -> int:
    if count is None:
        return 0
    bad = Measured(one, count.met, count.counted).bad
    return int({"failing": bad, "passing": count.counted - bad, "excluded": count.excluded}[side])


@blueprint.get("/metrics/next")
def coming() -> Any:
    """The open cases that would change the figures of the running quarter most."""
    running = Quarter.of(today())
    choice = chosen().moved(running)
    log_access(db(), Operation.CONSULTATION, _subject(choice), by=actor(), at=at(), page=here())
    metrics = definitions(today())
    found = measured(metrics, history_of(db(), choice.slice, 1), running)
    listed, many = pending.open_cases(db(), choice.slice, metrics, found, after=_behind(), limit=PAGE + 1)
    rows, more = listed[:PAGE], len(listed) > PAGE
    for row in rows:
        log_access(db(), Operation.CONSULTATION, f"case:{row.id}", by=actor(), at=at(), page=here())
    onward = f"{rows[-1].weight}_{rows[-1].id}" if more else ""
    return page(
        "metrics/next.html",
        count=many,
        rows=rows,
        elsewhere=[
            (one, address("metrics.listing", choice, metric=one.metric.id, side="failing"))
            for one in pending.elsewhere(metrics, found)
        ],
        metrics={one.id: one for one in metrics},
        owners={one.id: ROLE_WORDS[Role(one.owner)] for one in metrics},
        figures=found,
        next_href=address("metrics.coming", choice, after=onward) if more else "",
        **_frame(choice),
    )


def _behind() -> tuple[int, int] | None:
    parts = request.args.get("after", "").split("_")
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
        return None
    return int(parts[0]), int(parts[1])


@blueprint.get("/metrics/definitions")
def how() -> Any:
    """How everything is counted."""
    metrics = definitions(today())
    parts = [
        {"title": name, "key": key, "metrics": [one for one in metrics if one.standard == key]}
        for key, name in standards().items()
    ]
    return page(
        "metrics/definitions.html",
        parts=parts,
        owners={one.id: ROLE_WORDS[Role(one.owner)] for one in metrics},
        least=number("small_number_threshold", today()),
        confidence=number("metric_confidence", today()),
        back={"text": "The metrics", "href": url_for("metrics.index")},
    )


def _when(choice: Choice) -> dict[str, Any]:
    """Of when the figures are, and which quarters there are: for the board those that are pinned."""
    if not choice.totals:
        listed = quarters(choice, today=today(), most=CHOICE)
        up_to, published = counted_up_to(db()), True
    else:
        area_id = board_area(choice)
        listed = pinned.quarters_of(db(), area_id, most=CHOICE)
        read = pinned.readings(db(), area_id, choice.quarter, 1).get(choice.quarter)
        up_to, published = (read.taken_on if read else None), read is not None
    return {"up_to": up_to, "published": published, "quarters": [(one.key, one.words) for one in listed]}


def _frame(choice: Choice, **more: Any) -> dict[str, Any]:
    """What every page of the room needs to go to other figures."""
    endpoint = request.endpoint or ""
    names = {by: named(db(), by, today()) for by in choice.values}
    cuts = [f"{BY[by]}: {value_words(by, value, names[by])}" for by, value in choice.values.items()]
    is_index = endpoint == "metrics.index"
    home = {"text": "The metrics", "href": address("metrics.index", choice)}
    if "side" in more:
        home = {"text": more["metric"], "href": address("metrics.metric", choice, metric=more["metric"])}
    return {
        "choice": choice,
        "cuts": cuts,
        "uncut": address(endpoint, Choice(choice.held, choice.area, choice.quarter, choice.totals), **more),
        "unfinished": choice.quarter == Quarter.of(today()),
        **_when(choice),
        "outcomes": list(named(db(), "outcome", today()).items()),
        "may_export": bool(actor().areas_as(Role.YOT_MANAGER)),
        "confidence": number("metric_confidence", today()),
        "least": number("small_number_threshold", today()),
        "back": None if is_index else home,
    }
