"""A list that is taken back leaves every figure as it was before it came, and may come again."""

from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

import panel.listeners  # noqa: F401 - the rooms that hear of it
from panel.db import transaction
from panel.gap import queries as gap
from panel.history.verify import verify
from panel.linking import queries as linking
from panel.linking.actions import link_list
from panel.lists import actions, undoing
from panel.police.models import PoliceDisposal, PoliceList
from tests.support.lists import FIRST, as_csv, imported, rows
from tests.support.police import force, told
from tests.support.world import NOW, TODAY, World
from workflows.gap import Place
from workflows.periods import Period
from workflows.police import NotOurs, Standing
from workflows.vocabulary import Outcome


def figures(db: Session, world: World) -> Any:
    """What the pages of the gap and of the pairs say."""
    area, period = world.areas["north"], Period(FIRST, TODAY)
    found = gap.figures(db, area, Outcome.CR, period, today=TODAY)
    pairs = [linking.count(db, world.actor("manager"), waiting=True)]
    counted = select(PoliceDisposal.reference, PoliceDisposal.told_on, PoliceDisposal.listed_on).where(
        PoliceDisposal.status == Standing.COUNTED
    )
    # What is set aside is said beside the figures and stands in none of them.
    tally = {place: count for place, count in found.tally.counts.items() if place is not Place.SET_ASIDE}
    return tally, found.coverage, pairs, sorted(map(tuple, db.exec(counted).all()))


def taken_over(engine: Engine, world: World, data: str) -> int:
    """The list, imported and searched for."""
    number = imported(engine, world, data)
    with transaction(engine) as db:
        link_list(db, number, by=world.actor("manager"), at=NOW)
    return number


def test_all_figures_are_as_before_and_the_same_list_links_again(engine: Engine, world: World) -> None:
    table = rows(3)
    same = {"given_name": "Kayden", "surname": "Marlow0", "given_on": FIRST, "postcode": "KD1 2AB"}
    with transaction(engine) as db:
        of = force(db, world)
        known = told(db, world, of, on=FIRST, date_of_birth="2011-01-13", crime_reference="", **same)
        reference = known.reference
    with Session(engine) as db:
        before = figures(db, world)
    first = taken_over(engine, world, as_csv(table))
    with Session(engine) as db:
        imported_ = figures(db, world)
        duplicate = db.exec(select(PoliceDisposal).where(PoliceDisposal.reference == reference)).one()
        assert (duplicate.status, duplicate.not_ours) == (Standing.SET_ASIDE, NotOurs.DUPLICATE)
    with transaction(engine) as db:
        actions.undo(db, db.get_one(PoliceList, first), "Wrong", by=world.actor("manager"), at=NOW)
    undoing.undo_list(engine, first, world.users["manager"], now=lambda: NOW)
    with Session(engine) as db:
        assert figures(db, world) == before
        assert (
            db.exec(
                select(PoliceDisposal.not_ours).where(col(PoliceDisposal.status) == Standing.SET_ASIDE)
            ).all()
            == [NotOurs.LIST_UNDONE] * 3
        )
    taken_over(engine, world, as_csv(table))
    with Session(engine) as db:
        assert figures(db, world) == imported_
    assert verify(engine) == []
