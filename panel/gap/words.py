"""The gap in words: sentences, names of what is counted, and the address of each number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

from flask import url_for

from config.policy import number
from panel.gap.queries import Figures, Month
from panel.gap.scope import BREAKDOWNS
from workflows.gap import DEFINITIONS, Basis, Group, Tally, interval, rate, rates
from workflows.gap_work import Became
from workflows.periods import Cover, Coverage, Period, month_of
from workflows.vocabulary import Outcome, words

SEVERAL = {
    Outcome.CR: "community resolutions",
    Outcome.YC: "youth cautions",
    Outcome.YCC: "youth conditional cautions",
    Outcome.O22: "disposals with outcome 22",
    Outcome.O22_DEFERRED: "disposals with outcome 22 after deferred prosecution",
    Outcome.O23: "disposals with outcome 23",
    Outcome.NFA: "decisions of no further action",
}
ONE = {
    Outcome.CR: "community resolution",
    Outcome.YC: "youth caution",
    Outcome.YCC: "youth conditional caution",
    Outcome.O22: "disposal with outcome 22",
    Outcome.O22_DEFERRED: "disposal with outcome 22 after deferred prosecution",
    Outcome.O23: "disposal with outcome 23",
    Outcome.NFA: "decision of no further action",
}
COLUMNS = (Group.LISTED, Group.MISSED, Group.LATE, Group.UNMATCHED, Group.ONLY_OURS)


def how_many(count: int, outcome: Outcome) -> str:
    """'118 community resolutions'."""
    return f"{count:,} {ONE[outcome] if count == 1 else SEVERAL[outcome]}"


def when(period: Period) -> str:
    """'From 1 July to 30 September 2026', or 'In September 2026'."""
    if period == month_of(period.first):
        return f"In {period.words}"
    return f"On {period.words}" if period.first == period.last else f"From {period.words}"


def given(period: Period, count: int, outcome: Outcome) -> str:
    """How many the force gave in a period."""
    return f"{when(period)} the force gave {how_many(count, outcome)} to children in our area."


def lead(tally: Tally, covered: Coverage, outcome: Outcome) -> str:
    """The sentence with which the page begins."""
    if covered.cover is Cover.NONE:
        return f"{covered.sentence} So nobody can say how many {SEVERAL[outcome]} we were not told of."
    found = rate(Basis.LISTED, tally, covered)
    gave = given(covered.period, found.denominator, outcome)
    if not found.known:
        return gave
    missed = f"We were not told about {found.numerator:,} of them ({found.per_cent})."
    late = tally.of(Group.LATE)
    came = f"{late:,} more came late." if late else "None came late."
    return " ".join(part for part in (gave, missed, came, found.range_words) if part)


def further(tally: Tally) -> list[str]:
    """What one has to know beside the first sentence."""
    after, running = tally.of(Group.AFTER_ASKING), tally.of(Group.RUNNING)
    said = []
    if after:
        said.append(f"Of those, {after:,} we were told only after we had asked.")
    if running:
        said.append(f"For {running:,} there is still time to tell us: they are counted on neither side.")
    return said


@dataclass(frozen=True)
class Address:
    """Where the figures of one choice are, for the links of its numbers."""

    area_id: int
    outcome: Outcome
    period: Period

    @cached_property
    def _lists(self) -> str:
        # Asked once: a page has hundreds of numbers, and building each address anew took half of its time.
        return url_for("gap.listing", area=self.area_id)

    def of(self, group: Group, **more: Any) -> str:
        """The list behind a number; `outcome` and `period` may be others than those of the page."""
        return f"{self._lists}&group={group.value}&{self._chosen(**more)}"

    def line(self, groups: Sequence[Group], **more: Any) -> list[str]:
        """The lists behind the numbers of one line."""
        chosen = self._chosen(**more)
        return [f"{self._lists}&group={group.value}&{chosen}" for group in groups]

    def _chosen(self, **more: Any) -> str:
        period = more.pop("period", self.period)
        chosen = {"outcome": self.outcome, "first": period.first, "last": period.last} | more
        typed = chosen.pop("value", None)
        parts = [f"{name}={value}" for name, value in _plain(chosen).items()]
        return "&".join(parts if typed is None else [*parts, f"value={quote(typed)}"])

    def page(self, endpoint: str = "gap.index", **more: Any) -> str:
        """The page of these figures, or another page about them."""
        period = more.pop("period", self.period)
        chosen = {"outcome": self.outcome, "first": period.first, "last": period.last} | more
        return url_for(endpoint, area=self.area_id, **_plain(chosen))


def _plain(chosen: Mapping[str, Any]) -> dict[str, Any]:
    return {name: str(getattr(value, "value", value)) for name, value in chosen.items()}


def cells(tally: Tally, covered: Coverage, address: Address, about: str, **more: Any) -> list[Any]:
    """The numbers of one line, each with its list, and the rate A after the first two."""
    numbers, lists = [tally.of(group) for group in COLUMNS], address.line(COLUMNS, **more)
    found: list[Any] = [
        {"text": f"{number:,}", "href": href if number else "", "about": about}
        for number, href in zip(numbers, lists, strict=True)
    ]
    found.insert(2, {"text": rate(Basis.LISTED, tally, covered).per_cent or "No rate"})
    return found


def table(figures: Figures, address: Address, by: str, said: Mapping[str, str]) -> dict[str, Any]:
    """One breakdown as a table."""
    title = BREAKDOWNS[by][0]
    rows = []
    for value, tally in figures.breakdowns[by].items():
        if tally.of(Group.KNOWN) == 0:
            continue
        name = said.get(value, value) or "Not recorded"
        rows.append(
            {"name": name, "cells": cells(tally, figures.coverage, address, name, by=by, value=value)}
        )
    return {"title": title, "rows": rows}


def outcome_rows(figures: Figures, address: Address) -> list[dict[str, Any]]:
    """One line for each outcome that the police may give."""
    return [
        {
            "name": words(outcome),
            "href": address.page(outcome=outcome),
            "cells": cells(tally, figures.coverage, address, words(outcome), outcome=outcome),
        }
        for outcome, tally in figures.outcomes.items()
    ]


def month_rows(months: Sequence[Month], address: Address) -> list[dict[str, Any]]:
    """One line for each month of the trend; a month without a list says so."""
    rows = []
    for month in months:
        name = month.period.words
        rows.append(
            {
                "name": name,
                "href": address.page(period=month.period),
                "hint": "" if month.coverage.cover is Cover.WHOLE else cover_words(month.coverage),
                "cells": cells(month.tally, month.coverage, address, name, period=month.period),
            }
        )
    return rows


def cover_words(covered: Coverage) -> str:
    """What a month lacks."""
    if covered.cover is Cover.NONE:
        return covered.sentence.rstrip(".")
    return f"No list for {', '.join(part.words for part in covered.missing)}"


def rate_rows(tally: Tally, covered: Coverage, address: Address) -> list[dict[str, Any]]:
    """Both rates with everything that is printed with them."""
    confidence = number("gap_confidence", covered.period.last)
    rows = []
    for basis, found in zip(DEFINITIONS, rates(tally, covered), strict=True):
        whole = Group.LISTED if basis is Basis.LISTED else Group.KNOWN
        low, high = interval(found.numerator, found.denominator, confidence) if found.known else (0, 0)
        rows.append(
            {
                "title": f"Rate {found.definition.name}",
                "definition": found.definition.words,
                "sentence": found.sentence,
                "interval": f"{low} % to {high} % ({confidence} % interval by Wilson)" if found.known else "",
                "numerator": {"text": f"{found.numerator:,}", "href": address.of(Group.MISSED)},
                "denominator": {"text": f"{found.denominator:,}", "href": address.of(whole)},
                "unmatched": {"text": f"{found.unmatched:,}", "href": address.of(Group.UNMATCHED)},
                "known": found.known,
                "per_cent": found.per_cent,
            }
        )
    return rows


def became_rows(figures: Figures, address: Address) -> list[dict[str, Any]]:
    """What became of those of whom we were not told: k of n, each with its list."""
    whole = figures.tally.of(Group.MISSED)
    return [
        {
            "name": words(one),
            "text": f"{count:,} of {whole:,}",
            "href": address.of(Group.MISSED, became=one) if count else "",
        }
        for one, count in figures.became.items()
        if one in Became
    ]
