"""The lists about giving and keeping ask the database as much for twenty children as for two."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from panel.appointments import actions as appointments
from panel.db import transaction
from panel.referrals.models import Referral
from panel.web import PanelApp
from tests.panel.appointments.test_appointments import wanted
from tests.panel.conftest import signed_in
from tests.panel.ground.test_pages_stay_quick import counted
from tests.support import given as cases
from tests.support import kept
from tests.support.given import GIVEN_AT
from tests.support.world import World, build
from workflows.vocabulary import Outcome

Stage = Callable[[Session, World], Any]


def appointed(db: Session, world: World) -> Referral:
    referral = cases.decided(db, world)
    appointments.plan(db, referral, wanted(world), by=world.actor("case_manager"), at=GIVEN_AT)
    return referral


def copies_missing(db: Session, world: World) -> Referral:
    return cases.given(db, world, Outcome.YC)


LISTS: tuple[tuple[str, str, Stage], ...] = (
    ("manager", "/cases?list=to_appoint", cases.decided),
    ("manager", "/cases?list=to_appoint", appointed),
    ("manager", "/keeping", kept.missed),
    ("seconded", "/keeping?list=police", kept.alleged),
    ("liaison", "/liaison", lambda db, world: cases.notified(db, world, Outcome.CR)),
    ("manager", "/notifications", cases.given),
    ("manager", "/signed-copies", copies_missing),
    ("manager", "/signed-copies?list=quarter", cases.given),
    ("manager", "/code-22", lambda db, world: cases.done(db, world, Outcome.O22)),
    ("manager", "/feedback", cases.closed),
    ("manager", "/week", cases.given),
)


@pytest.mark.parametrize(("key", "path", "stage"), LISTS, ids=[f"{n}{row[1]}" for n, row in enumerate(LISTS)])
def test_a_list_asks_as_many_questions_for_many_children_as_for_two(
    sqlite_app: PanelApp,
    sqlite_engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
    key: str,
    path: str,
    stage: Stage,
) -> None:
    monkeypatch.setattr("panel.clock.now", lambda: GIVEN_AT)
    with transaction(sqlite_engine) as db:
        world = build(db)
        for _ in range(2):
            stage(db, world)
    reader = signed_in(sqlite_app, key)
    reader.open(path)
    with counted(sqlite_engine) as few:
        page = reader.open(path)
    shown = page.text.count("Robin")
    with transaction(sqlite_engine) as db:
        for _ in range(6):
            stage(db, world)
    with counted(sqlite_engine) as many:
        page = reader.open(path)
    assert len(many) == len(few)
    assert page.text.count("Robin") >= shown
