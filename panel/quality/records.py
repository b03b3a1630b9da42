"""Records as the checks see them, read in a fixed number of questions for one and for many."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, case, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col, exists, func

from panel.assessments.models import Assessment
from panel.children.models import Carer, Child
from panel.contacts.models import Attendance, Contact
from panel.disposals.models import Disposal
from panel.plans.models import Plan, PlanStep, StepState
from panel.police.models import PoliceDisposal
from panel.referrals.models import Offence, Referral
from workflows.calendar import today_in_london
from workflows.data_quality import CaseRecord, OffenceRecord, PoliceRecord, Subject
from workflows.data_quality_police import found_in_case, found_in_police
from workflows.police import Standing

R, D = Referral, Disposal
# Instants, of which the checks see the day in London.
MOMENTS: dict[str, Any] = {
    "received_on": R.submitted_at,
    "assessed_on": R.assessed_at,
    "decided_on": R.decided_at,
    "closed_on": R.closed_at,
    "created_on": R.created_at,
    "submitted_on": Assessment.submitted_at,
    "countersigned_on": Assessment.countersigned_at,
    "written_on": D.given_at,
    "explained_on": D.explained_at,
}


@dataclass(frozen=True)
class Found:
    """One problem of a record as it should be kept."""

    subject: Subject
    subject_id: int
    check_key: str
    area_id: int
    worker_id: int | None
    received_on: date
    decided_on: date | None
    given_on: date | None
    said: str


def _columns() -> dict[str, Any]:
    """What is asked of each case beside its own columns; the counts are small and go by an index."""
    steps = select(func.count(col(PlanStep.id))).join(Plan, col(Plan.id) == PlanStep.plan_id)
    steps = steps.where(col(Plan.referral_id) == R.id, col(PlanStep.state) == StepState.TO_DO)
    early = select(func.count(col(Contact.id))).where(
        col(Contact.referral_id) == R.id,
        col(Contact.state) == Attendance.ATTENDED,
        col(Contact.starts_at) > col(Contact.noted_at),
    )
    alone = exists().where(col(PoliceDisposal.referral_id) == R.id, col(PoliceDisposal.exception) != "")
    levels = (Assessment.reoffending, Assessment.safety, Assessment.harm)
    missing: Any = [case((col(level).is_(None), 1), else_=0) for level in levels]
    return {
        **MOMENTS,
        "status": R.status,
        "outcome": R.outcome,
        "given_on": R.given_on,
        "born": Child.date_of_birth,
        "gender": Child.gender,
        "ethnicity": Child.ethnicity,
        "postcode": Child.postcode,
        "carer_answered": or_(func.coalesce(Carer.name, "") != "", col(R.no_carer_reason) != ""),
        "has_worker": col(R.case_manager_id).is_not(None),
        "victim_answered": col(R.victim_identified).is_not(None),
        "levels_missing": missing[0] + missing[1] + missing[2],
        "disposal_outcome": D.outcome,
        "disposal_given_on": D.given_on,
        "has_document": col(D.document_id).is_not(None),
        "adult_named": func.coalesce(D.adult_name, "") != "",
        "late_reason": func.coalesce(D.given_late_reason, "") != "",
        "exception_reason": alone,
        "steps_open": steps.correlate(R).scalar_subquery(),
        "attended_early": early.correlate(R).scalar_subquery(),
    }


@cache
def _case_query() -> Any:
    named: list[Any] = [column.label(name) for name, column in _columns().items()]
    keys: list[Any] = [R.id, R.area_id, R.case_manager_id]
    return (
        select(*keys, *named)
        .join(Child, col(Child.id) == R.child_id)
        .outerjoin(Carer, col(Carer.child_id) == R.child_id)
        .outerjoin(Assessment, col(Assessment.referral_id) == R.id)
        .outerjoin(D, and_(col(D.referral_id) == R.id, col(D.withdrawn_at).is_(None)))
        .where(col(R.id).in_(bindparam("ids", expanding=True)))
    )


@cache
def _offence_query() -> Any:
    o = Offence
    columns: list[Any] = [o.referral_id, o.committed_on, o.ended_on, o.gravity, o.crime_reference]
    return select(*columns).where(col(o.referral_id).in_(bindparam("ids", expanding=True)))


def _day(value: datetime | None) -> date | None:
    return None if value is None else today_in_london(value)


def cases(db: Session, ids: Sequence[int]) -> Iterator[Found]:
    """The problems of these cases."""
    offences: dict[int, list[OffenceRecord]] = defaultdict(list)
    for number, begun, ended, gravity, crime in db.execute(_offence_query(), {"ids": list(ids)}):
        offences[number].append(OffenceRecord(begun, ended, gravity is not None, crime))
    for row in db.execute(_case_query(), {"ids": list(ids)}).mappings():
        values = {name: row[name] for name in _columns_named()}
        values |= {name: _day(row[name]) for name in MOMENTS}
        record = CaseRecord(**values, offences=tuple(offences[row["id"]]))
        received = record.received_on or record.created_on
        keys = (row["area_id"], row["case_manager_id"], received, record.decided_on, record.given_on)
        for key, said in found_in_case(record).items():
            yield Found(Subject.CASE, row["id"], key, *keys, said[:300])


@cache
def _columns_named() -> tuple[str, ...]:
    return tuple(_columns())


@cache
def _police_query() -> Any:
    p = PoliceDisposal
    columns: list[Any] = [
        *(p.id, p.area_id, p.made_at, p.given_on, p.outcome, p.status, p.date_of_birth, p.gender),
        *(p.ethnicity, p.ward, p.postcode, p.offence, p.crime_reference, p.force_reference),
        *(p.listed_on, p.consulted, p.exception, p.exception_reason),
    ]
    return select(*columns).where(col(p.id).in_(bindparam("ids", expanding=True)))


def police(db: Session, ids: Sequence[int]) -> Iterator[Found]:
    """The problems of these disposals of the police."""
    asked = db.execute(_police_query(), {"ids": list(ids)})
    same = ("given_on", "outcome", "gender", "ethnicity", "ward", "postcode", "offence", "crime_reference")
    for row in asked.mappings():
        record = PoliceRecord(
            **{name: row[name] for name in (*same, "force_reference", "listed_on", "consulted")},
            made_on=today_in_london(row["made_at"]),
            counted=row["status"] is Standing.COUNTED,
            born=row["date_of_birth"],
            exception_reason=bool(row["exception"] or row["exception_reason"]),
        )
        keys = (row["area_id"], None, record.given_on, None, record.given_on)
        for key, said in found_in_police(record).items():
            yield Found(Subject.POLICE, row["id"], key, *keys, said[:300])


def found(db: Session, subject: Subject, ids: Sequence[int]) -> Iterator[Found]:
    """The problems of these records."""
    return cases(db, ids) if subject is Subject.CASE else police(db, ids)
