"""Lists of what waits for managers and case managers around countersigning."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from panel.access import Actor
from panel.accounts.models import User
from panel.assessments.models import Assessment
from panel.assessments.version_models import AssessmentVersion, Countersignature, SecondRead
from panel.children.models import Child
from panel.counting import Number, many
from panel.referrals.models import Referral
from panel.referrals.queries import scope
from workflows.assessment import Status
from workflows.calendar import deadline, today_in_london
from workflows.case import Status as CaseStatus
from workflows.roles import Role


@dataclass(frozen=True)
class Waiting:
    """One assessment that waits for somebody."""

    reference: str
    child_name: str
    worker: str | None
    since: datetime
    due: date | None


def to_countersign(db: Session, actor: Actor, *, limit: int = 100) -> list[Waiting]:
    """Submitted assessments, the longest waiting first."""
    query = _submitted(select(Referral.reference, Child, User.name, Assessment.submitted_at), actor)
    query = (
        query.join(Child, col(Child.id) == Referral.child_id)
        .join(User, col(User.id) == Referral.case_manager_id, isouter=True)
        .order_by(col(Assessment.submitted_at), col(Assessment.id))
        .limit(limit)
    )
    return [
        Waiting(reference, child.name, worker, since, _due(since))
        for reference, child, worker, since in db.exec(query)
        if since is not None
    ]


def to_countersign_counted(actor: Actor) -> tuple[Number, Number]:
    """How many submitted assessments wait, up to `MOST`, and since when the first one does."""
    submitted = col(Assessment.submitted_at)
    first = _submitted(select(submitted), actor).where(submitted.is_not(None)).order_by(submitted).limit(1)
    return many(_submitted(select(Assessment.id), actor)), first.scalar_subquery()


def _submitted(query: Any, actor: Actor) -> Any:
    return (
        query.select_from(Assessment)
        .join(Referral, col(Referral.id) == Assessment.referral_id)
        .where(
            scope(actor),
            col(Referral.area_id).in_(actor.areas_as(Role.YOT_MANAGER, Role.INSPECTOR)),
            Assessment.status == Status.SUBMITTED,
            Referral.status == CaseStatus.ACCEPTED,
        )
    )


def _due(since: datetime) -> date:
    return deadline("countersign_due", today_in_london(since), "Countersign").due


def second_readings(db: Session, actor: Actor, *, limit: int = 100) -> list[Waiting]:
    """Second readings that this manager may do, the longest waiting first."""
    query: Any = _second(select(Referral.reference, Child, User.name, SecondRead.drawn_at), actor)
    query = (
        query.join(Child, col(Child.id) == Referral.child_id)
        .join(User, col(User.id) == SecondRead.reader_id)
        .order_by(col(SecondRead.drawn_at), col(SecondRead.id))
        .limit(limit)
    )
    return [
        Waiting(reference, child.name, reader, since, None)
        for reference, child, reader, since in db.exec(query)
    ]


def second_readings_counted(actor: Actor) -> Number:
    """How many they are, up to `MOST`, to be asked with others."""
    return many(_second(select(SecondRead.id), actor))


def _second(query: Any, actor: Actor) -> Any:
    return (
        query.select_from(SecondRead)
        .join(Countersignature, col(Countersignature.id) == SecondRead.countersignature_id)
        .join(AssessmentVersion, col(AssessmentVersion.id) == Countersignature.version_id)
        .join(Assessment, col(Assessment.id) == AssessmentVersion.assessment_id)
        .join(Referral, col(Referral.id) == Assessment.referral_id)
        .where(
            scope(actor),
            col(Referral.area_id).in_(actor.areas_as(Role.YOT_MANAGER)),
            col(SecondRead.done_at).is_(None),
            col(Countersignature.voided_at).is_(None),
            Countersignature.by_id != actor.id,
        )
    )


@dataclass(frozen=True)
class GivenBack:
    """An assessment that came back to its author, with the codes of the reasons."""

    reference: str
    child_name: str
    reasons: tuple[str, ...]
    comment: str


def given_back(db: Session, actor: Actor, *, limit: int = 20) -> list[GivenBack]:
    """This case manager's assessments that a manager gave back, with the reasons of the last time."""
    last = (
        select(func.max(Countersignature.id))
        .join(AssessmentVersion, col(AssessmentVersion.id) == Countersignature.version_id)
        .where(AssessmentVersion.assessment_id == Assessment.id)
        .correlate(Assessment)
        .scalar_subquery()
    )
    query = (
        select(Referral.reference, Child, Countersignature)
        .select_from(Assessment)
        .join(Referral, col(Referral.id) == Assessment.referral_id)
        .join(Child, col(Child.id) == Referral.child_id)
        .join(Countersignature, col(Countersignature.id) == last)
        .where(
            scope(actor),
            Referral.case_manager_id == actor.id,
            Referral.status == CaseStatus.ACCEPTED,
            Assessment.status == Status.RETURNED,
        )
        .order_by(col(Countersignature.at))
        .limit(limit)
    )
    return [
        GivenBack(reference, child.name, tuple(kept.reasons), kept.comment)
        for reference, child, kept in db.exec(query)
    ]
