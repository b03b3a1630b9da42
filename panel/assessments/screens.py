"""The screens read back: questions, score and what a person decided, in plain words."""

from datetime import date
from typing import Any

from sqlmodel import Session, select

from config.screens import questions
from panel.assessments.models import Assessment
from panel.assessments.written import ScreenDone
from workflows import screening
from workflows.assessment_parts import Screen
from workflows.calendar import long_date
from workflows.vocabulary import words


def screen_of(db: Session, assessment: Assessment | None, kind: Screen) -> ScreenDone | None:
    """One screen, once somebody has filled it in or said why not."""
    if assessment is None:
        return None
    query = select(ScreenDone).where(ScreenDone.assessment_id == assessment.id, ScreenDone.kind == kind)
    return db.exec(query).first()


def score_of(kind: Screen, answers: dict[str, str]) -> int | None:
    """The AUDIT score of ten complete answers; the other screens have none."""
    if kind is not Screen.ALCOHOL or len(answers) != screening.AUDIT_QUESTIONS:
        return None
    asked = questions(kind.value).items
    return screening.audit_score([int(answers[question.key]) for question in asked])


def result_words(done: ScreenDone, today: date) -> str:
    """What a screen amounts to, in one line."""
    if done.not_done_reason:
        return f"Not done: {done.not_done_reason}"
    if done.kind is Screen.ALCOHOL:
        return screening.audit_words(done.score or 0, today)
    found = screening.signs_words(done.answers)
    return f"{found}. {words(done.referred)}." if done.referred else f"{found}."


def signs_seen(done: ScreenDone) -> list[str]:
    """The signs that somebody saw, as questions with their answer."""
    if done.kind is Screen.ALCOHOL:
        return []
    asked = {question.key: question.text for question in questions(done.kind.value).items}
    return [
        f"{asked.get(key, key)} {words(screening.Seen(value))}"
        for key, value in done.answers.items()
        if value != screening.Seen.NO
    ]


def row(kind: Screen, done: ScreenDone | None, today: date) -> dict[str, Any]:
    """A screen as a row of the assessment."""
    if done is None:
        return {"key": words(kind), "value": "Not filled in yet"}
    lines = [f"{result_words(done, today)} ({long_date(done.done_on)})", *signs_seen(done)]
    return {"key": words(kind), "value": [*lines, done.note] if done.note else lines}
