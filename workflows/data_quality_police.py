"""The checks of disposals that the police gave, and all checks by their keys."""

from typing import Any

from workflows.calendar import age_on, long_date
from workflows.data_quality import OF_THE_POLICE, CaseRecord, Check, Kind, Owner, PoliceRecord, Subject
from workflows.data_quality_checks import CASES, NOT_JUDGED, is_child
from workflows.vocabulary import Gender

Police = Check[PoliceRecord]
MISSING, WRONG, IMPOSSIBLE = Kind.MISSING, Kind.CONTRADICTORY, Kind.IMPOSSIBLE
POLICE = Subject.POLICE


def _age(record: PoliceRecord) -> int | None:
    return None if record.born is None else age_on(record.born, record.given_on)


def _out_of_age(record: PoliceRecord) -> bool:
    age = _age(record)
    return age is not None and not is_child(age, record.made_on)


def _given(record: PoliceRecord) -> str:
    return f"Given {long_date(record.given_on)}"


POLICE_DISPOSALS: tuple[Check[PoliceRecord], ...] = (
    Police(
        *("police_birth_missing", POLICE, MISSING, "Date of birth is not recorded", Owner.FORCE),
        "police",
        lambda r: r.born is None,
        _given,
        metrics=OF_THE_POLICE,
        splits="age",
    ),
    Police(
        *("police_ethnicity_missing", POLICE, MISSING, "Ethnic group is not recorded", Owner.FORCE),
        "police",
        lambda r: not r.ethnicity,
        _given,
        splits="ethnic group",
    ),
    Police(
        *("police_gender_missing", POLICE, MISSING, "Gender is not recorded", Owner.FORCE),
        "police",
        lambda r: r.gender is Gender.NOT_STATED,
        _given,
        splits="gender",
    ),
    Police(
        *("police_place_missing", POLICE, MISSING, "Neither ward nor postcode is recorded", Owner.FORCE),
        "police",
        lambda r: not r.ward and not r.postcode,
        _given,
        splits="place",
    ),
    Police(
        *("police_offence_missing", POLICE, MISSING, "The offence is not recorded", Owner.FORCE),
        "police",
        lambda r: not r.offence,
        _given,
        splits="offence",
    ),
    Police(
        *("police_reference_missing", POLICE, MISSING, "No reference of the force at all", Owner.FORCE),
        "police",
        lambda r: not r.crime_reference and not r.force_reference,
        _given,
        metrics=OF_THE_POLICE,
    ),
    Police(
        *("police_reason_missing", POLICE, MISSING, "Given without the YOT, without a reason", Owner.FORCE),
        "police",
        lambda r: r.consulted is False and not r.exception_reason,
        _given,
        metrics=("M2",),
    ),
    Police(
        *("police_listed_early", POLICE, WRONG, "On a list before it was given", Owner.FORCE),
        "police",
        lambda r: r.listed_on is not None and r.listed_on < r.given_on,
        lambda r: f"{_given(r)}, listed {long_date(r.listed_on)}" if r.listed_on else _given(r),
        metrics=("M1",),
    ),
    Police(
        *("police_age", POLICE, IMPOSSIBLE, "Not aged 10 to 17 when it was given", Owner.FORCE),
        "police",
        _out_of_age,
        lambda r: f"Aged {_age(r)} on {long_date(r.given_on)}",
        metrics=OF_THE_POLICE,
        splits="age",
    ),
    Police(
        *("police_given_ahead", POLICE, IMPOSSIBLE, "Given on a day that had not come", Owner.FORCE),
        "police",
        lambda r: r.given_on > r.made_on,
        lambda r: f"Recorded {long_date(r.made_on)}, given {long_date(r.given_on)}",
        metrics=OF_THE_POLICE,
    ),
)
_ALL: tuple[Check[Any], ...] = (*CASES, *POLICE_DISPOSALS)
CHECKS: dict[str, Check[Any]] = {one.key: one for one in _ALL}


def found_in_police(record: PoliceRecord) -> dict[str, str]:
    """What is wrong with a disposal of the police: each check with what stands in the record."""
    if not record.counted:
        return {}
    return {one.key: one.shows(record) for one in POLICE_DISPOSALS if one.wrong(record)}


def found_in_case(record: CaseRecord) -> dict[str, str]:
    """What is wrong with a case: each check with what stands in the record."""
    if record.status in NOT_JUDGED:
        return {}
    return {one.key: one.shows(record) for one in CASES if one.wrong(record)}
