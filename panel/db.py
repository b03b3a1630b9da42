"""The database: one engine per process, one transaction per request, one commit before the reply leaves."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlmodel import Session

WRITING = "panel_writing"


def make_engine(url: str) -> Engine:
    """An engine for SQLite (WAL, FULL, foreign keys on) or PostgreSQL; it connects on first use."""
    if url.startswith("sqlite"):
        engine = create_engine(
            url, connect_args={"timeout": 10, "check_same_thread": False}, hide_parameters=True
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(url, pool_size=8, max_overflow=4, pool_pre_ping=True, hide_parameters=True)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own transactions are deferred and start late; ours begin where `_begin_sqlite` says.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that reads and then writes fails at once when somebody else wrote in between.
    reading = connection.get_execution_options().get(WRITING) is False
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def open_session(engine: Engine, *, writing: bool) -> Session:
    """A session whose transaction is fit for reading only, or for writing."""
    session = Session(engine.execution_options(**{WRITING: writing}), expire_on_commit=False)
    session.info["writing"] = writing
    return session


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """One writing transaction: committed at the end, rolled back when anything is raised."""
    with open_session(engine, writing=True) as session:
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise


def write_along(db: Session, write: Callable[[Session], None]) -> None:
    """Write in this transaction or, when it only reads, in one of its own before the page leaves."""
    if db.info.get("writing", True):
        write(db)
    else:
        db.info.setdefault("afterwards", []).append(write)


def finish_reading(engine: Engine, db: Session) -> None:
    """End a reading transaction, then write what goes along with it: no log line, no page."""
    writes = db.info.pop("afterwards", [])
    db.rollback()
    if writes:
        with transaction(engine) as along:
            for write in writes:
                write(along)
