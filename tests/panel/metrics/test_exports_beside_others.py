"""Exports while others work: nobody waits for one, it is of one moment, and a double click takes one."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from panel.children.models import Child
from panel.db import transaction
from panel.gap import exporting as gap
from panel.gap.models import GapExport
from panel.history.models import AccessEntry, Event
from panel.history.operations import Operation
from panel.metrics import exporting as figures
from panel.metrics import milestones
from panel.metrics.models import MetricExport
from panel.police.models import PoliceDisposal
from tests.panel.conftest import Visit
from tests.panel.metrics.test_files import REASON, SINCE
from tests.support.lists import as_csv, imported, rows
from tests.support.visitor import Page
from tests.support.world import NOW, World, accepted

Between = Callable[[Callable[[], None]], None]


@dataclass(frozen=True)
class File:
    """One kind of export: its page and form, where it is put together, whom it names, and its evidence."""

    path: str
    values: dict[str, object]
    where: Any
    model: Any
    person: Any = None
    lines: int = 1


FILES = {
    "metrics": File("/metrics/export", REASON, figures, MetricExport),
    "milestones": File(
        "/metrics/milestones-with-names", {**REASON, **SINCE}, milestones, MetricExport, Child, 2
    ),
    "gap": File("/gap/export-with-names", REASON, gap, GapExport, PoliceDisposal, 3),
}


@pytest.fixture(params=FILES)
def file(request: pytest.FixtureRequest, engine: Engine, world: World, monkeypatch: Any) -> File:
    """An export with somebody in it."""
    monkeypatch.setattr("panel.clock.now", lambda: NOW)
    with transaction(engine) as db:
        accepted(db, world, child={"given_name": "Ada"})
    imported(engine, world, as_csv(rows(2)))
    found: File = FILES[request.param]
    return found


@pytest.fixture
def between(file: File, monkeypatch: pytest.MonkeyPatch) -> Between:
    """`between(act)` lets somebody else act once, after the export has begun to read."""

    def set_up(act: Callable[[], None]) -> None:
        waiting, put_together = [act], file.where.as_csv

        def with_others(blocks: Any) -> bytes:
            if waiting:
                waiting.pop()()
            data: bytes = put_together(blocks)
            return data

        monkeypatch.setattr(file.where, "as_csv", with_others)

    return set_up


def kept(engine: Engine, file: File) -> tuple[int, int, int]:
    """How many exports, words about them in the history, and lines of disclosure there are."""
    verb = "gap.export" if file.model is GapExport else "metrics.export"
    with Session(engine) as db:
        made = db.exec(select(func.count(col(file.model.id)))).one()
        told = db.exec(select(func.count(col(Event.id))).where(Event.verb == verb)).one()
        lines = select(func.count(col(AccessEntry.id))).where(AccessEntry.operation == Operation.DISCLOSURE)
        return made, told, db.exec(lines).one()


def test_people_write_while_an_export_is_made_and_it_stays_as_it_began(
    engine: Engine, visit: Visit, file: File, between: Between
) -> None:
    def act() -> None:
        with transaction(engine) as db:
            for one in db.exec(select(file.person or Child)):
                one.given_name = "Changed"
                db.add(one)

    between(act)
    manager = visit("manager")
    first = manager.send(file.path, file.values, status=200).response.get_data()
    assert b"Changed" not in first
    second = manager.send(file.path, file.values, status=200).response.get_data()
    assert (b"Changed" in second) is (file.person is not None)
    assert kept(engine, file) == (2, 2, 2 * file.lines)


def test_a_double_click_takes_one_export_and_leads_to_what_was_taken(
    engine: Engine, visit: Visit, file: File, between: Between
) -> None:
    manager = visit("manager")
    form = manager.open(file.path)
    assert "What was taken: 0" in form.text
    quicker: list[Page] = []

    def click_again() -> None:
        # Another thread: within one, Flask would take both for one request.
        click = Thread(
            target=lambda: quicker.append(manager.send(form, file.values, status=200)), daemon=True
        )
        click.start()
        click.join(60)
        assert not click.is_alive(), "the second click waits for the first"

    between(click_again)
    slower = manager.send(form, file.values, status=303)
    assert len(quicker) == 1
    assert kept(engine, file) == (1, 1, file.lines)
    shown = manager.follow(slower).text
    assert "What was taken: 1" in shown
    assert str(REASON["reason"]) in shown
    manager.send(form, {**file.values, "reason": "Another one"}, status=409)
    assert kept(engine, file) == (1, 1, file.lines)


def test_what_breaks_in_the_middle_leaves_nothing(
    engine: Engine, visit: Visit, file: File, between: Between
) -> None:
    manager = visit("manager")
    manager.app.config["PROPAGATE_EXCEPTIONS"] = False
    form = manager.open(file.path)

    def act() -> None:
        raise OSError("no room on the disk")

    between(act)
    manager.send(form, file.values, status=500)
    assert kept(engine, file) == (0, 0, 0)
    manager.send(form, file.values, status=200)
    assert kept(engine, file) == (1, 1, file.lines)
