"""Reading assessments."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from panel.access import Actor
from panel.accounts.models import User
from panel.assessments.models import Assessment, ProposedStep
from panel.db import once
from panel.errors import Missing
from panel.referrals.models import Referral
from workflows.assessment import AssessmentFacts, Status
from workflows.assessment_parts import Part
from workflows.roles import Role

JUDGEMENTS = ("reoffending", "safety", "harm")


def assessment_of(db: Session, referral_id: int) -> Assessment | None:
    """The assessment of a case, once somebody has started it."""
    query = select(Assessment).where(Assessment.referral_id == referral_id)
    return once(db, Assessment, referral_id, lambda: db.exec(query).first())


def proposed_steps(db: Session, assessment_id: int, *, part: Part | None = None) -> list[ProposedStep]:
    """The steps that the case manager proposes, in their order; all of them, or one side's part."""
    query = select(ProposedStep).where(ProposedStep.assessment_id == assessment_id)
    query = query.order_by(col(ProposedStep.place), col(ProposedStep.id))
    found = once(db, ProposedStep, ("of", assessment_id), lambda: db.exec(query).all())
    return [step for step in found if part is None or step.part is part]


def proposed_step(db: Session, assessment_id: int, number: int) -> ProposedStep:
    """One proposed step of this assessment. Raises `Missing`."""
    query = select(ProposedStep).where(ProposedStep.id == number, ProposedStep.assessment_id == assessment_id)
    found = db.exec(query).first()
    if found is None:
        raise Missing()
    return found


def is_countersigned(db: Session, referral_id: int) -> bool:
    """Whether a manager has countersigned the assessment of this case."""
    assessment = assessment_of(db, referral_id)
    return assessment is not None and assessment.status is Status.COUNTERSIGNED


def missing_judgements(assessment: Assessment) -> tuple[str, ...]:
    """The judgements without a level or without an analysis."""
    return tuple(
        name
        for name in JUDGEMENTS
        if getattr(assessment, name) is None or not getattr(assessment, f"{name}_why").strip()
    )


def assessment_facts(
    assessment: Assessment, referral: Referral, *, by: Actor, comment: str = ""
) -> AssessmentFacts:
    """What the rules look at when a manager judges; what is handed in has `completeness.submission_facts`."""
    return AssessmentFacts(
        # Whoever took the case over wrote it too, whoever began it.
        by_author=by.id in (assessment.author_id, referral.case_manager_id),
        comment=comment,
    )


def reads_drafts(actor: Actor, referral: Referral) -> bool:
    """Whether the person reads it before it is countersigned; the panel reads only what is final."""
    roles = actor.roles_in(referral.area_id)
    return actor.id == referral.case_manager_id or bool(roles & {Role.YOT_MANAGER, Role.INSPECTOR})


def names_of(db: Session, user_ids: Sequence[int | None]) -> dict[int, str]:
    """The names of people by their numbers."""
    query = select(User.id, User.name).where(col(User.id).in_([i for i in user_ids if i is not None]))
    return {int(number): str(name) for number, name in db.exec(query)}
