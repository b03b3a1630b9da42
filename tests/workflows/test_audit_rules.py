"""The rules of case audits, on both sides of each, and what hints say of recorded data."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from config.audit_form import form, framework, frameworks, prompts, questions
from tests.workflows.ready import READY_AUDIT_ROUND, READY_AUDITED, READY_CASE_AUDIT, READY_SETTLED
from workflows.audit import (
    AUDIT_ROUND,
    AUDITED_CASE,
    CASE_AUDIT,
    AuditStatus,
    CaseStatus,
    LeftOut,
    RoundStatus,
)
from workflows.audit_evidence import LOOKS, hints
from workflows.audit_seen import Kind, Seen, StepSeen
from workflows.flow import Flow
from workflows.plan_parts import Serves
from workflows.vocabulary import Level

TODAY = date(2026, 11, 17)
DAY = timedelta(days=1)
R, C, A, NO = RoundStatus, CaseStatus, AuditStatus, LeftOut.NO_AUDITOR
ITEM = frozenset({"3.1.1"})


@pytest.mark.parametrize(
    ("flow", "move", "source", "facts", "broken", "name"),
    [
        (AUDIT_ROUND, "open", R.NEW, READY_AUDIT_ROUND, {"until": date(2020, 1, 1)}, "audit_period"),
        (AUDIT_ROUND, "open", R.NEW, READY_AUDIT_ROUND, {"eligible": 0}, "audit_eligible"),
        (AUDIT_ROUND, "open", R.NEW, READY_AUDIT_ROUND, {"form_questions": 0}, "audit_form_read"),
        (AUDIT_ROUND, "open", R.NEW, READY_AUDIT_ROUND, {"auditors": 0}, "audit_auditors"),
        (AUDIT_ROUND, "finish", R.OPEN, READY_AUDIT_ROUND, {"waiting": 1}, "audit_all_audited"),
        (AUDIT_ROUND, "finish", R.OPEN, READY_AUDIT_ROUND, {"to_moderate": 1}, "audit_all_moderated"),
        (AUDIT_ROUND, "finish", R.OPEN, READY_AUDIT_ROUND, {"words": " "}, "audit_words"),
        (AUDITED_CASE, "exclude", C.DRAWN, READY_AUDITED, {"round_status": R.FINISHED}, "audit_running"),
        (AUDITED_CASE, "exclude", C.DRAWN, READY_AUDITED, {"finished": 1}, "audit_not_audited"),
        (AUDITED_CASE, "exclude", C.DRAWN, READY_AUDITED, {"left_out": NO, "free": 1}, "audit_nobody_free"),
        (
            *(AUDITED_CASE, "exclude", C.DRAWN, READY_AUDITED),
            *({"left_out": NO, "free": 2, "needed": 2}, "audit_nobody_free"),
        ),
        (AUDITED_CASE, "exclude", C.DRAWN, READY_AUDITED, {"words": ""}, "audit_says_why"),
        (AUDITED_CASE, "moderate", C.DRAWN, READY_SETTLED, {"finished": 1}, "audit_both_finished"),
        (AUDITED_CASE, "moderate", C.DRAWN, READY_SETTLED, {"judged_it": True}, "audit_third_person"),
        (AUDITED_CASE, "moderate", C.DRAWN, READY_SETTLED, {"tied": True}, "audit_third_person"),
        (AUDITED_CASE, "moderate", C.DRAWN, READY_SETTLED, {"settled": frozenset()}, "audit_all_settled"),
        (AUDITED_CASE, "feed_back", C.DRAWN, READY_SETTLED, {"settled": frozenset()}, "audit_settled_first"),
        (AUDITED_CASE, "feed_back", C.DRAWN, READY_SETTLED, {"finished": 1}, "audit_both_finished"),
        (CASE_AUDIT, "begin", A.NEW, READY_CASE_AUDIT, {"ties": ("author",)}, "audit_independent"),
        (CASE_AUDIT, "begin", A.NEW, READY_CASE_AUDIT, {"invited": False}, "audit_invited"),
        (CASE_AUDIT, "begin", A.NEW, READY_CASE_AUDIT, {"others": 1}, "audit_place_left"),
        (CASE_AUDIT, "begin", A.NEW, READY_CASE_AUDIT, {"in_sample": False}, "audit_round_open"),
        (CASE_AUDIT, "begin", A.NEW, READY_CASE_AUDIT, {"round_status": R.FINISHED}, "audit_round_open"),
        (CASE_AUDIT, "finish", A.WRITING, READY_CASE_AUDIT, {"ties": ("worker",)}, "audit_independent"),
        (CASE_AUDIT, "finish", A.WRITING, READY_CASE_AUDIT, {"unanswered": ("3.1.1",)}, "audit_complete"),
        (CASE_AUDIT, "finish", A.WRITING, READY_CASE_AUDIT, {"without_note": ("3.1.1",)}, "audit_noted"),
    ],
)
def test_each_rule_stops_its_move_alone(
    flow: Flow[Any, Any], move: str, source: Any, facts: Any, broken: dict[str, Any], name: str
) -> None:
    assert flow.refusals(move, source, facts) == ()
    assert [r.name for r in flow.refusals(move, source, replace(facts, **broken))] == [name]


@pytest.mark.parametrize(
    ("since", "until", "refused"),
    [(0, 0, False), (-1, 0, False), (0, 1, True), (1, 1, True), (0, -1, True)],
)
def test_a_period_ends_today_at_the_latest_and_may_be_one_day(since: int, until: int, refused: bool) -> None:
    today = READY_AUDIT_ROUND.today
    facts = replace(READY_AUDIT_ROUND, since=today + since * DAY, until=today + until * DAY, form_questions=1)
    found = [r.name for r in AUDIT_ROUND.refusals("open", R.NEW, facts)]
    assert found == (["audit_period"] if refused else [])


def test_what_two_agree_on_is_not_settled() -> None:
    facts = replace(READY_SETTLED, differing=frozenset(), settled=frozenset())
    assert [r.name for r in AUDITED_CASE.refusals("moderate", C.DRAWN, facts)] == ["audit_differs"]


def test_each_prompt_has_its_look_and_each_question_its_prompts() -> None:
    assert set(LOOKS) == set(prompts())
    assert [question.key for question in questions("2018")] == [
        *("3.1.1", "3.1.2", "3.1.3", "3.2.1", "3.2.2", "3.2.3"),
        *("3.3.1", "3.3.2", "3.3.3", "3.4.1", "3.4.2"),
    ]
    assert all(question.prompts for question in questions("2018"))


def test_frameworks_are_kept_apart_and_what_was_not_read_has_no_form() -> None:
    assert [one.key for one in frameworks()] == ["2018", "2021", "2025"]
    assert framework("2018").rated == ("3.1", "3.2", "3.3", "3.4")
    assert framework("2021").rated == ("3.1", "3.2", "3.3")
    assert form("2025") == ()


FULL = Seen(
    today=TODAY,
    assessed=True,
    words={"strengths": 20, "pattern": 9, "safety_why": 9, "harm_why": 9, "reasons": 30, "child_words": 9},
    sources=frozenset({"police", "social_care"}),
    heard_child=True,
    safety=Level.MEDIUM,
    harm=Level.MEDIUM,
    social_care_open=True,
    submitted_on=TODAY,
    due_on=TODAY,
    signed_on=TODAY,
    sign_by=TODAY,
    strengths=1,
    victim=True,
    victim_asked=True,
    victim_wishes=True,
    admitted=True,
    panel_on=TODAY,
    yot_there=True,
    given_on=TODAY,
    explained=True,
    explained_to_adult=True,
    signed_child=True,
    signed_adult=True,
    copy_kept=True,
    planned=True,
    steps=(
        StepSeen(serves=Serves.SAFETY, due_on=TODAY, done_on=TODAY, answers_victim=True),
        StepSeen(serves=Serves.OTHERS, due_on=TODAY, open=True, hours=20, rehabilitates=False),
    ),
    ends_on=TODAY,
    most_hours=20,
    agreed_child=True,
    agreed_adult=True,
    contingency_safety=True,
    contingency_harm=True,
    links=1,
    exits=1,
    exits_made=1,
    over=True,
    missed=1,
    completion_late=False,
)
LATE = (replace(FULL.steps[0], done_on=TODAY + DAY), replace(FULL.steps[1], due_on=TODAY - DAY))
# What makes each clear fail, one prompt at a time; next to it everything is in order.
FAILS: list[tuple[str, dict[str, Any]]] = [
    ("3.1.1d", {"sources": frozenset({"family"})}),
    ("3.1.1e", {"words": {}}),
    ("3.1.1h", {"victim_asked": False}),
    ("3.1.1i", {"heard_child": False, "words": {}}),
    ("timely", {"submitted_on": TODAY + DAY}),
    ("timely", {"signed_on": TODAY + DAY}),
    ("timely", {"signed_on": None}),
    ("timely", {"signed_by_author": True}),
    ("3.1.2a", {"safety": None}),
    ("3.1.2b", {"sources": frozenset({"police"})}),
    ("3.1.3a", {"harm": None}),
    ("3.1.3b", {"sources": frozenset({"social_care"})}),
    ("3.1.3b", {"earlier_cases": 1, "words": {}}),
    ("3.2.1a", {"steps": ()}),
    ("3.2.1a", {"steps": (replace(FULL.steps[0], complete=False),)}),
    ("3.2.1a", {"ends_on": TODAY - DAY}),
    ("3.2.1c", {"strengths": 0}),
    ("3.2.1e", {"steps": FULL.steps[1:]}),
    ("3.2.1f", {"agreed_adult": False}),
    ("3.2.1g", {"most_hours": 19}),
    ("3.2.2a", {"steps": FULL.steps[1:]}),
    ("3.2.2b", {"links": 0}),
    ("3.2.2c", {"contingency_safety": False}),
    ("3.2.3a", {"steps": FULL.steps[:1]}),
    ("3.2.3c", {"steps": FULL.steps[:1]}),
    ("3.2.3d", {"contingency_harm": False}),
    ("3.3.1a", {"steps": LATE}),
    ("3.3.1d", {"unanswered": 1}),
    ("3.3.1e", {"exits_made": 0}),
    ("3.3.2a", {"steps": (replace(FULL.steps[0], dropped=True),)}),
    ("3.3.2a", {"events_open": 1}),
    ("3.3.3a", {"steps": LATE}),
    ("3.3.3b", {"updates_late": 1}),
    ("3.4.1a", {"recommended": "x", "words": {"recommended_why": 4}, "presumed": False}),
    ("3.4.1b", {"admitted": False}),
    ("3.4.1c", {"panel_on": None}),
    ("3.4.1c", {"given_on": TODAY - DAY}),
    ("3.4.1c", {"yot_there": False}),
    ("3.4.1d", {"explained": False}),
    ("3.4.1d", {"explained_to_adult": False}),
    ("3.4.1d", {"signed_child": False}),
    ("3.4.1e", {"submitted_on": TODAY + DAY}),
    ("3.4.1f", {"words": {}}),
    ("3.4.2a", {"completion_late": True}),
    ("3.4.2b", {"steps": LATE}),
    ("3.4.2b", {"breaches_open": 1}),
    ("signed_copy", {"copy_kept": False}),
]


@pytest.mark.parametrize(("key", "broken"), FAILS)
def test_a_clear_fail_is_found_and_proposes_a_no(key: str, broken: dict[str, Any]) -> None:
    assert hints(FULL)[key].kind is not Kind.FAIL
    found = hints(replace(FULL, **broken))[key]
    assert found.kind is Kind.FAIL
    assert found.proposes_no


def test_only_prompts_that_may_fail_fail_and_each_of_those_can() -> None:
    may = {prompt.key for prompt in prompts().values() if "fail" in prompt.looks}
    assert {key for key, _ in FAILS} == may
    for seen in (FULL, Seen(today=TODAY)):
        assert {key for key, hint in hints(seen).items() if hint.proposes_no} <= may


@pytest.mark.parametrize(
    ("key", "changed", "kind"),
    [
        ("3.2.2c", {"hollow": 1}, Kind.ABSENT),
        ("3.2.2a", {"safety": Level.LOW, "steps": ()}, Kind.JUDGEMENT),
        ("3.1.2a", {"words": {}}, Kind.ABSENT),
        ("3.1.1h", {"victim": False}, Kind.JUDGEMENT),
        ("3.3.1d", {"missed": 0}, Kind.JUDGEMENT),
        ("3.3.1e", {"over": False, "exits_made": 0}, Kind.PRESENT),
        ("3.4.2a", {"completion_late": None}, Kind.JUDGEMENT),
        ("3.1.1i", {"words": {}}, Kind.ABSENT),
        ("3.1.1i", {"heard_child": False}, Kind.PRESENT),
        ("3.1.2a", {}, Kind.PRESENT),
        ("3.1.2a", {"safety": Level.LOW, "words": {}}, Kind.PRESENT),
        ("3.1.2b", {"social_care_open": False, "sources": frozenset()}, Kind.JUDGEMENT),
        ("timely", {"submitted_on": None}, Kind.FAIL),
        ("timely", {"due_on": None, "sign_by": None}, Kind.PRESENT),
        ("3.2.1a", {"ends_on": None}, Kind.PRESENT),
        ("3.2.1a", {"steps": (replace(FULL.steps[0], due_on=None),)}, Kind.PRESENT),
        ("3.2.1g", {"steps": (replace(FULL.steps[0], hours=9), FULL.steps[1])}, Kind.PRESENT),
        ("3.2.1g", {"most_hours": 0}, Kind.JUDGEMENT),
        ("3.2.1g", {"steps": ()}, Kind.JUDGEMENT),
        ("3.2.2b", {"social_care_open": False, "links": 0}, Kind.ABSENT),
        ("3.2.2b", {"social_care_open": False}, Kind.PRESENT),
        ("3.2.2c", {}, Kind.PRESENT),
        ("3.2.2c", {"safety": Level.LOW, "contingency_safety": False, "hollow": 1}, Kind.ABSENT),
        ("3.2.3c", {"victim": False, "steps": ()}, Kind.JUDGEMENT),
        ("3.2.3c", {"harm": Level.LOW, "steps": ()}, Kind.JUDGEMENT),
        ("3.3.1a", {"steps": (LATE[0],)}, Kind.FAIL),
        ("3.3.1a", {"steps": (LATE[1],)}, Kind.FAIL),
        ("3.3.1a", {"steps": (replace(LATE[0], due_on=None),)}, Kind.PRESENT),
        ("3.3.1a", {"steps": ()}, Kind.ABSENT),
        ("3.3.1b", {"fitted": 1}, Kind.PRESENT),
        ("3.3.1b", {"with_carer": 1}, Kind.PRESENT),
        ("3.3.1b", {}, Kind.ABSENT),
        ("3.3.1e", {"exits": 0}, Kind.ABSENT),
        ("3.3.2a", {"steps": FULL.steps[1:]}, Kind.JUDGEMENT),
        ("3.3.3b", {"victim": False, "updates_late": 1}, Kind.JUDGEMENT),
        ("3.4.1a", {"recommended": "x"}, Kind.ABSENT),
        ("3.4.1a", {"words": {"recommended_why": 4}}, Kind.ABSENT),
        ("3.4.1c", {"given_on": None}, Kind.PRESENT),
        ("3.4.2b", {"steps": (replace(FULL.steps[0], due_on=TODAY - DAY),)}, Kind.PRESENT),
        ("3.4.2b", {"steps": (replace(LATE[1], due_on=None),)}, Kind.PRESENT),
    ],
)
def test_what_only_a_person_can_tell_is_no_fail(key: str, changed: dict[str, Any], kind: Kind) -> None:
    assert hints(replace(FULL, **changed))[key].kind is kind


@pytest.mark.parametrize(
    ("key", "changed", "says"),
    [
        (
            "3.1.1g",
            {"words": {"maturity": 3}, "screens": frozenset({"speech"})},
            "speech and language screen done.",
        ),
        ("3.1.1g", {"words": {"maturity": 3}}, "speech and language screen not done."),
        ("timely", {"submitted_on": None}, "No assessment was finished."),
        ("3.3.1a", {"steps": (*FULL.steps, FULL.steps[0])}, "2 of 3 steps are done, none late."),
        ("3.3.1e", {"exits": 3}, "2 of 3 referrals were not made."),
        (
            "3.4.1a",
            {"recommended": "x", "words": {"recommended_why": 4}, "gravity": True},
            "A recommendation with 4 words of reasons, and a gravity score.",
        ),
        (
            "3.4.1a",
            {"recommended": "x", "words": {"recommended_why": 4}},
            "A recommendation with 4 words of reasons.",
        ),
        (
            "3.4.1d",
            {"explained": False, "explained_to_adult": False},
            "On record: no explanation on record.",
        ),
    ],
)
def test_a_hint_counts_what_is_there(key: str, changed: dict[str, Any], says: str) -> None:
    assert hints(replace(FULL, **changed))[key].says.endswith(says)
