"""The file store stops between two writes of one act: nothing half done, nothing lost, all of it named."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from click.testing import CliRunner
from moto.server import ThreadedMotoServer
from sqlmodel import Session, func, select

from config.files import FileSettings, file_settings
from panel.cli import main
from panel.db import transaction
from panel.disposals.models import Signature
from panel.disposals.queries import disposal_for
from panel.documents.keeping import KEEPING, Keeping, keep_with, keeping_of
from panel.documents.models import Document, Kind, SignedCopy, StoredFile
from panel.documents.queries import papers
from panel.documents.stores import Bucket
from panel.documents.verify import left_over, verify
from panel.history.models import Event
from panel.notifications.models import Notification
from panel.referrals.models import Referral
from panel.web import PanelApp
from tests.panel.documents.test_stores import client, objects
from tests.support import given as cases
from tests.support.assessed import enter
from tests.support.visitor import Page, Visitor
from tests.support.world import build
from workflows.disposal import Status

PEOPLE = ("child", "adult", "officer", "manager")
SIGNATURES = {f"{who}_drawing": cases.drawn_url() for who in PEOPLE} | {"consented": "y"}
KEPT = (Document, StoredFile, SignedCopy, Signature, Event, Notification)
LOCATION = "LocationConstraint"


@dataclass
class Server:
    """An S3-compatible server that can be stopped and started again, with what it held."""

    running: ThreadedMotoServer
    address: tuple[str, int]

    @classmethod
    def begun(cls) -> "Server":
        running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        running.start()
        return cls(running, running.get_host_and_port())

    def stop(self) -> None:
        """Stop answering; connections are refused from now on."""
        self.running.stop()

    def again(self) -> None:
        """Answer again on the same port."""
        self.running = ThreadedMotoServer(*self.address, verbose=False)
        self.running.start()


class Stopping(Bucket):
    """A bucket whose server stops once so many objects were written, before or after the answer came."""

    def __init__(self, settings: FileSettings, server: Server, after: int, *, answered: bool) -> None:
        super().__init__(settings)
        self.server, self.left, self.answered = server, after, answered

    def put(self, digest: str, data: bytes) -> str:
        """Write an object; the last one that succeeds is the end of the server."""
        place = super().put(digest, data)
        self.left -= 1
        if self.left == 0:
            self.server.stop()
            if not self.answered:
                # The object lies there and its answer is lost: a second try finds nobody.
                return super().put(digest, data)
        return place


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server.begun()
    yield made
    made.stop()


@pytest.fixture
def settings(server: Server, request: pytest.FixtureRequest) -> FileSettings:
    name = hashlib.sha256(request.node.name.encode()).hexdigest()[:20]
    host, port = server.address
    env = {
        "FILE_STORE": f"s3://panel-{name}/papers",
        "S3_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
    }
    made = file_settings(env, None)
    client(made).create_bucket(Bucket=made.bucket, CreateBucketConfiguration={LOCATION: made.region})
    return made


def counts(app: PanelApp) -> dict[str, int]:
    """How many rows of each kind there are that signing writes."""
    with Session(app.engine) as db:
        return {table.__name__: db.exec(select(func.count()).select_from(table)).one() for table in KEPT}


def explained(app: PanelApp, settings: FileSettings) -> tuple[Visitor, Page]:
    """A caution that was explained, with the page of the signatures open."""
    keep_with(app.engine, settings)
    with transaction(app.engine) as db:
        reference = cases.explained(db, build(db)).reference
    officer = enter(app, "officer")
    return officer, officer.open(f"/cases/{reference}/disposal/sign")


def put_in(app: PanelApp, store: Bucket) -> None:
    """Let papers of this installation be kept in a store of the test, sealed as before."""
    with Session(app.engine) as db:
        sealer = keeping_of(db).sealer
    app.engine.update_execution_options(**{KEEPING: Keeping(store, sealer)})


def unnamed(app: PanelApp, settings: FileSettings) -> list[str]:
    """Where objects lie that no row names, read from bucket and rows apart from the code under test."""
    with Session(app.engine) as db:
        named = {f"papers/{digest}" for digest in db.exec(select(StoredFile.digest))}
    lost = sorted(set(objects(settings)) - named)
    return [f"no paper has the object s3://{settings.bucket}/{key}" for key in lost]


# After the first of the two copies; after the last object, whose answer is lost before any row is written.
@pytest.mark.parametrize(("after", "answered"), [(1, True), (1, False), (2, False)])
def test_signing_that_loses_its_store_half_way_is_undone_named_and_done_again(
    app: PanelApp, server: Server, settings: FileSettings, after: int, answered: bool
) -> None:
    officer, page = explained(app, settings)
    before, there = counts(app), len(objects(settings))
    put_in(app, Stopping(settings, server, after, answered=answered))
    down = officer.send(page, SIGNATURES, status=503)
    assert down.heading == "The file store cannot be reached"
    assert counts(app) == before
    with transaction(app.engine) as db:
        referral = db.exec(select(Referral)).one()
        disposal = disposal_for(db, referral)
        assert (disposal.status, disposal.signed_document_id) == (Status.EXPLAINED, None)
    assert verify(app.engine)[0].startswith("the file store cannot be reached")
    assert left_over(app.engine)[0].startswith("the file store cannot be listed")
    server.again()
    keep_with(app.engine, settings)
    assert verify(app.engine) == []
    assert len(objects(settings)) == there + after
    broken = left_over(app.engine)
    assert broken == unnamed(app, settings)
    assert len(broken) == after
    officer.send(down, button="Try again")
    with transaction(app.engine) as db:
        referral = db.exec(select(Referral)).one()
        assert disposal_for(db, referral).status is Status.SIGNED
        assert len(papers(db, referral.id, kinds=(Kind.SIGNED_COPY, Kind.CHILD_COPY))) == 2
    assert counts(app)["SignedCopy"] == before["SignedCopy"] + 2
    assert verify(app.engine) == []
    assert left_over(app.engine) == unnamed(app, settings)


def test_the_command_names_what_is_left_over_and_fails_only_for_what_is_wrong(
    sqlite_app: PanelApp, settings: FileSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    explained(sqlite_app, settings)
    monkeypatch.setattr("panel.cli._engine", lambda: sqlite_app.engine)
    monkeypatch.setattr("panel.cli._settings", lambda: sqlite_app.settings)
    digest = hashlib.sha256(b"lost").hexdigest()
    place = Bucket(settings).put(digest, b"lost")
    said = CliRunner().invoke(main, ["verify"])
    assert (said.exit_code, f"Left over: no paper has the object {place}\n" in said.output) == (0, True)
    with Session(sqlite_app.engine) as db:
        gone = db.exec(select(StoredFile)).first()
    assert gone is not None
    client(settings).delete_object(Bucket=settings.bucket, Key=f"papers/{gone.digest}")
    said = CliRunner().invoke(main, ["verify"])
    assert said.exit_code == 1
    assert "the file of paper" in said.output
    assert "is gone" in said.output
