"""An assessment read back as a whole, its steps and signatures, and whose turn it is."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from panel.assessments.models import Assessment, ProposedStep
from panel.assessments.reading import everything
from panel.assessments.telling import read_back, row
from panel.referrals.clocks import assessment_due
from panel.referrals.models import Referral
from panel.steps import StepFields, pounds
from workflows.assessment import Status
from workflows.calendar import Deadline, clock_words, deadline, long_date, today_in_london
from workflows.case import Status as CaseStatus
from workflows.vocabulary import words


def whole(db: Session, referral: Referral, assessment: Assessment, *, today: date) -> list[dict[str, Any]]:
    """Everything that is written, as groups of rows that JSON can hold; this is what a version pins."""
    written = everything(db, referral, assessment, today=today)
    return read_back(written, today=today) + [
        {"title": f"Proposed step {place}: {step['what']}", "rows": step["rows"]}
        for place, step in enumerate(steps_shown(written.steps), 1)
    ]


def steps_shown(steps: Sequence[ProposedStep]) -> list[dict[str, Any]]:
    """The proposed steps as the page lists them."""
    return [
        {
            "number": step.id,
            "what": step.what,
            "rows": [
                row("Whose part", words(step.part)),
                row("Who", step.who),
                row("How", step.how),
                row("Where", step.where_at + (" (the child's own home)" if step.at_childs_home else "")),
                row("When", step.when_at),
                *more_rows(step),
                row("Done when", step.done_when),
                row("Done by", long_date(step.due_on)),
                row("For", words(step.purpose) + (f", {step.hours} hours" if step.hours else "")),
                row("Builds on", step.strength or "No strength named"),
            ],
        }
        for step in steps
    ]


def more_rows(step: StepFields) -> list[Any]:
    """What only some steps are asked: older steps have no such rows."""
    said = (
        ("How often", step.how_often),
        ("Sessions", str(step.sessions or "")),
        ("Amount", pounds(step.amount_pence) if step.amount_pence else ""),
        ("Paid to", step.payee),
        ("How it is paid", step.pay_how),
        ("Checked by", step.checked_by),
        ("Evidence kept", step.proof),
    )
    return [row(key, value) for key, value in said if value]


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
    return f"It is {worker}'s turn to write it{_by(assessment_due(referral, today), today)}"


def _by(clock: Deadline | None, today: date) -> str:
    return "." if clock is None else f": due {clock.words(today)}. {clock.rule}"


def signatures(assessment: Assessment, names: dict[int, str]) -> list[dict[str, Any]]:
    """Who wrote it, who countersigned it, and when."""
    written = names.get(assessment.author_id, "")
    if assessment.submitted_at:
        written = f"{written}, submitted on {clock_words(assessment.submitted_at)}"
    rows = [row("Written by", written)]
    if assessment.countersigned_by_id is not None and assessment.countersigned_at is not None:
        signed = (
            f"{names.get(assessment.countersigned_by_id, '')}, {clock_words(assessment.countersigned_at)}"
        )
        rows += [row("Countersigned by", signed), row("Manager's comment", assessment.comment)]
    return rows
