"""Where automatic evidence and auditors disagree, both ways: the system may be wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from config.audit_form import prompts
from panel.audits.results import HARM, SAFETY, Read
from workflows.audit import Answer
from workflows.audit_seen import Kind
from workflows.vocabulary import words


class Way(StrEnum):
    """Which of the two is the stricter one."""

    SYSTEM = "system_says_no"
    AUDITOR = "auditor_says_no"


@dataclass(frozen=True)
class Differs:
    """One audit in which system and auditor disagree about one item."""

    place: int
    item: str
    way: Way
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


CLASSES = {
    SAFETY: "The recorded classification: safety and wellbeing",
    HARM: "The recorded classification: harm",
}
# What the hint said on the day of the audit, against the answer.
DISAGREE = {(Kind.FAIL, Answer.YES): Way.SYSTEM, (Kind.PRESENT, Answer.NO): Way.AUDITOR}
COMPARED = (Kind.FAIL, Kind.PRESENT)


def differing(reads: Sequence[Read]) -> Iterator[Differs]:
    """Every audit and item on which system and auditor disagree."""
    for one, item, kind, said, answer in _compared(reads):
        way = DISAGREE.get((kind, answer))
        if way is not None:
            place, (audit_id, hint) = one.case.place, said
            yield Differs(place, item, way, hint, words(answer), one.notes[audit_id].get(item, ""))
    yield from _classes(reads)


def _compared(reads: Sequence[Read]) -> Iterator[tuple[Read, str, Kind, tuple[int, str], Answer]]:
    for one in reads:
        for audit in one.audits:
            for item, (kind, hint) in audit.hints.items():
                answer = one.items[audit.id].get(item)
                if answer in (Answer.YES, Answer.NO) and Kind(kind) in COMPARED:
                    yield one, item, Kind(kind), (audit.id, hint), Answer(answer)


def _classes(reads: Sequence[Read]) -> Iterator[Differs]:
    order = ["low", "medium", "high", "very_high"]
    for one in reads:
        for audit in one.audits:
            for item, recorded, own in (
                (SAFETY, audit.recorded_safety, audit.safety_class),
                (HARM, audit.recorded_harm, audit.harm_class),
            ):
                if recorded is None or own is None or recorded is own:
                    continue
                higher = order.index(own.value) > order.index(recorded.value)
                way = Way.AUDITOR if higher else Way.SYSTEM
                yield Differs(one.case.place, item, way, words(recorded), words(own), audit.comment)


def lines(reads: Sequence[Read]) -> list[Line]:
    """One line for each item in the order of the form, those never compared left out."""
    counts: dict[str, list[int]] = {}
    for _, item, _, _, _ in _compared(reads):
        counts.setdefault(item, [0, 0, 0])[0] += 1
    for one in reads:
        for audit in one.audits:
            for item, recorded in ((SAFETY, audit.recorded_safety), (HARM, audit.recorded_harm)):
                if recorded is not None:
                    counts.setdefault(item, [0, 0, 0])[0] += 1
    for found in differing(reads):
        counts[found.item][1 if found.way is Way.SYSTEM else 2] += 1
    titles = {key: prompt.says for key, prompt in prompts().items()} | CLASSES
    return [Line(item, says, *counts[item]) for item, says in titles.items() if item in counts]
