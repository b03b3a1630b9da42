"""Who finds which pack, and which names stop one: area by area, and from the first to the last instant."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from panel.access import Actor
from panel.board_pack import publishing, queries
from panel.board_pack.models import BoardAction, BoardPack, BoardPackVersion
from panel.board_pack.told import told
from panel.db import transaction
from panel.errors import Missing
from tests.support.board import SUMMER, at, case, child, made
from tests.support.world import NOW, TODAY, World
from workflows.quarters import Quarter
from workflows.roles import Role

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
FIRST = at(SUMMER.first, 0)
AFTER = at(SUMMER.moved(1).first, 0)


@pytest.fixture
def db(sqlite_engine: Engine) -> Iterator[Session]:
    """A database to write into and to read from."""
    with transaction(sqlite_engine) as session:
        yield session


def pack(db: Session, world: World, area: str, quarter: Quarter, *, versions: int = 0) -> BoardPack:
    """A pack as a row, published so many times, with one thing that the board asked for."""
    manager = world.users["manager"]
    row = BoardPack(
        reference=f"BP-{area[0].upper()}{quarter.key}",
        area_id=world.areas[area],
        quarter=quarter.key,
        made_on=TODAY,
        made_by_id=manager,
        changed_at=NOW,
    )
    db.add(row)
    db.flush()
    for number in range(1, versions + 1):
        content = {"quarter": quarter.key, "figures": [{"key": f"{area}-{number}", "shape": "parts"}]}
        same: dict[str, Any] = {"pack_id": row.id, "by_id": manager, "at": NOW, "digest": "0" * 64}
        db.add(BoardPackVersion(number=number, content=content, **same))
    asked = f"{area} {quarter.key}"
    db.add(BoardAction(pack_id=row.id, number=1, asked=asked, due_on=TODAY, changed_at=NOW))
    db.flush()
    return row


def far_board(world: World) -> Actor:
    """A board member of the south."""
    south = world.areas["south"]
    return replace(world.actor("board"), memberships=((south, Role.BOARD),), area_names={south: "South"})


def test_a_pack_is_found_in_the_area_of_the_reader_and_a_draft_by_its_managers(
    db: Session, small_world: World
) -> None:
    north = pack(db, small_world, "north", SUMMER, versions=2)
    draft = pack(db, small_world, "north", SUMMER.moved(1))
    south = pack(db, small_world, "south", SUMMER, versions=1)

    def listed(actor: Actor) -> list[tuple[str, int]]:
        return [(one.reference, one.number) for one in queries.listed(db, actor)]

    assert listed(small_world.actor("manager")) == [(draft.reference, 0), (north.reference, 2)]
    for key in ("board", "inspector"):
        assert listed(small_world.actor(key)) == [(north.reference, 2)]
    assert listed(far_board(small_world)) == [(south.reference, 1)]
    assert listed(small_world.actor("case_manager")) == []

    def opens(actor: Actor, row: BoardPack, *roles: Role) -> bool:
        try:
            found = queries.pack_for(
                db, actor, row.reference, at=NOW, page="x", roles=roles or queries.MANAGERS
            )
        except Missing:
            return False
        return found is row

    assert opens(small_world.actor("manager"), north)
    assert opens(small_world.actor("board"), north, *queries.READERS)
    for key in ("board", "inspector", "far_manager"):
        assert not opens(small_world.actor(key), north)
    for actor in (far_board(small_world), small_world.actor("far_manager")):
        assert not opens(actor, north, *queries.READERS)


def test_the_newest_version_is_that_of_the_newest_quarter_of_the_area(
    db: Session, small_world: World
) -> None:
    pack(db, small_world, "north", SUMMER.moved(-1), versions=3)
    pack(db, small_world, "north", SUMMER, versions=2)
    pack(db, small_world, "north", SUMMER.moved(1))
    pack(db, small_world, "south", SUMMER.moved(1), versions=1)
    board = small_world.actor("board")
    found = queries.newest(db, board, Role.BOARD)
    assert found is not None
    assert (found[0].area_id, found[0].quarter, found[1].number) == (1, SUMMER.key, 2)
    assert queries.newest(db, board, Role.YOT_MANAGER) is None
    assert queries.newest(db, small_world.actor("inspector"), Role.BOARD) is None
    said = told(db, small_world.areas["north"])
    assert [list(one) for one in said.of(SUMMER)] == [["north-1"], ["north-2"]]
    assert said.of(SUMMER.moved(1)) == ()


def test_what_the_board_asked_is_told_in_its_area_by_later_packs_and_closed_by_its_manager(
    db: Session, small_world: World
) -> None:
    for area in ("north", "south"):
        for quarter in (SUMMER.moved(-1), SUMMER):
            pack(db, small_world, area, quarter, versions=1)
    north = small_world.areas["north"]
    before, now = (f"north {quarter.key}" for quarter in (SUMMER.moved(-1), SUMMER))
    assert [one.asked for one in queries.actions_of(db, north)] == [now, before]
    assert [one.asked for one in queries.actions_of(db, north, until=SUMMER)] == [before]
    ours = queries.actions_of(db, north)[0]
    action, of = queries.action_for(db, small_world.actor("manager"), ours.id)
    assert (action, of.area_id) == (ours, north)
    for key in ("far_manager", "board", "inspector"):
        with pytest.raises(Missing):
            queries.action_for(db, small_world.actor(key), ours.id)


@pytest.mark.parametrize(
    ("when", "told"), [(FIRST - SECOND, False), (FIRST, True), (AFTER - SECOND, True), (AFTER, False)]
)
@pytest.mark.parametrize("what", ["decided", "given"])
def test_a_child_of_the_quarter_is_named_in_no_pack(
    db: Session, small_world: World, what: str, when: datetime, told: bool
) -> None:
    far = at(SUMMER.first - 90 * DAY)
    days = {"decided_at": far, "given_on": None}
    days |= {"decided_at": when} if what == "decided" else {"given_on": when.date()}
    case(db, small_world, 1, of=child(db, 1, given_name="Wren", surname="Tolliver"), **days)
    south = {"area_id": small_world.areas["south"]}
    case(db, small_world, 2, of=child(db, 2, given_name="Ira", surname="Fennimore"), **days, **south)
    draft = made(db, small_world)
    for name, stops in (("Wren Tolliver", told), ("Ira Fennimore", False)):
        draft.words = draft.words | {"decisions": [f"Ask about {name}.", "", ""]}
        assert bool(publishing.facts_of(db, draft, at=NOW).tells) is stops


def test_who_is_no_board_member_of_the_area_has_no_task_to_finish(
    db: Session, small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(publishing, "write_along", lambda _db, act: act(_db))
    monkeypatch.setattr(publishing, "finish_key", lambda _db, key, **_more: done.append(key))
    row = pack(db, small_world, "north", SUMMER, versions=1)
    for actor in (far_board(small_world), small_world.actor("manager"), small_world.actor("inspector")):
        publishing.opened(db, row, 1, by=actor, at=NOW)
    assert done == []
    publishing.opened(db, row, 1, by=small_world.actor("board"), at=NOW)
    assert len(done) == 1
