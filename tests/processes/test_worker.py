"""The worker as a process of its own, with a real mail server, on SQLite and on PostgreSQL.

One scenario a database, because each start of a process takes seconds; each test says one sentence about it.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from panel import clock
from panel.db import open_session, transaction
from panel.notifications.invitations import invite
from panel.notifications.models import Mail, Notification
from tests.panel.notifications.post_office import PostOffice, open_office
from tests.panel.notifications.test_invitations import event_in, invitation
from tests.panel.notifications.world import CANARIES, World, add_person, build, mail_settings, tell
from tests.support import databases
from workflows.roles import Role

pytestmark = pytest.mark.processes

START = """
import os
from config.settings import Settings
from panel.run.worker import Pace, run_worker
run_worker(Settings.from_environment(os.environ), pace=Pace(0.1, 6, 0.3, 1.0))
"""
PATIENCE = 20
WRITERS, ACTS = 4, 15
MANAGERS = ("first@example.org", "second@example.org")


@dataclass
class Story:
    """What happened on one database."""

    office: PostOffice
    marks: dict[str, Notification] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)
    stop_seconds: float = 0.0
    said: str = ""
    kept: str = ""

    def mails(self, name: str) -> list[str]:
        """The Message-IDs of what reached one address."""
        mails = self.office.mails_to(f"{name}@example.org")
        # Whoever manages a team gets a mail of its own on Mondays; the worker here lives by the real clock.
        weekly = "Your team this week"
        return [str(m["Message-ID"]) for m in mails if not str(m["Subject"]).startswith(weekly)]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def story(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """The whole scenario, played once on each kind of database."""
    folder = tmp_path_factory.mktemp("worker")
    with _database(request, folder) as url, databases.open_engine(url) as engine, open_office() as office:
        story = Story(office)
        Play(story, engine, mail_settings(url, office.port, folder), folder).run()
        yield story


@contextmanager
def _database(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{shutil.copy(request.getfixturevalue('sqlite_template'), folder / 'panel.db')}"
        return
    server, template = (request.getfixturevalue(name) for name in ("postgres_url", "postgres_template"))
    with databases.scratch_postgres(server, template) as url:
        yield url


class Play:
    """The scenario: what is queued, and what is done to the worker meanwhile."""

    def __init__(self, story: Story, engine: Engine, environment: dict[str, str], folder: Path) -> None:
        self.story, self.engine, self.environment = story, engine, environment
        self.log = folder / "worker.log"
        self.world: World = build(engine)

    def run(self) -> None:
        """Play it all; no worker is left behind."""
        worker = None
        try:
            self._queue_before_the_start()
            worker = self._start()
            self._write_while_it_works()
            self._wait(lambda: not self._open_mails())
            self._kill_in_the_middle_of_a_mail(worker)
            worker = self._start()
            self._wait(lambda: not self._open_mails())
            self._stop_while_the_mail_server_hangs(worker)
        finally:
            self.story.office.holding.clear()
            if worker is not None and worker.poll() is None:
                worker.kill()
                worker.wait(5)
            self.story.said = self.log.read_text()
        with open_session(self.engine, writing=False) as db:
            self.story.marks = {row.key: row for row in db.exec(select(Notification))}
            self.story.kept = "\n".join(self._kept_by_dbos(db))

    def _kept_by_dbos(self, db: Session) -> Iterator[str]:
        schema = "" if self.engine.dialect.name == "sqlite" else "dbos."
        for table in ("workflow_status", "workflow_input", "workflow_output", "operation_outputs"):
            for row in db.connection().execute(text(f"SELECT * FROM {schema}{table}")):
                yield str(row)

    def _queue_before_the_start(self) -> None:
        self.story.office.answers["busy@example.org"] = ["451 Busy", "451 Busy"]
        self.story.office.answers["unknown@example.org"] = ["550 Unknown"]
        self.story.office.answers["always-busy@example.org"] = ["451 Busy"] * 100
        with transaction(self.engine) as db:
            for name in ("committed", "busy", "unknown", "always-busy"):
                self._queue(db, name)
            for address in MANAGERS:
                add_person(db, address, Role.YOT_MANAGER, self.world.area_id)
            tell(db, self.world, "role", role=Role.YOT_MANAGER)
            guest = invitation(address="guest@example.org", reference="MNM-234679", queued_at=clock.now())
            invite(db, guest)
        with open_session(self.engine, writing=True) as db:
            self._queue(db, "rolled-back")
            db.rollback()

    def _queue(self, db: Session, name: str) -> None:
        user = add_person(db, f"{name}@example.org", Role.CASE_MANAGER, self.world.area_id)
        tell(db, self.world, name, user=user)

    def _start(self) -> "subprocess.Popen[bytes]":
        ready = self._said().count("worker 0: ready")
        with self.log.open("ab") as log:
            worker = subprocess.Popen(
                [sys.executable, "-c", START], stdout=log, stderr=log, env=os.environ | self.environment
            )
        self._wait(lambda: worker.poll() is not None or self._said().count("worker 0: ready") > ready)
        assert worker.poll() is None, self._said()
        return worker

    def _said(self) -> str:
        return self.log.read_text() if self.log.exists() else ""

    def _write_while_it_works(self) -> None:
        threads = [Thread(target=self._write, args=(number,)) for number in range(WRITERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)

    def _write(self, number: int) -> None:
        for act in range(ACTS):
            try:
                with transaction(self.engine) as db:
                    self._queue(db, f"act-{number}-{act}")
            except Exception as error:
                self.story.troubles.append(str(error))

    def _open_mails(self) -> int:
        with open_session(self.engine, writing=False) as db:
            return len(db.exec(select(Notification.id).where(col(Notification.mail) == Mail.QUEUED)).all())

    def _kill_in_the_middle_of_a_mail(self, worker: "subprocess.Popen[bytes]") -> None:
        self.story.office.holding.add("killed@example.org")
        with transaction(self.engine) as db:
            self._queue(db, "killed")
        self._wait(lambda: bool(self.story.mails("killed")))
        worker.send_signal(signal.SIGKILL)
        worker.wait(5)
        self.story.office.holding.clear()

    def _stop_while_the_mail_server_hangs(self, worker: "subprocess.Popen[bytes]") -> None:
        self.story.office.holding.add("stopped@example.org")
        with transaction(self.engine) as db:
            self._queue(db, "stopped")
        self._wait(lambda: bool(self.story.mails("stopped")))
        began = time.monotonic()
        worker.send_signal(signal.SIGTERM)
        worker.wait(PATIENCE)
        self.story.stop_seconds = time.monotonic() - began

    def _wait(self, done: Callable[[], bool]) -> None:
        limit = time.monotonic() + PATIENCE
        while not done():
            assert time.monotonic() < limit, f"waited in vain; the worker said: {self._said()}"
            time.sleep(0.05)


def test_a_committed_notification_is_mailed_once(story: Story) -> None:
    assert len(story.mails("committed")) == 1
    assert story.marks["committed"].mail is Mail.SENT


def test_what_was_rolled_back_is_never_mailed(story: Story) -> None:
    assert story.mails("rolled-back") == []
    assert "rolled-back" not in story.marks


def test_an_invitation_arrives_once_with_a_file_for_the_calendar(story: Story) -> None:
    (mail,) = story.office.mails_to("guest@example.org")
    found, event = event_in(mail)
    assert (str(found["method"]), int(event["sequence"])) == ("REQUEST", 0)
    assert str(event["uid"]).startswith("MNM-234679@")


def test_a_role_is_mailed_person_by_person(story: Story) -> None:
    assert [len(story.mails(address.split("@")[0])) for address in MANAGERS] == [1, 1]
    assert all(len(to) == 1 for to, _ in story.office.taken)


def test_a_server_that_is_busy_twice_gets_the_mail_in_the_end(story: Story) -> None:
    assert len(story.mails("busy")) == 1
    assert (story.marks["busy"].mail, story.marks["busy"].tries) == (Mail.SENT, 3)


def test_a_refused_address_is_marked_and_left_alone(story: Story) -> None:
    assert (story.marks["unknown"].mail, story.marks["unknown"].tries) == (Mail.FAILED, 1)
    assert story.office.attempts["unknown@example.org"] == 1


def test_trying_ends_at_some_time_and_says_so(story: Story) -> None:
    assert (story.marks["always-busy"].mail, story.marks["always-busy"].tries) == (Mail.FAILED, 6)
    assert f"mail of notification {story.marks['always-busy'].id} was given up" in story.said


def test_pages_that_write_while_the_worker_works_never_find_the_database_locked(story: Story) -> None:
    assert story.troubles == []
    acts = [f"act-{number}-{act}" for number in range(WRITERS) for act in range(ACTS)]
    assert [len(story.mails(act)) for act in acts] == [1] * len(acts)


def test_a_mail_cut_off_by_a_kill_is_sent_again_with_the_same_message_id(story: Story) -> None:
    ids = story.mails("killed")
    assert len(ids) == 2
    assert len(set(ids)) == 1
    assert story.marks["killed"].mail is Mail.SENT


def test_a_worker_ends_within_five_seconds_though_the_mail_server_hangs(story: Story) -> None:
    assert story.stop_seconds < 5
    assert story.marks["stopped"].mail is Mail.QUEUED


def test_neither_the_log_nor_the_queue_holds_an_address_or_anything_about_the_case(story: Story) -> None:
    assert "always-busy" in story.kept
    for private in ("@example.org", "NM-2026", *CANARIES):
        assert private not in story.said + story.kept


def test_a_worker_says_nothing_of_its_machinery(story: Story) -> None:
    assert "dbos.dev" not in story.said
