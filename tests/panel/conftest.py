"""The invented district, and its people at their browsers."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from panel.db import transaction
from panel.web import PanelApp
from tests.support.visitor import Visitor
from tests.support.world import PASSWORD, World, build

Visit = Callable[[str], Visitor]


@pytest.fixture
def world(engine: Engine) -> World:
    """The areas and people, written to the database of the test (both kinds in turn)."""
    with transaction(engine) as db:
        return build(db)


@pytest.fixture
def small_world(sqlite_engine: Engine) -> World:
    """The areas and people on SQLite, where one kind is enough."""
    with transaction(sqlite_engine) as db:
        return build(db)


def signed_in(app: PanelApp, key: str) -> Visitor:
    """A browser of its own in which this person has signed in."""
    visitor = Visitor(app)
    visitor.send("/sign-in", {"email": World.email(key), "password": PASSWORD})
    return visitor


@pytest.fixture
def visit(app: PanelApp, world: World) -> Visit:
    """`visit("manager")` gives the manager's browser; the test runs on both kinds of database."""
    return lambda key: signed_in(app, key)


@pytest.fixture
def small_visit(sqlite_app: PanelApp, small_world: World) -> Visit:
    """`small_visit("manager")` gives the manager's browser, on SQLite only."""
    return lambda key: signed_in(sqlite_app, key)


def make(engine: Engine, builder: Callable[..., object], world: World, **more: object) -> str:
    """Write what a builder of `tests/support` makes and give its reference."""
    with transaction(engine) as db:
        return str(builder(db, world, **more).reference)  # type: ignore[attr-defined]


def rows(engine: Engine, statement: object) -> list[object]:
    """What a statement finds now."""
    with Session(engine) as db:
        return list(db.exec(statement))  # type: ignore[call-overload]
