"""Board members read totals of quarters that are over, and no small number."""

import pytest
from sqlalchemy import Engine

from panel.db import transaction
from tests.panel.conftest import Visit
from tests.support.gaps import published, sent_list, stands
from tests.support.police import force
from tests.support.world import NOW, World
from workflows.gap import Place
from workflows.vocabulary import Outcome

SUMMER = "/gap/board?quarter=2026-07-01"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of the tests."""
    monkeypatch.setattr("panel.clock.now", lambda: NOW)


def test_a_board_member_reads_the_total_and_no_list(engine: Engine, world: World, visit: Visit) -> None:
    with transaction(engine) as db:
        published(db, world, force(db, world))
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
    page = visit("board").open(SUMMER).text
    assert "Keel Street On the list40Not told20Rate A50 %" in page
    for station in ("Mill Lane", "Harbour"):
        assert f"{station} On the listwithheldNot toldwithheldRate Awithheld" in page


def test_a_quarter_with_small_numbers_shows_none(engine: Engine, world: World, visit: Visit) -> None:
    with transaction(engine) as db:
        of = force(db, world)
        sent_list(db, world, of)
        for number in range(4):
            stands(db, world, of, Place.UNTOLD, number)
            stands(db, world, of, Place.IN_TIME, 50 + number, outcome=Outcome.YC)
    page = visit("board").open(SUMMER).text
    assert "the numbers are too small to be shown" in page
    assert "On the list" not in page


def test_a_quarter_without_a_list_and_one_that_runs_are_not_shown(visit: Visit) -> None:
    board = visit("board")
    assert "The force sent no list for 1 July to 30 September 2026" in board.open("/gap/board").text
    board.open("/gap/board?quarter=2026-10-01", status=404)
    board.open("/gap/board?quarter=2026-07-02", status=404)
