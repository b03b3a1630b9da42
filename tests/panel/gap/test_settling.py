"""A row of a query settles by itself when we are told another way, and waits again if that falls."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from panel.counting import answers
from panel.db import transaction
from panel.forces.models import Force
from panel.gap import asking
from panel.gap.queries import home_counted, owed
from panel.linking.actions import link_all, take_back
from panel.linking.queries import pair_for
from panel.police import actions as police
from panel.police.commands import DisposalSaid, SetAside
from panel.police.models import PoliceDisposal, PoliceLink, SaidOfIt
from tests.panel.conftest import Visit
from tests.support.gaps import sent_list, stands
from tests.support.police import force, told
from tests.support.world import NOW, TODAY, World
from workflows.gap import Place
from workflows.police import Heard, NotOurs, Verdict

HOME = {"address": "12 Mill Road", "postcode": "ZZ1 1AA"}


@pytest.fixture
def query(engine: Engine, world: World, monkeypatch: pytest.MonkeyPatch) -> str:
    """A query about two disposals of which we knew only from the list."""
    monkeypatch.setattr("panel.clock.now", lambda: NOW)
    with transaction(engine) as db:
        of = force(db, world)
        sent_list(db, world, of)
        rows = [
            stands(db, world, of, Place.UNTOLD, n, given_name=name, surname="Quillon", **HOME)
            for n, name in enumerate(("Ada", "Bo"))
        ]
        db.flush()
        return asking.ask(db, rows, TODAY, by=world.actor("manager"), at=NOW).reference


def ada(db: Session) -> PoliceDisposal:
    """The first of the two, as the list has it."""
    return db.exec(select(PoliceDisposal).where(PoliceDisposal.given_name == "Ada")).first()


def hear(db: Session, world: World, how: Heard) -> None:
    row = ada(db)
    said = DisposalSaid.model_validate({name: getattr(row, name) for name in SaidOfIt.model_fields})
    held = {"force_id": row.force_id, "area_id": row.area_id}
    police.hear(db, said, how=how, by=world.actor("officer"), at=NOW, said_on=TODAY, **held)


@pytest.mark.parametrize("how", [Heard.FORM, Heard.SYSTEM, Heard.PANEL])
def test_what_we_are_told_by_itself_is_no_longer_waited_for(
    engine: Engine, world: World, visit: Visit, query: str, how: Heard
) -> None:
    manager = visit("manager")
    assert "2 disposals, 2 without an answer" in manager.open(f"/gap/queries/{query}").text
    with transaction(engine) as db:
        hear(db, world, how)
    page = manager.open(f"/gap/queries/{query}")
    assert "2 disposals, 1 without an answer" in page.text
    assert "Settled without an answer to this query" in page.text
    assert "Write down the answer about Ada Quillon" in page.links
    assert "What we asked the force: 1 without an answer" in manager.open("/gap").text
    with Session(engine) as db:
        area = world.areas["north"]
        assert (owed(db, area), asking.queries_of(db, [area], limit=1)[0][1:]) == (1, (2, 1))
        # The first page of a manager says the same: one still untold, one answer still owed.
        assert answers(db, home_counted(world.actor("manager"), today=TODAY)) == [1, 1]


def test_what_a_link_tells_settles_and_a_link_that_is_taken_back_waits_again(
    engine: Engine, world: World, query: str
) -> None:
    manager, area = world.actor("manager"), world.areas["north"]
    with transaction(engine) as db:
        row = ada(db)
        of = db.get_one(Force, row.force_id)
        same = row.model_dump(
            include={"given_name", "surname", "date_of_birth", "given_on", "crime_reference"}
        )
        told(db, world, of, on=date(2026, 10, 1), **same | HOME | {"crime_reference": ""})
        link_all(db, [row.id], by=manager, at=NOW)
        assert row.told_on == date(2026, 10, 1)
        assert owed(db, area) == 1
    with transaction(engine) as db:
        link = db.exec(select(PoliceLink).where(PoliceLink.verdict == Verdict.SAME)).one()
        take_back(db, pair_for(db, manager, link.id), "It is his cousin.", by=manager, at=NOW)
        db.flush()
        assert owed(db, area) == 2


def test_a_disposal_that_stands_on_another_list_still_waits_and_one_set_aside_does_not(
    engine: Engine, world: World, visit: Visit, query: str
) -> None:
    area = world.areas["north"]
    with transaction(engine) as db:
        row = ada(db)
        row.listed_on = TODAY
        db.add(row)
        db.flush()
        assert owed(db, area) == 2
        aside = SetAside(not_ours=NotOurs.WITHDRAWN, reason="The police took it back.")
        police.set_aside(db, row, aside, by=world.actor("manager"), at=NOW)
        db.flush()
        assert owed(db, area) == 1
    assert "it does not count any more" in visit("manager").open(f"/gap/queries/{query}").text
    with Session(engine) as db:
        assert len(db.exec(select(PoliceDisposal).order_by(col(PoliceDisposal.id))).all()) == 2
