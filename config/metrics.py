"""The definitions of the metrics, as data: what is counted, how, why, and what the words for it are."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

FILE = Path(__file__).with_name("metrics.toml")
Better = Literal["more", "fewer"]
REQUIRED = frozenset(
    {
        *("id", "version", "since", "name", "standard", "question", "counts", "did", "numerator"),
        *("denominator", "clock", "owner", "better", "source", "exclusions", "failing"),
    }
)
OPTIONAL = frozenset({"target", "target_source", "seed", "within", "mended_at", "mends_late"})


class MetricsError(Exception):
    """The file of the metrics is wrong; the message names the metric and what is wrong."""


@dataclass(frozen=True)
class Metric:
    """One version of one metric. `target` is in per cent; `mended_at` names the endpoint that mends it."""

    id: str
    name: str
    question: str
    numerator: str
    denominator: str
    exclusions: Mapping[str, str]
    clock: str
    owner: str
    target: int | None
    better: Better
    source: str
    mended_at: str | None
    version: int
    valid_from: date
    standard: str = ""
    counts: str = ""
    did: str = ""
    failing: Mapping[str, str] = field(default_factory=dict)
    target_source: str = ""
    seed: str = ""
    within: tuple[str, ...] = ()
    mends_late: bool = False

    def reason(self, code: str) -> str:
        """The words of a reason code; the code itself, readable, for one without words."""
        words = {**_read().reasons, **self.failing, **self.exclusions}
        return words.get(code, code.replace("_", " ").capitalize())


@dataclass(frozen=True)
class Book:
    """Everything that the file holds."""

    metrics: tuple[Metric, ...]
    reasons: Mapping[str, str]
    standards: Mapping[str, str]


def definitions(on: date) -> tuple[Metric, ...]:
    """The metrics as they are counted on a day, in order: of each the newest version that holds."""
    held = {m.id: m for m in sorted(_read().metrics, key=lambda m: m.valid_from) if m.valid_from <= on}
    return tuple(held[name] for name in _names() if name in held)


def definition(name: str, on: date) -> Metric | None:
    """One metric by its id; None for a metric that there is not."""
    return next((metric for metric in definitions(on) if metric.id == name), None)


def history(name: str) -> tuple[Metric, ...]:
    """Every version of a metric, the oldest first."""
    return tuple(sorted((m for m in _read().metrics if m.id == name), key=lambda m: m.version))


def standards() -> Mapping[str, str]:
    """The inspection standards under which the metrics are shown, in order, with their names."""
    return _read().standards


def _names() -> list[str]:
    return list(dict.fromkeys(metric.id for metric in _read().metrics))


@cache
def _read() -> Book:
    return read(FILE)


def read(path: Path) -> Book:
    """The file, checked. MetricsError names the metric and what is wrong with it."""
    with path.open("rb") as file:
        raw = tomllib.load(file)
    metrics = tuple(_metric(row, raw["local"], raw["standards"]) for row in raw["metric"])
    for one in metrics:
        versions = [other for other in metrics if other.id == one.id]
        days = [other.valid_from for other in sorted(versions, key=lambda other: other.version)]
        if [other.version for other in versions] != list(range(1, len(versions) + 1)):
            raise MetricsError(f"{one.id}: its versions are not numbered from 1 in order")
        if any(later <= earlier for earlier, later in pairwise(days)):
            raise MetricsError(f"{one.id}: a later version has to begin later")
    return Book(metrics, raw["reasons"], raw["standards"])


def _metric(row: Mapping[str, Any], local: str, known: Mapping[str, str]) -> Metric:
    def wrong(what: str) -> MetricsError:
        return MetricsError(f"{row.get('id', 'a metric without id')}: {what}")

    if missing := sorted(REQUIRED - set(row)):
        raise wrong(f"{missing[0]} is missing")
    if strange := sorted(set(row) - REQUIRED - OPTIONAL):
        raise wrong(f"unknown field {strange[0]}")
    if row["better"] not in ("more", "fewer"):
        raise wrong("better is neither more nor fewer")
    if row["standard"] not in known:
        raise wrong(f"standard {row['standard']!r} is none of {', '.join(known)}")
    target = row.get("target")
    if target is not None and not 0 <= target <= 100:
        raise wrong("target is no per cent")
    said = "" if target is None else row.get("target_source", local)
    fields = {name: row[name] for name in REQUIRED - {"since"}}
    return Metric(
        **fields,
        valid_from=row["since"],
        target=target,
        target_source=said,
        seed=row.get("seed", ""),
        mended_at=row.get("mended_at"),
        mends_late=row.get("mends_late", False),
        within=tuple(row.get("within", ())),
    )
