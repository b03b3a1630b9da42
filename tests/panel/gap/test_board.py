"""Board members read totals of quarters whose pack is published, and no small number."""

import pytest
from sqlalchemy import Engine

from panel.db import transaction
from panel.figures.turning import turn
from panel.gap.board import board_gap
from tests.panel.conftest import Visit
from tests.support.board import case
from tests.support.board import published as pack
from tests.support.gaps import published, sent_list, stands
from tests.support.police import force
from tests.support.world import NOW, TODAY, World
from workflows.gap import Place
from workflows.nested import Number, Told
from workflows.small_numbers import Line
from workflows.vocabulary import Outcome

SUMMER = "/gap/board?quarter=2026-3"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of the tests."""
    monkeypatch.setattr("panel.clock.now", lambda: NOW)


def test_a_board_member_reads_the_total_and_no_list(engine: Engine, world: World, visit: Visit) -> None:
    with transaction(engine) as db:
        published(db, world, force(db, world))
        pack(db, world)
    board = visit("board")
    page = board.open(SUMMER)
    assert "the force gave 118 community resolutions to children in our area" in page.text
    assert "We were not told about 39 of them (33 %)" in page.text
    assert not [href for href in page.links.values() if "/gap/disposals" in href]
    board.open("/gap", status=403)
    board.open("/gap/disposals", status=403)
    assert "The gap" not in board.open("/").text
    assert board.open("/").links["What we were not told"] == "/gap/board"
    visit("manager").open(SUMMER, status=403)


def test_a_station_of_four_is_withheld_and_does_not_follow(
    engine: Engine, world: World, visit: Visit
) -> None:
    with transaction(engine) as db:
        of = force(db, world)
        sent_list(db, world, of)
        number = 0
        for station, missed, told in (("Keel Street", 20, 20), ("Mill Lane", 9, 11), ("Harbour", 4, 8)):
            for place, many in ((Place.UNTOLD, missed), (Place.IN_TIME, told)):
                for _ in range(many):
                    number += 1
                    stands(db, world, of, place, number, station=station)
        pack(db, world)
    page = visit("board").open(SUMMER).text
    assert "Keel Street On the list40Not told20Rate A50 %" in page
    # Which stations there are besides tells as much as a number.
    assert "Mill Lane" not in page
    assert "Harbour" not in page
    assert "All others On the listwithheldNot toldwithheldRate Awithheld" in page


def test_what_a_pack_told_is_told_again_and_nothing_that_tells_of_few_beside_it() -> None:
    """The list changed between two packs: 23 of 70 is public, and 20 of 70 was counted later."""
    tables = {"Station": {"Harbour": [40, 10], "Weir": [30, 10]}}
    pinned = {"covers": "", "total": [70, 20], "tables": tables}
    same = board_gap(pinned, 5, Told(lines={"M1": (20, 70)}))
    assert same.total == Line(70, 20)
    assert list(same.breakdowns["Station"]) == ["Harbour", "Weir"]
    other = board_gap(pinned, 5, Told(lines={"M1": (23, 70)}))
    assert (other.total, other.breakdowns) == (Line(70, 23), {})
    for told in (Told(lines={"M1": None}), Told(anything=False)):
        withheld = board_gap(pinned, 5, told)
        assert (withheld.total, withheld.breakdowns) == (None, {})
    few: list[Number] = [("given community_resolution", 74)]
    assert board_gap(pinned, 5, Told(), few).total is None
    enough: list[Number] = [("given community_resolution", 75)]
    assert board_gap(pinned, 5, Told(), enough).total == Line(70, 20)


def test_where_all_are_in_one_group_there_is_no_table() -> None:
    pinned = {"covers": "", "total": [70, 20], "tables": {"Station": {"Harbour": [70, 20]}}}
    assert board_gap(pinned, 5, Told()).breakdowns == {}


def test_a_quarter_with_small_numbers_shows_none(engine: Engine, world: World, visit: Visit) -> None:
    with transaction(engine) as db:
        of = force(db, world)
        sent_list(db, world, of)
        for number in range(4):
            stands(db, world, of, Place.UNTOLD, number)
            stands(db, world, of, Place.IN_TIME, 50 + number, outcome=Outcome.YC)
        pack(db, world)
    page = visit("board").open(SUMMER).text
    assert "the numbers are too small to be shown" in page
    assert "On the list" not in page


def test_of_a_total_that_is_withheld_no_line_is_shown(engine: Engine, world: World, visit: Visit) -> None:
    with transaction(engine) as db:
        of = force(db, world)
        sent_list(db, world, of)
        for number in range(30):
            stands(db, world, of, Place.UNTOLD if number < 3 else Place.IN_TIME, number, station="Harbour")
        pack(db, world)
    page = visit("board").open(SUMMER).text
    assert "the numbers are too small to be shown" in page
    assert "Harbour" not in page


def test_a_quarter_is_shown_once_its_pack_is_published_and_no_other_one(
    engine: Engine, world: World, visit: Visit
) -> None:
    board = visit("board")
    with transaction(engine) as db:
        published(db, world, force(db, world))
    assert "No pack is published yet" in board.open("/gap/board").text
    board.open(SUMMER, status=404)
    with transaction(engine) as db:
        pack(db, world)
    assert "July to September 2026" in board.open("/gap/board").text
    for wrong in ("2026-4", "2026-2", "2026-07-01", "x"):
        board.open(f"/gap/board?quarter={wrong}", status=404)


def test_a_list_that_comes_after_the_pack_is_told_with_its_next_version(
    engine: Engine, world: World, visit: Visit
) -> None:
    board = visit("board")
    with transaction(engine) as db:
        of = force(db, world)
        for number in range(20):
            case(db, world, number)
        pack(db, world)
    assert "the force had sent no list when the pack was published" in board.open(SUMMER).text
    with transaction(engine) as db:
        published(db, world, of)
    assert "the force had sent no list when the pack was published" in board.open(SUMMER).text
    turn(engine, TODAY)
    with transaction(engine) as db:
        for number in range(20, 26):
            case(db, world, number)
        pack(db, world)
    assert "We were not told about 39 of them" in board.open(SUMMER).text
