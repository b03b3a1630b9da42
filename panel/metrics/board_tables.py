"""The breakdowns that the board reads: what can be told, and of all others only that there are some.

Which groups there are would tell of one child as much as their numbers. So a group is named only when its
numbers are shown; what is left has no names. Disposals are in the pack of the quarter:
two tables of them would tell of what is withheld in either.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from config.metrics import Metric
from panel.figures.slices import BREAKDOWNS
from panel.metrics import shown
from panel.metrics.words import BY, order, value_words
from workflows.metrics import Measured, lines_for_totals
from workflows.nested import alike

FEWEST = 2
Names = Mapping[str, Mapping[str, str]]


def tables(figures: shown.Figures, one: Metric, names: Names) -> list[dict[str, Any]]:
    """The breakdowns of the chosen quarter of which something can be told."""
    found = [(by, _told(figures, one, by)) for by in BREAKDOWNS]
    return [_table(figures, by, told, names[by]) for by, told in found if told]


def _table(
    figures: shown.Figures, by: str, told: Mapping[str, Measured | None], names: Mapping[str, str]
) -> dict[str, Any]:
    rows = [
        shown.row(value_words(by, value, names), line, figures.confidence, "")
        for value, line in sorted(told.items(), key=lambda pair: order(by, pair[0], names))
        if line is not None
    ]
    return {"title": BY[by], "rows": rows, "withheld": None in told.values()}


def _told(figures: shown.Figures, one: Metric, by: str) -> dict[str, Measured | None]:
    """The lines of a breakdown; nothing where the total is withheld or all are in one group."""
    reading = figures.pinned.get(figures.choice.quarter)
    total = figures.of(figures.choice.quarter).get(one.id)
    if reading is None or total is None:
        return {}
    lines = _lines(figures, one, by)
    if (sum(line.met for line in lines.values()), sum(line.counted for line in lines.values())) != (
        total.met,
        total.counted,
    ):
        return {}  # the pack told the total as it was counted on another day
    around = [_lines(figures, other, by) for other in figures.metrics if other.id in one.within]
    told = lines_for_totals(lines, around, figures.least, _near(figures, one, by))
    return told if len(told) >= FEWEST and any(told.values()) else {}


def _near(figures: shown.Figures, one: Metric, by: str) -> Sequence[dict[str, Measured]]:
    """The same of the metrics before it that are of the same cases, or of cases around them."""
    before = figures.metrics[: [metric.id for metric in figures.metrics].index(one.id)]
    return [_lines(figures, other, by) for other in before if alike(one.id, other.id)]


def _lines(figures: shown.Figures, one: Metric, by: str) -> dict[str, Measured]:
    reading = figures.pinned[figures.choice.quarter]
    found = reading.lines(one.id, by)
    return {value: Measured(one, count.met, count.counted) for value, count in found.items() if count.counted}
