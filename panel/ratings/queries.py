"""Reading self-inspections: managers and inspectors see those of their areas."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session, col, select

from config.inspection import StandardWords, standards
from panel.access import Actor
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import log_access
from panel.ratings import audited
from panel.ratings.models import (
    RatingAnswer,
    RatingJudged,
    RatingLift,
    ReportDraft,
    ReportVersion,
    SelfInspection,
)
from workflows.ratings import Rating
from workflows.self_rating import READERS, Answers, Lift, Rated, rate_standard

PAGE = 25
COURT = 2
R = TypeVar("R", RatingAnswer, RatingJudged, RatingLift)


def ratings_chain(inspection_id: int) -> str:
    """The chain of a self-inspection."""
    return f"self_inspection:{inspection_id}"


def inspections(db: Session, actor: Actor, *, before: int | None = None) -> list[SelfInspection]:
    """Those of the actor's areas, the newest first, one more than a page holds."""
    area = col(SelfInspection.area_id).in_(actor.areas_as(*READERS))
    query = select(SelfInspection).where(area).order_by(col(SelfInspection.id).desc())
    if before is not None:
        query = query.where(SelfInspection.id < before)
    return list(db.exec(query.limit(PAGE + 1)))


def inspection_for(db: Session, actor: Actor, reference: str, *, at: datetime, page: str) -> SelfInspection:
    """A self-inspection of one of the reader's areas. Raises `Missing`; logs the look."""
    area = col(SelfInspection.area_id).in_(actor.areas_as(*READERS))
    found = db.exec(select(SelfInspection).where(SelfInspection.reference == reference, area)).first()
    if found is None:
        raise Missing()
    log_access(db, Operation.CONSULTATION, ratings_chain(found.id), by=actor, at=at, page=page)
    return found


def lock(db: Session, inspection: SelfInspection) -> None:
    """Take turns with everybody else who writes about it."""
    query = select(SelfInspection).where(SelfInspection.id == inspection.id)
    db.exec(query.with_for_update().execution_options(populate_existing=True)).one()


def standards_of(inspection: SelfInspection) -> tuple[StandardWords, ...]:
    """The standards that it rates."""
    court = inspection.with_court or inspection.framework.value == "2025"
    return tuple(one for one in standards(inspection.framework) if one.domain != COURT or court)


def standard_of(inspection: SelfInspection, key: str) -> StandardWords:
    """One of its standards. Raises `Missing`."""
    found = next((one for one in standards_of(inspection) if one.key == key), None)
    if found is None:
        raise Missing()
    return found


@dataclass(frozen=True)
class Standing:
    """Everything that the ratings of a self-inspection rest on, as it stands now."""

    standards: tuple[StandardWords, ...]
    rated: dict[str, Rated]
    answers: dict[str, RatingAnswer]
    judged: dict[str, RatingJudged]
    lifts: dict[str, RatingLift]
    lift_rows: tuple[RatingLift, ...]
    from_audits: frozenset[str]


def standing(db: Session, inspection: SelfInspection, *, least: int) -> Standing:
    """The ratings as they stand, in a fixed number of questions."""
    answers = {row.question: row for row in _rows(db, RatingAnswer, inspection)}
    judged = {row.standard: row for row in _rows(db, RatingJudged, inspection)}
    lift_rows = _rows(db, RatingLift, inspection)
    lifts = {row.standard: row for row in lift_rows}
    counted = {key: Answers(row.yes, row.no, row.not_applicable) for key, row in answers.items()}
    round_id = inspection.audit_round_id
    found = {} if round_id is None else audited.answers(db, round_id)
    chosen = standards_of(inspection)
    rated = {
        one.key: rate_standard(
            one.key,
            tuple(one.questions),
            counted | dict(found),
            judged=_judged(judged.get(one.key)),
            lift=_lift(lifts.get(one.key)),
            least=least,
            in_total=one.in_total,
        )
        for one in chosen
    }
    return Standing(chosen, rated, answers, judged, lifts, tuple(lift_rows), frozenset(found))


def _rows(db: Session, table: type[R], inspection: SelfInspection) -> Sequence[R]:
    query = select(table).where(table.inspection_id == inspection.id).order_by(col(table.id))
    return db.exec(query).all()


def _judged(row: RatingJudged | None) -> Rating | None:
    return None if row is None or row.rating is None else Rating(row.rating)


def _lift(row: RatingLift | None) -> Lift | None:
    if row is None or row.new is None:
        return None
    return Lift(Rating(row.old), Rating(row.new), {key: Answers(*said) for key, said in row.rests_on.items()})


def drafts(db: Session, inspection: SelfInspection) -> Sequence[ReportDraft]:
    """Every saved draft, the newest first."""
    query = select(ReportDraft).where(ReportDraft.inspection_id == inspection.id)
    return db.exec(query.order_by(col(ReportDraft.number).desc())).all()


def draft_at(db: Session, inspection: SelfInspection, number: int) -> ReportDraft:
    """One saved draft. Raises `Missing`."""
    query = select(ReportDraft).where(ReportDraft.inspection_id == inspection.id)
    found = db.exec(query.where(ReportDraft.number == number)).first()
    if found is None:
        raise Missing()
    return found


def versions(db: Session, inspection: SelfInspection) -> Sequence[ReportVersion]:
    """Every published report, the newest first."""
    query = select(ReportVersion).where(ReportVersion.inspection_id == inspection.id)
    return db.exec(query.order_by(col(ReportVersion.number).desc())).all()


def version_at(db: Session, inspection: SelfInspection, number: int) -> ReportVersion:
    """One published report. Raises `Missing`."""
    query = select(ReportVersion).where(ReportVersion.inspection_id == inspection.id)
    found = db.exec(query.where(ReportVersion.number == number)).first()
    if found is None:
        raise Missing()
    return found
