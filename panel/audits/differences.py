"""Where automatic evidence and auditors disagree, both ways: the system may be wrong."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from config.audit_form import prompts
from panel.audits.results import HARM, SAFETY, Read
from workflows.audit import Answer
from workflows.audit_seen import Kind
from workflows.vocabulary import Level, words


class Way(StrEnum):
    """Which of the two is the stricter one."""

    SYSTEM = "system_says_no"
    AUDITOR = "auditor_says_no"


class Show(StrEnum):
    """Which comparisons a list shows."""

    DIFFER = "differ"
    SYSTEM = Way.SYSTEM.value
    AUDITOR = Way.AUDITOR.value
    ALL = "all"

    def holds(self, way: Way | None) -> bool:
        """Whether a comparison that came out this way is in the list."""
        if self is Show.ALL:
            return True
        return way is not None and self.value in (Show.DIFFER.value, way.value)


@dataclass(frozen=True)
class Compared:
    """One audit in which both system and auditor say something about one item; `way` where they differ."""

    place: int
    item: str
    way: Way | None
    system: str
    auditor: str
    note: str


@dataclass(frozen=True)
class Line:
    """One item over a whole round: how often both could be compared, and how they differ."""

    item: str
    says: str
    compared: int
    system_no: int
    auditor_no: int

    def count(self, show: Show) -> int:
        """How many of its comparisons a list has."""
        return {
            Show.DIFFER: self.system_no + self.auditor_no,
            Show.SYSTEM: self.system_no,
            Show.AUDITOR: self.auditor_no,
            Show.ALL: self.compared,
        }[show]


CLASSES = {
    SAFETY: "The recorded classification: safety and wellbeing",
    HARM: "The recorded classification: harm",
}
# What the hint said on the day of the audit, against the answer.
DISAGREE = {(Kind.FAIL, Answer.YES): Way.SYSTEM, (Kind.PRESENT, Answer.NO): Way.AUDITOR}
COMPARED = (Kind.FAIL, Kind.PRESENT)
ORDER = [Level.LOW, Level.MEDIUM, Level.HIGH, Level.VERY_HIGH]


def compared(reads: Sequence[Read]) -> Iterator[Compared]:
    """Every audit and item on which both say something, the items of the form before the classifications."""
    for one in reads:
        for audit in one.audits:
            answers, notes = one.items[audit.id], one.notes[audit.id]
            for item, (kind, hint) in audit.hints.items():
                answer = answers.get(item)
                if answer in (Answer.YES, Answer.NO) and Kind(kind) in COMPARED:
                    way = DISAGREE.get((Kind(kind), Answer(answer)))
                    note = notes.get(item, "")
                    yield Compared(one.case.place, item, way, hint, words(Answer(answer)), note)
    yield from _classes(reads)


def _classes(reads: Sequence[Read]) -> Iterator[Compared]:
    for one in reads:
        for audit in one.audits:
            for item, recorded, own in (
                (SAFETY, audit.recorded_safety, audit.safety_class),
                (HARM, audit.recorded_harm, audit.harm_class),
            ):
                if recorded is None or own is None:
                    continue
                higher = Way.AUDITOR if ORDER.index(own) > ORDER.index(recorded) else Way.SYSTEM
                way = None if recorded is own else higher
                yield Compared(one.case.place, item, way, words(recorded), words(own), audit.comment)


def lines(found: Sequence[Compared]) -> list[Line]:
    """One line for each item in the order of the form, those never compared left out."""
    counts: dict[str, Counter[Way | None]] = {}
    for one in found:
        counts.setdefault(one.item, Counter())[one.way] += 1
    titles = {key: prompt.says for key, prompt in prompts().items()} | CLASSES
    return [
        Line(item, says, ways.total(), ways[Way.SYSTEM], ways[Way.AUDITOR])
        for item, says in titles.items()
        if (ways := counts.get(item))
    ]
