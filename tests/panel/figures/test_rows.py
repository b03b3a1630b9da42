"""What the row of a subject is made of, at the edges of each rule; no database is asked."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from panel.figures.case_rows import milestone_of
from panel.figures.json_rows import Gathered
from panel.figures.other_rows import meeting_of, police_of

SENT = "2026-11-02T10:00:00+00:00"  # a Monday
DUE = date(2026, 11, 16)  # ten working days later
CASE = {
    "reference": "NK-1",
    "area_id": 1,
    "status": "accepted",
    "source": None,
    "outcome": None,
    "bailed_on": None,
    "victim_identified": False,
    "created_at": "2026-11-01T23:30:00+00:00",
    "submitted_at": SENT,
    "accepted_at": SENT,
    "notified_at": None,
    "closed_at": None,
    "appointed_on": None,
    "given_on": None,
    "assessment_stopped_days": 0,
    "gender": "male",
    "assessment_stopped_since": None,
    "ethnicity": "W1",
    "date_of_birth": "2011-11-02",
    "looked_after": 0,
}
STEP = {
    "kind": "activity",
    "what": "Paint the fence",
    "done_when": "It is painted",
    "who": "Priya",
    "where_at": "The club",
    "when_at": "Saturday",
    "payee": "",
    "pay_how": "",
    "checked_by": "",
    "amount_pence": 0,
    "due_on": "2026-12-01",
    "done_on": None,
    "state": "to_do",
    "binding": 1,
    "purpose": "rehabilitation",
    "at_childs_home": 0,
}


def row(on: date, case: dict[str, Any] | None = None, **parts: list[dict[str, Any]]) -> dict[str, Any]:
    kinds = {"case": [CASE | (case or {})], **parts}
    rows = {kind: [SimpleNamespace(**values) for values in found] for kind, found in kinds.items()}
    return milestone_of(7, Gathered(rows), on)


def test_age_is_that_of_the_day_of_the_referral_and_days_are_those_of_london() -> None:
    made = row(DUE)
    assert (made["age"], made["created_on"], made["referred_on"]) == (
        15,
        date(2026, 11, 1),
        date(2026, 11, 2),
    )
    assert row(DUE, {"date_of_birth": "2011-11-03"})["age"] == 14
    assert row(DUE, {"created_at": "2026-07-01T23:30:00+00:00"})["created_on"] == date(2026, 7, 2)  # summer


def test_an_assessment_is_running_to_its_last_day_and_turns_on_the_next() -> None:
    made = row(DUE)
    assert (made["assessment_due_on"], made["assessment_running"]) == (DUE, True)
    assert made["turns_on"] == date(2026, 11, 17)
    late = row(date(2026, 11, 17))
    assert (late["assessment_running"], late["turns_on"]) == (False, None)


def test_a_case_that_was_sent_back_or_has_ended_has_no_assessment_to_wait_for() -> None:
    assert row(DUE, {"status": "sent_back"})["assessment_due_on"] is None
    ended = row(DUE, {"status": "withdrawn"})
    assert (ended["assessment_due_on"], ended["assessment_running"], ended["turns_on"]) == (DUE, False, None)


def test_the_first_submission_counts_and_days_on_which_an_agency_was_late_move_the_day() -> None:
    twice = [{"at": "2026-11-20T09:00:00+00:00"}, {"at": "2026-11-16T23:59:00+00:00"}]
    assert row(date(2026, 11, 20), version=twice)["assessed_on"] == DUE
    moved = row(date(2026, 11, 20), {"assessment_stopped_days": 2}, version=twice)
    assert moved["assessment_due_on"] == date(2026, 11, 18)
    waiting = row(date(2026, 11, 12), {"assessment_stopped_since": "2026-11-10"})
    assert waiting["turns_on"] == date(2026, 11, 13)  # while it stands, every day


@pytest.mark.parametrize(
    ("signed", "by", "other"),
    [(None, None, False), ("2026-11-18T10:00:00+00:00", 2, True), ("2026-11-18T10:00:00+00:00", 1, False)],
)
def test_countersigning_has_two_working_days_and_is_by_somebody_else(
    signed: Any, by: Any, other: bool
) -> None:
    assessment = {
        "author_id": 1,
        "status": "submitted",
        "submitted_at": "2026-11-13T10:00:00+00:00",
        "countersigned_at": signed,
        "countersigned_by_id": by,
        "safety": "medium",
        "harm": None,
    }
    made = row(date(2026, 11, 17), assessment=[assessment], version=[{"at": "2026-11-13T10:00:00+00:00"}])
    assert made["countersign_due_on"] == date(2026, 11, 17)  # over a weekend
    assert (made["countersigned_by_other"], made["countersign_running"]) == (other, signed is None)
    assert made["turns_on"] == (date(2026, 11, 18) if signed is None else None)
    assert (made["safety"], made["harm"]) == ("medium", "")


DECISION = {
    "id": 3,
    "item_id": 9,
    "outcome": "youth_caution",
    "took_place_on": "2026-11-17",
    "reasons": "Because",
    "held_on": "2026-11-17",
}
LAST_WORD = [
    {"decision_id": 3, "number": 1, "outcome": "refer_for_charge"},
    {"decision_id": 3, "number": 2, "outcome": "youth_caution"},
]


@pytest.mark.parametrize(
    ("parts", "case", "followed"),
    [
        ({}, {}, "not_given_yet"),
        ({"decision": [DECISION | {"outcome": "no_further_action"}]}, {}, "nothing_to_give"),
        ({}, {"given_on": "2026-11-19", "outcome": "youth_caution"}, "yes"),
        ({}, {"given_on": "2026-11-19", "outcome": "community_resolution"}, "no"),
        ({"rescinded": [{"decision_id": 3}]}, {}, "rescinded"),
        ({"rescinded": [{"decision_id": 2}]}, {}, "not_given_yet"),
        ({"police": [{"decision_id": 3, "number": 1, "outcome": "refer_for_charge"}]}, {}, "no"),
        ({"police": LAST_WORD}, {}, "yes"),
    ],
)
def test_what_was_given_follows_the_decision_or_not(parts: Any, case: Any, followed: str) -> None:
    assert row(DUE, case, **{"decision": [DECISION], **parts})["followed"] == followed


def test_the_last_decision_counts_with_the_views_that_were_taken_for_it() -> None:
    older = DECISION | {"id": 2, "item_id": 8, "took_place_on": "2026-11-03", "reasons": ""}
    seats = [{"item_id": 9, "seat": "police"}, {"item_id": 8, "seat": "yot_manager"}]
    made = row(DUE, decision=[DECISION, older], position=seats)
    assert (made["decided_on"], made["reasons_given"]) == (date(2026, 11, 17), True)
    assert (made["police_view"], made["yot_view"]) == (True, False)


def test_a_victim_is_heard_when_asked_by_the_day_of_the_panel() -> None:
    def victim(view: str, tried: str | None) -> dict[str, Any]:
        return {
            "view": view,
            "same_household": 0,
            "reparation_at_home": None,
            "tried_on": tried,
            "cleared_at": None,
        }

    victims = [
        victim("given", "2026-11-17"),
        victim("declined", "2026-11-18"),
        victim("not_contactable", None),
    ]
    made = row(DUE, decision=[DECISION], victim=victims)
    assert (made["victims"], made["victims_heard"], made["victims_unreachable"]) == (3, 1, 1)
    assert row(DUE, {"victim_identified": 1})["victims"] == 1  # harmed, and nobody wrote down who


def test_steps_conditions_and_reparation_at_home() -> None:
    done = {"state": "done", "done_on": "2026-12-01"}
    steps = [
        STEP,
        STEP | done,
        STEP | done | {"done_on": "2026-12-02"},
        STEP | {"when_at": " ", "binding": 0, "purpose": "reparation", "at_childs_home": 1},
        STEP | {"state": "removed"},
    ]
    made = row(date(2026, 12, 1), step=steps)
    assert (made["steps"], made["steps_complete"]) == (4, 3)
    assert (made["conditions"], made["conditions_running"], made["conditions_in_time"]) == (3, 1, 1)
    assert row(date(2026, 12, 2), step=steps)["conditions_running"] == 0
    assert (made["reparations"], made["reparations_suited"]) == (1, 0)
    agreed = {
        "view": "given",
        "same_household": 1,
        "reparation_at_home": 1,
        "objects_to_sharing": 0,
        "tried_on": None,
        "cleared_at": None,
    }
    assert row(DUE, step=steps, victim=[agreed])["reparations_suited"] == 1


def test_a_missed_contact_is_answered_within_two_working_days() -> None:
    def entry(
        number: int, rung: str, day: str, matter: int = 1, state: str | None = "missed"
    ) -> dict[str, Any]:
        return {"id": number, "matter_id": matter, "rung": rung, "happened_on": day, "state": state}

    entries = [
        entry(1, "missed", "2026-11-13"),
        entry(2, "answer", "2026-11-17"),  # two working days over a weekend
        entry(3, "missed", "2026-11-17"),
        entry(4, "answer", "2026-11-20"),  # a day too late
        entry(5, "missed", "2026-11-20", matter=2),
        entry(6, "missed", "2026-11-20", matter=3, state="excused"),
    ]
    made = row(date(2026, 11, 24), entry=entries)
    kinds = ("missed", "missed_answered", "missed_running", "missed_excused")
    assert [made[kind] for kind in kinds] == [4, 1, 1, 1]
    assert made["turns_on"] == date(2026, 11, 25)
    assert row(date(2026, 11, 25), entry=entries)["missed_running"] == 0


def test_contingency_that_only_says_review_is_none() -> None:
    def content(action: str, risk: str) -> list[dict[str, Any]]:
        plan = {"contingencies": [{"risk": risk, "action": action}], "links": [], "exits": [{"key": 1}]}
        return [plan | {"links": [{"kind": "child_in_need", "fit": "We meet monthly"}]}]

    made = row(DUE, content=content("His aunt takes him in for the night", "both"))
    assert (made["contingency_safety"], made["contingency_harm"], made["exits"]) == (True, True, 1)
    assert made["other_plan_linked"]
    assert not row(DUE, content=content("Review the plan", "safety"))["contingency_safety"]


SAID = {
    "reference": "P-1",
    "area_id": 1,
    "area": "NK",
    "status": "counted",
    "gender": "male",
    "ethnicity": "",
    "outcome": "community_resolution",
    "date_of_birth": None,
    "given_on": "2026-11-02",
    "told_on": None,
    "tell_by": "2026-11-16",
    "listed_on": "2026-11-10",
    "asked_on": None,
    "fit": "nothing",
    "consulted": None,
    "first_time": None,
    "decided": 0,
    "child_gender": None,
    "child_ethnicity": None,
    "child_date_of_birth": None,
    "child_looked_after": None,
}
OURS = {
    "child_gender": "female",
    "child_ethnicity": "W1",
    "child_date_of_birth": "2011-11-02",
    "child_looked_after": 1,
}


@pytest.mark.parametrize(
    ("facts", "on", "place", "in_time"),
    [
        ({}, DUE, "running", False),
        ({}, date(2026, 11, 17), "untold", False),
        ({"told_on": "2026-11-16"}, date(2026, 11, 17), "in_time", True),
        ({"told_on": "2026-11-17"}, date(2026, 11, 17), "late", False),
        ({"told_on": "2026-11-12", "asked_on": "2026-11-12"}, DUE, "after_asking", False),
        ({"told_on": "2026-11-12", "listed_on": None}, DUE, "only_ours", True),
        ({"fit": "to_review"}, date(2026, 11, 17), "unmatched", False),
        ({"status": "set_aside"}, DUE, "set_aside", False),
    ],
)
def test_a_disposal_of_the_police_stands_where_the_gap_has_it(
    facts: Any, on: date, place: str, in_time: bool
) -> None:
    made = police_of(1, Gathered({"police": [SimpleNamespace(**SAID | facts)]}), on)
    assert (made["place"], made["told_in_time"]) == (place, in_time)
    assert made["turns_on"] == (date(2026, 11, 17) if place == "running" else None)


@pytest.mark.parametrize(
    ("facts", "gender", "ethnicity", "age", "care"),
    [
        ({}, "male", "", None, ""),
        ({"gender": "not_stated"}, "not_stated", "", None, ""),
        (OURS, "male", "W1", 15, "looked_after"),
        (OURS | {"child_looked_after": 0}, "male", "W1", 15, "not_looked_after"),
        (OURS | {"gender": "not_stated"}, "female", "W1", 15, "looked_after"),
        (OURS | {"ethnicity": "B1", "date_of_birth": "2011-11-03"}, "male", "B1", 14, "looked_after"),
    ],
)
def test_what_the_police_do_not_say_of_a_child_is_as_the_case_here_has_it(
    facts: Any, gender: str, ethnicity: str, age: int | None, care: str
) -> None:
    made = police_of(1, Gathered({"police": [SimpleNamespace(**SAID | facts)]}), DUE)
    assert [made[name] for name in ("gender", "ethnicity", "age", "care")] == [gender, ethnicity, age, care]


def test_a_meeting_has_the_seats_of_those_who_were_there() -> None:
    meeting = SimpleNamespace(reference="M-1", area_id=1, status="closed", held_on="2026-11-17")
    seats = [SimpleNamespace(seat="police"), SimpleNamespace(seat="victim_worker")]
    made = meeting_of(1, Gathered({"meeting": [meeting], "member": seats}), DUE)
    assert (made["police"], made["yot_manager"], made["victim_worker"]) == (True, False, True)
