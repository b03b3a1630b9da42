"""Places for children, for the tests."""

from datetime import date, time
from typing import Any

from sqlmodel import Session

from panel.placements import actions
from panel.placements.commands import PlacementDetails
from panel.placements.models import Placement
from tests.support.world import NOW, World

DETAILS: dict[str, Any] = {
    "name": "Orchard Farm",
    "address": "Mill Lane, Kelder",
    "work": "Weeding and mending fences",
    "days": ["saturday"],
    "starts_at": time(10, 0),
    "ends_at": time(13, 0),
    "girls_only": False,
    "min_age": 10,
    "capacity": 1,
    "supervisor": "The farm's youth team",
    "ratio": "1 to 3",
    "risks": "Machines stay locked while children are there.",
    "risk_assessed_on": date(2026, 9, 1),
    "risk_review_due": date(2027, 9, 1),
    "contact": "Desk 01632 960888",
    "active_from": date(2026, 1, 1),
}


def place(db: Session, world: World, **more: object) -> Placement:
    """A placement of the north with one place on Saturdays, unless said otherwise."""
    command = PlacementDetails.model_validate(DETAILS | more)
    return actions.add(db, command, world.areas["north"], by=world.actor("manager"), at=NOW)
