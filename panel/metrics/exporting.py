"""The metrics as a file: each figure with its definition and version, and every figure of the trend."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlmodel import Session

from config.metrics import Metric, definitions
from config.policy import number
from panel.access import Actor
from panel.db import write_along
from panel.figures.queries import counted_up_to
from panel.gap.commands import Export, Kind
from panel.gap.sheets import as_csv, as_xlsx
from panel.history.operations import Operation
from panel.history.record import case_chain, log_access, log_many, note
from panel.metrics.choosing import Choice
from panel.metrics.models import MetricExport
from panel.metrics.queries import History, history
from panel.metrics.words import BY
from workflows.calendar import clock_words, long_date, today_in_london
from workflows.flow import NotYours
from workflows.metrics import Measured
from workflows.quarters import Quarter
from workflows.roles import ROLE_WORDS, Role

MAKER = Role.YOT_MANAGER
QUARTERS = 12
LONGEST = 200  # characters of the names of the areas
FIGURES = (
    *("Metric", "Version", "Name", "Standard", "Quarter", "Numerator", "Denominator", "Left out"),
    *("Per cent", "Interval from", "Interval to", "Target (per cent)", "Better"),
)
WORDS = (
    *("Metric", "Version", "Counted so from", "Name", "Mirrors", "Numerator", "Denominator"),
    *("Left out", "Which day decides the quarter", "Owner", "Better", "Target (per cent)"),
    *("Source of the target", "Source"),
)


def owned(choice: Choice, by: Actor) -> Choice:
    """The choice, if the person may make files of all its areas. Raises `NotYours`."""
    if not all(MAKER in by.roles_in(area) for area in choice.areas):
        raise NotYours("metrics.export")
    return choice


def export(db: Session, choice: Choice, command: Export, *, by: Actor, at: datetime) -> bytes:
    """The file; its evidence is written along, after a transaction that reads. Raises `NotYours`."""
    choice, today = owned(choice, by), today_in_london(at)
    metrics, confidence = definitions(today), number("metric_confidence", today)
    found = history(db, choice.slice, QUARTERS)
    last = [choice.quarter]
    trend = [choice.quarter.moved(n - QUARTERS + 1) for n in range(QUARTERS)]
    up_to = counted_up_to(db)
    head = [
        ["Areas", choice.area_words],
        ["Quarter", choice.quarter.words],
        *([BY[name], value or "not recorded"] for name, value in choice.values.items()),
        ["Counted up to", long_date(up_to) if up_to else "not counted yet"],
        ["Interval", f"Wilson's at {confidence} per cent"],
        ["Made on", clock_words(at)],
        ["Made by", by.name],
        ["What it is for", command.reason],
    ]
    now, then = _figures(metrics, found, last, confidence), _figures(metrics, found, trend, confidence)
    about = [WORDS, *(_words(metric) for metric in metrics)]
    if command.kind is Kind.CSV:
        data = as_csv([head, now, then, about])
    else:
        data = as_xlsx([("Metrics", now), ("Twelve quarters", then), ("Definitions", about), ("About", head)])
    made = MetricExport(
        what="metrics",
        areas=choice.area_words[:LONGEST],
        first_on=trend[0].first,
        last_on=choice.quarter.last,
        kind=command.kind.value,
        named=False,
        rows=len(now) + len(then) - 2,
        reason=command.reason,
        digest=hashlib.sha256(data).hexdigest(),
        by_id=by.id,
        at=at,
    )
    keep(db, made, (), by=by, at=at, page="metrics.export")
    return data


def keep(
    db: Session, made: MetricExport, named: Iterable[int], *, by: Actor, at: datetime, page: str
) -> None:
    """Write the evidence of an export along, and its disclosure with that of each case that it names."""

    def write(into: Session) -> None:
        into.add(made)
        into.flush()
        chain = f"metric_export:{made.id}"
        facts = {"what": made.what, "count": str(made.rows), "reason": made.reason}
        note(into, "metrics.export", chain=chain, by=by, at=at, facts=facts)
        log_access(into, Operation.DISCLOSURE, chain, by=by, at=at, page=page, recipients=made.reason)
        chains = map(case_chain, named)
        log_many(into, Operation.DISCLOSURE, chains, by=by, at=at, page=page, recipients=made.reason)

    write_along(db, write)


def _figures(
    metrics: Sequence[Metric], found: History, quarters: Sequence[Quarter], confidence: int
) -> list[Sequence[str]]:
    rows: list[Sequence[str]] = [FIGURES]
    for metric in metrics:
        rows += [_figure(metric, found, quarter, confidence) for quarter in quarters]
    return rows


def _figure(metric: Metric, found: History, quarter: Quarter, confidence: int) -> list[str]:
    count = found.get(metric.id, {}).get(quarter)
    about = [metric.id, str(metric.version), metric.name, metric.standard, quarter.words]
    goal = ["" if metric.target is None else str(metric.target), metric.better]
    if count is None or not count.counted:
        left = "" if count is None else str(count.excluded)
        return [*about, "", "", left, "No data", "", "", *goal]
    one = Measured(metric, count.met, count.counted)
    low, high = one.limits(confidence)
    numbers = [str(count.met), str(count.counted), str(count.excluded), one.per_cent, str(low), str(high)]
    return [*about, *numbers, *goal]


def _words(metric: Metric) -> list[str]:
    return [
        metric.id,
        str(metric.version),
        _day(metric.valid_from),
        metric.name,
        metric.question,
        metric.numerator,
        metric.denominator,
        " ".join(metric.exclusions.values()) or "Nobody",
        metric.clock,
        ROLE_WORDS[Role(metric.owner)],
        metric.better,
        "" if metric.target is None else str(metric.target),
        metric.target_source,
        metric.source,
    ]


def _day(value: date) -> str:
    return value.isoformat()
