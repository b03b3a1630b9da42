"""What each fact in the row of a subject is made of, one fact at a time; no database is asked."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from panel.figures import other_rows
from panel.figures.audit_rows import audit_of
from panel.figures.json_rows import Gathered
from tests.panel.figures.test_rows import DECISION, DUE, SAID, STEP, row

AT = "2026-11-13T10:00:00+00:00"
ASKED = ("police", "social_care", "education")


def sources(*kinds: str, answer: str = "received") -> list[dict[str, Any]]:
    return [{"kind": kind, "answer": answer} for kind in kinds]


# What is recorded, then the fact and what it has to be.
ASSESSED: list[tuple[dict[str, Any], str, Any]] = [
    ({}, "child_heard", False),
    ({"voice": [{"key": "child_words"}]}, "child_heard", True),
    ({"voice": [{"key": "parent_words"}]}, "child_heard", False),
    ({"voice": [{"key": "parent_words"}]}, "carer_heard", True),
    ({"voice": [{"key": "child_words"}]}, "carer_heard", False),
    ({"self": [{"given_back_at": AT}]}, "child_heard", True),
    ({"self": [{"given_back_at": None}]}, "child_heard", False),
    ({"source": sources(*ASKED)}, "agencies_heard", True),
    ({"source": sources(*ASKED, "health")}, "agencies_heard", True),
    ({"source": sources(*ASKED, answer="nothing_known")}, "agencies_heard", True),
    ({"source": sources(*ASKED, answer="waiting")}, "agencies_heard", False),
    ({"source": [*sources(*ASKED[:2]), *sources("education", answer="refused")]}, "agencies_heard", False),
    ({"source": sources(*ASKED[1:], "health")}, "agencies_heard", False),
    ({"strength": [{"id": 1}, {"id": 2}]}, "strengths", 2),
    ({"linked": [{"kind": "child_in_need"}]}, "other_plan", True),
    ({"linked": [{"kind": "education"}, {"kind": "care"}]}, "other_plan", True),
    ({"linked": [{"kind": "education"}]}, "other_plan", False),
    ({}, "other_plan", False),
    ({"position": [{"item_id": 9, "seat": "police"}]}, "police_view", False),  # and no decision yet
    ({"decision": [DECISION | {"reasons": " "}]}, "reasons_given", False),
    ({"decision": [DECISION]}, "reasons_given", True),
]


@pytest.mark.parametrize(("parts", "name", "value"), ASSESSED)
def test_what_was_recorded_before_the_giving(parts: Any, name: str, value: Any) -> None:
    """M8, M15, M17, M22 and M25."""
    assert row(DUE, **parts)[name] == value


@pytest.mark.parametrize(
    ("case", "name", "value"),
    [
        ({}, "source", ""),
        ({}, "safety", ""),
        ({}, "harm", ""),
        ({"source": "returned_by_court"}, "source", "returned_by_court"),
        ({}, "outcome", ""),
        ({"outcome": "youth_caution"}, "outcome", "youth_caution"),
        ({"date_of_birth": None}, "age", None),
        ({"looked_after": 1}, "care", "looked_after"),
        ({"looked_after": 1}, "other_plan", True),
        ({"submitted_at": None}, "assessment_due_on", None),
        ({"status": "draft"}, "assessment_due_on", None),
        ({"status": "closed"}, "assessment_running", False),
    ],
)
def test_what_the_case_itself_says(case: Any, name: str, value: Any) -> None:
    assert row(DUE, case)[name] == value


@pytest.mark.parametrize(
    ("view", "tried", "cleared", "heard"),
    [
        ("given", "2026-11-17", None, 1),
        ("given", "2026-11-18", None, 0),
        ("given", None, "2026-11-17T10:00:00+00:00", 1),
        ("given", None, "2026-11-18T10:00:00+00:00", 0),
        ("given", None, None, 0),
        ("declined", "2026-11-17", None, 1),
        ("not_yet_asked", "2026-11-10", None, 0),
        ("not_sought", "2026-11-10", None, 0),
        ("not_contactable", "2026-11-10", None, 0),
    ],
)
def test_a_view_or_a_refusal_from_before_the_panel_is_a_victim_heard(
    view: str, tried: str | None, cleared: str | None, heard: int
) -> None:
    """M16."""
    victim = {"view": view, "same_household": 0, "reparation_at_home": None}
    one = victim | {"tried_on": tried, "cleared_at": cleared}
    assert row(DUE, decision=[DECISION], victim=[one])["victims_heard"] == heard
    assert row(DUE, victim=[one])["victims_heard"] == 0  # no panel yet


GIVEN_ON = date(2026, 11, 19)  # a Thursday; the copy is due on the Friday
DISPOSAL = {
    "outcome": "youth_caution",
    "explained_at": "2026-11-19T10:00:00+00:00",
    "adult_name": "Ada Brook",
    "signed_at": None,
    "given_on": "2026-11-19",
    "signed_document_id": 4,
    "copy_altered_at": None,
    "case_manager_present": 1,
}


def given(on: date, more: dict[str, Any], there: Any = None, **parts: Any) -> dict[str, Any]:
    said = [{"there": [{"role": role} for role in there]}] if there is not None else []
    return row(on, {"given_on": "2026-11-19"}, disposal=[DISPOSAL | more], explained=said, **parts)


@pytest.mark.parametrize(
    ("day", "more", "on_file", "running"),
    [
        (20, {}, True, False),
        (20, {"signed_document_id": None}, False, True),
        (21, {"signed_document_id": None}, False, False),
        (20, {"copy_altered_at": AT}, False, True),
    ],
)
def test_a_signed_copy_has_one_working_day_and_must_not_be_altered(
    day: int, more: Any, on_file: bool, running: bool
) -> None:
    """M11."""
    made = given(date(2026, 11, day), more)
    assert (made["copy_due_on"], made["copy_on_file"], made["copy_running"]) == (
        date(2026, 11, 20),
        on_file,
        running,
    )
    assert made["turns_on"] == (date(2026, 11, 21) if running else None)


BOTH = ("Child", "Appropriate adult (mother)")


@pytest.mark.parametrize(
    ("more", "there", "child", "adult"),
    [
        ({}, BOTH, True, True),
        ({}, ("Child",), True, False),
        ({}, BOTH[1:], False, True),
        ({}, ("Child", "Police officer"), True, False),
        ({"adult_name": " "}, BOTH, True, True),
        ({}, None, True, True),  # explained before there was a list of who was there
        ({"adult_name": " "}, None, True, False),
        ({"explained_at": None}, BOTH, False, False),
        ({"explained_at": None}, None, False, False),
    ],
)
def test_a_disposal_is_explained_to_those_who_were_there(
    more: Any, there: Any, child: bool, adult: bool
) -> None:
    """M10."""
    made = given(DUE, more, there)
    assert (made["explained_child"], made["explained_adult"]) == (child, adult)


def test_the_case_manager_was_there_or_not() -> None:
    """M12."""
    assert given(DUE, {})["case_manager_present"] is True
    assert given(DUE, {"case_manager_present": 0})["case_manager_present"] is False
    assert row(DUE)["case_manager_present"] is False


@pytest.mark.parametrize(
    ("signers", "agreed", "signed"),
    [
        ((), (), False),
        (("child", "appropriate_adult"), (), True),
        (("child", "appropriate_adult", "officer"), (), True),
        (("child", "officer"), (), False),
        (("appropriate_adult", "case_manager"), (), False),
        ((), ((1, 1),), True),
        ((), ((1, 0), (0, 1)), False),
        (("child",), ((0, 1),), False),
        ((), ((1, 0), (1, 1)), True),
    ],
)
def test_a_plan_is_signed_by_child_and_adult_on_one_paper(signers: Any, agreed: Any, signed: bool) -> None:
    """M21."""
    made = row(
        DUE,
        signature=[{"signer": one} for one in signers],
        agreed=[{"child_signed": child, "adult_signed": adult, "at": AT} for child, adult in agreed],
    )
    assert made["plan_signed"] is signed


def link(kind: str, fit: str = "We meet monthly") -> dict[str, str]:
    return {"kind": kind, "fit": fit}


@pytest.mark.parametrize(
    ("links", "linked"),
    [
        ([], False),
        ([link("care")], True),
        ([link("child_protection"), link("education")], True),
        ([link("education"), link("health")], False),
        ([link("child_in_need", " ")], False),
        ([link("child_in_need", ""), link("education")], False),
    ],
)
def test_a_plan_of_social_care_is_linked_where_it_says_how_the_two_fit(links: Any, linked: bool) -> None:
    """M25."""
    content = [{"contingencies": None, "links": links, "exits": None}]
    assert row(DUE, content=content)["other_plan_linked"] is linked
    bare = row(DUE, content=[{"contingencies": None, "links": None, "exits": None}])
    assert (bare["contingency_safety"], bare["other_plan_linked"], bare["exits"]) == (False, False, 0)


def test_a_case_has_a_plan_or_none() -> None:
    assert (row(DUE)["plans"], row(DUE, plan=[{"id": 1}])["plans"]) == (0, 1)


@pytest.mark.parametrize(
    ("more", "running", "in_time"),
    [
        ({"state": "done", "done_on": "2026-12-01"}, 0, 1),
        ({"state": "done", "done_on": "2026-12-02"}, 0, 0),
        ({"state": "done", "done_on": None}, 0, 0),
        ({"state": "ended", "done_on": "2026-11-20"}, 0, 0),
        ({"state": "done", "done_on": "2026-11-20", "due_on": None}, 0, 0),
        ({"due_on": None}, 0, 0),
        ({}, 1, 0),
    ],
)
def test_a_condition_is_kept_when_it_is_done_by_its_day(more: Any, running: int, in_time: int) -> None:
    """M26."""
    made = row(date(2026, 12, 1), step=[STEP | more])
    assert (made["conditions"], made["conditions_running"], made["conditions_in_time"]) == (
        1,
        running,
        in_time,
    )


def test_the_conditions_of_a_case_belong_to_the_quarter_of_the_last_of_them() -> None:
    """M26; the day of a step that does not bind is no part of it."""
    days = ("2026-12-01", "2027-01-15", "2026-11-30")
    steps = [
        *(STEP | {"due_on": day} for day in (*days, None)),
        STEP | {"due_on": "2027-02-01", "binding": 0},
    ]
    assert row(DUE, step=steps)["conditions_due_on"] == date(2027, 1, 15)
    assert row(DUE, step=[STEP | {"due_on": None}])["conditions_due_on"] is None


@pytest.mark.parametrize(
    ("more", "victims", "reparations", "suited"),
    [
        ({}, (), 1, 1),
        ({"at_childs_home": 1}, (), 1, 0),
        ({"at_childs_home": 1}, ((1, 1, 0),), 1, 1),
        ({"at_childs_home": 1}, ((1, 0, 0),), 1, 0),
        ({"at_childs_home": 1}, ((0, 1, 0),), 1, 0),
        ({"at_childs_home": 1}, ((1, 0, 0), (0, 1, 0)), 1, 0),
        ({"at_childs_home": 1}, ((1, 1, 0), (1, 0, 0)), 1, 0),
        ({"at_childs_home": 1}, ((1, 1, 0), (1, 1, 0)), 1, 1),
        ({"at_childs_home": 1}, ((1, 1, 1),), 1, 0),
        ({"kind": "compensation"}, (), 0, 0),
        ({"purpose": "rehabilitation"}, (), 0, 0),
        ({"state": "removed"}, (), 0, 0),
    ],
)
def test_reparation_at_home_suits_only_where_every_victim_who_lives_there_agrees(
    more: Any, victims: Any, reparations: int, suited: int
) -> None:
    """M29, as VIC-10 asks it."""
    asked = {"view": "given", "tried_on": None, "cleared_at": None}
    names = ("same_household", "reparation_at_home", "objects_to_sharing")
    there = [asked | dict(zip(names, one, strict=True)) for one in victims]
    made = row(DUE, step=[STEP | {"purpose": "reparation"} | more], victim=there)
    assert (made["reparations"], made["reparations_suited"]) == (reparations, suited)


def entry(number: int, rung: str, day: str | None, matter: int = 1) -> dict[str, Any]:
    return {"id": number, "matter_id": matter, "rung": rung, "happened_on": day, "state": "missed"}


MISSED = entry(5, "missed", "2026-11-16")  # to be answered by 18 November


@pytest.mark.parametrize(
    ("others", "answered", "running"),
    [
        ([entry(6, "answer", "2026-11-18")], 1, 0),
        ([entry(6, "warning", "2026-11-18")], 1, 0),
        ([entry(6, "answer", "2026-11-19")], 0, 0),
        ([entry(6, "answer", "2026-11-17", matter=2)], 0, 1),
        ([entry(4, "answer", "2026-11-17")], 0, 1),
        ([], 0, 1),
    ],
)
def test_only_a_later_word_in_the_same_matter_answers_a_missed_contact(
    others: Any, answered: int, running: int
) -> None:
    """M27 (YC-7)."""
    made = row(date(2026, 11, 18), entry=[MISSED, *others])
    assert (made["missed"], made["missed_answered"], made["missed_running"]) == (1, answered, running)


def test_missing_again_answers_nothing_and_what_has_no_day_is_late() -> None:
    twice = row(date(2026, 11, 18), entry=[MISSED, entry(6, "missed", "2026-11-17")])
    assert (twice["missed"], twice["missed_answered"], twice["missed_running"]) == (2, 0, 2)
    without = row(date(2026, 11, 18), entry=[entry(5, "missed", None)])
    assert (without["missed"], without["missed_answered"], without["missed_running"]) == (1, 0, 0)


def test_the_first_contact_is_the_earliest_that_was_attended() -> None:
    contacts = [{"starts_at": at} for at in ("2026-11-20T10:00:00+00:00", AT, None)]
    assert row(DUE, contact=contacts)["first_contact_on"] == date(2026, 11, 13)
    assert row(DUE)["first_contact_on"] is None


def told(**more: Any) -> dict[str, Any]:
    return other_rows.police_of(1, Gathered({"police": [SimpleNamespace(**SAID | more)]}), DUE)


@pytest.mark.parametrize(
    ("more", "eligible"),
    [
        ({}, False),  # alone, the first time or unknown
        ({"first_time": 1}, False),
        ({"first_time": 0}, False),  # within twelve months, and nobody knows how long ago
        ({"outcome": "youth_caution"}, True),
        ({"outcome": "youth_conditional_caution"}, True),
        ({"outcome": "no_further_action"}, False),
        ({"outcome": "refer_for_charge"}, False),  # no disposal of the police
        ({"outcome": "youth_caution", "given_on": "2013-04-08"}, True),
        ({"outcome": "youth_caution", "given_on": "2013-04-07"}, False),  # nothing was agreed yet
    ],
)
def test_what_the_joint_policy_of_its_day_brings_to_the_yot(more: Any, eligible: bool) -> None:
    """M4."""
    assert told(**more)["eligible"] is eligible


@pytest.mark.parametrize(("said", "value"), [(None, None), (0, False), (1, True)])
def test_whether_the_yot_was_asked_is_yes_no_or_unsaid(said: Any, value: bool | None) -> None:
    """M3."""
    assert told(consulted=said)["consulted"] is value
    assert told(decided=said or 0)["panel_decided"] is bool(said)


def test_the_policy_is_asked_about_the_child_as_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    """CR-3: whether the police dealt with the child before is yes, no, or nobody told."""
    asked: list[Any] = []
    monkeypatch.setattr(other_rows, "_judge", lambda area: SimpleNamespace(eligible=asked.append))
    for said in (None, 0, 1):
        told(first_time=said, decided=1)
    assert [one.first_time for one in asked] == [None, False, True]
    assert all(one.panel_decided and one.given_on == date(2026, 11, 2) for one in asked)


@pytest.mark.parametrize("name", ["given_on", "tell_by"])
def test_a_disposal_without_its_days_is_an_error(name: str) -> None:
    with pytest.raises(ValueError, match="P-1 has no day"):
        told(**{name: None})


@pytest.mark.parametrize(
    ("auditor", "recorded", "agrees"),
    [("low", "low", True), ("medium", "low", False), (None, "low", None), ("low", None, None)],
)
def test_auditor_and_record_agree_differ_or_one_says_nothing(
    auditor: str | None, recorded: str | None, agrees: bool | None
) -> None:
    """M7, M18 and M19; the age is that of the referral, or of the day on which a draft was begun."""
    said = {
        "reference": "NK-1",
        "area_id": 1,
        "outcome": None,
        "finished_on": "2026-11-17",
        "gender": "male",
        "ethnicity": "W1",
        "date_of_birth": "2011-11-02",
        "looked_after": 0,
        "created_at": "2026-11-01T12:00:00+00:00",
        "referred_at": "2026-11-02T12:00:00+00:00",
        "safety_class": auditor,
        "recorded_safety": recorded,
        "harm_class": recorded,
        "recorded_harm": auditor,
        "disposal_right": None,
    }

    def made(**more: Any) -> dict[str, Any]:
        return audit_of(1, Gathered({"audit": [SimpleNamespace(**said | more)]}), DUE)

    assert (made()["safety_agrees"], made()["harm_agrees"]) == (agrees, agrees)
    assert (made()["age"], made(referred_at=None)["age"]) == (15, 14)
    assert [made(disposal_right=one)["disposal_right"] for one in (None, 0, 1)] == [None, False, True]
    assert (made()["outcome"], made(outcome="youth_caution")["outcome"]) == ("", "youth_caution")
