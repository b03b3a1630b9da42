"""The deadlines of a case: which run when, and which are near enough to be shown."""

from datetime import date

import pytest
from sqlalchemy import Engine

from panel.db import transaction
from panel.referrals.clocks import acknowledge_clock, deadlines, state, worth_showing
from panel.referrals.models import NEVER
from panel.referrals.queries import child_of, header_of, offences_of
from tests.support.world import TODAY, World, accepted, draft, submitted
from workflows.case import Status
from workflows.vocabulary import ModeOfTrial, Outcome


def test_the_assessment_is_due_ten_working_days_after_the_referral(
    sqlite_engine: Engine, small_world: World
) -> None:
    with transaction(sqlite_engine) as db:
        referral = submitted(db, small_world)
        (clock,) = header_of(db, referral, today=TODAY).deadlines
        assert (clock.text, clock.state) == ("Assessment due", "ok")
        assert clock.when == "in 10 working days, by Tuesday 1 December 2026"
        assert clock.rule == "Assessment finished within 10 working days of referral."
        assert referral.due_on == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 25), "ok"),
        (date(2026, 11, 26), "soon"),
        (date(2026, 12, 1), "soon"),
        (date(2026, 12, 2), "late"),
    ],
)
def test_a_deadline_turns_soon_three_working_days_before_and_late_the_day_after(
    sqlite_engine: Engine, small_world: World, today: date, expected: str
) -> None:
    with transaction(sqlite_engine) as db:
        referral = submitted(db, small_world)
        assert header_of(db, referral, today=today).deadlines[0].state == expected


def test_a_summary_offence_shows_its_limit_from_the_fourth_month_and_urges_from_the_fifth(
    sqlite_engine: Engine, small_world: World
) -> None:
    offence = {"mode": ModeOfTrial.SUMMARY, "committed_on": date(2026, 8, 31)}
    with transaction(sqlite_engine) as db:
        referral = accepted(db, small_world, offence=offence)
        found = deadlines(referral, child_of(db, referral), offences_of(db, referral))
    (limit,) = [clock for clock in found if clock.key == "limitation"]
    assert limit.due == date(2027, 2, 28)
    assert [worth_showing(limit, day) for day in (date(2026, 12, 27), date(2026, 12, 28))] == [False, True]
    days = (date(2027, 1, 27), date(2027, 1, 28), date(2027, 2, 28), date(2027, 3, 1))
    assert [state(limit, day) for day in days] == ["ok", "soon", "soon", "late"]


def test_the_eighteenth_birthday_is_shown_in_the_last_six_months(
    sqlite_engine: Engine, small_world: World
) -> None:
    with transaction(sqlite_engine) as db:
        referral = accepted(db, small_world, child={"date_of_birth": date(2009, 5, 17)})
        keys = [c.text for c in header_of(db, referral, today=date(2026, 11, 16)).deadlines]
        later = [c.text for c in header_of(db, referral, today=date(2026, 11, 17)).deadlines]
        header = header_of(db, referral, today=date(2026, 11, 17))
    assert "Turns 18" not in keys
    assert "Turns 18" in later
    assert header.age_words == "17, turns 18 on 17 May 2027"


def test_a_draft_of_a_bailed_child_says_when_the_yot_has_to_know(
    sqlite_engine: Engine, small_world: World
) -> None:
    with transaction(sqlite_engine) as db:
        referral = draft(db, small_world)
        referral.bailed_on = TODAY
        texts = [c.text for c in header_of(db, referral, today=TODAY).deadlines]
    assert texts == ["YOT to be told", "Police told the result"]


def test_a_case_that_is_over_has_no_deadline(sqlite_engine: Engine, small_world: World) -> None:
    with transaction(sqlite_engine) as db:
        referral = accepted(db, small_world)
        child, offences = child_of(db, referral), offences_of(db, referral)
    assert referral.due_on != NEVER
    for over in (Status.CLOSED, Status.WITHDRAWN):
        ended = referral.model_copy(update={"status": over})
        assert deadlines(ended, child, offences) == ()


@pytest.mark.parametrize(
    ("outcome", "figure"),
    [
        (Outcome.YC, "police_refer_after_caution"),
        (Outcome.YCC, "police_refer_after_caution"),
        (Outcome.CR, "notify_community_resolution"),
        (Outcome.NFA, "acknowledge_notification"),
    ],
)
def test_the_word_to_the_yot_has_its_own_clock_for_each_outcome(outcome: Outcome, figure: str) -> None:
    assert acknowledge_clock(outcome) == figure
