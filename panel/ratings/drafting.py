"""The first draft of a report's words, from the data: for a person to edit, never published as it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from config.inspection import StandardWords
from panel.children.models import Child
from panel.ratings import audited
from panel.ratings.models import SelfInspection
from panel.ratings.queries import Standing
from panel.ratings.words import between, overall_words, per_cent, says, share
from panel.referrals.models import Referral
from workflows.calendar import long_date
from workflows.masking import tells
from workflows.ratings import KeyQuestion, Rating
from workflows.self_rating import needed_for

NAMES = ("summary", "strengths", "areas", "examples")
NO_STRENGTH = "The answers show no key question at Good or above."
NO_AREA = "The answers show no key question below Good."
_WORD = re.compile(r"[^\W\d_][\w'’-]+")


@dataclass(frozen=True)
class _Line:
    per_cent: int
    words: str


def drafted(db: Session, inspection: SelfInspection, now: Standing) -> dict[str, str]:
    """The words as the data gives them now."""
    round_id = inspection.audit_round_id
    examples = [] if round_id is None else audited.examples(db, round_id)
    high = sorted(_questions(now, good=True), key=lambda line: -line.per_cent)
    low = sorted(_questions(now, good=False), key=lambda line: line.per_cent)
    return {
        "summary": _summary(inspection, now),
        "strengths": "\n".join([line.words for line in high] + [*_judged(now, good=True)]) or NO_STRENGTH,
        "areas": "\n".join([line.words for line in low] + [*_judged(now, good=False)]) or NO_AREA,
        "examples": "\n".join(_without_names(db, inspection.area_id, examples)),
    }


def _summary(inspection: SelfInspection, now: Standing) -> str:
    period = f"{long_date(inspection.first_on)} to {long_date(inspection.last_on)}"
    said, _ = overall_words(inspection.framework, now)
    rated = [f"{one.name}: {says(now.rated[one.key].rating)}" for one in now.standards]
    return "\n".join([f"We rated our own work from {period}. {said}", *rated])


def _questions(now: Standing, *, good: bool) -> Iterator[_Line]:
    for standard in now.standards:
        for question in now.rated[standard.key].standard.questions:
            if question.band is not None and (question.band >= Rating.GOOD) is good:
                yield _Line(question.per_cent or 0, _sentence(standard, question, good=good))


def _sentence(standard: StandardWords, question: KeyQuestion, *, good: bool) -> str:
    what = f"{standard.title}, {standard.questions[question.key].lower()} ({question.key})"
    found = f"sufficient in {share(question)} cases, {per_cent(question)} (interval {between(question)})"
    said = f"{what}: {found}, {says(question.band)}."
    if good:
        return said
    return f"{said} Good would have needed {needed_for(question, Rating.GOOD)} more of these cases."


def _judged(now: Standing, *, good: bool) -> Iterator[str]:
    for standard in now.standards:
        rated = now.rated[standard.key]
        if not rated.by_questions and rated.rating is not None and (rated.rating >= Rating.GOOD) is good:
            yield f"{standard.name}: judged {says(rated.rating)}. {now.judged[standard.key].reason}"


def _without_names(db: Session, area_id: int, notes: list[str]) -> list[str]:
    """The notes that give nobody away, as far as a machine can tell; what is left out is left out whole."""
    names = [set(name.lower().split()) for name in _names(db, area_id, _words("\n".join(notes)))]
    return [note for note in notes if not _patterns(note) and not any(name <= _words(note) for name in names)]


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}


def _patterns(text: str) -> list[str]:
    # A report may name days: the days of inspections, training and policies tell of no child.
    return [one for one in tells(text, []) if one != "date"]


def telling(db: Session, area_id: int, text: str) -> tuple[str, ...]:
    """What a text gives away: addresses, numbers, references, and full names of children of the area."""
    names = _names(db, area_id, _words(text))
    return (*_patterns(text), *(f"the name {name}" for name in names))


def _names(db: Session, area_id: int, words: set[str]) -> list[str]:
    if not words:
        return []
    given, last = func.lower(Child.given_name), func.lower(Child.surname)
    query = (
        select(Child.given_name, Child.surname)
        .join(Referral, col(Referral.child_id) == Child.id)
        .where(Referral.area_id == area_id, last.in_(words), given.in_(words))
        .distinct()
        .order_by(col(Child.surname), col(Child.given_name))
    )
    return [f"{first} {surname}" for first, surname in db.exec(query.limit(10))]
