"""Each edge of the gap by hand: the place of a disposal, an age, the days of a list, what is owed."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.counting import answers
from panel.db import transaction
from panel.gap import asking
from panel.gap.board import taken
from panel.gap.models import ForceQueryRow, GapFollowUp
from panel.gap.queries import became, by_breakdown, figures, home_counted, lists_of, owed
from panel.gap.scope import Filter, age_column, place_column
from panel.police.models import PoliceDisposal
from tests.support.gaps import SUMMER, sent_list, stands
from tests.support.police import force
from tests.support.world import NOW, TODAY, World
from workflows.gap import Group, Place
from workflows.gap_work import Became
from workflows.periods import Period
from workflows.police import Fit, Standing
from workflows.vocabulary import Outcome

DAY = timedelta(days=1)
BY = TODAY - 20 * DAY


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({"tell_by": TODAY}, Place.RUNNING),
        ({"tell_by": TODAY - DAY}, Place.UNTOLD),
        ({"tell_by": TODAY, "fit": Fit.TO_REVIEW}, Place.RUNNING),
        ({"tell_by": TODAY - DAY, "fit": Fit.TO_REVIEW}, Place.UNMATCHED),
        ({"told_on": BY}, Place.IN_TIME),
        ({"told_on": BY + DAY}, Place.LATE),
        ({"told_on": BY + DAY, "fit": Fit.TO_REVIEW}, Place.LATE),
        ({"told_on": BY + 5 * DAY, "asked_on": BY + 5 * DAY}, Place.AFTER_ASKING),
        ({"told_on": BY + 5 * DAY, "asked_on": BY + 6 * DAY}, Place.LATE),
        ({"told_on": BY, "asked_on": BY + DAY}, Place.IN_TIME),
        ({"told_on": BY + 5 * DAY, "asked_on": BY + DAY, "fit": Fit.TO_REVIEW}, Place.UNMATCHED),
        ({"asked_on": BY + DAY}, Place.UNTOLD),
        ({"listed_on": None}, Place.ON_NO_LIST),
        ({"listed_on": None, "told_on": BY}, Place.ONLY_OURS),
        ({"status": Standing.SET_ASIDE}, Place.SET_ASIDE),
    ],
)
def test_a_disposal_stands_on_the_right_side_of_each_day(
    engine: Engine, world: World, facts: dict[str, Any], wanted: Place
) -> None:
    with transaction(engine) as db:
        row = stands(db, world, force(db, world), Place.UNTOLD, 1)
        for name, value in ({"tell_by": BY} | facts).items():
            setattr(row, name, value)
        db.flush()
        assert db.exec(select(place_column(TODAY))).one() == wanted.value


@pytest.mark.parametrize(
    ("born", "given", "age"),
    [
        (date(2011, 7, 15), date(2026, 7, 14), 14),
        (date(2011, 7, 15), date(2026, 7, 15), 15),
        (date(2012, 2, 29), date(2026, 2, 28), 13),
        (date(2012, 2, 29), date(2026, 3, 1), 14),
        (None, date(2026, 3, 1), None),
    ],
)
def test_an_age_changes_on_the_birthday(
    engine: Engine, world: World, born: date | None, given: date, age: int | None
) -> None:
    with transaction(engine) as db:
        stands(db, world, force(db, world), Place.UNTOLD, 1, given_on=given, date_of_birth=born)
        db.flush()
        assert db.exec(select(age_column())).one() == age


@pytest.mark.parametrize(
    ("first", "last", "touches"),
    [
        (SUMMER.first - 9 * DAY, SUMMER.first - DAY, False),
        (SUMMER.first - 9 * DAY, SUMMER.first, True),
        (SUMMER.last, SUMMER.last + 9 * DAY, True),
        (SUMMER.last + DAY, SUMMER.last + 9 * DAY, False),
    ],
)
def test_a_list_touches_a_period_with_its_first_or_its_last_day(
    sqlite_engine: Engine, small_world: World, first: date, last: date, touches: bool
) -> None:
    with transaction(sqlite_engine) as db:
        sent_list(db, small_world, force(db, small_world), Period(first, last))
        assert bool(lists_of(db, small_world.areas["north"], SUMMER)) is touches
        assert lists_of(db, small_world.areas["south"], SUMMER) == []


def test_the_year_of_months_ends_with_the_month_and_holds_twelve(
    sqlite_engine: Engine, small_world: World
) -> None:
    with transaction(sqlite_engine) as db:
        of = force(db, small_world)
        for number, day in enumerate((date(2025, 9, 30), date(2025, 10, 1), SUMMER.last)):
            stands(db, small_world, of, Place.UNTOLD, number, given_on=day)
        db.flush()
        found = figures(db, small_world.areas["north"], Outcome.CR, SUMMER, today=SUMMER.last).months
        assert [one.period.words for one in (found[0], found[-1])] == ["October 2025", "September 2026"]
        assert (len(found), sum(sum(one.tally.counts.values()) for one in found)) == (12, 2)
        begun = figures(db, small_world.areas["north"], Outcome.CR, SUMMER, today=date(2026, 9, 1)).months
        ahead = figures(db, small_world.areas["north"], Outcome.CR, SUMMER, today=date(2026, 8, 31)).months
        assert [one[-1].period.words for one in (begun, ahead)] == ["September 2026", "August 2026"]


def follow(db: Session, world: World, row: PoliceDisposal, what: Became) -> None:
    db.flush()
    more = {"by_id": world.users["manager"], "at": NOW, "happened_on": TODAY}
    db.add(GapFollowUp(disposal_id=row.id, became=what, **more))
    db.flush()


def test_what_became_of_a_child_counts_each_child_once_and_only_those_we_were_not_told_of(
    sqlite_engine: Engine, small_world: World
) -> None:
    area = small_world.areas["north"]
    one, other = list(Became)[:2]
    with transaction(sqlite_engine) as db:
        of = force(db, small_world)
        ada, bo, cy = (
            stands(db, small_world, of, place, number)
            for number, place in enumerate((Place.UNTOLD, Place.AFTER_ASKING, Place.LATE))
        )
        for row, what in ((ada, one), (ada, one), (bo, other), (cy, one)):
            follow(db, small_world, row, what)
        found = became(db, area, Outcome.CR, SUMMER, today=TODAY)
        assert {what: number for what, number in found.items() if number} == {one: 1, other: 1}
        for what, whose in ((one, ada), (other, bo)):
            where = Filter(area, Group.MISSED, Outcome.CR, SUMMER, became=what).where(TODAY)
            assert db.exec(select(PoliceDisposal.id).where(where)).all() == [whose.id]


def test_what_the_force_owes_is_of_the_area_without_an_answer_and_still_counts(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        of = force(db, world)
        rows = [stands(db, world, of, Place.UNTOLD, number) for number in range(4)]
        far = stands(db, world, of, Place.UNTOLD, 9, area="south")
        db.flush()
        asking.ask(db, rows, TODAY, by=world.actor("manager"), at=NOW)
        asking.ask(db, [far], TODAY, by=world.actor("far_manager"), at=NOW)
        answered = db.exec(select(ForceQueryRow).where(ForceQueryRow.disposal_id == rows[0].id)).one()
        answered.answered_on = TODAY
        rows[1].told_on, rows[2].status = TODAY, Standing.SET_ASIDE
        db.flush()
        assert owed(db, world.areas["north"]) == 1
        # Not told until today: the one that was answered as unknown, and the one that waits.
        assert answers(db, home_counted(world.actor("manager"), today=TODAY)) == [2, 1]
        assert answers(db, home_counted(world.actor("far_manager"), today=TODAY)) == [1, 1]


def test_the_board_reads_no_line_of_what_is_on_no_list(sqlite_engine: Engine, small_world: World) -> None:
    with transaction(sqlite_engine) as db:
        of, area = force(db, small_world), small_world.areas["north"]
        sent_list(db, small_world, of)
        for number, (place, station) in enumerate(
            (
                (Place.UNTOLD, "Keel Street"),
                (Place.AFTER_ASKING, "Keel Street"),
                (Place.LATE, "Keel Street"),
                (Place.ONLY_OURS, "Mill Lane"),
            )
        ):
            stands(db, small_world, of, place, number, station=station)
        db.flush()
        found = taken(db, area, Outcome.CR, SUMMER, today=TODAY)
        assert (found["total"], found["tables"]["Station"]) == ([3, 2], {"Keel Street": [3, 2]})


@pytest.mark.parametrize("value", [True, False, None])
def test_a_value_of_a_breakdown_opens_its_own_disposals(
    engine: Engine, world: World, value: bool | None
) -> None:
    with transaction(engine) as db:
        of, area = force(db, world), world.areas["north"]
        rows = {
            said: stands(db, world, of, Place.UNTOLD, number, first_time=said)
            for number, said in enumerate((True, False, None))
        }
        db.flush()
        key = {True: "1", False: "0", None: ""}[value]
        where = Filter(area, Group.UNTOLD, Outcome.CR, SUMMER, "first_time", key).where(TODAY)
        assert db.exec(select(PoliceDisposal.id).where(where)).all() == [rows[value].id]
        lines = by_breakdown(db, area, Outcome.CR, SUMMER, today=TODAY)["first_time"]
        assert {name: tally.of(Group.UNTOLD) for name, tally in lines.items()} == {"1": 1, "0": 1, "": 1}
