"""Judging a submitted assessment: countersign it, or give it back with reasons (ASM-4)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from panel.access import Actor
from panel.assessments import judging, second_reads
from panel.assessments.actions import under_way
from panel.assessments.commands import Comment
from panel.assessments.countersign_commands import GiveBack, Judgement, Said
from panel.assessments.models import Assessment
from panel.assessments.queries import assessment_of
from panel.assessments.version_models import AssessmentVersion, Countersignature, CriterionJudged
from panel.errors import Missing
from panel.history.models import Event
from panel.history.record import case_chain, record
from panel.notifications.actions import finish_for_case, notify
from panel.notifications.duties import About, tell_all
from panel.notifications.models import Why
from panel.referrals.models import Referral
from panel.referrals.moves import move, settle
from panel.referrals.queries import case_facts
from workflows.assessment import ASSESSMENT, AssessmentFacts, Status
from workflows.calendar import today_in_london
from workflows.countersigning import Verdict


def to_judge(db: Session, referral: Referral) -> Assessment:
    """The assessment that managers judge. Raises `Missing` before it exists, `Refused` when too late."""
    assessment = assessment_of(db, referral.id)
    if assessment is None:
        raise Missing()
    if assessment.status is not Status.COUNTERSIGNED:
        under_way(referral)
    return assessment


def judge(db: Session, referral: Referral, command: Judgement, *, by: Actor, at: datetime) -> None:
    """Keep how far the criteria are judged. Raises `Refused` for somebody who wrote it."""
    assessment = to_judge(db, referral)
    facts = judging.facts_of(db, referral, assessment, by=by, comment="later", said=command.criteria)
    whole = replace(facts, criteria_left=0, criteria_not_met=0, event_unanswered=False)
    ASSESSMENT.step("countersign", assessment.status, whole, by.roles_in(referral.area_id))
    version = judging.submitted_version(db, referral, assessment, at=at)
    judging.save(db, referral, version, command, by=by, at=at)


def countersign(
    db: Session,
    referral: Referral,
    command: Comment,
    *,
    by: Actor,
    at: datetime,
    overrides: Mapping[str, str],
) -> Countersignature:
    """Countersign: the version is final and the case is ready for the panel, in one go."""
    assessment = to_judge(db, referral)
    version = judging.submitted_version(db, referral, assessment, at=at)
    said = judging.drafted(db, version.id, by)
    facts = judging.facts_of(db, referral, assessment, by=by, comment=command.comment, said=said)
    _step(db, referral, assessment, version, "countersign", facts, by=by, at=at, overrides=overrides)
    signature = _keep(db, version, Verdict.SIGNED, command.comment, said, by=by, at=at)
    assessment.comment = command.comment
    assessment.countersigned_at, assessment.countersigned_by_id = at, by.id
    referral.assessed_at = at
    ready = replace(case_facts(db, referral, today=today_in_london(at)), assessment_countersigned=True)
    move(db, referral, "assess", ready, by=by, at=at)
    finish_for_case(db, referral.id, (Why.ASSESSMENT_TO_COUNTERSIGN,), by=by, at=at)
    second_reads.draw(db, referral, signature, by=by, at=at)
    _tell_police(db, referral, version.number, at)
    return signature


def _tell_police(db: Session, referral: Referral, version: int, at: datetime) -> None:
    about = About(
        area_id=referral.area_id,
        referral_id=referral.id,
        reference=referral.reference,
        referred_by_id=referral.referred_by_id,
        mark=f"concluded-{version}",
    )
    tell_all(db, Why.ASSESSMENT_CONCLUDED, about, at=at)


def give_back(
    db: Session, referral: Referral, command: GiveBack, *, by: Actor, at: datetime
) -> Countersignature:
    """Give the assessment back to its author with reasons from the list and a comment."""
    assessment = to_judge(db, referral)
    version = judging.submitted_version(db, referral, assessment, at=at)
    said = judging.drafted(db, version.id, by)
    facts = judging.facts_of(
        db,
        referral,
        assessment,
        by=by,
        comment=command.comment,
        said=said,
        reasons_missing=not command.reasons,
    )
    event = _step(db, referral, assessment, version, "give_back", facts, by=by, at=at, overrides={})
    verdict = _keep(db, version, Verdict.RETURNED, command.comment, said, command.reasons, by=by, at=at)
    assessment.comment = command.comment
    settle(db, referral, by=by, at=at, page="assessment.give_back")
    finish_for_case(db, referral.id, (Why.ASSESSMENT_TO_COUNTERSIGN,), by=by, at=at)
    notify(
        db,
        why=Why.ASSESSMENT_GIVEN_BACK,
        area_id=referral.area_id,
        referral_id=referral.id,
        key=f"{referral.reference}-{Why.ASSESSMENT_GIVEN_BACK.value}-{event.seq}",
        at=at,
        to_user=referral.case_manager_id or assessment.author_id,
    )
    return verdict


def _step(
    db: Session,
    referral: Referral,
    assessment: Assessment,
    version: AssessmentVersion,
    name: str,
    facts: AssessmentFacts,
    *,
    by: Actor,
    at: datetime,
    overrides: Mapping[str, str],
) -> Event:
    step = ASSESSMENT.step(name, assessment.status, facts, by.roles_in(referral.area_id), overrides)
    db.add(assessment)
    said = {"version": str(version.number), "digest": version.digest}
    chain = case_chain(referral.id)
    return record(db, assessment, step, flow="assessment", chain=chain, by=by, at=at, facts=said)


def _keep(
    db: Session,
    version: AssessmentVersion,
    verdict: Verdict,
    comment: str,
    said: Mapping[str, Said],
    reasons: tuple[str, ...] = (),
    *,
    by: Actor,
    at: datetime,
) -> Countersignature:
    kept = Countersignature(
        version_id=version.id, by_id=by.id, at=at, verdict=verdict, comment=comment, reasons=list(reasons)
    )
    db.add(kept)
    db.flush()
    db.add_all(
        CriterionJudged(countersignature_id=kept.id, key=key, **one.model_dump()) for key, one in said.items()
    )
    db.flush()
    return kept


def verdicts_of(db: Session, assessment_id: int) -> list[tuple[AssessmentVersion, Countersignature]]:
    """Everything that managers did with any version, the newest first; void ones too."""
    query = (
        select(AssessmentVersion, Countersignature)
        .join(Countersignature, col(Countersignature.version_id) == AssessmentVersion.id)
        .where(AssessmentVersion.assessment_id == assessment_id)
        .order_by(col(Countersignature.id).desc())
    )
    return [(version, kept) for version, kept in db.exec(query)]


def judged_in(db: Session, ids: list[int]) -> dict[int, dict[str, CriterionJudged]]:
    """The criteria of these countersignatures, by the number of each and then by key."""
    found: dict[int, dict[str, CriterionJudged]] = {number: {} for number in ids}
    query = select(CriterionJudged).where(col(CriterionJudged.countersignature_id).in_(ids))
    for row in db.exec(query):
        found[row.countersignature_id or 0][row.key] = row
    return found
