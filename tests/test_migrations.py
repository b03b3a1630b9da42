"""Migrations keep the data, on both databases."""

import os
import shutil
import signal
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, Engine, event, insert, inspect, select, text
from sqlalchemy.exc import DatabaseError

from panel import jobs, migrations
from panel.migrations import append_only
from panel.models import metadata
from tests.support import databases

NOW = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
TABLES = sorted(metadata.tables)


def fill(engine: Engine) -> None:
    """One row in each empty table, without asking the service: only the shape of the tables counts."""
    with engine.begin() as connection:
        _links(connection, check=False)
        for table in metadata.sorted_tables:
            if connection.execute(select(table).limit(1)).first() is None:
                connection.execute(insert(table), [{c.name: _sample(c) for c in table.columns}])
        _links(connection, check=True)


def _links(connection: Connection, *, check: bool) -> None:
    # Some tables point to each other, so links are looked at when the transaction ends.
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA defer_foreign_keys={'OFF' if check else 'ON'}")
    else:
        connection.exec_driver_sql(f"SET session_replication_role = {'DEFAULT' if check else 'replica'}")


def _sample(column: Any) -> Any:
    if column.primary_key or column.foreign_keys:
        return 1
    if type(column.type).__name__ == "Word":
        return next(iter(column.type.words))
    if type(column.type).__name__ == "JSON":
        return {"ä": ["ö", 1]}
    kind = getattr(column.type, "impl", column.type).python_type
    if kind is str:
        return "Zoë O’Connor"[: column.type.length or None]
    return {
        int: 7,
        float: 0.5,
        bool: True,
        bytes: b"\x00\xff",
        datetime: NOW,
        date: NOW.date(),
        time: NOW.time(),
    }[kind]


def rows(engine: Engine, tables: Iterable[str] = TABLES) -> dict[str, list[Any]]:
    """Everything in our tables."""
    with engine.connect() as connection:
        return {
            name: [tuple(row) for row in connection.execute(select(metadata.tables[name]))] for name in tables
        }


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database with a row in each table, which no test of it is able to change; once on each kind."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            empty = request.getfixturevalue("sqlite_template")
            url = f"sqlite:///{shutil.copy(empty, tmp_path_factory.mktemp('filled') / 'panel.db')}"
        else:
            server, empty = (request.getfixturevalue(n) for n in ("postgres_url", "postgres_template"))
            url = stack.enter_context(databases.scratch_postgres(server, empty))
        engine = stack.enter_context(databases.open_engine(url))
        fill(engine)
        yield engine


def test_a_fresh_database_gets_every_table(bare_engine: Engine) -> None:
    migrations.upgrade(bare_engine)
    assert set(TABLES) <= set(inspect(bare_engine).get_table_names())
    assert migrations.current(bare_engine) == migrations.newest()


def test_the_tables_are_what_the_models_say(bare_engine: Engine) -> None:
    migrations.upgrade(bare_engine)
    assert migrations.check(bare_engine) == []


def test_there_is_one_newest_revision_and_the_numbers_follow_each_other() -> None:
    found = sorted(path.name[:4] for path in (migrations.FOLDER / "versions").glob("*.py"))
    assert found == [f"{n:04}" for n in range(1, len(found) + 1)]
    assert migrations.newest() == found[-1]


def test_upgrade_downgrade_and_upgrade_keep_the_data(bare_engine: Engine) -> None:
    migrations.upgrade(bare_engine)
    fill(bare_engine)
    before = rows(bare_engine)
    migrations.downgrade(bare_engine, "0001")
    seen = inspect(bare_engine)
    old = {name: {c["name"] for c in seen.get_columns(name)} for name in seen.get_table_names()}
    migrations.upgrade(bare_engine)
    after = rows(bare_engine)
    for name in set(TABLES) & set(old):
        kept = [n for n, c in enumerate(metadata.tables[name].columns) if c.name in old[name]]
        told = [[[row[n] for n in kept] for row in found[name]] for found in (before, after)]
        assert told[0] == told[1] != [], name
    assert migrations.check(bare_engine) == []


