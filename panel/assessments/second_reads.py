"""Second readings: another manager judges some assessments again without seeing the first judgement."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, or_, select

from config.countersigning import criteria, seed
from config.policy import number
from panel.access import Actor
from panel.accounts.models import Membership, User
from panel.assessments.countersign_commands import Judgement, SecondReading
from panel.assessments.judging import wrote_in
from panel.assessments.models import Assessment
from panel.assessments.version_models import (
    AssessmentVersion,
    Countersignature,
    CriterionJudged,
    SecondRead,
)
from panel.notifications.actions import finish_for_case, notify
from panel.notifications.models import Why
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from workflows.assessment import HMIP
from workflows.calendar import today_in_london
from workflows.countersigning import Judged, agreed, kappa
from workflows.flow import Refusal, Refused
from workflows.roles import Role


def lot(reference: str) -> int:
    """The lot of a case, 0 to 99: from its reference alone, so that nobody can steer it."""
    digest = hashlib.sha256(f"{seed()}:{reference}".encode()).hexdigest()
    return int(digest, 16) % 100


def draw(
    db: Session, referral: Referral, signature: Countersignature, *, by: Actor, at: datetime
) -> SecondRead | None:
    """Give the version to a second manager when the lot falls on the case and there is somebody else."""
    today = today_in_london(at)
    if lot(referral.reference) >= number("second_read_share", today):
        return None
    readers = [
        user_id
        for user_id in managers(db, referral.area_id, today=today)
        if user_id not in (by.id, referral.case_manager_id) and not wrote_in(db, referral, user_id)
    ]
    if not readers:
        return None
    reader = readers[signature.id % len(readers)]
    second = SecondRead(countersignature_id=signature.id, reader_id=reader, drawn_at=at)
    db.add(second)
    db.flush()
    notify(
        db,
        why=Why.SECOND_READING,
        area_id=referral.area_id,
        referral_id=referral.id,
        key=f"{referral.reference}-{Why.SECOND_READING.value}-{signature.id}",
        at=at,
        to_user=reader,
    )
    return second


def managers(db: Session, area_id: int, *, today: date) -> list[int]:
    """The YOT managers of an area who work there on this day."""
    query = (
        select(User.id)
        .join(Membership, col(Membership.user_id) == User.id)
        .where(
            Membership.area_id == area_id,
            Membership.role == Role.YOT_MANAGER,
            col(User.disabled_at).is_(None),
            or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= today),
        )
        .order_by(col(User.id))
    )
    return [int(user_id) for user_id in db.exec(query)]


def waiting_second(db: Session, referral_id: int) -> tuple[SecondRead, Countersignature] | None:
    """The second reading of a case that is still to be done."""
    query = (
        select(SecondRead, Countersignature)
        .join(Countersignature, col(Countersignature.id) == SecondRead.countersignature_id)
        .join(AssessmentVersion, col(AssessmentVersion.id) == Countersignature.version_id)
        .join(Assessment, col(Assessment.id) == AssessmentVersion.assessment_id)
        .where(
            Assessment.referral_id == referral_id,
            col(SecondRead.done_at).is_(None),
            col(Countersignature.voided_at).is_(None),
        )
        .order_by(col(SecondRead.id).desc())
        .limit(1)
    )
    found = db.exec(query).first()
    return None if found is None else (found[0], found[1])


def must_not_see(db: Session, referral: Referral, actor: Actor) -> bool:
    """Whether a manager may still be asked for the second reading and so does not see the first one's."""
    if Role.YOT_MANAGER not in actor.roles_in(referral.area_id):
        return False
    waiting = waiting_second(db, referral.id)
    return waiting is not None and waiting[1].by_id != actor.id


