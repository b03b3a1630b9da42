"""What a metric is: its name and question in words, what it counts, what it leaves out, and whose it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Better = Literal["more", "fewer"]


@dataclass(frozen=True)
class Metric:
    """One metric as `config/metrics.toml` has it; `panel.figures.definitions` says the same in SQL.

    `exclusions` has the words of each reason code. `better` says whether a high share is good. `target` is in
    per cent, None while nobody set one. `mended_at` names the page on which the work is done.
    """

    id: str
    name: str
    question: str
    numerator: str
    denominator: str
    clock: str
    owner: str
    source: str
    better: Better
    version: int
    valid_from: date
    exclusions: Mapping[str, str] = field(default_factory=dict)
    target: int | None = None
    mended_at: str | None = None
