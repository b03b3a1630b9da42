"""A case to be told about, and a post office."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.panel.notifications.post_office import PostOffice, open_office
from tests.panel.notifications.world import World, build


@pytest.fixture
def world(engine: Engine) -> World:
    """One case in one area."""
    return build(engine)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A real mail server."""
    with open_office() as office:
        yield office