def read_again(
    db: Session,
    referral: Referral,
    second: SecondRead,
    first: Countersignature,
    command: SecondReading,
    judgement: Judgement,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Judge a version a second time. Raises `Refused` for the first reader and for anybody who wrote it."""
    if by.id == first.by_id or by.id == referral.case_manager_id or wrote_in(db, referral, by.id):
        says = "The second reading is for a manager who neither wrote the assessment nor countersigned it."
        raise Refused("assessment", "second", (Refusal("another_person", says, "ASM-4", HMIP, True),))
    if second.done_at is not None or len(judgement.criteria) < len(criteria()):
        says = "Judge every criterion, once."
        raise Refused("assessment", "second", (Refusal("criteria_judged", says, "ASM-4", HMIP, True),))
    second.done_at, second.reader_id = at, by.id
    second.would_sign, second.comment = command.would_sign, command.comment
    db.add_all(
        CriterionJudged(second_read_id=second.id, key=key, **said.model_dump())
        for key, said in judgement.criteria.items()
    )
    finish_for_case(db, referral.id, (Why.SECOND_READING,), by=by, at=at)
    tell(db, referral, "second_reading", by=by, at=at)


def second_reads_of(
    db: Session, assessment_id: int
) -> list[tuple[SecondRead, dict[str, tuple[CriterionJudged, CriterionJudged]]]]:
    """The second readings of an assessment that are done, each criterion with both judgements."""
    query = (
        select(SecondRead)
        .join(Countersignature, col(Countersignature.id) == SecondRead.countersignature_id)
        .join(AssessmentVersion, col(AssessmentVersion.id) == Countersignature.version_id)
        .where(AssessmentVersion.assessment_id == assessment_id, col(SecondRead.done_at).is_not(None))
        .order_by(col(SecondRead.id).desc())
    )
    reads = list(db.exec(query))
    both = _both(db, reads)
    return [(read, both[read.id]) for read in reads]


def _both(
    db: Session, reads: list[SecondRead]
) -> dict[int, dict[str, tuple[CriterionJudged, CriterionJudged]]]:
    query = select(CriterionJudged).where(
        or_(
            col(CriterionJudged.countersignature_id).in_([read.countersignature_id for read in reads]),
            col(CriterionJudged.second_read_id).in_([read.id for read in reads]),
        )
    )
    rows = db.exec(query).all()
    first = {(row.countersignature_id, row.key): row for row in rows if row.countersignature_id}
    second = {(row.second_read_id, row.key): row for row in rows if row.second_read_id}
    return {
        read.id: {
            criterion.key: (one, other)
            for criterion in criteria()
            if (one := first.get((read.countersignature_id, criterion.key)))
            and (other := second.get((read.id, criterion.key)))
        }
        for read in reads
    }


@dataclass(frozen=True)
class Pair:
    """One criterion that two managers judged, each on their own."""

    reference: str
    key: str
    first: Judged
    second: Judged
    first_remark: str
    second_remark: str


@dataclass(frozen=True)
class Consistency:
    """How far the managers of an area agree."""

    pairs: tuple[Pair, ...]
    readings: int
    waiting: int
    managers: int
    kappa: float | None

    @property
    def agreed(self) -> int:
        """How many pairs say the same."""
        return agreed([(pair.first, pair.second) for pair in self.pairs])


def consistency(db: Session, actor: Actor, *, today: date) -> Consistency:
    """Every second reading of the last twelve months in the person's areas."""
    areas = actor.areas_as(Role.YOT_MANAGER, Role.INSPECTOR)
    query = (
        select(SecondRead, Referral.reference, Countersignature.voided_at)
        .join(Countersignature, col(Countersignature.id) == SecondRead.countersignature_id)
        .join(AssessmentVersion, col(AssessmentVersion.id) == Countersignature.version_id)
        .join(Assessment, col(Assessment.id) == AssessmentVersion.assessment_id)
        .join(Referral, col(Referral.id) == Assessment.referral_id)
        .where(col(Referral.area_id).in_(areas))
        .order_by(col(SecondRead.id).desc())
    )
    since = today - timedelta(days=365)
    reads = [(row, str(reference), voided is None) for row, reference, voided in db.exec(query)]
    done = [(row, ref) for row, ref, _ in reads if row.done_at and today_in_london(row.done_at) > since]
    waiting = sum(row.done_at is None and stands for row, _, stands in reads)
    pairs = _pairs(db, done)
    enough = len(pairs) >= number("kappa_pairs", today)
    beyond = kappa([(pair.first, pair.second) for pair in pairs]) if enough else None
    people = min((len(managers(db, area, today=today)) for area in areas), default=0)
    return Consistency(tuple(pairs), len(done), waiting, people, beyond)


def _pairs(db: Session, reads: list[tuple[SecondRead, str]]) -> list[Pair]:
    both = _both(db, [read for read, _ in reads])
    return [
        Pair(reference, key, one.judged, other.judged, one.remark, other.remark)
        for read, reference in reads
        for key, (one, other) in both[read.id].items()
    ]
