"""What a manager sees first of the metrics: how many did not reach their target in the last whole quarter."""

from datetime import date

from flask import url_for
from sqlmodel import Session

from config.metrics import definitions
from panel.access import Actor
from panel.figures.queries import Slice
from panel.home.tile import Tile
from panel.metrics.queries import history, measured
from workflows.quarters import Quarter
from workflows.roles import Role


def metric_tiles(db: Session, actor: Actor, *, today: date) -> list[Tile]:
    """One tile; nothing for who is no manager."""
    areas = actor.areas_as(Role.YOT_MANAGER)
    if not areas:
        return []
    quarter = Quarter.of(today).moved(-1)
    found = measured(definitions(today), history(db, Slice(frozenset(areas), quarter), 1), quarter)
    below = sum(one.on_target is False for one in found.values())
    said = f"Of {len(found)} with data, {quarter.words}" if found else f"No data for {quarter.words}"
    tone = "warn" if below else "normal"
    return [Tile(str(below), "Metrics below their target", url_for("metrics.index"), said, tone)]
