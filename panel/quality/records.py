"""Records as the checks see them, made from what was gathered of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from panel.figures.json_rows import Gathered, day, london_day, moment
from panel.plans.models import StepState
from workflows.calendar import today_in_london
from workflows.case import Status
from workflows.data_quality import CaseRecord, OffenceRecord, PoliceRecord, Subject
from workflows.data_quality_police import found_in_case, found_in_police
from workflows.police import Standing
from workflows.vocabulary import Gender, Outcome

LEVELS = ("reoffending", "safety", "harm")
SAME = ("ethnicity", "ward", "postcode", "offence", "crime_reference", "force_reference")


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


def of_case(number: int, of: Gathered) -> Iterator[Found]:
    """The problems of a case."""
    case, record = of.one("case"), case_record(of)
    received = record.received_on or record.created_on
    keys = (case.area_id, case.case_manager_id, received, record.decided_on, record.given_on)
    for key, said in found_in_case(record).items():
        yield Found(Subject.CASE, number, key, *keys, said[:300])


def case_record(of: Gathered) -> CaseRecord:
    """A case as the checks see it."""
    case = of.one("case")
    return CaseRecord(
        status=Status(case.status),
        outcome=Outcome(case.outcome) if case.outcome else None,
        born=date.fromisoformat(case.date_of_birth),
        created_on=today_in_london(moment(case.created_at)),
        received_on=london_day(case.submitted_at),
        assessed_on=london_day(case.assessed_at),
        decided_on=london_day(case.decided_at),
        given_on=day(case.given_on),
        closed_on=london_day(case.closed_at),
        gender=Gender(case.gender),
        ethnicity=case.ethnicity,
        postcode=case.postcode,
        carer_answered=bool(case.carer or case.no_carer_reason),
        has_worker=case.case_manager_id is not None,
        victim_answered=case.victim_identified is not None,
        offences=tuple(_offence(one) for one in sorted(of.all("offence"), key=lambda one: one.id)),
        exception_reason=bool(of.all("alone")),
        steps_open=sum(one.state == StepState.TO_DO.value for one in of.all("step")),
        attended_early=sum(_early(one) for one in of.all("contact")),
        **_assessed(of.one("assessment")),
        **_disposed(of.one("disposal")),
    )


def _offence(said: Any) -> OffenceRecord:
    committed, ended = date.fromisoformat(said.committed_on), day(said.ended_on)
    return OffenceRecord(committed, ended, said.gravity is not None, said.crime_reference)


def _early(contact: Any) -> bool:
    """Whether somebody wrote down that a child had been where they were not due yet."""
    return bool(contact.noted_at) and moment(contact.starts_at) > moment(contact.noted_at)


def _assessed(assessment: Any) -> dict[str, Any]:
    return {
        "submitted_on": london_day(assessment.submitted_at) if assessment else None,
        "countersigned_on": london_day(assessment.countersigned_at) if assessment else None,
        "levels_missing": sum(getattr(assessment, level, None) is None for level in LEVELS),
    }


def _disposed(disposal: Any) -> dict[str, Any]:
    if disposal is None:
        return {}
    return {
        "disposal_outcome": Outcome(disposal.outcome) if disposal.outcome else None,
        "disposal_given_on": day(disposal.given_on),
        "written_on": london_day(disposal.given_at),
        "explained_on": london_day(disposal.explained_at),
        "has_document": disposal.document_id is not None,
        "adult_named": bool(disposal.adult_name),
        "late_reason": bool(disposal.given_late_reason),
    }


def of_police(number: int, of: Gathered) -> Iterator[Found]:
    """The problems of a disposal of the police."""
    said = of.one("police")
    given = date.fromisoformat(said.given_on)
    record = PoliceRecord(
        **{name: getattr(said, name) for name in SAME},
        made_on=today_in_london(moment(said.made_at)),
        given_on=given,
        outcome=Outcome(said.outcome),
        gender=Gender(said.gender),
        counted=said.status == Standing.COUNTED.value,
        born=day(said.date_of_birth),
        listed_on=day(said.listed_on),
        consulted=None if said.consulted is None else bool(said.consulted),
        exception_reason=bool(said.exception or said.exception_reason),
    )
    for key, what in found_in_police(record).items():
        yield Found(Subject.POLICE, number, key, said.area_id, None, given, None, given, what[:300])
