"""The metrics that mirror what an auditor answers, and how the audited case stands in each of them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from config.audit_form import questions
from config.metrics import Metric, definitions
from panel.audits.results import HARM, OWN, RIGHT, SAFETY, Read, value_words
from workflows.audit import Answer
from workflows.vocabulary import words

JUDGED = {"M7": RIGHT, "M18": SAFETY, "M19": HARM}
FORM = re.compile(r"(?<![\d.])3\.[1-4](?:\.[1-3])?")


@dataclass(frozen=True)
class Stands:
    """How a case stands in one metric: in words, and the list in which it is found, if it is in one."""

    says: str
    href: str


# The metrics are counted in a room above: it says how a case stands in them.
Maker = Callable[[Session, Read], Mapping[str, Stands]]
STANDING: list[Maker] = []


@dataclass(frozen=True)
class Mirror:
    """One metric beside the answers that it mirrors; `stands` is None where it does not count the case."""

    metric: Metric
    answers: str
    stands: Stands | None


def mirrored(metric: Metric, framework: str) -> tuple[str, ...]:
    """The items of the form that a metric mirrors: its key questions, or all those of its standard."""
    if metric.id in JUDGED:
        return (JUDGED[metric.id],)
    asked, keys = FORM.findall(metric.question), [question.key for question in questions(framework)]
    if " to " in metric.question:
        first, last = (keys.index(key) for key in asked)
        return tuple(keys[first : last + 1])
    return tuple(key for key in keys if any(key == one or key.startswith(f"{one}.") for one in asked))


def mirrors(db: Session, framework: str, one: Read, *, on: date) -> list[Mirror]:
    """Every metric that mirrors an item of the form, in their order, with what was answered to it."""
    found: dict[str, Stands] = {}
    for maker in STANDING:
        found |= maker(db, one)
    return [
        Mirror(metric, _answers(one, items), found.get(metric.id))
        for metric in definitions(on)
        if (items := mirrored(metric, framework))
    ]


def by_item(framework: str, *, on: date) -> dict[str, list[Metric]]:
    """The metrics of each item of the form that has any."""
    found: dict[str, list[Metric]] = {}
    for metric in definitions(on):
        for item in mirrored(metric, framework):
            found.setdefault(item, []).append(metric)
    return found


def _answers(one: Read, items: Sequence[str]) -> str:
    said = {item: one.counts(item) for item in items}
    if len(items) == 1 and items[0] in OWN:
        return value_words(items[0], said[items[0]] or "") if said[items[0]] else "Not settled yet"
    return ", ".join(f"{item} {_said(value)}" for item, value in said.items())


def _said(value: str | None) -> str:
    return words(Answer(value)).lower() if value else "not settled yet"
