"""What a round found: the answers that count, where two auditors differ, and how far they agree."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from config.audit_form import questions
from panel.audits.models import AuditedCase, AuditModeration, AuditRound, CaseAudit, CaseAuditAnswer
from panel.audits.queries import finished_of, needed, sample_of
from workflows.audit import Answer
from workflows.kappa import Agreement, agreement
from workflows.ratings import Framework
from workflows.vocabulary import Level, words

SAFETY, HARM, RIGHT = "safety_class", "harm_class", "disposal_right"
TITLES = {
    SAFETY: "The auditor's classification: safety and wellbeing",
    HARM: "The auditor's classification: risk of serious harm",
    RIGHT: "Was the disposal the right one?",
}
OWN = (SAFETY, HARM, RIGHT)


@dataclass(frozen=True)
class Answers:
    """How one key question was answered over the cases of a round."""

    yes: int = 0
    no: int = 0
    not_applicable: int = 0


@dataclass(frozen=True)
class Read:
    """The audits of one case: each finished one with its items, and how a third person settled them."""

    case: AuditedCase
    audits: tuple[CaseAudit, ...] = ()
    items: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    notes: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    settled: Mapping[str, str] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether everybody who is to audit it has finished."""
        return len(self.audits) >= needed(self.case)

    def differing(self, judged: Collection[str]) -> dict[str, list[str]]:
        """The items on which two auditors differ, with both values."""
        if len(self.audits) < 2:
            return {}
        both = [self.items[audit.id] for audit in self.audits[:2]]
        return {
            item: [one.get(item, "") for one in both]
            for item in judged
            if both[0].get(item) != both[1].get(item)
        }

    def counts(self, item: str) -> str | None:
        """The value that counts: of one auditor, of two who agree, or as it was settled; else None."""
        if not self.complete:
            return None
        if item in self.settled:
            return self.settled[item]
        values = {self.items[audit.id].get(item) for audit in self.audits}
        return next(iter(values)) if len(values) == 1 else None


def judged_items(framework: str) -> tuple[str, ...]:
    """What a third person settles: key questions, classifications and the disposal; prompts stay notes."""
    return (*(question.key for question in questions(framework)), *OWN)


def read(db: Session, cases: Sequence[AuditedCase]) -> list[Read]:
    """The audits of these cases with all answers, in three questions."""
    finished = finished_of(db, [case.id for case in cases])
    ids = [audit.id for audits in finished.values() for audit in audits]
    items: dict[int, dict[str, str]] = {number: {} for number in ids}
    notes: dict[int, dict[str, str]] = {number: {} for number in ids}
    for row in db.exec(select(CaseAuditAnswer).where(col(CaseAuditAnswer.audit_id).in_(ids))):
        items[row.audit_id][row.item], notes[row.audit_id][row.item] = row.answer.value, row.note
    settled: dict[int, dict[str, str]] = {case.id: {} for case in cases}
    query = select(AuditModeration).where(col(AuditModeration.case_id).in_(list(settled)))
    for moderated in db.exec(query):
        settled[moderated.case_id][moderated.item] = moderated.settled
    for audits in finished.values():
        for audit in audits:
            items[audit.id] |= own_items(audit)
    return [Read(case, tuple(finished[case.id]), items, notes, settled[case.id]) for case in cases]


def own_items(audit: CaseAudit) -> dict[str, str]:
    """Classifications and the word on the disposal, as items."""
    found = {SAFETY: audit.safety_class, HARM: audit.harm_class}
    said = {item: level.value for item, level in found.items() if level is not None}
    right = {True: Answer.YES.value, False: Answer.NO.value}
    return said | ({} if audit.disposal_right is None else {RIGHT: right[audit.disposal_right]})


def value_words(item: str, value: str) -> str:
    """A value of an item as people read it."""
    if not value:
        return "Not answered"
    return words(Level(value)) if item in (SAFETY, HARM) else words(Answer(value))


def answered(db: Session, round_id: int) -> dict[str, Answers]:
    """How each key question was answered, after moderation where there was one.

    A case counts when everybody who is to audit it has finished and no difference is open.
    """
    framework = db.exec(select(AuditRound.framework).where(AuditRound.id == round_id)).one()
    reads = read(db, sample_of(db, round_id))
    return {
        question.key: _count([one.counts(question.key) for one in reads])
        for question in questions(Framework(framework).value)
    }


def _count(values: Sequence[str | None]) -> Answers:
    return Answers(*(sum(value == answer.value for value in values) for answer in Answer))


def open_differences(reads: Sequence[Read], judged: Collection[str]) -> list[Read]:
    """The cases in which two auditors differ and nobody has settled it."""
    return [one for one in reads if one.complete and set(one.differing(judged)) - set(one.settled)]


def agreed(reads: Sequence[Read], items: Collection[str]) -> Agreement:
    """How far two auditors agree on these items, before anybody settled anything."""
    pairs = []
    for one in reads:
        if len(one.audits) >= 2:
            first, second = (one.items[audit.id] for audit in one.audits[:2])
            pairs += [(first[item], second[item]) for item in items if item in first and item in second]
    return agreement(pairs)


@dataclass(frozen=True)
class Example:
    """What an auditor wrote beside a key question, with the number of the case and no name."""

    place: int
    question: str
    answer: Answer
    note: str


def examples(db: Session, round_id: int) -> list[Example]:
    """The notes of auditors beside key questions, for a report that a person edits."""
    framework = db.exec(select(AuditRound.framework).where(AuditRound.id == round_id)).one()
    keys = {question.key for question in questions(Framework(framework).value)}
    return [
        Example(one.case.place, item, Answer(one.items[audit.id][item]), note)
        for one in read(db, sample_of(db, round_id))
        for audit in one.audits
        for item, note in sorted(one.notes[audit.id].items())
        if item in keys and note
    ]
