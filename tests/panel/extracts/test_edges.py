"""Which cases an extract takes in, by which list it speaks, and who may take it where."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from panel.codes.models import CodeVersion
from panel.db import transaction
from panel.errors import Missing
from panel.extracts import commands as c
from panel.extracts.making import code_lists, extract_for, made_by, make
from panel.extracts.models import Extract
from panel.extracts.rows import HomeOffice, numbers
from tests.support.board import case
from tests.support.world import NOW, TODAY, World
from workflows.case import Status
from workflows.codes import CodeList
from workflows.data_quality import Basis
from workflows.extracts import Kind
from workflows.flow import NotYours
from workflows.periods import Period
from workflows.vocabulary import Outcome

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
SUMMER = Period(date(2026, 7, 1), date(2026, 9, 30))
LONDON = ZoneInfo("Europe/London")
FIRST = datetime.combine(SUMMER.first, time(), LONDON)
AFTER = datetime.combine(SUMMER.last + DAY, time(), LONDON)
OTHER = datetime(2026, 1, 5, 12, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("when", "there"), [(FIRST - SECOND, 0), (FIRST, 1), (AFTER - SECOND, 1), (AFTER, 0)]
)
@pytest.mark.parametrize("basis", list(Basis))
def test_a_case_is_taken_by_the_day_that_was_asked_for_in_london(
    engine: Engine, world: World, basis: Basis, when: datetime, there: int
) -> None:
    with transaction(engine) as db:
        row = case(db, world, 1, submitted_at=OTHER, decided_at=OTHER, given_on=OTHER.date())
        if basis is Basis.GIVEN:
            row.given_on = when.date()
        elif basis is Basis.DECIDED:
            row.decided_at = when
        else:
            row.submitted_at = when
        db.flush()
        north = world.areas["north"]
        assert len(numbers(db, north, basis, SUMMER)) == there
        assert len(numbers(db, world.areas["south"], basis, SUMMER)) == 0
        row.status = Status.DRAFT
        db.flush()
        assert len(numbers(db, north, basis, SUMMER)) == 0


def test_a_list_names_an_outcome_from_its_first_day_on() -> None:
    old, new = {Outcome.YC: "2"}, {Outcome.YC: "2A"}
    lists = HomeOffice(((date(2013, 4, 8), old), (SUMMER.first, new)))
    days = (date(2013, 4, 7), date(2013, 4, 8), SUMMER.first - DAY, SUMMER.first, TODAY)
    assert [lists.code(Outcome.YC, day) for day in days] == ["", "2", "2", "2A", "2A"]
    assert lists.code(Outcome.YCC, TODAY) == ""


@pytest.mark.parametrize(
    ("since", "named"),
    [
        (SUMMER.first - DAY, ["B"]),
        (SUMMER.first, ["B"]),
        (SUMMER.first + DAY, ["A", "B"]),
        (SUMMER.last, ["A", "B"]),
        (SUMMER.last + DAY, ["A"]),
    ],
)
def test_an_extract_names_the_lists_that_were_in_force_on_one_of_its_days(
    sqlite_engine: Engine, small_world: World, since: date, named: list[str]
) -> None:
    with transaction(sqlite_engine) as db:
        held = db.exec(select(CodeVersion).where(CodeVersion.kind == CodeList.ETHNICITY)).one()
        assert held.in_force_from < SUMMER.first - DAY
        values = held.model_dump(exclude={"id"}) | {"name": "B", "in_force_from": since, "digest": "0" * 64}
        db.add(CodeVersion(**values))
        db.flush()
        found = code_lists(db, SUMMER)[CodeList.ETHNICITY.value]
        assert [one["name"].replace(held.name, "A") for one in found] == named


def test_an_extract_is_taken_and_read_by_the_managers_of_its_area(
    sqlite_engine: Engine, small_world: World
) -> None:
    command = c.Take(
        basis=Basis.RECEIVED,
        first=SUMMER.first,
        last=SUMMER.last,
        kind=Kind.CSV,
        recipient="The council",
        reason="The return",
    )
    north = small_world.areas["north"]
    with transaction(sqlite_engine) as db:
        for key in ("far_manager", "seconded", "case_manager", "inspector", "officer"):
            for named in (True, False):
                with pytest.raises(NotYours):
                    make(db, north, command, named=named, by=small_world.actor(key), at=NOW)
        row = Extract(
            reference="EX-000001",
            area_id=north,
            basis=Basis.RECEIVED,
            first_on=SUMMER.first,
            last_on=SUMMER.last,
            kind="csv",
            named=False,
            cases=0,
            digest="0" * 64,
            by_id=small_world.users["manager"],
            at=NOW,
        )
        db.add(row)
        db.flush()
        assert made_by(db, small_world.actor("manager"), limit=5) == [row]
        assert extract_for(db, small_world.actor("manager"), row.reference) is row
        for key in ("far_manager", "inspector"):
            assert made_by(db, small_world.actor(key), limit=5) == []
            with pytest.raises(Missing):
                extract_for(db, small_world.actor(key), row.reference)
