"""Migrations, driven from code: one transaction each time, on SQLite and on PostgreSQL alike."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.types import String, TypeEngine

from panel.db import WRITING
from panel.migrations.append_only import missing
from panel.tables import metadata

FOLDER = Path(__file__).parent
HEAD = "head"
_ONE_AT_A_TIME = 7_301_104

# In a SQLite file these stand beside our tables; on PostgreSQL they have a schema of their own.
OF_DBOS = frozenset(
    {
        "application_versions",
        "dbos_migrations",
        "notifications",
        "operation_outputs",
        "queues",
        "streams",
        "workflow_events",
        "workflow_events_history",
        "workflow_input",
        "workflow_output",
        "workflow_schedules",
        "workflow_status",
    }
)


class BrokenLinks(Exception):
    """A migration left rows whose parents are gone; nothing was kept."""


def upgrade(engine: Engine, to: str = HEAD) -> None:
    """Bring the database to a revision; safe to run again, also after a kill. Raises `BrokenLinks`."""
    if to == HEAD and current(engine) == newest():
        return
    with migrating(engine) as connection:
        command.upgrade(configuration(connection), to)


def downgrade(engine: Engine, to: str) -> None:
    """Take the database back to a revision; "base" leaves nothing."""
    with migrating(engine) as connection:
        command.downgrade(configuration(connection), to)


def current(engine: Engine) -> str | None:
    """The revision of the database; None before the first migration."""
    with _reading(engine) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The newest revision that this code knows."""
    return ScriptDirectory.from_config(configuration()).get_current_head()


def check(engine: Engine) -> list[str]:
    """What differs between the database and the models, one line each; empty when nothing does."""
    import panel.models  # noqa: F401 - fills the metadata

    with _reading(engine) as connection:
        context = MigrationContext.configure(connection, opts=options(connection))
        differences = [str(difference) for difference in compare_metadata(context, metadata)]
        return differences + [f"missing trigger: {name}" for name in missing(connection)]


def configuration(connection: Connection | None = None, versions: Path = FOLDER / "versions") -> Config:
    """What alembic needs to know, without a file."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("version_locations", str(versions).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


def options(connection: Connection, *, batch: bool = True) -> dict[str, Any]:
    """How alembic compares and writes; SQLite changes a table by making it anew, in a batch."""
    return {
        "target_metadata": metadata,
        "include_name": _is_ours,
        "render_item": _render,
        "render_as_batch": batch and connection.dialect.name == "sqlite",
        "compare_type": True,
        "compare_server_default": True,
        "transactional_ddl": True,
    }


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    return not (kind == "table" and name in OF_DBOS)


def _render(kind: str, item: object, _context: object) -> str | bool:
    # A migration must stay true for ever, so it names plain kinds of columns and nothing of ours.
    if kind != "type" or not isinstance(item, TypeEngine) or item.__module__.startswith("sqlalchemy."):
        return False
    plain = getattr(item, "impl", item)
    if isinstance(plain, String):
        return f"sa.String(length={plain.length})" if plain.length else "sa.String()"
    return f"sa.{plain!r}"


def _reading(engine: Engine) -> Connection:
    return engine.execution_options(**{WRITING: False}).connect()


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    """One transaction that may change tables, SQLite's foreign keys being off. Raises `BrokenLinks`."""
    with engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        pragma: Callable[[str], Any] = connection.connection.cursor().execute
        if sqlite:
            # Before BEGIN: later it would be ignored, and a table made anew would take its children with it.
            pragma("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                if not sqlite:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
                yield connection
                if sqlite:
                    _check_links(connection)
        finally:
            if sqlite:
                pragma("PRAGMA foreign_keys=ON")


def _check_links(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        tables = ", ".join(sorted({str(row[0]) for row in broken}))
        raise BrokenLinks(f"{len(broken)} rows point to rows that are gone, in: {tables}")
