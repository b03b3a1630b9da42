"""Two readings on two days tell the board nothing of the one case between them (DP-13)."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, col, select

from panel.db import transaction
from panel.figures.models import Figure
from panel.figures.turning import turn
from panel.forces.models import Force
from panel.metrics.models import BoardReading
from panel.police.models import PoliceDisposal
from tests.panel.conftest import Visit
from tests.panel.scrutiny.rounds import finished
from tests.support.board import MONDAY, SUMMER, at, case, gave, published, summer
from tests.support.gaps import published as list_published
from tests.support.gaps import sent_list, set_place, stands
from tests.support.police import force
from tests.support.visitor import Visitor
from tests.support.world import NOW, TODAY, World
from workflows.gap import Place
from workflows.periods import Period
from workflows.vocabulary import Outcome

METRICS = ("M1", "M3", "M10", "M11", "M13")
PAGES = (
    *("/", "/board-pack", "/board-pack/asked", "/gap/board", "/gap/board?quarter=2026-3", "/board/scrutiny"),
    *("/metrics", "/metrics?quarter=2026-3", "/metrics?quarter=2026-2"),
    *(f"/metrics/{metric}" for metric in METRICS),
)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of the tests."""
    monkeypatch.setattr("panel.clock.now", lambda: NOW)


def the_force(db: Session) -> Force:
    """The force of the summer."""
    return db.exec(select(Force)).one()


def read(board: Visitor, pack: str) -> dict[str, str]:
    """Everything that a board member reads, by its address."""
    pages = (*PAGES, f"/board-pack/{pack}", f"/board-pack/{pack}/versions/1")
    return {path: board.open(path).text for path in pages}


def counts(engine: Engine) -> dict[str, int]:
    """The kept counts of some metrics, as managers see them."""
    with Session(engine) as db:
        found = db.exec(select(Figure.metric, Figure.counted).where(Figure.by == "")).all()
    return {name: sum(many for metric, many in found if metric == name) for name in METRICS}


@pytest.fixture
def pack(engine: Engine, world: World) -> str:
    """A published pack of a summer in which there is something of everything."""
    with transaction(engine) as db:
        summer(db, world)
        list_published(db, world, the_force(db))
        drawn = finished(db, world, 12)
        drawn.finished_at = at(MONDAY)
    turn(engine, TODAY)
    with transaction(engine) as db:
        return published(db, world).reference


def test_one_case_added_between_two_readings_changes_nothing_that_the_board_reads(
    engine: Engine, world: World, visit: Visit, pack: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = visit("board")
    board.open(f"/board-pack/{pack}")  # what is read is no task any more
    before, kept = read(board, pack), counts(engine)
    assert "We were not told about 39 of them" in before["/gap/board"]
    assert "12" in before["/board/scrutiny"]
    assert any("%" in before[f"/metrics/{metric}"] for metric in METRICS)
    monkeypatch.setattr("panel.clock.now", lambda: NOW + timedelta(days=1))
    with transaction(engine) as db:
        of = the_force(db)
        case(db, world, 900)
        gave(db, world, of, 900, Outcome.YC)
        stands(db, world, of, Place.UNTOLD, 901)
        finished(db, world, 1).finished_at = at(MONDAY)
    turn(engine, TODAY + timedelta(days=1))
    after = counts(engine)
    assert after["M1"] > kept["M1"], "the attack has to change what is counted"
    assert after["M11"] > kept["M11"]
    assert read(visit("board"), pack) == before


def test_a_second_version_changes_no_reading_and_no_reading_is_ever_changed(
    engine: Engine, world: World, visit: Visit, pack: str
) -> None:
    board = visit("board")
    pages = ("/gap/board", "/metrics", "/metrics/M1", "/metrics/M11")
    before = {path: board.open(path).text for path in pages}
    with transaction(engine) as db:
        of = the_force(db)
        for number in range(910, 916):
            case(db, world, number)
            stands(db, world, of, Place.UNTOLD, number)
        published(db, world)
    assert "Version 2" in board.open(f"/board-pack/{pack}").text
    assert {path: board.open(path).text for path in pages} == before
    with Session(engine) as db:
        assert {(row.quarter, row.what) for row in db.exec(select(BoardReading))} == {
            (SUMMER.key, "metrics"),
            (SUMMER.key, "gap"),
            (SUMMER.key, "told"),
        }
    with Session(engine) as db, pytest.raises(DatabaseError, match="never changed"):
        db.execute(text("UPDATE board_reading SET quarter = '2026-1'"))


def test_pages_of_an_older_quarter_do_not_differ_by_a_few_from_what_later_packs_told(
    engine: Engine, world: World, visit: Visit
) -> None:
    """The pack of spring comes after that of summer, whose trend said 23 of 70 of spring."""
    spring = SUMMER.moved(-1)
    with transaction(engine) as db:
        of = force(db, world)
        sent_list(db, world, of, Period(spring.first, spring.last))
        for number in range(70):
            place = Place.UNTOLD if number < 23 else Place.IN_TIME
            stands(db, world, of, place, number, given_on=spring.first)
        case(db, world, 1)
    turn(engine, TODAY)
    with transaction(engine) as db:
        assert "23" in str(published(db, world).past[spring.key])
    with transaction(engine) as db:
        rows = db.exec(select(PoliceDisposal).order_by(col(PoliceDisposal.id))).all()
        for row in rows[:3]:
            set_place(row, Place.IN_TIME)
            db.add(row)
    turn(engine, TODAY)
    with transaction(engine) as db:
        published(db, world, spring)
    read_by = {key: visit(key).open(f"/metrics/M1?quarter={spring.key}").text for key in ("manager", "board")}
    assert "20 of 70 community resolutions" in read_by["manager"]
    assert "The numbers are too small to be shown" in read_by["board"]
    gap = visit("board").open(f"/gap/board?quarter={spring.key}").text
    assert "the numbers are too small to be shown" in gap
    assert not any(said in read_by["board"] + gap for said in ("20 of 70", "about 20 of", "Numerator20"))


def test_a_manager_and_an_inspector_still_read_what_is_counted_now(
    engine: Engine, world: World, visit: Visit, pack: str
) -> None:
    path = "/metrics/M1?quarter=2026-3"
    before = {key: visit(key).open(path).text for key in ("manager", "inspector", "board")}
    with transaction(engine) as db:
        stands(db, world, the_force(db), Place.UNTOLD, 902)
    turn(engine, TODAY)
    after = {key: visit(key).open(path).text for key in before}
    assert [key for key in before if before[key] != after[key]] == ["manager", "inspector"]
