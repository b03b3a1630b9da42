"""The database: one engine per process, one transaction per request, one commit before the reply leaves."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import ORMExecuteState
from sqlalchemy.orm import Session as AnySession
from sqlmodel import Session

WRITING = "panel_writing"
# The usual 2 MB of pages do not hold what one home page of a large area reads, nor do 32 MB: then a third of
# its time in the database goes into reading the same pages again.
SQLITE = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=10000",
    "cache_size=-65536",
)
# How many statements a connection to PostgreSQL keeps planned: what the pages and acts of a morning ask.
PREPARED = 400
HELD, ENDS, BEFORE_COMMIT = "panel_held", "panel_ends", "panel_before_commit"
TOLD = "panel_told"
R = TypeVar("R")


def make_engine(url: str) -> Engine:
    """An engine for SQLite (WAL, FULL, foreign keys on) or PostgreSQL; it connects on first use."""
    if url.startswith("sqlite"):
        engine = create_engine(
            url, connect_args={"timeout": 10, "check_same_thread": False}, hide_parameters=True
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    engine = create_engine(url, pool_size=8, max_overflow=4, pool_pre_ping=True, hide_parameters=True)
    event.listen(engine, "connect", _prepare_postgresql)
    event.listen(engine, "rollback", _end_reading_postgresql)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own transactions are deferred and start late; ours begin where `_begin_sqlite` says.
    connection.isolation_level = None
    for pragma in SQLITE:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that reads and then writes fails at once when somebody else wrote in between.
    reading = connection.get_execution_options().get(WRITING) is False
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _prepare_postgresql(connection: Any, _record: object) -> None:
    connection.prepared_max = PREPARED


def _end_reading_postgresql(connection: Connection) -> None:
    # The driver forgets everything that it has prepared when it rolls back, and the server then plans anew
    # what each act asks. A transaction that may only read ends as well with a commit.
    driver: Any = connection.connection.dbapi_connection
    reading = connection.get_execution_options().get(WRITING) is False
    if reading and driver.info.transaction_status.name == "INTRANS":
        driver.commit()


def open_session(engine: Engine, *, writing: bool, steady: bool = False) -> Session:
    """A session whose transaction is fit for reading only, or for writing; `steady` reads are of one moment.

    On SQLite every reading transaction is steady; neither database lets such a reader wait or be waited for.
    """
    options: dict[str, Any] = {WRITING: writing}
    if engine.dialect.name == "postgresql" and not writing:
        options["postgresql_readonly"] = True
    if engine.dialect.name == "postgresql" and steady:
        options["isolation_level"] = "REPEATABLE READ"
    session = Session(engine.execution_options(**options), expire_on_commit=False)
    session.info["writing"] = writing
    return session


@event.listens_for(AnySession, "do_orm_execute")
def _lock_nothing_to_read(state: ORMExecuteState) -> None:
    """A page that only reads holds nobody up, also where it shares a question with an act that locks."""
    statement: Any = state.statement
    if state.session.info.get("writing") is False and getattr(statement, "_for_update_arg", None) is not None:
        state.statement = statement._generate()
        state.statement._for_update_arg = None  # type: ignore[attr-defined]


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
    if writes := end_reading(db):
        with transaction(engine) as along:
            for write in writes:
                write(along)


def end_reading(db: Session) -> list[Callable[[Session], None]]:
    """End a reading transaction; what has to be written along with it."""
    writes: list[Callable[[Session], None]] = db.info.pop("afterwards", [])
    db.rollback()
    return writes


def ends_of_chains(db: Session) -> dict[str, tuple[int, str]]:
    """The ends of the chains to which this transaction has added: nobody else can move them until it ends."""
    found: dict[str, tuple[int, str]] = db.info.setdefault(ENDS, {})
    return found


def row_at(db: Session, model: type[R], number: int) -> R:
    """The row with this number, asked for once in a transaction."""
    return once(db, model, number, lambda: db.get_one(model, number))


def once(db: Session, model: type[Any], key: object, ask: Callable[[], R]) -> R:
    """What a query of one table gives, asked for once in a transaction until a row of the table changes.

    Only for what may be read once: a lock calls `forget`, so that what is behind it is read afresh.
    """
    kept: dict[object, Any] = db.info.setdefault(HELD, {}).setdefault(model, {})
    if key not in kept or _waits(db, model):
        kept[key] = ask()
    found: R = kept[key]
    return found


def forget(db: Session) -> None:
    """Ask again for every row from here on."""
    db.info.pop(HELD, None)


def _waits(db: Session, model: type[Any]) -> bool:
    return any(type(row) is model for rows in (db.new, db.deleted, db.dirty) for row in rows)


@event.listens_for(AnySession, "before_flush")
def _forget_changed(db: Session, _context: object, _rows: object) -> None:
    kept = db.info.get(HELD)
    if kept:
        for rows in (db.new, db.deleted, db.dirty):
            for row in rows:
                kept.pop(type(row), None)


def before_commit(db: Session, write: Callable[[Session, list[Any]], None], line: Any) -> None:
    """Write a line with all others of its kind in one statement, as the last thing before the commit."""
    db.info.setdefault(BEFORE_COMMIT, {}).setdefault(write, []).append(line)


def tell_of(db: Session, model: type[Any], numbers: Collection[int]) -> None:
    """Say which rows were written past the session, so that whoever keeps something of them hears of it."""
    db.info.setdefault(TOLD, {}).setdefault(model, set()).update(numbers)


@event.listens_for(AnySession, "before_commit")
def _write_lines(db: Session) -> None:
    for write, lines in db.info.pop(BEFORE_COMMIT, {}).items():
        write(db, lines)


@event.listens_for(AnySession, "after_rollback")
def _drop_lines(db: Session) -> None:
    db.info.pop(BEFORE_COMMIT, None)


@event.listens_for(AnySession, "after_commit")
def _let_go(db: Session) -> None:
    forget(db)
    db.info.pop(ENDS, None)
    db.info.pop(TOLD, None)


@event.listens_for(AnySession, "after_soft_rollback")
def _let_go_after_rollback(db: Session, _before: object) -> None:
    _let_go(db)