def test_a_victim_keeps_contact_cleared_text_and_kind_both_ways(bare_engine: Engine) -> None:
    migrations.upgrade(bare_engine)
    fill(bare_engine)
    with bare_engine.begin() as connection:
        connection.exec_driver_sql("UPDATE victim SET kind = 'business', place = 1")
        connection.exec_driver_sql(
            "UPDATE victim_contact SET phone = '', email = '', address = '01632 960012'"
        )
    migrations.downgrade(bare_engine, "0007")
    with bare_engine.connect() as connection:
        old = connection.exec_driver_sql(
            "SELECT contact, cleared_text, cleared_by_id, is_business FROM victim"
        )
        assert [tuple(row) for row in old] == [("01632 960012", "Zoë O’Connor", 1, 1)]
    migrations.upgrade(bare_engine)
    with bare_engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT address FROM victim_contact").scalar() == "01632 960012"
        text_now = connection.exec_driver_sql("SELECT text, by_id FROM victim_clearing").one()
        assert tuple(text_now) == ("Zoë O’Connor", 1)
        kept = connection.exec_driver_sql("SELECT kind, taken_up, place FROM victim").one()
        assert tuple(kept) == ("business", 1, 1)


def test_what_has_hours_is_to_come_to_and_money_and_checks_are_kept_where_there_is_room(
    bare_engine: Engine,
) -> None:
    migrations.upgrade(bare_engine)
    fill(bare_engine)
    with bare_engine.begin() as connection:
        op = Operations(MigrationContext.configure(connection))
        append_only.remove(op, "condition")
        connection.exec_driver_sql(
            "UPDATE condition SET who = '', where_at = '', when_at = '', payee = 'The fines office', "
            "checked_by = '', pay_how = 'By card', how_often = '', amount_pence = 2050"
        )
        append_only.install(op, "condition")
        connection.exec_driver_sql("UPDATE plan_step SET hours = 0")
    migrations.downgrade(bare_engine, "0013")
    with bare_engine.connect() as connection:
        old = connection.exec_driver_sql("SELECT who, where_at, when_at FROM condition").one()
        assert tuple(old) == ("The fines office", "By card", "2050 pence")
    migrations.upgrade(bare_engine)
    with bare_engine.connect() as connection:
        for table, expected in (("condition", True), ("plan_step", False)):
            query = f"SELECT attends, kind, amount_pence, entry, placement_id FROM {table}"
            assert tuple(connection.exec_driver_sql(query).one()) == (expected, "activity", 0, "", None)


def test_what_a_child_said_is_carried_over_to_each_offence_and_back(bare_engine: Engine) -> None:
    migrations.upgrade(bare_engine)
    fill(bare_engine)
    migrations.downgrade(bare_engine, "0007")
    with bare_engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE referral SET admission = 'full_admission', admitted_to = 'PC Marsh 4411', "
                "admitted_on = '2026-06-30', admission_adult_present = true, admission_advice = 'declined'"
            )
        )
    migrations.upgrade(bare_engine)
    told = "SELECT a.told_name, a.source, a.advice, s.state FROM admission_account a JOIN admission_said s "
    with bare_engine.begin() as connection:
        assert connection.execute(text("SELECT admission FROM offence")).scalars().all() == ["full_admission"]
        assert connection.execute(text("SELECT source FROM referral")).scalars().all() == ["police_referral"]
        found = connection.execute(text(f"{told} ON s.account_id = a.id")).one()
    assert tuple(found) == ("PC Marsh 4411", "not_kept", "declined", "full_admission")
    migrations.downgrade(bare_engine, "0007")
    with bare_engine.begin() as connection:
        back = connection.execute(text("SELECT admission, admitted_to, admission_advice FROM referral")).one()
    assert tuple(back) == ("full_admission", "PC Marsh 4411", "declined")


def test_down_to_nothing_and_up_again(bare_engine: Engine) -> None:
    migrations.upgrade(bare_engine)
    migrations.downgrade(bare_engine, "base")
    assert set(inspect(bare_engine).get_table_names()) <= {"alembic_version"}
    migrations.upgrade(bare_engine)
    assert migrations.check(bare_engine) == []


def test_a_second_upgrade_changes_nothing(bare_engine: Engine) -> None:
    migrations.upgrade(bare_engine)
    fill(bare_engine)
    before = rows(bare_engine)
    migrations.upgrade(bare_engine)
    assert rows(bare_engine) == before


