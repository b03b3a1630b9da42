"""The kept problems never drift from the records, whatever was done."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, delete, update
from sqlmodel import Session, col, select

from panel.assessments.models import Assessment
from panel.children.models import Carer, Child
from panel.cli import main
from panel.contacts.models import Attendance, Contact, ContactKind
from panel.db import transaction
from panel.disposals.models import Disposal
from panel.figures.touching import keep_touched
from panel.plans.models import PlanStep, StepState
from panel.police.models import PoliceDisposal
from panel.quality.models import DataProblem
from panel.quality.rebuild import rebuild, verify
from panel.referrals.models import Offence, Referral
from tests.support.given import given
from tests.support.lists import as_csv, imported, rows
from tests.support.police import force, told
from tests.support.world import NOW, World, accepted, build, draft
from workflows.case import Status
from workflows.data_quality import Subject
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
    "carer_missing": lambda db: change(db.exec(select(Carer)).one(), name=""),
    "levels_missing": lambda db: change(db.exec(select(Assessment)).one(), harm=None),
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


def test_a_statement_that_loads_no_row_is_heard(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        accepted(db, world)
    with transaction(engine) as db:
        db.execute(update(Child).values(gender=Gender.NOT_STATED))
    assert "gender_missing" in keys(engine)


def test_a_reason_that_moves_to_another_case_leaves_the_first(engine: Engine, world: World) -> None:
    """What was given before the decision is excused by the exception that the police recorded for it."""
    with transaction(engine) as db:
        number = given(db, world).id
        alone = told(db, world, force(db, world))
        alone.referral_id, alone.exception = number, "urgent"
        db.add(change(db.get_one(Referral, number), decided_at=NOW + timedelta(days=9)))
        db.add(alone)
    assert "given_before_decided" not in keys(engine)
    with transaction(engine) as db:
        db.exec(select(PoliceDisposal)).one().referral_id = None
    assert "given_before_decided" in keys(engine)


def test_what_is_rolled_back_leaves_nothing(engine: Engine, world: World) -> None:
    with Session(engine) as db:
        accepted(db, world)
        db.rollback()
        db.commit()
    assert keys(engine) == set()


def test_drift_is_named_and_a_rebuild_mends_it(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        accepted(db, world)
    with engine.begin() as past_the_session:
        past_the_session.execute(update(Child).values(gender=Gender.NOT_STATED))
        missing = col(DataProblem.check_key) == "ethnicity_missing"
        past_the_session.execute(delete(DataProblem).where(missing))
    with transaction(engine) as db:
        assert {one.check_key for one in verify(db)} == {"gender_missing", "ethnicity_missing"}
        assert rebuild(db) == 2
        assert list(verify(db)) == []
        assert rebuild(db) == 0


def test_what_a_list_of_the_force_brings_is_judged_too(engine: Engine, world: World) -> None:
    imported(engine, world, as_csv(rows(2, Postcode="", Gender="")))
    assert {"police_place_missing", "police_ethnicity_missing", "police_gender_missing"} <= keys(engine)
    with Session(engine) as db:
        found = db.exec(select(DataProblem).where(DataProblem.check_key == "police_place_missing")).all()
        assert {one.subject for one in found} == {Subject.POLICE}
        assert len(found) == 2


def test_two_writers_of_one_case_leave_no_drift(postgres_engine: Engine) -> None:
    with transaction(postgres_engine) as db:
        accepted(db, build(db))
    with ThreadPoolExecutor() as pool, Session(postgres_engine) as one:
        child = one.exec(select(Child)).one()
        child.gender = Gender.NOT_STATED
        one.add(child)
        keep_touched(one)

        def other() -> None:
            with transaction(postgres_engine) as db:
                db.add(change(db.exec(select(Offence)).first(), gravity=None))

        waits = pool.submit(other)
        with pytest.raises(TimeoutError):
            waits.result(timeout=1)
        one.commit()
        waits.result(timeout=30)
    assert {"gender_missing", "gravity_missing"} <= keys(postgres_engine)


def test_the_command_names_what_drifted_and_mends_it(
    sqlite_url: str, sqlite_engine: Engine, tmp_path: Path
) -> None:
    with transaction(sqlite_engine) as db:
        accepted(db, build(db))
    with sqlite_engine.begin() as past_the_session:
        past_the_session.execute(update(Child).values(gender="not_stated"))
    env = {"DATABASE_URL": sqlite_url, "SECRET_KEY": "only for tests " * 3, "DATA_DIR": str(tmp_path / "var")}
    run = CliRunner(env=env)
    broken = run.invoke(main, ["quality", "verify"])
    assert broken.exit_code == 1
    assert "gender_missing" in broken.output
    assert "1 problems written or taken away" in run.invoke(main, ["quality", "rebuild"]).output
    assert run.invoke(main, ["quality", "verify"]).exit_code == 0
