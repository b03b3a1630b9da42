"""The figures of the two policies: each disposal counted once, the same by cell and by row."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from config.joint_policy import Side, policy
from panel.alignment import queries
from panel.alignment.figures import TREND, Figures, Judge, behind, figures, quarters_until, span_of
from panel.alignment.paper import questions
from panel.alignment.shown import Share
from panel.db import transaction
from panel.police.actions import set_aside
from panel.police.commands import SetAside
from panel.police.models import PoliceDisposal
from tests.panel.alignment.world import DAY, one, quarter
from tests.support.given import given
from tests.support.police import force
from tests.support.world import NOW, TODAY, World
from workflows.police import POLICE_OUTCOMES, Heard, NotOurs
from workflows.policy_conflict import Conflict, Kind, Verdict, conflicts
from workflows.quarters import Quarter
from workflows.vocabulary import Outcome

THIRD = Quarter(2026, 3)


def counted(db: Session, world: World, of: Quarter = THIRD) -> Figures:
    """The figures of North Kelder."""
    found = queries.cells(db, world.areas["north"], span_of(of, "NK", today=TODAY))
    return figures(found, of, Judge("NK", today=TODAY))


def test_each_disposal_of_the_quarter_is_counted_once_by_what_it_kept(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        quarter(db, world)
        tally = counted(db, world).chosen
        assert tally.of == 9
        assert tally.verdicts == {
            Verdict.KEPT_BOTH: 3,
            Verdict.BETWEEN: 2,
            Verdict.BROKE_BOTH: 2,
            Verdict.CANNOT_SAY: 2,
        }


def test_cautions_without_consultation_and_decided_by_the_panel(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        quarter(db, world)
        tally = counted(db, world).chosen
        assert (tally.without, tally.unsaid, tally.cautions) == (3, 1, 5)
        assert (tally.decided, tally.eligible) == (1, 5)


def test_every_number_is_that_of_the_cases_behind_it(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        rows = quarter(db, world)
        lines = queries.lines(db, world.areas["north"], THIRD.first, THIRD.last)
        judged, made = Judge("NK", today=TODAY), counted(db, world)
        for verdict in Verdict:
            assert len(behind(lines, verdict.value, None, judged)) == made.chosen.verdicts[verdict]
            for outcome, tally in made.by_outcome.items():
                assert len(behind(lines, verdict.value, outcome, judged)) == tally.verdicts[verdict]
        assert behind(lines, "between", None, judged) == [rows[4].id, rows[1].id]
        assert len(behind(lines, "without", None, judged)) == made.chosen.without
        assert len(behind(lines, "unsaid", None, judged)) == made.chosen.unsaid
        assert len(behind(lines, "decided", None, judged)) == made.chosen.decided
        assert len(behind(lines, "exception", None, judged)) == 2
        assert queries.exceptions(db, world.areas["north"], THIRD.first, THIRD.last) == {
            "force_policy": 1,
            "other": 1,
        }


def test_what_sql_counts_alike_is_what_each_disposal_kept_by_itself(engine: Engine, world: World) -> None:
    """Over two years with Christmas, Easter and quarter ends, and with the time to tell not over yet."""
    draw = Random(6)
    first = quarters_until(Quarter.of(TODAY))[0].first
    with transaction(engine) as db:
        of = force(db, world)
        for number in range(400):
            near = draw.random() < 0.2
            day = TODAY - timedelta(days=draw.randrange(12)) if near else holiday(draw, first)
            told_on = None if draw.random() < 0.3 else day + timedelta(days=draw.randrange(-2, 16))
            more = {
                "outcome": draw.choice(POLICE_OUTCOMES),
                "consulted": draw.choice((None, True, False)),
                "first_time": draw.choice((None, True, False)),
                "told_how": draw.choice((None, Heard.PANEL, Heard.FORM)),
            }
            one(db, world, of, number, given_on=day, told_on=told_on, **more)
        db.flush()
        judged, made = Judge("NK", today=TODAY), counted(db, world, Quarter.of(TODAY))
        for when, tally in made.by_quarter.items():
            lines = queries.lines(db, world.areas["north"], when.first, when.last)
            assert tally.of == len(lines)
            assert tally.verdicts == Counter(judged.verdict(line.given) for line in lines)
            assert tally.without == len(behind(lines, "without", None, judged))
            assert tally.decided == len(behind(lines, "decided", None, judged))


def holiday(draw: Random, first: date) -> date:
    """A day of the two years, most of them near a bank holiday or the end of a quarter."""
    near = draw.choice((date(2024, 12, 24), date(2025, 4, 17), date(2025, 12, 23), date(2026, 3, 31)))
    day = near + timedelta(days=draw.randrange(-3, 8))
    return day if draw.random() < 0.7 else first + timedelta(days=draw.randrange(700))


def test_what_is_set_aside_is_not_counted(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        row = quarter(db, world)[1]
        aside = SetAside(not_ours=NotOurs.OTHER_AREA, reason="He lives in South Kelder.")
        set_aside(db, row, aside, by=world.actor("manager"), at=NOW)
        db.flush()
        assert (counted(db, world).chosen.of, counted(db, world).chosen.verdicts[Verdict.BETWEEN]) == (8, 1)


@pytest.mark.parametrize(("day", "inside"), [(THIRD.first, 1), (THIRD.last, 1), (date(2026, 10, 1), 0)])
def test_a_disposal_belongs_to_the_quarter_of_its_day(
    engine: Engine, world: World, day: date, inside: int
) -> None:
    with transaction(engine) as db:
        one(db, world, force(db, world), 1, given_on=day)
        db.flush()
        assert counted(db, world).chosen.of == inside
        assert counted(db, world, Quarter(2026, 4)).by_quarter[THIRD].of == inside


def test_the_trend_has_eight_quarters_and_ends_with_the_chosen_one() -> None:
    found = quarters_until(THIRD)
    assert (len(found), found[0], found[-1]) == (TREND, Quarter(2024, 4), THIRD)


def test_a_case_that_the_panel_decided_and_that_was_given_then_counts_as_decided(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        referral = given(db, world)
        assert referral.given_on is not None
        row = one(db, world, force(db, world), 1, outcome=Outcome.YCC, given_on=referral.given_on)
        row.referral_id = referral.id
        db.flush()
        now = Quarter.of(referral.given_on)
        assert counted(db, world, now).chosen.decided == 1
        # A panel that came only afterwards, by a late referral, decided nothing before.
        db.get_one(PoliceDisposal, row.id).given_on = DAY
        db.flush()
        assert counted(db, world).chosen.decided == 0


def test_the_first_question_is_where_law_binds_and_then_where_most_fell_between() -> None:
    law = Conflict(Outcome.YCC, Kind.WHO, "Asked.", "Alone.", Side.JOINT, (("YCC-2", "It has to follow."),))
    lone = Conflict(Outcome.O22, Kind.TIME, "1 day.", "5 days.", Side.JOINT)
    many = Conflict(Outcome.CR, Kind.TIME, "1 day.", "5 days.", Side.JOINT)
    fell = {Outcome.CR: Share(7, 20), Outcome.O22: Share(1, 20)}
    first, second = questions([lone, many, law], fell)
    assert "YCC-2" in first
    assert "7 of 20 (35 %) fell between." in second
    assert second.startswith("Community resolution: when the YOT is told.")
    assert questions([], fell) == []


def test_two_questions_are_about_two_outcomes() -> None:
    found = conflicts(policy(Side.JOINT, DAY), policy(Side.FORCE, DAY))
    first, second = questions(found, {})
    assert first.split(":")[0] != second.split(":")[0]


def test_a_share_is_said_as_it_is() -> None:
    assert [Share(0, 0).says, Share(0, 4).says, Share(1, 8).says] == [
        "no disposals",
        "0 of 4 (0 %)",
        "1 of 8 (13 %)",
    ]
