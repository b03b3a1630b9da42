"""Papers in an S3-compatible bucket: a real HTTP server on this machine, also one that is away."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer
from sqlalchemy import Engine
from sqlmodel import select

from config.files import FileSettings, file_settings
from panel.db import transaction
from panel.disposals import actions
from panel.disposals.queries import disposal_for
from panel.documents.actions import keep
from panel.documents.keeping import keep_with
from panel.documents.models import Document, Kind, StoredFile
from panel.documents.queries import Altered, content, papers
from panel.documents.stores import Bucket, StoreUnreachable
from panel.documents.verify import verify
from panel.referrals.models import Referral
from panel.web import PanelApp
from tests.support import given as cases
from tests.support.assessed import enter
from tests.support.world import NOW, build
from workflows.disposal import Status

PAPER = b"%PDF-1.7 a paper"
NOBODY_LISTENS = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def settings(server: str, request: pytest.FixtureRequest) -> FileSettings:
    name = hashlib.sha256(request.node.name.encode()).hexdigest()[:20]
    env = {
        "FILE_STORE": f"s3://panel-{name}/papers",
        "S3_ENDPOINT_URL": server,
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
    }
    made = file_settings(env, None)
    client(made).create_bucket(
        Bucket=made.bucket, CreateBucketConfiguration={"LocationConstraint": made.region}
    )
    return made


def client(settings: FileSettings) -> Any:
    return boto3.client(
        "s3",
        endpoint_url=settings.endpoint_url,
        region_name=settings.region,
        aws_access_key_id="key",
        aws_secret_access_key="secret",
    )


def objects(settings: FileSettings) -> dict[str, bytes]:
    there = client(settings)
    listed = there.list_objects_v2(Bucket=settings.bucket).get("Contents", [])
    return {o["Key"]: there.get_object(Bucket=settings.bucket, Key=o["Key"])["Body"].read() for o in listed}


def added(db: Any, referral: Referral, by: Any, data: bytes = PAPER) -> Document:
    return keep(
        db,
        referral_id=referral.id,
        kind=Kind.POLICE_PAPER,
        title="Interview record",
        filename="interview-record.pdf",
        media_type="application/pdf",
        data=data,
        by=by,
        at=NOW,
    )


def test_every_paper_of_a_disposal_lies_in_the_bucket_and_its_record_in_the_database(
    engine: Engine, settings: FileSettings
) -> None:
    keep_with(engine, settings)
    with transaction(engine) as db:
        referral = cases.signed(db, build(db))
    found = objects(settings)
    with transaction(engine) as db:
        rows = db.exec(select(StoredFile)).all()
        assert {f"papers/{row.digest}" for row in rows} == set(found)
        for row in rows:
            assert row.place == f"s3://{settings.bucket}/papers/{row.digest}"
            assert (row.content, row.size) == (b"", len(found[f"papers/{row.digest}"]))
        for paper in papers(db, referral.id):
            assert hashlib.sha256(content(db, paper)).hexdigest() == paper.digest
    assert verify(engine) == []


def test_bytes_are_written_once_and_never_over_something_else(settings: FileSettings) -> None:
    store, data = Bucket(settings), b"first"
    digest = hashlib.sha256(data).hexdigest()
    place = store.put(digest, data)
    assert store.put(digest, data) == place
    with pytest.raises(StoreUnreachable, match="another object lies in its place"):
        store.put(digest, b"second")
    assert store.get(place) == b"first"


def test_an_act_that_fails_leaves_at_most_an_object_that_no_row_names(
    engine: Engine, settings: FileSettings
) -> None:
    keep_with(engine, settings)
    with transaction(engine) as db:
        world = build(db)
        referral = cases.decided(db, world)
    with pytest.raises(RuntimeError), transaction(engine) as db:  # noqa: PT012
        added(db, referral, world.actor("officer"))
        raise RuntimeError("the machine stopped")
    with transaction(engine) as db:
        named = {f"papers/{digest}" for digest in db.exec(select(StoredFile.digest))}
    (orphan,) = set(objects(settings)) - named
    assert orphan == f"papers/{hashlib.sha256(PAPER).hexdigest()}"
    assert verify(engine) == []
    with transaction(engine) as db:
        assert content(db, added(db, referral, world.actor("officer"))) == PAPER


def test_altered_and_missing_objects_are_noticed_and_named_with_their_case(
    engine: Engine, settings: FileSettings
) -> None:
    keep_with(engine, settings)
    with transaction(engine) as db:
        world = build(db)
        referral = cases.decided(db, world)
        one = added(db, referral, world.actor("officer"), b"%PDF-1.7 one")
        two = added(db, referral, world.actor("officer"), b"%PDF-1.7 two")
    there = client(settings)
    there.put_object(Bucket=settings.bucket, Key=f"papers/{one.digest}", Body=b"%PDF-1.7 another")
    there.delete_object(Bucket=settings.bucket, Key=f"papers/{two.digest}")
    with transaction(engine) as db:
        for paper in (one, two):
            with pytest.raises(Altered):
                content(db, paper)
    assert verify(engine) == [
        f"case:{referral.id}: the file of paper {one.number} was altered",
        f"case:{referral.id}: the file of paper {two.number} is gone",
    ]


def test_when_the_store_goes_down_in_the_middle_nothing_is_half_done_and_the_page_says_so(
    sqlite_app: PanelApp, settings: FileSettings
) -> None:
    keep_with(sqlite_app.engine, settings)
    with transaction(sqlite_app.engine) as db:
        referral = cases.explained(db, build(db))
    officer = enter(sqlite_app, "officer")
    where = f"/cases/{referral.reference}/disposal"
    page = officer.open(f"{where}/sign")
    keep_with(sqlite_app.engine, replace(settings, endpoint_url=NOBODY_LISTENS))
    people = ("child", "adult", "officer", "manager")
    drawn = {f"{who}_drawing": cases.drawn_url() for who in people} | {"consented": "y"}
    down = officer.send(page, drawn, status=503)
    assert down.heading == "The file store cannot be reached"
    assert officer.open(f"/cases/{referral.reference}/documents/1", status=503).heading == down.heading
    with transaction(sqlite_app.engine) as db:
        disposal = disposal_for(db, db.exec(select(Referral)).one())
        assert (disposal.status, disposal.signed_document_id) == (Status.EXPLAINED, None)
        assert papers(db, referral.id, kinds=(Kind.SIGNATURE, Kind.SIGNED_COPY)) == []
    keep_with(sqlite_app.engine, settings)
    officer.send(down, button="Try again")
    with transaction(sqlite_app.engine) as db:
        assert disposal_for(db, db.exec(select(Referral)).one()).status is Status.SIGNED
    assert verify(sqlite_app.engine) == []


def test_verify_says_when_the_store_does_not_answer(sqlite_engine: Engine, settings: FileSettings) -> None:
    keep_with(sqlite_engine, settings)
    with transaction(sqlite_engine) as db:
        cases.prepared(db, build(db))
    keep_with(sqlite_engine, replace(settings, endpoint_url=NOBODY_LISTENS))
    (found,) = verify(sqlite_engine)
    assert found.startswith("the file store cannot be reached")


def test_a_store_that_is_no_longer_set_is_said_and_never_guessed(
    sqlite_engine: Engine, settings: FileSettings
) -> None:
    keep_with(sqlite_engine, settings)
    with transaction(sqlite_engine) as db:
        referral = cases.prepared(db, build(db))
    keep_with(sqlite_engine, FileSettings())
    with transaction(sqlite_engine) as db, pytest.raises(StoreUnreachable, match="FILE_STORE"):
        content(db, papers(db, referral.id)[0])


def test_files_of_the_database_stay_readable_after_the_store_was_set(
    sqlite_engine: Engine, settings: FileSettings
) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = cases.prepared(db, world)
    keep_with(sqlite_engine, settings)
    with transaction(sqlite_engine) as db:
        found = db.exec(select(Referral)).one()
        actions.explain(db, found, cases.TOLD, by=world.actor("officer"), at=cases.GIVEN_AT)
        assert all(content(db, paper) for paper in papers(db, referral.id))
