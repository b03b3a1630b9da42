"""The facts of judging, and a judgement while it is being made."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from config.countersigning import criteria
from panel.access import Actor
from panel.assessments.completeness import submission_facts
from panel.assessments.countersign_commands import Judgement, Said
from panel.assessments.models import Assessment
from panel.assessments.version_models import AssessmentVersion, JudgementDraft
from panel.assessments.versions import latest, pin
from panel.concerns.queries import safeguarding_unanswered
from panel.history.models import Event
from panel.history.record import case_chain
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from workflows.assessment import AssessmentFacts
from workflows.countersigning import Judged

# Whoever did one of these wrote in the assessment (ASM-4).
WROTE = (
    *("case.assessment", "case.save_step", "case.remove_step", "case.source", "case.hand_over"),
    "assessment.submit",
)


def submitted_version(
    db: Session, referral: Referral, assessment: Assessment, *, at: datetime
) -> AssessmentVersion:
    """What is to be judged; what was submitted before versions were kept is pinned now."""
    found = latest(db, assessment.id)
    return found or pin(
        db, referral, assessment, by_id=assessment.author_id, at=assessment.submitted_at or at
    )


def wrote_in(db: Session, referral: Referral, user_id: int) -> bool:
    """Whether a person ever wrote in the assessment of this case."""
    query = select(Event.id).where(
        Event.chain == case_chain(referral.id), Event.by_id == user_id, col(Event.verb).in_(WROTE)
    )
    return db.exec(query.limit(1)).first() is not None


def by_author(db: Session, referral: Referral, assessment: Assessment, by: Actor) -> bool:
    """Whether a person wrote the assessment, in whole or in part, or has the case now (ASM-4)."""
    return by.id in (assessment.author_id, referral.case_manager_id) or wrote_in(db, referral, by.id)


def facts_of(
    db: Session,
    referral: Referral,
    assessment: Assessment,
    *,
    by: Actor,
    today: date | None = None,
    comment: str = "",
    said: Mapping[str, Said] | None = None,
    reasons_missing: bool = False,
) -> AssessmentFacts:
    """What the rules of judging and opening again look at; with `today` also all that submitting asks for."""
    facts = (
        AssessmentFacts() if today is None else submission_facts(db, referral, assessment, by=by, today=today)
    )
    judged = said or {}
    return replace(
        facts,
        comment=comment,
        by_author=by_author(db, referral, assessment, by),
        safeguarding_unanswered=safeguarding_unanswered(db, referral.id),
        criteria_left=sum(criterion.key not in judged for criterion in criteria()),
        criteria_not_met=sum(one.judged is Judged.NOT_MET for one in judged.values()),
        reasons_missing=reasons_missing,
        event_unanswered=referral.event_open_on is not None,
    )


def drafted(db: Session, version_id: int, by: Actor) -> dict[str, Said]:
    """What this person has judged so far."""
    draft = _draft(db, version_id, by)
    return {key: Said.model_validate(value) for key, value in draft.criteria.items()} if draft else {}


def _draft(db: Session, version_id: int, by: Actor) -> JudgementDraft | None:
    query = select(JudgementDraft).where(
        JudgementDraft.version_id == version_id, JudgementDraft.by_id == by.id
    )
    return db.exec(query).first()


def save(
    db: Session,
    referral: Referral,
    version: AssessmentVersion,
    command: Judgement,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Keep what this person has judged so far; nothing is signed by it."""
    draft = _draft(db, version.id, by) or JudgementDraft(version_id=version.id, by_id=by.id)
    draft.criteria = {key: said.model_dump(mode="json") for key, said in command.criteria.items()}
    db.add(draft)
    tell(db, referral, "judge", by=by, at=at)
