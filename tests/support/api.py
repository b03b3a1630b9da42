"""A system of a force at the interface."""

from typing import Any

from sqlalchemy import Engine

from panel.db import transaction
from panel.forces.actions import make_token
from panel.forces.commands import SystemDetails
from panel.forces.models import Force
from panel.web import PanelApp
from tests.support.world import NOW, TODAY, World

ADDRESS = "/api/v1/police-disposals"


def token_of(engine: Engine, world: World, of: int, name: str = "Niche RMS") -> str:
    """A token of a system of a force."""
    with transaction(engine) as db:
        force = db.get_one(Force, of)
        return make_token(db, force, SystemDetails(name=name), by=world.actor("admin"), at=NOW)


def sent(**more: Any) -> dict[str, Any]:
    """A community resolution as a system sends it."""
    return {
        "area": "NK",
        "outcome": "community_resolution",
        "given_on": TODAY.isoformat(),
        "crime_reference": "13260001234",
        "force_reference": "CR/2026/77",
        "offence": "Theft from a shop",
        "given_name": "Kayden",
        "surname": "Marlow",
        "date_of_birth": "2011-03-04",
    } | more


def post(app: PanelApp, token: str, body: Any, **headers: str) -> Any:
    """One request of the system."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    auth = {"Authorization": f"Bearer {token}"} if token else {}
    return app.test_client().post(ADDRESS, json=body, headers=auth | named)
