"""The kept problems never drift from the records, whatever was done."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, delete, update
from sqlmodel import Session, col, select

from panel.children.models import Child
from panel.contacts.models import Attendance, Contact, ContactKind
from panel.db import transaction
from panel.disposals.models import Disposal
from panel.plans.models import PlanStep, StepState
from panel.quality.models import DataProblem
from panel.quality.rebuild import rebuild, verify
from panel.referrals.models import Offence, Referral
from tests.support.given import given
from tests.support.world import NOW, World, accepted, draft
from workflows.case import Status
from workflows.vocabulary import Gender, Outcome


def keys(engine: Engine) -> set[str]:
    """The checks that find something now."""
    with Session(engine) as db:
        assert list(verify(db)) == []
        return set(db.exec(select(DataProblem.check_key)))


def test_a_draft_is_not_judged_and_what_is_sent_is(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        draft(db, world)
    assert keys(engine) == set()
    with transaction(engine) as db:
        accepted(db, world, child={"given_name": "Ada", "surname": "Quill"})
    assert "ethnicity_missing" in keys(engine)


def test_a_case_that_goes_the_whole_way_contradicts_itself_nowhere(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        given(db, world)
    assert keys(engine) <= {"ethnicity_missing", "crime_missing"}


def change(row: Any, **values: Any) -> Any:
    """The row with other values."""
    for name, value in values.items():
        setattr(row, name, value)
    return row


CHANGES: dict[str, Any] = {
    "given_before_decided": lambda db: change(
        db.exec(select(Referral)).one(), decided_at=NOW + timedelta(days=9)
    ),
    "closed_with_steps": lambda db: change(db.exec(select(Referral)).one(), status=Status.CLOSED),
    "document_missing": lambda db: change(db.exec(select(Disposal)).one(), document_id=None),
    "adult_missing": lambda db: change(db.exec(select(Disposal)).one(), adult_name=""),
    "outcome_differs": lambda db: change(db.exec(select(Referral)).one(), outcome=Outcome.CHARGE),
    "gravity_missing": lambda db: change(db.exec(select(Offence)).first(), gravity=None),
    "gender_missing": lambda db: change(db.exec(select(Child)).one(), gender=Gender.NOT_STATED),
    "attended_early": lambda db: Contact(
        referral_id=db.exec(select(Referral.id)).one(),
        kind=ContactKind.SESSION,
        starts_at=NOW + timedelta(days=30),
        worker_id=1,
        state=Attendance.ATTENDED,
        offered_by_id=1,
        offered_at=NOW,
        noted_at=NOW,
    ),
}


@pytest.mark.parametrize("key", CHANGES)
def test_each_table_that_a_check_looks_at_is_heard(engine: Engine, world: World, key: str) -> None:
    with transaction(engine) as db:
        given(db, world)
    assert key not in keys(engine)
    with transaction(engine) as db:
        db.add(CHANGES[key](db))
    assert key in keys(engine)


def test_steps_that_are_done_leave_a_closed_case_in_order(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        given(db, world)
        db.add(change(db.exec(select(Referral)).one(), status=Status.CLOSED))
    assert "closed_with_steps" in keys(engine)
    with transaction(engine) as db:
        for step in db.exec(select(PlanStep)):
            db.add(change(step, state=StepState.DONE))
    assert "closed_with_steps" not in keys(engine)


def test_what_is_rolled_back_leaves_nothing(engine: Engine, world: World) -> None:
    with Session(engine) as db:
        accepted(db, world)
        db.rollback()
        db.commit()
    assert keys(engine) == set()


def test_drift_is_named_and_a_rebuild_mends_it(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        accepted(db, world)
    with transaction(engine) as db:
        db.execute(update(Child).values(gender=Gender.NOT_STATED))
        db.execute(delete(DataProblem).where(col(DataProblem.check_key) == "ethnicity_missing"))
    with transaction(engine) as db:
        assert {one.check_key for one in verify(db)} == {"gender_missing", "ethnicity_missing"}
        assert rebuild(db) == 2
        assert list(verify(db)) == []
        assert rebuild(db) == 0
