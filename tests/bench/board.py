"""A pack of the board, so that its pages can be measured."""

from datetime import UTC, date, datetime, time

from sqlalchemy import Engine

from panel.access import Actor
from panel.board_pack import making, publishing
from panel.db import transaction
from workflows.quarters import Quarter
from workflows.roles import Role


def board(engine: Engine, *, by: int, today: date) -> None:
    """The pack of the last whole quarter of the large area, published."""
    actor = Actor(by, f"Person {by}", ((1, Role.YOT_MANAGER),), {1: "Area 1"})
    at = datetime.combine(today, time(12), UTC)
    with transaction(engine) as db:
        pack = making.make(db, 1, Quarter.of(today).moved(-1), by=actor, at=at)
        publishing.publish(db, pack, seen=pack.version, by=actor, at=at)
