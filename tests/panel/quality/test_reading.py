"""Who reads which problems, of which days, and how many records they are among: each edge by hand."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, delete, select

from panel.access import Actor
from panel.db import transaction
from panel.errors import Missing
from panel.figures.queries import counts as counts_of
from panel.figures.slices import Slice
from panel.figures.touching import keep_touched
from panel.quality import actions
from panel.quality import commands as c
from panel.quality.models import DataProblem, DataReview
from panel.quality.queries import Line, count, counts, listed, problem_for, records, reviewed, touched
from tests.support.board import case, gave
from tests.support.police import force
from tests.support.world import NOW, World
from workflows.case import Status
from workflows.data_quality import Subject
from workflows.flow import NotYours
from workflows.periods import Period
from workflows.police import Standing
from workflows.quarters import Quarter
from workflows.roles import Role
from workflows.vocabulary import Outcome

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
SUMMER = Period(date(2026, 7, 1), date(2026, 9, 30))
LONDON = ZoneInfo("Europe/London")
FIRST = datetime.combine(SUMMER.first, time(), LONDON)
AFTER = datetime.combine(SUMMER.last + DAY, time(), LONDON)
KEY = "ethnicity_missing"
FAR = 9_000  # no case of these tests has so high a number


def problem(db: Session, world: World, number: int, **more: Any) -> DataProblem:
    """A problem of a case of the north that came in on the first day of the summer."""
    area = world.areas[more.pop("area", "north")]
    values = {"subject": Subject.CASE, "subject_id": FAR + number, "check_key": KEY, "area_id": area}
    row = DataProblem(**(values | {"received_on": SUMMER.first, "said": "Not recorded"} | more))
    db.add(row)
    db.flush()
    return row


def looked_at(db: Session, world: World, row: DataProblem) -> None:
    """Somebody found it right as it is."""
    same = {"subject": row.subject, "subject_id": row.subject_id, "check_key": row.check_key}
    said = DataReview(**same, said=row.said, reason="Asked.", by_id=world.users["manager"], at=NOW)
    db.add(said)
    db.flush()
    row.reviewed_id = said.id
    db.flush()


def test_a_problem_is_read_by_the_area_or_by_whose_case_it_is(engine: Engine, world: World) -> None:
    own, other = world.users["case_manager"], world.users["other_case_manager"]
    with transaction(engine) as db:
        for number, worker in enumerate((own, own, other, None)):
            problem(db, world, number, worker_id=worker)
        # A case that left the area with its worker is no longer theirs to read.
        problem(db, world, 9, worker_id=own, area="south")

        def seen(actor: Actor) -> set[int]:
            every = {counts(db, actor, period).get(KEY, 0) for period in (SUMMER, None)}
            return every | {count(db, actor, KEY, None), count(db, actor, KEY, SUMMER)}

        expected = {"manager": 4, "inspector": 4, "case_manager": 2, "other_case_manager": 1}
        expected |= {"far_manager": 1, "far_case_manager": 0, "seconded": 0, "board": 0, "victim_worker": 0}
        assert {key: seen(world.actor(key)) for key in expected} == {key: {n} for key, n in expected.items()}
        both = ((world.areas["north"], Role.CASE_MANAGER), (world.areas["south"], Role.YOT_MANAGER))
        assert seen(replace(world.actor("case_manager"), memberships=both)) == {3}


def test_a_list_names_the_children_of_the_reader_and_goes_on_behind_its_last_row(
    engine: Engine, world: World
) -> None:
    own, other = world.users["case_manager"], world.users["other_case_manager"]
    with transaction(engine) as db:
        rows = [case(db, world, number) for number in range(4)]
        far = case(db, world, 9, area_id=world.areas["south"])
        for row, worker, day in zip(rows, (own, own, other, None), (0, 0, 1, 2), strict=True):
            on = {"received_on": SUMMER.first + day * DAY, "worker_id": worker}
            problem(db, world, 0, subject_id=row.id, check_key="gender_missing", **on)
        problem(db, world, 0, subject_id=far.id, check_key="gender_missing", area="south")

        def seen(key: str, period: Period | None = None, **more: Any) -> list[str]:
            found = listed(db, world.actor(key), "gender_missing", period, **({"limit": 9} | more))
            return [line.reference for line in found]

        references = [row.reference for row in rows]
        newest = [references[number] for number in (3, 2, 1, 0)]
        for key in ("manager", "inspector"):
            assert seen(key) == seen(key, SUMMER) == newest
            assert seen(key, Period(SUMMER.first, SUMMER.first)) == newest[2:]
        assert seen("case_manager") == newest[2:]
        assert seen("other_case_manager") == [references[2]]
        assert seen("far_manager") == [far.reference]
        assert seen("seconded") == []
        assert seen("manager", limit=2) == newest[:2]
        assert seen("manager", after=(SUMMER.first, rows[1].id)) == newest[3:]
        assert (seen("manager", seen=True), listed(db, world.actor("manager"), KEY, None, limit=9)) == (
            [],
            [],
        )


def test_a_period_holds_the_records_from_its_first_to_its_last_day(engine: Engine, world: World) -> None:
    manager = world.actor("manager")
    with transaction(engine) as db:
        days = (SUMMER.first - DAY, SUMMER.first, SUMMER.last, SUMMER.last + DAY)
        rows = [problem(db, world, number, received_on=day) for number, day in enumerate(days)]
        assert (counts(db, manager, SUMMER)[KEY], counts(db, manager, None)[KEY]) == (2, 4)
        for row in rows[:2]:
            looked_at(db, world, row)
        assert (counts(db, manager, SUMMER)[KEY], counts(db, manager, None)[KEY]) == (1, 2)
        assert (reviewed(db, manager, SUMMER), reviewed(db, manager, None)) == (1, 2)
        assert reviewed(db, world.actor("far_manager"), None) == 0
        assert (count(db, manager, KEY, SUMMER), count(db, manager, KEY, SUMMER, seen=True)) == (1, 1)
        assert (count(db, manager, KEY, None), count(db, manager, KEY, None, seen=True)) == (2, 2)
        assert count(db, manager, "gender_missing", None) == 0


def test_the_records_of_a_period_are_what_came_in_or_was_given_in_it(engine: Engine, world: World) -> None:
    north, south = world.areas["north"], world.areas["south"]
    with transaction(engine) as db:
        for number, when in enumerate((FIRST - SECOND, FIRST, AFTER - SECOND, AFTER)):
            case(db, world, number, submitted_at=when, case_manager_id=world.users["case_manager"])
        case(db, world, 5, submitted_at=FIRST)
        case(db, world, 6, submitted_at=FIRST, status=Status.DRAFT)
        case(db, world, 7, submitted_at=FIRST, area_id=south)
        of = force(db, world)
        for number, day in enumerate((SUMMER.first - DAY, SUMMER.first, SUMMER.last, SUMMER.last + DAY)):
            gave(db, world, of, number, Outcome.CR, given_on=day)
        gave(db, world, of, 5, Outcome.CR, given_on=SUMMER.first).status = Standing.SET_ASIDE
        gave(db, world, of, 6, Outcome.CR, given_on=SUMMER.first).area_id = south
        db.flush()
        assert records(db, [north], SUMMER) == {Subject.CASE: 3, Subject.POLICE: 2}
        assert records(db, [north], SUMMER, world.users["case_manager"])[Subject.CASE] == 2
        assert records(db, [north, south], SUMMER) == {Subject.CASE: 4, Subject.POLICE: 3}


@pytest.mark.parametrize(
    ("metric", "basis", "check"),
    [
        ("M13", "received_on", "worker_missing"),
        ("M14", "decided_on", "signed_before_submitted"),
        ("M10", "given_on", "giving_differs"),
    ],
)
def test_a_metric_is_touched_by_the_problems_of_its_own_day(
    engine: Engine, world: World, metric: str, basis: str, check: str
) -> None:
    with transaction(engine) as db:
        noon = datetime.combine(date(2026, 8, 3), time(12), LONDON)
        for number in range(8):
            case(db, world, number, submitted_at=noon, decided_at=noon, given_on=noon.date())
        far = SUMMER.first - 200 * DAY

        def found(number: int, day: date, **more: Any) -> DataProblem:
            days = dict.fromkeys(("received_on", "decided_on", "given_on"), far) | {basis: day}
            return problem(db, world, number, **({"check_key": check} | days | more))

        for number, day in enumerate((SUMMER.first - DAY, SUMMER.first, SUMMER.last, SUMMER.last + DAY)):
            found(number, day)
        found(5, SUMMER.first, area="south")
        found(6, SUMMER.first, subject=Subject.POLICE)
        found(7, SUMMER.first, check_key="gender_missing")
        looked_at(db, world, found(8, SUMMER.first))
        assert touched(db, [world.areas["north"]], SUMMER)[metric] == (2, 8)


def test_what_the_police_gave_is_looked_at_with_a_case_here_and_without(engine: Engine, world: World) -> None:
    north = [world.areas["north"]]
    with transaction(engine) as db:
        of, ours = force(db, world), case(db, world, 1, given_on=SUMMER.first)
        linked = gave(db, world, of, 1, Outcome.YC, given_on=SUMMER.first)
        linked.referral_id = ours.id
        rows = [gave(db, world, of, number, Outcome.YC, given_on=SUMMER.last) for number in range(2, 6)]
        gave(db, world, of, 6, Outcome.CR, given_on=SUMMER.last)
        gave(db, world, of, 7, Outcome.YC, given_on=SUMMER.last + DAY)
        rows[3].status = Standing.SET_ASIDE
        db.flush()
        keep_touched(db)
        db.execute(delete(DataProblem))

        def found(**more: Any) -> tuple[int, int]:
            problem(db, world, 0, **more)
            return touched(db, north, SUMMER)["M3"]

        police = {"subject": Subject.POLICE, "check_key": "police_age"}
        assert counts_of(db, Slice(frozenset(north), Quarter(2026, 3)))["M3"].counted == 4
        # The record itself, once however many problems; then the case of another one.
        assert found(subject_id=rows[0].id, **police) == (1, 4)
        assert found(subject_id=rows[0].id, **police | {"check_key": "police_given_ahead"}) == (1, 4)
        assert found(subject_id=ours.id, check_key="caution_to_adult") == (2, 4)
        # A case of the same number as a disposal, what rests on nothing here, and what is set aside.
        assert found(subject_id=rows[1].id, check_key="caution_to_adult") == (2, 4)
        assert found(subject_id=rows[1].id, **police | {"check_key": "police_ethnicity_missing"}) == (2, 4)
        assert found(subject_id=rows[3].id, **police) == (2, 4)
        looked_at(db, world, problem(db, world, 0, subject_id=rows[2].id, **police))
        assert touched(db, north, SUMMER)["M3"] == (2, 4)
        assert "M3" not in touched(db, [world.areas["south"]], SUMMER)


def test_a_problem_is_judged_by_who_works_in_its_area_and_each_way_once(engine: Engine, world: World) -> None:
    why = c.Reason(reason="The family was asked twice.")
    with transaction(engine) as db:
        ours = case(db, world, 1)
        row = problem(db, world, 1, subject_id=ours.id, check_key="gender_missing")
        manager = world.actor("manager")

        def line() -> Line:
            return problem_for(db, manager, "gender_missing", ours.reference)

        def judge(by: Actor, **more: bool) -> DataReview:
            return actions.review(db, line(), why, by=by, at=NOW, **more)

        for key in ("inspector", "far_manager", "seconded", "board"):
            with pytest.raises(NotYours):
                judge(world.actor(key))
        with pytest.raises(Missing):
            judge(manager, back=True)
        said = judge(manager)
        assert row.reviewed_id == said.id
        with pytest.raises(Missing):
            judge(manager)
        back = judge(world.actor("case_manager"), back=True)
        assert (row.reviewed_id, back.undoes_id) == (None, said.id)
        assert len(db.exec(select(DataReview)).all()) == 2
        for key, reference in (("gender_missing", "NK-ZZZZZZ"), ("worker_missing", ours.reference)):
            with pytest.raises(Missing):
                problem_for(db, manager, key, reference)
        with pytest.raises(Missing):
            problem_for(db, world.actor("far_manager"), "gender_missing", ours.reference)
