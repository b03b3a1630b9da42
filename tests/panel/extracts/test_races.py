"""Extracts while others work: nobody waits for one, it is of one moment, and a double click takes one."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import Engine, delete
from sqlmodel import Session, col, func, select

from panel.children.models import Child
from panel.db import transaction
from panel.extracts import rows as reading
from panel.extracts.models import Extract
from panel.history.models import AccessEntry, Event
from panel.history.operations import Operation
from panel.once import ActKey
from panel.referrals.models import Offence, Referral
from tests.panel.conftest import Visit
from tests.panel.extracts.test_extracts import ASKED, NAMED
from tests.support.visitor import Page
from tests.support.world import NOW, World, accepted
from workflows.case import Status

RECEIVED = ASKED | {"basis": "received_on"}
Between = Callable[[Callable[[], None]], None]


@pytest.fixture
def cases(engine: Engine, world: World, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Three cases, each of which is read on its own."""
    monkeypatch.setattr("panel.clock.now", lambda: NOW)
    monkeypatch.setattr(reading, "CHUNK", 1)
    with transaction(engine) as db:
        return [accepted(db, world, child={"given_name": name}).id for name in ("Ada", "Bo", "Cy")]


@pytest.fixture
def between(monkeypatch: pytest.MonkeyPatch) -> Between:
    """`between(act)` lets somebody else act once, after the first case was read."""

    def set_up(act: Callable[[], None]) -> None:
        waiting, read = [act], reading.read

        def with_others(*args: Any) -> Iterator[Any]:
            for chunk in read(*args):
                yield chunk
                if waiting:
                    waiting.pop()()

        monkeypatch.setattr("panel.extracts.making.read", with_others)

    return set_up


def people(page: Page) -> list[dict[str, str]]:
    """The children of an extract."""
    with zipfile.ZipFile(io.BytesIO(page.response.get_data())) as archive:
        text = archive.read("person_details.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def kept(engine: Engine) -> tuple[int, int, int]:
    """How many extracts, words about them in the history, and lines of disclosure there are."""
    with Session(engine) as db:
        extracts = db.exec(select(func.count(col(Extract.id)))).one()
        told = db.exec(select(func.count(col(Event.id))).where(Event.verb == "extract.make")).one()
        lines = select(func.count(col(AccessEntry.id))).where(AccessEntry.operation == Operation.DISCLOSURE)
        return extracts, told, db.exec(lines).one()


def test_people_write_while_an_extract_is_made_and_it_stays_as_it_began(
    engine: Engine, visit: Visit, cases: list[int], between: Between
) -> None:
    def act() -> None:
        with transaction(engine) as db:
            ada, bo, cy = (db.get_one(Referral, number) for number in cases)
            db.get_one(Child, bo.child_id).given_name = "Changed"
            bo.child_id = ada.child_id  # as a merge of two records does it
            bo.status = Status.WITHDRAWN
            cy.submitted_at = NOW.replace(year=2020)
            db.exec(delete(Offence).where(col(Offence.referral_id) == cy.id))
            db.add_all([ada, bo, cy])

    between(act)
    manager = visit("manager")
    with Session(engine) as db:
        offences = db.exec(select(func.count(col(Offence.id)))).one()
    first = manager.send(NAMED, RECEIVED, status=200)
    assert [one["givenName"] for one in people(first)] == ["Ada", "Bo", "Cy"]
    with Session(engine) as db:
        said = db.exec(select(Extract)).one().manifest["rows"]
        assert (said["person_details"], said["offence"]) == (3, offences)
        assert db.exec(select(func.count(col(Offence.id)))).one() < offences
    second = manager.send(NAMED, RECEIVED, status=200)
    assert [one["givenName"] for one in people(second)] == ["Ada"]


def test_a_case_that_is_gone_by_then_was_disclosed_all_the_same(
    engine: Engine, visit: Visit, cases: list[int], between: Between
) -> None:
    def act() -> None:
        with transaction(engine) as db:
            bo = db.get_one(Referral, cases[1])
            bo.status = Status.DRAFT
            db.add(bo)

    between(act)
    assert len(people(visit("manager").send(NAMED, RECEIVED, status=200))) == 3
    with Session(engine) as db:
        logged = select(AccessEntry.subject).where(
            AccessEntry.operation == Operation.DISCLOSURE, AccessEntry.recipients == RECEIVED["recipient"]
        )
        number = db.exec(select(Extract.id)).one()
        expected = {f"extract:{number}", *(f"case:{one}" for one in cases)}
        assert sorted(db.exec(logged)) == sorted(expected)


def test_a_double_click_takes_one_extract_and_leads_to_its_page(
    engine: Engine, visit: Visit, cases: list[int], between: Between
) -> None:
    manager = visit("manager")
    form = manager.open(NAMED)
    quicker: list[Page] = []

    def click_again() -> None:
        # Another thread: within one, Flask would take both for one request.
        other = Thread(target=lambda: quicker.append(manager.send(form, RECEIVED, status=200)), daemon=True)
        other.start()
        other.join(60)
        assert not other.is_alive(), "the second click waits for the first"

    between(click_again)
    slower = manager.send(form, RECEIVED, status=303)
    assert len(people(quicker[0])) == 3
    assert kept(engine) == (1, 1, 4)
    assert "Extract EX-" in manager.follow(slower).heading
    again = manager.send(form, RECEIVED, status=303)
    assert (again.location, kept(engine)) == (slower.location, (1, 1, 4))
    manager.send(form, RECEIVED | {"reason": "Another one"}, status=409)
    assert kept(engine) == (1, 1, 4)


def test_what_breaks_in_the_middle_leaves_nothing_and_the_form_can_be_sent_again(
    engine: Engine, visit: Visit, cases: list[int], between: Between
) -> None:
    manager = visit("manager")
    manager.app.config["PROPAGATE_EXCEPTIONS"] = False
    form = manager.open(NAMED)

    def act() -> None:
        raise OSError("no room on the disk")

    between(act)
    manager.send(form, RECEIVED, status=500)
    manager.send(form, RECEIVED | {"reason": " "}, status=422)
    with Session(engine) as db:
        taken = select(func.count(col(ActKey.id))).where(col(ActKey.endpoint) == "extracts.take_named")
        assert (kept(engine), db.exec(taken).one()) == ((0, 0, 0), 0)
    assert len(people(manager.send(form, RECEIVED, status=200))) == 3
    assert kept(engine) == (1, 1, 4)
