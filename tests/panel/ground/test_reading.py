"""Transactions that read: they cannot write, and leave PostgreSQL the plans that the connection has made."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import InternalError
from sqlmodel import Session, select

from panel.accounts.models import Area
from panel.db import end_reading, open_session, transaction

ASKED = "SELECT 1 AS asked_often"
PLANS = f"SELECT count(*) FROM pg_prepared_statements WHERE statement = '{ASKED}'"


def read_once(engine: Engine) -> int:
    with open_session(engine, writing=False) as db:
        db.connection().execute(text(ASKED))
        kept = int(db.connection().execute(text(PLANS)).scalar() or 0)
        end_reading(db)
    return kept


def test_a_statement_that_is_asked_often_stays_planned_over_many_readings(postgres_engine: Engine) -> None:
    assert read_once(postgres_engine) == 0
    kept = [read_once(postgres_engine) for _ in range(8)]
    assert kept[-3:] == [1, 1, 1], kept


def half_done(engine: Engine) -> None:
    with transaction(engine) as db:
        db.connection().exec_driver_sql("CREATE TABLE half_done (id integer)")
        raise RuntimeError


def test_an_act_that_fails_is_rolled_back_all_the_same(postgres_engine: Engine) -> None:
    with pytest.raises(RuntimeError):
        half_done(postgres_engine)
    with Session(postgres_engine) as db:
        assert db.connection().exec_driver_sql("SELECT to_regclass('half_done')").scalar() is None


def test_a_transaction_that_reads_cannot_write(postgres_engine: Engine) -> None:
    with open_session(postgres_engine, writing=False) as db, pytest.raises(InternalError, match="read-only"):
        db.connection().exec_driver_sql("DELETE FROM notification")


def test_a_reading_that_failed_leaves_a_connection_that_serves(postgres_engine: Engine) -> None:
    with open_session(postgres_engine, writing=False) as db:
        with pytest.raises(InternalError, match="read-only"):
            db.connection().exec_driver_sql("DELETE FROM notification")
        end_reading(db)
    assert read_once(postgres_engine) == 0


@pytest.mark.parametrize(("writing", "locks"), [(True, True), (False, False)])
def test_only_an_act_locks_the_rows_that_it_asks_for(
    postgres_engine: Engine, writing: bool, locks: bool
) -> None:
    """A page may share its question with an act, which locks the case that it changes."""
    with transaction(postgres_engine) as db:
        db.add(Area(code="XX", name="Somewhere"))
    asked = select(Area).where(Area.code == "XX").with_for_update()
    with open_session(postgres_engine, writing=writing) as one, Session(postgres_engine) as other:
        assert one.exec(asked).one().name == "Somewhere"
        free = other.exec(asked.with_for_update(skip_locked=True)).all()
    assert (free == []) is locks
