"""What a page of the metrics may be about, and which counts it adds up: each edge by hand."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from config.metrics import definitions
from panel.access import Actor
from panel.db import transaction
from panel.errors import Missing
from panel.figures.models import Figure
from panel.figures.queries import Slice
from panel.figures.slices import Count, number_of
from panel.gap.commands import Export
from panel.history.models import AccessEntry
from panel.history.operations import Operation
from panel.metrics import choosing, exporting, milestones, pinned
from panel.metrics.commands import Milestones
from panel.metrics.queries import history
from tests.support.measured import DAY, SUMMER, case
from tests.support.world import NOW, TODAY, World
from workflows.flow import NotYours
from workflows.quarters import Quarter
from workflows.roles import Role

NEXT = SUMMER.moved(1)
ONE = timedelta(days=1)
METRICS = {one.id: one for one in definitions(TODAY)}


def in_both(world: World, north: Role, south: Role) -> Actor:
    """Somebody with a role in each area."""
    areas = world.areas
    held = ((areas["north"], north), (areas["south"], south))
    names = {areas["north"]: "North", areas["south"]: "South"}
    return replace(world.actor("manager"), memberships=held, area_names=names)


@pytest.mark.parametrize(
    ("key", "newest", "totals"),
    [("manager", NEXT, False), ("inspector", NEXT, False), ("board", SUMMER, True)],
)
def test_a_reader_chooses_quarters_from_the_first_to_the_newest(
    small_world: World, key: str, newest: Quarter, totals: bool
) -> None:
    actor = small_world.actor(key)
    usual = choosing.read({}, actor, today=TODAY)
    assert (usual.quarter, usual.totals) == (SUMMER, totals)
    for quarter in (choosing.FIRST, newest):
        assert choosing.read({"quarter": quarter.key}, actor, today=TODAY).quarter == quarter
    for quarter in (choosing.FIRST.moved(-1), newest.moved(1)):
        with pytest.raises(Missing):
            choosing.read({"quarter": quarter.key}, actor, today=TODAY)
    offered = choosing.quarters(usual, today=TODAY, most=200)
    assert (offered[0], offered[-1]) == (newest, choosing.FIRST)
    assert choosing.quarters(usual, today=TODAY, most=2) == [newest, newest.moved(-1)]


CUTS = {"outcome": "youth_caution", "gender": "female", "ethnicity": "x", "age": "12", "care": ""}


@pytest.mark.parametrize("name", choosing.DIMENSIONS)
def test_who_sees_totals_only_gets_no_cut(small_world: World, name: str) -> None:
    cut = {name: CUTS[name]}
    assert choosing.read(cut, small_world.actor("inspector"), today=TODAY).values == cut
    with pytest.raises(Missing):
        choosing.read(cut, small_world.actor("board"), today=TODAY)


def test_a_value_of_a_breakdown_is_no_longer_than_a_code(small_world: World) -> None:
    longest = {"ethnicity": "x" * choosing.LONGEST}
    assert choosing.read(longest, small_world.actor("manager"), today=TODAY).values == longest
    with pytest.raises(Missing):
        choosing.read({"ethnicity": longest["ethnicity"] + "x"}, small_world.actor("manager"), today=TODAY)


def test_areas_are_those_in_which_one_reads_and_for_totals_one_at_a_time(small_world: World) -> None:
    north, south = small_world.areas["north"], small_world.areas["south"]

    def areas(actor: Actor, **args: Any) -> set[int]:
        return set(choosing.read(args, actor, today=TODAY).areas)

    manager = in_both(small_world, Role.YOT_MANAGER, Role.INSPECTOR)
    assert areas(manager) == {north, south}
    assert areas(manager, area=str(south)) == {south}
    member = in_both(small_world, Role.BOARD, Role.BOARD)
    assert (areas(member), areas(member, area=str(south))) == ({north}, {south})
    # A board member who manages elsewhere reads the cases there and no totals beside them.
    mixed = in_both(small_world, Role.BOARD, Role.YOT_MANAGER)
    assert areas(mixed) == {south}
    for actor, area in ((mixed, north), (small_world.actor("manager"), south), (member, 99)):
        with pytest.raises(Missing):
            areas(actor, area=str(area))


def figure(world: World, quarter: Quarter, met: int, **more: Any) -> Figure:
    """So many of 100 in one kept count of the north."""
    area = world.areas[more.pop("area", "north")]
    values = {"metric": "M13", "by": "", "outcome": "youth_caution", "value": "", "version": 1}
    counts = {"met": met, "counted": 100, "excluded": 7}
    return Figure(**(values | counts | {"area_id": area, "quarter": number_of(quarter)} | more))


@pytest.fixture
def kept(sqlite_engine: Engine, small_world: World) -> Engine:
    """Counts of two areas, two outcomes, one breakdown, and of the quarters around."""
    with transaction(sqlite_engine) as db:
        db.add_all(
            [
                figure(small_world, SUMMER, 1),
                figure(small_world, SUMMER, 2, outcome="community_resolution"),
                figure(small_world, SUMMER, 4, area="south"),
                figure(small_world, SUMMER, 8, by="gender", value="female"),
                figure(small_world, SUMMER, 16, by="gender", value="male"),
                figure(small_world, SUMMER.moved(-1), 32),
                figure(small_world, SUMMER.moved(-2), 64),
                figure(small_world, NEXT, 50),
                figure(small_world, SUMMER, 0, metric="M14", counted=0, excluded=0),
            ]
        )
    return sqlite_engine


def met(db: Session, of: Slice, quarters: int) -> dict[Quarter, int]:
    """What is added up of the one metric, by quarter; no other has anything."""
    found = history(db, of, quarters)
    assert set(found) <= {"M13"}
    return {quarter: count.met for quarter, count in found.get("M13", {}).items()}


def test_a_history_adds_up_its_areas_its_quarters_and_its_cut_and_nothing_else(
    kept: Engine, small_world: World
) -> None:
    north, south = (frozenset({small_world.areas[name]}) for name in ("north", "south"))
    with Session(kept) as db:
        assert met(db, Slice(north, SUMMER), 1) == {SUMMER: 3}
        assert met(db, Slice(north, SUMMER), 2) == {SUMMER: 3, SUMMER.moved(-1): 32}
        assert met(db, Slice(north | south, SUMMER), 1) == {SUMMER: 7}
        assert met(db, Slice(south, SUMMER), 9) == {SUMMER: 4}
        assert met(db, Slice(north, SUMMER, outcome="community_resolution"), 9) == {SUMMER: 2}
        assert met(db, Slice(north, SUMMER, gender="female"), 9) == {SUMMER: 8}
        assert met(db, Slice(north, SUMMER, gender=""), 9) == {}


def test_what_the_board_reads_is_pinned_once_for_its_area_and_quarter(
    kept: Engine, small_world: World
) -> None:
    north, south = small_world.areas["north"], small_world.areas["south"]
    with transaction(kept) as db:
        content = pinned.taken(db, north, SUMMER)
        assert content["M13"][""] == {"": [3, 200, 14]}
        assert content["M13"]["outcome"] == {
            "youth_caution": [1, 100, 7],
            "community_resolution": [2, 100, 7],
        }
        assert content["M13"]["gender"] == {"female": [8, 100, 7], "male": [16, 100, 7]}
        assert pinned.taken(db, south, SUMMER)["M13"][""] == {"": [4, 100, 7]}
        for quarter in (SUMMER.moved(-2), SUMMER.moved(-1), SUMMER, NEXT):
            pinned.pin(db, north, quarter, pinned.METRICS, pinned.taken(db, north, quarter), at=NOW)
        pinned.pin(db, north, SUMMER, pinned.METRICS, {"M13": {"": {"": [99, 100, 0]}}}, at=NOW + ONE)
        for quarter in (SUMMER, NEXT.moved(1)):
            pinned.pin(db, south, quarter, pinned.METRICS, pinned.taken(db, south, quarter), at=NOW)
        pinned.pin(db, north, NEXT.moved(1), pinned.GAP, {"covers": "x"}, at=NOW)
        read = pinned.readings(db, north, SUMMER, 2)
        assert {quarter: one.count("M13") for quarter, one in read.items()} == {
            SUMMER.moved(-1): Count(32, 100, 7),
            SUMMER: Count(3, 200, 14),
        }
        assert {one.taken_on for one in read.values()} == {TODAY}
        assert pinned.quarters_of(db, north, most=3) == [NEXT, SUMMER, SUMMER.moved(-1)]
        assert pinned.quarters_of(db, south, most=3) == [NEXT.moved(1), SUMMER]
        assert pinned.other(db, north, NEXT.moved(1), pinned.GAP) is not None
        assert pinned.other(db, south, NEXT.moved(1), pinned.GAP) is None
        assert pinned.other(db, north, SUMMER, pinned.GAP) is None
        # What has no count is absent, which is not 0 %.
        assert set(pinned.history(read)) == {"M13"}


def test_a_file_is_made_by_the_manager_of_every_area_in_it(kept: Engine, small_world: World) -> None:
    south = small_world.areas["south"]
    both = in_both(small_world, Role.YOT_MANAGER, Role.INSPECTOR)
    north = {"area": str(small_world.areas["north"])}
    assert exporting.owned(choosing.read(north, both, today=TODAY), both)
    for args in ({}, {"area": str(south)}):
        choice = choosing.read(args, both, today=TODAY)
        with pytest.raises(NotYours):
            exporting.owned(choice, both)
        with pytest.raises(NotYours), Session(kept) as db:
            exporting.export(db, choice, Export(kind="csv", reason="The board"), by=both, at=NOW)
    manager = in_both(small_world, Role.YOT_MANAGER, Role.YOT_MANAGER)
    assert exporting.owned(choosing.read({}, manager, today=TODAY), manager).areas == {1, 2}


def test_a_file_holds_twelve_quarters_to_the_one_that_was_chosen(kept: Engine, small_world: World) -> None:
    manager = small_world.actor("manager")
    with transaction(kept) as db:
        db.add(figure(small_world, SUMMER, 0, metric="M15", counted=0, excluded=3))
        db.flush()
        choice = choosing.read({}, manager, today=TODAY)
        command = Export(kind="csv", reason="The board")
        lines = exporting.export(db, choice, command, by=manager, at=NOW).decode("utf-8-sig").splitlines()
    words = f",{METRICS['M13'].name},3.1,"
    rows = [line.split(words)[1] for line in lines if words in line and " 20" in line.split(words)[1][:30]]
    assert [line.split(",")[:4] for line in rows if ",No data" not in line] == [
        ["July to September 2026", "3", "200", "14"],
        ["January to March 2026", "64", "100", "7"],
        ["April to June 2026", "32", "100", "7"],
        ["July to September 2026", "3", "200", "14"],
    ]
    quarters = [line.split(",")[0] for line in rows[1:]]
    assert (len(quarters), quarters[0], quarters[-1]) == (12, "October to December 2023", SUMMER.words)
    (left, *_) = (line for line in lines if line.startswith("M15,1,") and SUMMER.words in line)
    assert f"{SUMMER.words},,,3,No data" in left


def test_the_milestones_are_those_of_the_area_that_were_referred_on_the_days(
    sqlite_engine: Engine, small_world: World
) -> None:
    manager = small_world.actor("manager")
    command = Milestones(kind="csv", reason="The board", first=DAY, last=DAY + ONE)
    choice = choosing.read({}, manager, today=TODAY)
    with transaction(sqlite_engine) as db:
        for number, day in enumerate((DAY - ONE, DAY, DAY + ONE, DAY + 2 * ONE)):
            db.add(case(small_world, number, referred_on=day))
        db.add(case(small_world, 9, referred_on=DAY, area="south"))
        db.flush()
        data = milestones.export(db, choice, command, named=True, by=manager, at=NOW).decode("utf-8-sig")
    found = [line.split(",")[0] for line in data.splitlines() if line.startswith("NK-T")]
    assert found == ["NK-T00001", "NK-T00002"]
    assert disclosures(sqlite_engine) == 1 + len(found)
    with transaction(sqlite_engine) as db:
        milestones.export(db, choice, command, named=False, by=manager, at=NOW)
        inspector = small_world.actor("inspector")
        theirs = choosing.read({}, inspector, today=TODAY)
        for named in (True, False):
            with pytest.raises(NotYours):
                milestones.export(db, theirs, command, named=named, by=inspector, at=NOW)
    assert disclosures(sqlite_engine) == 2 + len(found), "without names no case is disclosed"


def disclosures(engine: Engine) -> int:
    """How many lines of the access log say that something left the service."""
    with Session(engine) as db:
        query = select(AccessEntry.subject).where(AccessEntry.operation == Operation.DISCLOSURE)
        return len(db.exec(query).all())
