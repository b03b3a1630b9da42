"""Background jobs: queued inside the caller's own transaction, so that no commit means no job."""

from typing import TYPE_CHECKING

from sqlalchemy import Engine
from sqlmodel import Session

if TYPE_CHECKING:
    from dbos import DBOSClient, EnqueueOptions

APP_NAME = "panel"
# Pinned: DBOS would otherwise derive it from the source, and each release would orphan what is queued.
APP_VERSION = "1"
QUEUE = "panel"

_clients: dict[str, "DBOSClient"] = {}


def enqueue(db: Session, workflow: str, key: str, *ids: int) -> None:
    """Queue one run of a workflow with the caller's commit; the same key again changes nothing.

    Only row numbers go along, never personal data: what is queued outlives the rows that it names.
    """
    # Sessions are bound to copies of the engine with other options; they share one address and one client.
    client = _client(db.get_bind().engine)
    job: EnqueueOptions = {"queue_name": QUEUE, "workflow_name": workflow, "workflow_id": key}
    client.enqueue_in_transaction(db, job, *ids)


def prepare(engine: Engine) -> None:
    """Create or update the tables of DBOS beside ours: for the migrate command, before any web process."""
    from dbos import DBOS

    # Our own connection sets the WAL mode of a new SQLite file; it stays, also for the connections of DBOS.
    with engine.connect():
        pass
    DBOS.migrate(engine.url.render_as_string(hide_password=False))


def _client(engine: Engine) -> "DBOSClient":
    url = engine.url.render_as_string(hide_password=False)
    if url not in _clients:
        from dbos import DBOSClient, DBOSPortableJSONSerializer

        # Lazy: a check of the connection would be a second transaction inside the caller's own.
        _clients[url] = DBOSClient(
            system_database_engine=engine,
            application_name=APP_NAME,
            serializer=DBOSPortableJSONSerializer(),
            lazy=True,
        )
    return _clients[url]
