"""What the pages of the metrics show: figures as sentences, bars and trends. Nothing is asked here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from config.metrics import Metric, standards
from panel.figures.queries import Count
from panel.metrics.addresses import address
from panel.metrics.choosing import Choice
from panel.metrics.pinned import Reading, shown_of
from panel.metrics.queries import History, measured
from panel.metrics.words import short
from workflows.gap import per_cent
from workflows.metrics import Measured, change_words, held
from workflows.quarters import Quarter
from workflows.roles import ROLE_WORDS, Role

RATED = ("3.1", "3.2", "3.3", "3.4")  # the standard of management is judged, not counted
SMALL = "The numbers are too small to be shown."
NO_BAND = (
    "What these figures would make of the standard is not said: some of them are withheld, and the band "
    "would tell of them."
)
NONE = "No data: nothing was counted in this quarter."
ALL_OUT = "No figure: everything was left out, and each with a reason."


@dataclass(frozen=True)
class Figures:
    """Every metric over some quarters, as this reader may see it; None where a number is withheld."""

    choice: Choice
    metrics: Sequence[Metric]
    history: History
    least: int
    confidence: int
    # What is pinned for who sees totals only, and nothing else is shown to them.
    pinned: Mapping[Quarter, Reading] = field(default_factory=dict)

    def of(self, quarter: Quarter) -> Mapping[str, Measured | None]:
        """The metrics of a quarter that have data."""
        if not self.choice.totals:
            return measured(self.metrics, self.history, quarter)
        reading = self.pinned.get(quarter)
        return {} if reading is None else shown_of(reading, self.metrics, quarter, self.least)

    def empty(self, quarter: Quarter) -> str:
        """Why there is nothing of a quarter: nothing was counted, or the board may not read of it yet."""
        return "not published" if self.choice.totals and quarter not in self.pinned else "no data"

    def count(self, metric: Metric) -> Count | None:
        """The count of the chosen quarter."""
        return self.history.get(metric.id, {}).get(self.choice.quarter)


def bar(one: Measured, confidence: int) -> dict[str, Any]:
    """A bar with its interval and its target, in per cent of its length."""
    low, high = one.limits(confidence)
    target = one.metric.target
    said = f"{one.per_cent}; chance alone would give between {low} % and {high} %"
    said += "" if target is None else f"; target {target} %"
    return {"share": round(one.share, 1), "low": low, "high": high, "target": target, "said": said}


def points(
    found: Mapping[Quarter, Measured | None], last: Quarter, many: int, figures: Figures
) -> list[dict[str, Any]]:
    """A trend: each quarter with its share, or why there is none."""
    listed = []
    for quarter in (last.moved(n - many + 1) for n in range(many)):
        one = found.get(quarter)
        empty = "withheld" if quarter in found else figures.empty(quarter)
        listed.append(
            {
                "quarter": short(quarter),
                "words": quarter.words,
                "key": quarter.key,
                "share": None if one is None else round(one.share, 1),
                "text": empty if one is None else one.per_cent,
                "met": "–" if one is None else f"{one.met:,}",
                "counted": "–" if one is None else f"{one.counted:,}",
                "interval": "–" if one is None else "{} % to {} %".format(*one.limits(figures.confidence)),
            }
        )
    return listed


def trend(figures: Figures, metric: Metric, many: int) -> list[dict[str, Any]]:
    """The trend of one metric, ending with the chosen quarter; for the board from the first published one."""
    last = figures.choice.quarter
    if figures.choice.totals:
        many = next((n for n in range(many, 1, -1) if last.moved(1 - n) in figures.pinned), 1)
    found: dict[Quarter, Measured | None] = {}
    for quarter in (last.moved(-n) for n in range(many)):
        seen = figures.of(quarter)
        if metric.id in seen:
            found[quarter] = seen[metric.id]
    return points(found, last, many, figures)


def sections(figures: Figures, many: int) -> list[dict[str, Any]]:
    """The page: one section for each standard, one block for each metric."""
    choice = figures.choice
    seen = [figures.of(choice.quarter.moved(-n)) for n in range(many)]
    found = []
    for key, name in standards().items():
        mine = [metric for metric in figures.metrics if metric.standard == key]
        told = [one for metric in mine if (one := seen[0].get(metric.id)) is not None]
        withheld = any(metric.id in seen[0] and seen[0][metric.id] is None for metric in mine)
        found.append(
            {
                "key": key.replace(".", "-"),
                "title": f"{key} {name}" if key in RATED else name,
                "held": None if withheld or key not in RATED else held(told),
                "no_band": NO_BAND if withheld and key in RATED else "",
                "blocks": [_block(figures, metric, seen) for metric in mine],
            }
        )
    return found


def _block(figures: Figures, metric: Metric, seen: Sequence[Mapping[str, Measured | None]]) -> dict[str, Any]:
    last = figures.choice.quarter
    over = {last.moved(-n): one[metric.id] for n, one in enumerate(seen) if metric.id in one}
    return {
        **heading(figures, metric),
        **told(figures, metric, seen[0], seen[1]),
        "trend": points(over, last, len(seen), figures),
    }


def heading(figures: Figures, metric: Metric) -> dict[str, Any]:
    """Name, number and page of a metric."""
    return {
        "id": metric.id,
        "name": metric.name,
        "owner": ROLE_WORDS[Role(metric.owner)],
        "href": address("metrics.metric", figures.choice, metric=metric.id),
    }


def told(
    figures: Figures,
    metric: Metric,
    now: Mapping[str, Measured | None],
    before: Mapping[str, Measured | None],
) -> dict[str, Any]:
    """What a figure says in its quarter, and the lists behind it."""
    one, count = now.get(metric.id), figures.count(metric)
    if one is None:
        withheld = metric.id in now
        empty = SMALL if withheld else ALL_OUT if count is not None and not figures.choice.totals else NONE
        return {"one": None, "empty": empty, "lists": lists(figures, metric, None)}
    earlier = figures.choice.quarter.moved(-1)
    return {
        "one": one,
        "bar": bar(one, figures.confidence),
        "change": change_words(one, before.get(metric.id), earlier.words, figures.confidence),
        "lists": lists(figures, metric, one),
    }


def lists(figures: Figures, metric: Metric, one: Measured | None) -> list[dict[str, str]]:
    """The lists behind a figure, for who may open cases."""
    count = figures.count(metric)
    if figures.choice.totals or count is None:
        return []
    bad = one.bad if one is not None else 0
    numbers = {"failing": bad, "passing": count.counted - bad, "excluded": count.excluded}
    said = {"failing": "to look at", "passing": "in order", "excluded": "left out"}
    return [
        {
            "text": f"See the {number:,} {said[side]}",
            "href": address("metrics.listing", figures.choice, metric=metric.id, side=side),
        }
        for side, number in numbers.items()
        if number
    ]


def row(name: str, one: Measured, confidence: int, href: str) -> dict[str, Any]:
    """One line of a breakdown, which opens its own figure where there is one for this reader."""
    low, high = one.limits(confidence)
    cells = [f"{one.met:,}", f"{one.counted:,}", per_cent(one.met, one.counted), f"{low} % to {high} %"]
    return {"name": name, "cells": cells, "href": href}
