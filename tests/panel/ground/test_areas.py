"""A manager of two areas chooses for which one they act: nothing is put into the first one unasked."""

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.accounts.models import Membership
from panel.db import transaction
from panel.ratings.models import SelfInspection
from tests.panel.conftest import Visit
from tests.support.world import World
from workflows.roles import Role

PATHS = ("/ratings/new", "/audits/new", "/scrutiny/new", "/placements/new", "/meetings/new")


def both(engine: Engine, world: World) -> int:
    """The manager of the north manages the south too."""
    south = world.areas["south"]
    with transaction(engine) as db:
        db.add(Membership(user_id=world.users["manager"], area_id=south, role=Role.YOT_MANAGER))
    return south


@pytest.mark.parametrize("path", PATHS)
def test_a_manager_of_two_areas_is_asked_for_which_one(
    sqlite_engine: Engine, small_world: World, small_visit: Visit, path: str
) -> None:
    assert "For which one?" not in small_visit("manager").open(path).text
    south = both(sqlite_engine, small_world)
    manager = small_visit("manager")
    page = manager.open(path)
    assert "You manage several areas. For which one?" in page.text
    assert page.links["South Kelder"] == f"{path}?area={south}"
    assert page.links["North Kelder"] == f"{path}?area={small_world.areas['north']}"
    assert "South Kelder" in manager.open(f"{path}?area={south}").tree.findtext(
        ".//span[@class='govuk-caption-l']"
    )
    for strange in ("99", "x", "²", f"0{south}"):
        manager.open(f"{path}?area={strange}", status=404)


def test_what_is_begun_belongs_to_the_area_that_was_chosen(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    south = both(sqlite_engine, small_world)
    manager = small_visit("manager")
    days = {"first_on": ["1", "6", "2026"], "last_on": ["31", "8", "2026"]}
    page = manager.open(f"/ratings/new?area={south}")
    assert "South" in manager.follow(manager.send(page, days | {"title": "South"})).text
    with Session(sqlite_engine) as db:
        assert db.exec(select(SelfInspection.area_id)).all() == [south]
