"""Board members are told of each version once, read it, and are not told of what they could not read."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from panel.accounts.models import Membership, User
from panel.board_pack import making, publishing
from panel.db import transaction
from panel.notifications.models import Notification, Why
from panel.notifications.queries import recipients, reference_of
from panel.notifications.words import WORDS
from tests.panel.conftest import Visit
from tests.support.board import SUMMER, case, published, summer
from tests.support.world import NOW, TODAY, World
from workflows.roles import Role

PACK = Notification.why == Why.PACK_PUBLISHED


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of the tests."""
    monkeypatch.setattr("panel.clock.now", lambda: NOW)


@pytest.fixture
def pack(engine: Engine, world: World) -> str:
    """A published pack of a summer."""
    with transaction(engine) as db:
        summer(db, world)
        return published(db, world).reference


def again(engine: Engine, world: World) -> None:
    """Another version, after more cases came in."""
    with transaction(engine) as db:
        for number in range(300, 306):
            case(db, world, number)
        manager = world.actor("manager")
        pack = making.make(db, world.areas["north"], SUMMER, by=manager, at=NOW)
        publishing.publish(db, pack, seen=pack.version, by=manager, at=NOW)


def told(engine: Engine) -> list[Notification]:
    """What was told, the first one first."""
    with Session(engine, expire_on_commit=False) as db:
        return list(db.exec(select(Notification).where(PACK).order_by(col(Notification.id))))


def test_each_board_member_of_the_area_is_told_once_with_a_reference_and_nothing_else(
    engine: Engine, world: World, pack: str
) -> None:
    [task] = told(engine)
    assert task.user_id == world.users["board"]
    assert (task.path, task.about, task.referral_id) == (f"/board-pack/{pack}", "", None)
    assert "Quillon" not in WORDS[task.why]
    with Session(engine) as db:
        assert reference_of(db, task) == pack
        assert [one.user_id for one in recipients(db, task, NOW)] == [world.users["board"]]


@pytest.mark.parametrize(
    ("ends", "many"), [(None, 2), (0, 2), (-1, 1)], ids=["open", "last day", "the day after"]
)
def test_who_has_left_the_board_or_whose_account_is_closed_is_not_told(
    engine: Engine, world: World, ends: int | None, many: int
) -> None:
    with transaction(engine) as db:
        summer(db, world)
        until = None if ends is None else TODAY + timedelta(days=ends)
        north = world.areas["north"]
        db.add(Membership(user_id=world.users["officer"], area_id=north, role=Role.BOARD, ends_on=until))
        db.add(Membership(user_id=world.users["liaison"], area_id=north, role=Role.BOARD))
        db.exec(select(User).where(User.id == world.users["liaison"])).one().disabled_at = NOW
        db.add(Membership(user_id=world.users["seconded"], area_id=world.areas["south"], role=Role.BOARD))
        db.flush()
        published(db, world)
    assert len(told(engine)) == many


def test_a_new_version_takes_the_place_of_what_was_not_read(
    engine: Engine, world: World, visit: Visit, pack: str
) -> None:
    board = visit("board")
    assert board.open("/").links[WORDS[Why.PACK_PUBLISHED]] == f"/board-pack/{pack}"
    again(engine, world)
    first, second = told(engine)
    assert first.done_at is not None
    assert second.done_at is None
    assert second.user_id == first.user_id
    board.open(f"/board-pack/{pack}/versions/1")
    assert told(engine)[1].done_at is None, "the earlier version is not the one to be read"
    visit("manager").open(f"/board-pack/{pack}")
    assert told(engine)[1].done_at is None, "what a manager opens the board has not read"
    board.open(f"/board-pack/{pack}")
    assert told(engine)[1].done_by_id == world.users["board"]
    assert WORDS[Why.PACK_PUBLISHED] not in board.open("/").links


def test_what_is_not_published_tells_nobody(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        summer(db, world)
        making.make(db, world.areas["north"], SUMMER, by=world.actor("manager"), at=NOW)
    assert told(engine) == []
