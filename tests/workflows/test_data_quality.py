"""Each check of the data, on both sides of its boundary."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from workflows.case import Status
from workflows.data_quality import BASIS, OF_THE_POLICE, CaseRecord, OffenceRecord, PoliceRecord
from workflows.data_quality_checks import CASES, NOT_JUDGED
from workflows.data_quality_police import CHECKS, POLICE_DISPOSALS, found_in_case, found_in_police
from workflows.vocabulary import Gender, Outcome

DAY = date(2026, 9, 15)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
OFFENCE = OffenceRecord(date(2026, 8, 1), crime_reference="13260000001")
RIGHT = CaseRecord(
    status=Status.CLOSED,
    born=date(2011, 3, 4),
    created_on=date(2026, 8, 3),
    gender=Gender.FEMALE,
    ethnicity="W1",
    postcode="KD1 2AB",
    carer_answered=True,
    has_worker=True,
    victim_answered=True,
    outcome=Outcome.YC,
    offences=(OFFENCE,),
    received_on=date(2026, 8, 4),
    submitted_on=date(2026, 8, 14),
    countersigned_on=date(2026, 8, 14),
    assessed_on=date(2026, 8, 17),
    decided_on=date(2026, 8, 25),
    given_on=DAY,
    closed_on=date(2026, 12, 1),
    disposal_outcome=Outcome.YC,
    disposal_given_on=DAY,
    written_on=DAY,
    explained_on=DAY,
    has_document=True,
    adult_named=True,
)
# Of each check: what makes it find something, and the nearest record in which it must not.
SIDES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "ethnicity_missing": ({"ethnicity": ""}, {"ethnicity": "NS"}),
    "gender_missing": ({"gender": Gender.NOT_STATED}, {"gender": Gender.OTHER}),
    "postcode_missing": ({"postcode": ""}, {"postcode": "KD1"}),
    "gravity_missing": ({"offences": (OFFENCE, replace(OFFENCE, scored=False))}, {"offences": (OFFENCE,)}),
    "crime_missing": ({"offences": (replace(OFFENCE, crime_reference=""),)}, {"offences": ()}),
    "carer_missing": ({"carer_answered": False}, {"carer_answered": True}),
    "victim_missing": ({"victim_answered": False}, {"victim_answered": True}),
    "worker_missing": (
        {"has_worker": False, "status": Status.ACCEPTED},
        {"has_worker": False, "status": Status.SUBMITTED},
    ),
    "levels_missing": ({"levels_missing": 1}, {"levels_missing": 3, "assessed_on": None}),
    "document_missing": ({"has_document": False}, {"has_document": False, "outcome": Outcome.NFA}),
    "explanation_missing": ({"explained_on": None}, {"explained_on": DAY}),
    "adult_missing": ({"adult_named": False}, {"adult_named": False, "given_on": None}),
    "late_reason_missing": ({"written_on": AFTER}, {"written_on": AFTER, "late_reason": True}),
    "offence_after_referral": (
        {"offences": (replace(OFFENCE, committed_on=date(2026, 8, 5)),)},
        {"offences": (replace(OFFENCE, committed_on=date(2026, 8, 4)),)},
    ),
    "offence_ends_early": (
        {"offences": (replace(OFFENCE, ended_on=date(2026, 7, 31)),)},
        {"offences": (replace(OFFENCE, ended_on=date(2026, 8, 1)),)},
    ),
    "assessed_before_referral": (
        {"assessed_on": date(2026, 8, 3)},
        {"assessed_on": date(2026, 8, 4)},
    ),
    "signed_before_submitted": (
        {"countersigned_on": date(2026, 8, 13)},
        {"countersigned_on": date(2026, 8, 14)},
    ),
    "decided_before_referral": (
        {"decided_on": date(2026, 8, 3), "assessed_on": None},
        {"decided_on": date(2026, 8, 4), "assessed_on": None},
    ),
    "decided_before_assessed": ({"decided_on": date(2026, 8, 16)}, {"decided_on": date(2026, 8, 17)}),
    "given_before_decided": (
        {"decided_on": AFTER},
        {"decided_on": AFTER, "exception_reason": True},
    ),
    "explained_after_given": ({"explained_on": AFTER}, {"explained_on": DAY}),
    "giving_differs": ({"disposal_given_on": BEFORE}, {"given_on": None, "disposal_given_on": None}),
    "outcome_differs": ({"disposal_outcome": Outcome.YCC}, {"disposal_outcome": None}),
    "closed_before_given": ({"closed_on": BEFORE}, {"closed_on": DAY}),
    "closed_with_steps": ({"steps_open": 1}, {"steps_open": 1, "status": Status.NOTIFIED}),
    "attended_early": ({"attended_early": 1}, {"attended_early": 0}),
    "age_at_offence": ({"born": date(2016, 8, 2)}, {"born": date(2016, 8, 1)}),
    "born_when_written": ({"born": RIGHT.created_on}, {"born": RIGHT.created_on - timedelta(days=1)}),
    "caution_to_adult": ({"born": date(2008, 9, 15)}, {"born": date(2008, 9, 16)}),
    "given_ahead": ({"written_on": BEFORE}, {"written_on": DAY}),
}
TOLD = PoliceRecord(
    made_on=DAY,
    given_on=DAY,
    outcome=Outcome.CR,
    born=date(2011, 3, 4),
    gender=Gender.MALE,
    ethnicity="W1",
    ward="Weir",
    offence="Theft from a shop",
    crime_reference="13260000001",
    listed_on=DAY,
    consulted=True,
)
OF_POLICE: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "police_birth_missing": ({"born": None}, {}),
    "police_ethnicity_missing": ({"ethnicity": ""}, {"ethnicity": "NS"}),
    "police_gender_missing": ({"gender": Gender.NOT_STATED}, {}),
    "police_place_missing": ({"ward": ""}, {"ward": "", "postcode": "KD1 2AB"}),
    "police_offence_missing": ({"offence": ""}, {}),
    "police_reference_missing": ({"crime_reference": ""}, {"crime_reference": "", "force_reference": "K1"}),
    "police_reason_missing": ({"consulted": False}, {"consulted": None}),
    "police_listed_early": ({"listed_on": BEFORE}, {"listed_on": DAY}),
    "police_age": ({"born": date(2008, 9, 15)}, {"born": date(2008, 9, 16)}),
    "police_given_ahead": ({"made_on": BEFORE, "listed_on": None}, {"made_on": DAY}),
}


def test_a_record_in_order_has_no_problem() -> None:
    assert found_in_case(RIGHT) == {}
    assert found_in_police(TOLD) == {}


@pytest.mark.parametrize("key", [one.key for one in CASES])
def test_each_check_of_a_case_finds_one_side_of_its_boundary_only(key: str) -> None:
    wrong, right = SIDES[key]
    said = found_in_case(replace(RIGHT, **wrong))
    assert said[key], f"{key} says nothing about what stands there"
    assert key not in found_in_case(replace(RIGHT, **right))


@pytest.mark.parametrize("key", [one.key for one in POLICE_DISPOSALS])
def test_each_check_of_a_police_disposal_finds_one_side_of_its_boundary_only(key: str) -> None:
    wrong, right = OF_POLICE[key]
    assert found_in_police(replace(TOLD, **wrong))[key]
    assert key not in found_in_police(replace(TOLD, **right))


def test_the_oldest_child_is_17_at_the_offence() -> None:
    at_18 = replace(RIGHT, born=date(2008, 8, 1))
    assert found_in_case(at_18)["age_at_offence"] == "Born 1 August 2008: aged 18 on 1 August 2026"
    assert "age_at_offence" not in found_in_case(replace(RIGHT, born=date(2008, 8, 2)))


def test_a_disposal_without_the_yot_needs_a_reason_and_a_list_has_its_day() -> None:
    alone = replace(TOLD, consulted=False)
    assert "police_reason_missing" in found_in_police(alone)
    assert "police_reason_missing" not in found_in_police(replace(alone, exception_reason=True))
    said = found_in_police(replace(TOLD, listed_on=BEFORE))["police_listed_early"]
    assert said.endswith(", listed 14 September 2026")


def test_ten_to_seventeen_when_the_police_gave_it() -> None:
    assert "police_age" in found_in_police(replace(TOLD, born=date(2016, 9, 16)))
    assert "police_age" not in found_in_police(replace(TOLD, born=date(2016, 9, 15)))


@pytest.mark.parametrize("status", NOT_JUDGED)
def test_what_is_still_written_or_has_ended_without_the_panel_is_not_judged(status: Status) -> None:
    assert found_in_case(replace(RIGHT, status=status, ethnicity="")) == {}
    assert found_in_police(replace(TOLD, ethnicity="", counted=False)) == {}


def test_every_check_says_what_rests_on_it_and_every_metric_of_it_has_a_clock() -> None:
    clocked = {*BASIS, *OF_THE_POLICE}
    for check in CHECKS.values():
        assert check.metrics or check.splits, check.key
        assert set(check.metrics) <= clocked, check.key
        wanted = set(OF_THE_POLICE) if check.subject == "police" else clocked
        assert set(check.metrics) <= wanted, check.key
    assert len(CHECKS) == len(CASES) + len(POLICE_DISPOSALS)