@pytest.mark.parametrize("statements", [1, 7, 20, 45, 60, 75])
def test_a_killed_upgrade_leaves_nothing_behind_and_can_be_run_again(bare_url: str, statements: int) -> None:
    child = os.fork()
    if child == 0:
        _upgrade_and_die(bare_url, statements)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGKILL
    with databases.open_engine(bare_url) as engine:
        assert inspect(engine).get_table_names() == []
        migrations.upgrade(engine)
        assert migrations.check(engine) == []


def _upgrade_and_die(url: str, statements: int) -> None:
    try:
        with databases.open_engine(url) as engine:
            left = iter(range(statements))

            @event.listens_for(engine, "after_cursor_execute")
            def _count(*_given: object) -> None:
                if next(left, None) is None:
                    os.kill(os.getpid(), signal.SIGKILL)

            migrations.upgrade(engine)
    finally:
        os._exit(1)


def test_children_survive_when_sqlite_makes_a_parent_table_anew(tmp_path: Path) -> None:
    with databases.open_engine(f"sqlite:///{tmp_path / 'panel.db'}") as engine:
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE parent (id INTEGER PRIMARY KEY, old TEXT)")
            connection.exec_driver_sql(
                "CREATE TABLE child (id INTEGER PRIMARY KEY, "
                "parent_id INTEGER REFERENCES parent (id) ON DELETE CASCADE)"
            )
            connection.exec_driver_sql("INSERT INTO parent VALUES (1, 'x')")
            connection.exec_driver_sql("INSERT INTO child VALUES (1, 1)")
        with migrations.migrating(engine) as connection:
            operations = Operations(MigrationContext.configure(connection))
            with operations.batch_alter_table("parent", recreate="always") as batch:
                batch.drop_column("old")
        with engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM child").scalar() == 1
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_migration_that_loses_a_parent_is_taken_back(sqlite_engine: Engine) -> None:
    fill(sqlite_engine)
    with (
        pytest.raises(migrations.BrokenLinks, match="carer"),
        migrations.migrating(sqlite_engine) as connection,
    ):
        connection.exec_driver_sql("DELETE FROM child")
    with sqlite_engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM child").scalar() == 1


@pytest.mark.parametrize("operation", ["update", "delete"])
@pytest.mark.parametrize("table", append_only.TABLES)
def test_what_happened_cannot_be_changed(filled: Engine, table: str, operation: str) -> None:
    before = rows(filled, [table])
    statement = f"UPDATE {table} SET id = 2" if operation == "update" else f"DELETE FROM {table}"
    with pytest.raises(DatabaseError, match=f"{table} rows are never changed"), filled.begin() as connection:
        connection.execute(text(statement))
    assert rows(filled, [table]) == before != {table: []}


def test_history_cannot_be_emptied_at_one_stroke_on_postgresql(postgres_engine: Engine) -> None:
    with pytest.raises(DatabaseError, match="never changed"), postgres_engine.begin() as connection:
        connection.execute(text("TRUNCATE event CASCADE"))


def test_a_lost_trigger_is_reported(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER event_no_update")
    assert migrations.check(sqlite_engine) == ["missing trigger: event_no_update"]


def test_the_tables_of_the_job_queue_are_left_alone(bare_engine: Engine) -> None:
    migrations.upgrade(bare_engine)
    jobs.prepare(bare_engine)
    schema = None if bare_engine.dialect.name == "sqlite" else "dbos"
    theirs = set(inspect(bare_engine).get_table_names(schema)) - set(TABLES) - {"alembic_version"}
    assert theirs
    assert theirs <= migrations.OF_DBOS | {"event_dispatch_kv"}
    assert migrations.check(bare_engine) == []
    migrations.downgrade(bare_engine, "0001")
    migrations.upgrade(bare_engine)
    assert theirs <= set(inspect(bare_engine).get_table_names(schema))


def test_no_table_of_ours_has_the_name_of_one_of_theirs() -> None:
    assert not migrations.OF_DBOS & set(TABLES)


def test_migrations_name_no_kind_of_column_of_ours() -> None:
    for path in (migrations.FOLDER / "versions").glob("*.py"):
        assert "panel.columns" not in path.read_text()
        assert "sqlmodel" not in path.read_text()
