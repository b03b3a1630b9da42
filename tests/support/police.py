"""A force for the invented district, and disposals that it gave."""

from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from panel.forces.models import Force, ForceArea
from panel.police import commands as c
from panel.police.actions import fresh, hear
from panel.police.models import PoliceDisposal
from tests.support.world import NOW, TODAY, World
from workflows.police import Heard
from workflows.vocabulary import Gender, Outcome

GIVEN = TODAY - timedelta(days=30)


def force(db: Session, world: World) -> Force:
    """The one force, which speaks for both areas."""
    made = Force(name="Kelder Constabulary", code="13")
    db.add(made)
    db.flush()
    db.add_all(ForceArea(force_id=made.id, area_id=area) for area in world.areas.values())
    db.flush()
    return made


def said(**more: Any) -> c.DisposalSaid:
    """What an officer says of a community resolution."""
    values = {
        "outcome": Outcome.CR,
        "given_on": GIVEN,
        "crime_reference": "13260001234",
        "offence": "Theft from a shop",
        "given_name": "Kayden",
        "surname": "Marlow",
        "date_of_birth": date(2011, 3, 4),
        "gender": Gender.MALE,
        "station": "Keel Street",
    }
    return c.DisposalSaid.model_validate(values | more)


def listed(db: Session, world: World, of: Force, *, area: str = "north", **more: Any) -> PoliceDisposal:
    """A disposal that we only know from the force's list."""
    row = fresh(said(**more), force_id=of.id, area_id=world.areas[area], at=NOW)
    row.listed_on = TODAY
    db.add(row)
    db.flush()
    return row


def told(
    db: Session, world: World, of: Force, *, on: date = TODAY, who: str = "officer", **more: Any
) -> PoliceDisposal:
    """A disposal that an officer told us of by the form."""
    return hear(
        db,
        said(**more),
        force_id=of.id,
        area_id=world.areas["north"],
        how=Heard.FORM,
        by=world.actor(who),
        at=NOW,
        said_on=on,
    )
