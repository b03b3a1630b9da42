"""An assessment read back: its parts with their answers, what is still missing, and whose turn it is."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from panel.assessments.commands import Writing
from panel.assessments.models import Assessment, ProposedStep
from panel.assessments.queries import JUDGEMENTS, proposed_steps
from panel.referrals.models import Referral
from workflows.assessment import Status
from workflows.calendar import Deadline, clock_words, deadline, long_date, today_in_london
from workflows.case import Status as CaseStatus
from workflows.vocabulary import words

HEARD = ("child_words", "parent_words", "sources")
PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Who was heard", HEARD),
    ("What happened and why", ("offence_analysis",)),
    ("The child's life", ("diversity", "family", "education_health")),
    ("Strengths and worries", ("strengths", "worries")),
)
JUDGED = {
    "reoffending": "Offending again",
    "safety": "The child's safety and wellbeing",
    "harm": "Serious harm to others",
}
NOT_WRITTEN = "Not written yet"
NO_ANALYSIS = "No analysis yet"


def title_of(name: str) -> str:
    """What a person calls a part of the assessment."""
    return Writing.model_fields[name].title or name


def whole(db: Session, referral: Referral, assessment: Assessment) -> list[dict[str, Any]]:
    """Everything that is written, as groups of rows that JSON can hold; this is what a version pins."""
    steps = steps_shown(proposed_steps(db, assessment.id))
    return read_back(assessment) + [
        {"title": f"Proposed step {place}: {step['what']}", "rows": step["rows"]}
        for place, step in enumerate(steps, 1)
    ]


def read_back(assessment: Assessment) -> list[dict[str, Any]]:
    """Groups of rows in the order in which people read them."""
    groups = [
        {"title": title, "rows": [_row(title_of(name), getattr(assessment, name)) for name in names]}
        for title, names in PARTS
    ]
    return [*groups, {"title": "Judgements", "rows": _judgements(assessment)}, _recommendation(assessment)]


def _judgements(assessment: Assessment) -> list[dict[str, Any]]:
    return [
        _row(JUDGED[name], f"{_level(assessment, name)}\n{getattr(assessment, f'{name}_why') or NO_ANALYSIS}")
        for name in JUDGEMENTS
    ]


def _level(assessment: Assessment, name: str) -> str:
    level = getattr(assessment, name)
    return "Not judged yet" if level is None else words(level)


def _recommendation(assessment: Assessment) -> dict[str, Any]:
    outcome = "" if assessment.recommended is None else words(assessment.recommended)
    rows = [_row("Recommended outcome", outcome), _row("Why", assessment.recommended_why)]
    return {"title": "Recommendation", "rows": rows}


def _row(key: str, value: Any) -> dict[str, Any]:
    return {"key": key, "value": value or NOT_WRITTEN}


def steps_shown(steps: Sequence[ProposedStep]) -> list[dict[str, Any]]:
    """The proposed steps as the page lists them."""
    return [
        {
            "number": step.id,
            "what": step.what,
            "rows": [
                _row("Who", step.who),
                _row("Where", step.where_at + (" (the child's own home)" if step.at_childs_home else "")),
                _row("When", step.when_at),
                _row("Done when", step.done_when),
                _row("Done by", long_date(step.due_on)),
                _row("For", words(step.purpose) + (f", {step.hours} hours" if step.hours else "")),
            ],
        }
        for step in steps
    ]


def tasks(assessment: Assessment) -> list[dict[str, Any]]:
    """What is written and what is still to do, each with a link to its field."""
    heard_and_written = [name for _, names in PARTS for name in names]
    recommended = assessment.recommended is not None and assessment.recommended_why.strip()
    items = [
        _task(title_of(name), name, done=bool(getattr(assessment, name).strip()))
        for name in heard_and_written
    ]
    items += [
        _task(
            f"Judgement: {JUDGED[name].lower()}",
            name,
            done=getattr(assessment, name) is not None and bool(getattr(assessment, f"{name}_why").strip()),
        )
        for name in JUDGEMENTS
    ]
    return [*items, _task("Recommendation", "recommended", done=bool(recommended))]


def _task(text: str, field: str, *, done: bool) -> dict[str, Any]:
    return {
        "text": text,
        "href": f"#{field}",
        "status": "Completed" if done else {"text": "To do", "colour": "blue"},
    }


def due(referral: Referral) -> Deadline | None:
    """When the assessment has to be finished; its clock starts with the referral (ASM-1)."""
    if referral.reopened_at is not None:
        return deadline("reassessment_due", today_in_london(referral.reopened_at), "Assessment due again")
    if referral.submitted_at is None:
        return None
    return deadline("assessment_due", today_in_london(referral.submitted_at), "Assessment due")


def countersign_due(assessment: Assessment) -> Deadline | None:
    """When a manager has to countersign or give back."""
    if assessment.submitted_at is None:
        return None
    return deadline("countersign_due", today_in_london(assessment.submitted_at), "Countersign")


def turn(referral: Referral, assessment: Assessment | None, worker: str, *, today: date) -> str:
    """Where the assessment stands, whose turn it is and by when; empty when nobody has anything to do."""
    if assessment is not None and assessment.status is Status.COUNTERSIGNED:
        return ""
    if referral.status in (CaseStatus.SUBMITTED, CaseStatus.SENT_BACK, CaseStatus.DRAFT):
        return "It starts when a YOT manager has accepted the referral and chosen the case manager."
    if referral.status is not CaseStatus.ACCEPTED:
        return "The case is not being assessed any more: nobody has to do anything here."
    if assessment is not None and assessment.status is Status.SUBMITTED:
        return f"A YOT manager has to countersign it or give it back{_by(countersign_due(assessment), today)}"
    return f"It is {worker}'s turn to write it{_by(due(referral), today)}"


def _by(clock: Deadline | None, today: date) -> str:
    return "." if clock is None else f": due {clock.words(today)}. {clock.rule}"


def signatures(assessment: Assessment, names: dict[int, str]) -> list[dict[str, Any]]:
    """Who wrote it, who countersigned it, and when."""
    written = names.get(assessment.author_id, "")
    if assessment.submitted_at:
        written = f"{written}, submitted on {clock_words(assessment.submitted_at)}"
    rows = [_row("Written by", written)]
    if assessment.countersigned_by_id is not None and assessment.countersigned_at is not None:
        signed = (
            f"{names.get(assessment.countersigned_by_id, '')}, {clock_words(assessment.countersigned_at)}"
        )
        rows += [_row("Countersigned by", signed), _row("Manager's comment", assessment.comment)]
    return rows
