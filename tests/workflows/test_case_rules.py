"""The rules of referring, accepting, listing, giving and closing: just inside and just outside."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.workflows.ready import READY_CASE
from workflows.case import CASE
from workflows.case_facts import OffenceFacts
from workflows.case_rules import UNDER_10
from workflows.closing import ClosingFacts
from workflows.papers import Paper
from workflows.source import Source
from workflows.vocabulary import Admission, ModeOfTrial, View

TODAY = READY_CASE.today
DAY = timedelta(days=1)
NOTHING = {"victim_identified": True, "victim_view": View.NOT_YET}


def went_on_until(day: date) -> dict[str, Any]:
    """An offence that began before and ended on that day."""
    return done_on(TODAY - 30 * DAY, ended_on=day)


def done_on(day: date, **more: Any) -> dict[str, Any]:
    """An offence of that day."""
    known = {"committed_on": day, "mode": ModeOfTrial.EITHER_WAY, "gravity_given": True}
    return {"offences": (OffenceFacts(**(known | more)),)}


def said(*answers: Admission, **more: Any) -> dict[str, Any]:
    """One offence for each answer."""
    offence = OffenceFacts(committed_on=TODAY - DAY, mode=ModeOfTrial.EITHER_WAY)
    return {"offences": tuple(replace(offence, admission=answer) for answer in answers)} | more


# Rule, move, hard?, facts that meet it, facts that do not.
OVER = ClosingFacts(summary=True, child_asked=True, parent_asked=True)
RULES: tuple[tuple[str, str, bool, dict[str, Any], dict[str, Any]], ...] = (
    ("offence_listed", "submit", True, {}, {"offences": ()}),
    ("offence_in_past", "submit", True, done_on(TODAY), done_on(TODAY + DAY)),
    (
        "aged_10_at_offence",
        "submit",
        True,
        {"date_of_birth": date(2016, 11, 1), **done_on(date(2026, 11, 1))},
        {"date_of_birth": date(2016, 11, 2), **done_on(date(2026, 11, 1))},
    ),
    (
        "aged_10_at_offence",
        "accept",
        True,
        {"date_of_birth": date(2016, 2, 29), **done_on(date(2026, 3, 1))},
        {"date_of_birth": date(2016, 2, 29), **done_on(date(2026, 2, 28))},
    ),
    (
        "aged_under_18",
        "submit",
        True,
        {"date_of_birth": TODAY.replace(year=2008) + DAY},
        {"date_of_birth": TODAY.replace(year=2008)},
    ),
    (
        "aged_under_18",
        "list",
        True,
        {"date_of_birth": TODAY.replace(year=2008) + DAY},
        {"date_of_birth": TODAY.replace(year=2008)},
    ),
    ("circumstances", "submit", True, {"circumstances_given": True}, {"circumstances_given": False}),
    ("victim_answered", "submit", True, {"victim_answered": True}, {"victim_answered": False}),
    ("offence_in_past", "submit", True, done_on(TODAY), went_on_until(TODAY + DAY)),
    ("gravity_given", "submit", False, done_on(TODAY), done_on(TODAY, gravity_given=False)),
    ("carer_named", "submit", False, {"carer_named": True}, {"carer_named": False}),
    (
        "admission_recorded",
        "submit",
        False,
        said(Admission.NO_COMMENT, Admission.DENIES),
        said(Admission.NO_COMMENT, Admission.NONE),
    ),
    (
        "victim_named",
        "submit",
        False,
        {"victim_identified": False, "victim_named": False},
        {"victim_identified": True, "victim_named": False},
    ),
    (
        "interview_record",
        "submit",
        False,
        {"papers_missing": frozenset(Paper) - {Paper.INTERVIEW}},
        {"papers_missing": frozenset({Paper.INTERVIEW})},
    ),
    *(
        (
            "admission_recorded",
            "submit",
            False,
            said(Admission.NONE, source=source),
            said(Admission.NONE, source=Source.TRANSFER),
        )
        for source in (Source.COURT, Source.PRE_CHARGE, Source.LIAISON)
    ),
    ("source_given", "submit", True, {"source": Source.COURT}, {"source": None}),
    ("source_given", "submit", True, {"source_complete": True}, {"source_complete": False}),
    ("source_is_senders", "submit", True, {"source_is_senders": True}, {"source_is_senders": False}),
    ("put_right", "submit", False, {"to_put_right": 0}, {"to_put_right": 1}),
    ("second_person", "accept", False, {"sent_by_same_person": False}, {"sent_by_same_person": True}),
    ("return_coded", "send_back", True, {"codes": ("papers_missing",)}, {"codes": ()}),
    ("reject_coded", "reject", True, {"codes": ("duplicate",)}, {"codes": ()}),
    ("reject_coded", "reject", True, {"codes": ("duplicate",)}, {"codes": ("duplicate", "aged_18")}),
    ("reason", "reject", True, {"reason": "x"}, {"reason": " "}),
    (
        "social_care_told",
        "reject",
        True,
        {"codes": (UNDER_10,), "social_care_told": True},
        {"codes": (UNDER_10,), "social_care_told": False},
    ),
    ("social_care_told", "reject", True, {"codes": ("aged_18",)}, {"codes": (UNDER_10,)}),
    (
        "yours_to_withdraw",
        "withdraw",
        True,
        {"by_referrer_or_police": True},
        {"by_referrer_or_police": False},
    ),
    ("reason", "send_back", True, {"reason": "x"}, {"reason": " "}),
    ("reason", "withdraw", True, {"reason": "x"}, {"reason": "\n"}),
    ("reason", "lapse", True, {"reason": "x"}, {"reason": ""}),
    ("reason", "close", True, {"reason": "x"}, {"reason": ""}),
    ("reason", "defer", True, {"reason": "x"}, {"reason": ""}),
    ("case_manager", "accept", True, {"case_manager_chosen": True}, {"case_manager_chosen": False}),
    ("countersigned", "assess", True, {}, {"assessment_countersigned": False}),
    ("countersigned", "list", True, {}, {"assessment_countersigned": False}),
    ("event_answered", "list", False, {}, {"event_unanswered": True}),
    ("has_room", "list", False, {"meeting_has_room": True}, {"meeting_has_room": False}),
    ("not_sitting", "take_off", True, {"meeting_open": False}, {"meeting_open": True}),
    ("reason", "take_off", True, {"meeting_open": False}, {"meeting_open": False, "reason": " "}),
    ("not_sitting", "reassess", True, {"meeting_open": False}, {"meeting_open": True}),
    ("reason", "reassess", True, {"meeting_open": False}, {"meeting_open": False, "reason": " "}),
    ("victim_view", "list", False, {"victim_identified": False, "victim_view": View.NOT_YET}, NOTHING),
    ("victim_view", "list", False, {"victim_identified": True, "victim_view": View.DECLINED}, NOTHING),
    ("meeting_open", "defer", True, {"meeting_open": True}, {"meeting_open": False}),
    ("is_given", "give", True, {"disposal_given": True}, {"disposal_given": False}),
    ("steps_done", "close", True, {"steps_open": 0}, {"steps_open": 1}),
    ("nothing_open", "close", True, {"closing": OVER}, {"closing": replace(OVER, matter_open=True)}),
    ("has_summary", "close", False, {"closing": OVER}, {"closing": replace(OVER, summary=False)}),
    ("child_asked", "close", False, {"closing": OVER}, {"closing": replace(OVER, child_asked=False)}),
    ("parent_asked", "close", False, {"closing": OVER}, {"closing": replace(OVER, parent_asked=False)}),
)


@pytest.mark.parametrize(("rule", "move", "hard", "inside", "outside"), RULES)
def test_a_rule_lets_pass_just_inside_and_refuses_just_outside(
    rule: str, move: str, hard: bool, inside: dict[str, Any], outside: dict[str, Any]
) -> None:
    start = next(m.sources[0] for m in CASE.moves if m.name == move)
    met = CASE.refusals(move, start, replace(READY_CASE, **inside))
    unmet = {r.name: r for r in CASE.refusals(move, start, replace(READY_CASE, **outside))}
    assert rule not in {refusal.name for refusal in met}
    assert unmet[rule].hard is hard


# Their rules are tried in test_decide_rules.py, test_ruling.py and test_alone_rules.py.
ELSEWHERE = ("decide", "police_decide", "rescind", "police_gave")


def test_every_rule_of_every_other_move_is_in_the_table() -> None:
    tried = {(rule, move) for rule, move, *_ in RULES}
    known = {
        (guard.name, move.name) for move in CASE.moves if move.name not in ELSEWHERE for guard in move.guards
    } - {("not_sitting", "list")}  # from one panel to another: see tests/panel/meetings
    assert {rule for rule, _ in known} == {rule for rule, _ in tried}
