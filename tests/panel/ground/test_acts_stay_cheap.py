"""The main acts keep to a number of statements: one more in each act slows every act down."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from panel.assessments import countersigning, second_reads
from panel.db import transaction
from panel.decisions.decide import decide
from panel.disposals import actions as disposals
from panel.referrals import actions as referrals
from panel.referrals.commands import Accept
from panel.referrals.models import Referral
from tests.panel.ground.test_pages_stay_quick import counted
from tests.support.assessed import COMMENT, handed_in, judgement
from tests.support.decided import mark_of, ready
from tests.support.given import GIVEN_AT, signed
from tests.support.world import NOW, World, draft, submitted

Act = Callable[[Session, Referral, World], object]


def submit(db: Session, case: Referral, world: World) -> object:
    return referrals.submit(db, case, by=world.actor("officer"), at=NOW, overrides={})


def accept(db: Session, case: Referral, world: World) -> object:
    choice = Accept(case_manager_id=world.users["case_manager"])
    return referrals.accept(db, case, choice, by=world.actor("manager"), at=NOW)


def countersign(db: Session, case: Referral, world: World) -> object:
    return countersigning.countersign(db, case, COMMENT, by=world.actor("manager"), at=NOW, overrides={})


def judged(db: Session, world: World) -> Referral:
    case = handed_in(db, world)
    countersigning.judge(db, case, judgement(), by=world.actor("manager"), at=NOW)
    return case


def decides(db: Session, case: Referral, world: World) -> object:
    seen = mark_of(db, case)
    return decide(db, case, seen=seen, by=world.actor("chair"), at=NOW, overrides={})


def give(db: Session, case: Referral, world: World) -> object:
    return disposals.give(db, case, by=world.actor("officer"), at=GIVEN_AT)


@pytest.mark.parametrize(
    ("builder", "act", "most"),
    [
        (draft, submit, 20),  # each with the figures and the problems of the data, which take four to seven
        (submitted, accept, 24),
        (judged, countersign, 54),  # when the lot draws it for a second reading
        (ready, decides, 95),  # with the page that is read aloud
        (signed, give, 62),  # with the force of the area and the disposals of the case
    ],
)
def test_an_act_keeps_to_its_number_of_statements(
    monkeypatch: pytest.MonkeyPatch,
    sqlite_engine: Engine,
    small_world: World,
    builder: Callable[..., Referral],
    act: Act,
    most: int,
) -> None:
    monkeypatch.setattr(second_reads, "lot", lambda _reference: 0)
    with transaction(sqlite_engine) as db:
        number = builder(db, small_world).id
    with counted(sqlite_engine) as sent, transaction(sqlite_engine) as db:
        act(db, db.get_one(Referral, number), small_world)
    assert len(sent) <= most, "\n".join(sent)
