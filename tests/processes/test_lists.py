"""A worker that is killed while it checks and imports a list: each row counts exactly once."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import Session, col, func, select

from panel import clock
from panel.db import open_session, transaction
from panel.lists import actions
from panel.police.models import PoliceDisposal, PoliceList, PoliceListRow, PoliceReport
from tests.conftest import SECRET
from tests.support import databases
from tests.support.lists import as_csv, named, rows, sent
from tests.support.world import NOW, build
from workflows.police_list import Status

pytestmark = pytest.mark.processes

START = """
import os
from config.settings import Settings
from panel.lists import checking, importing
from panel.run.worker import Pace, run_worker
checking.CHUNK = importing.CHUNK = 40
run_worker(Settings.from_environment(os.environ), pace=Pace(0.1, 6, 0.3, 1.0))
"""
ROWS, PATIENCE = 1400, 90


def worker(environment: dict[str, str], log: Path) -> "subprocess.Popen[bytes]":
    """A worker on its way."""
    with log.open("ab") as said:
        return subprocess.Popen(
            [sys.executable, "-c", START], stdout=said, stderr=said, env=os.environ | environment
        )


def until(holds: Callable[[], bool], log: Path) -> None:
    """Wait, but not for ever."""
    ends = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < ends, log.read_text()
        time.sleep(0.01)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_six_kills_later_each_row_was_imported_exactly_once(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str
) -> None:
    if kind == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        play(f"sqlite:///{shutil.copy(template, tmp_path / 'panel.db')}", tmp_path)
        return
    server, copied = (request.getfixturevalue(name) for name in ("postgres_url", "postgres_template"))
    with databases.scratch_postgres(server, copied) as url:
        play(url, tmp_path)


def play(url: str, folder: Path) -> None:
    """Check and import with a worker that is killed six times in the middle of its work."""
    environment = {"DATABASE_URL": url, "SECRET_KEY": SECRET, "PANEL_DEMO": "1", "DATA_DIR": str(folder)}
    log = folder / "worker.log"
    with databases.open_engine(url) as engine:

        def state() -> tuple[str, dict[str, int]]:
            with open_session(engine, writing=False) as db:
                one = db.exec(select(PoliceList)).one()
                return one.status, dict(one.counts)

        def killed_at(name: str, points: list[int]) -> None:
            for point in points:
                process = worker(environment, log)
                try:
                    until(lambda point=point: state()[1].get(name, 0) >= point, log)  # type: ignore[misc]
                finally:
                    process.send_signal(signal.SIGKILL)
                    process.wait(10)
                assert state()[1].get(name, 0) < ROWS, "the kill came too late to mean anything"

        def ended_as(status: Status) -> None:
            process = worker(environment, log)
            try:
                until(lambda: state()[0] == status, log)
            finally:
                process.kill()
                process.wait(10)

        with transaction(engine) as db:
            world = build(db)
            one = sent(db, world, as_csv(rows(ROWS)))
            actions.map_columns(db, one, named(db, one), by=world.actor("manager"), at=NOW)
        killed_at("checked", [400])
        ended_as(Status.CHECKED)
        with transaction(engine) as db:
            one = db.exec(select(PoliceList)).one()
            actions.confirm(db, one, whole=False, by=world.actor("manager"), at=clock.now())
        killed_at("imported", [80, 280, 480, 680, 880])
        ended_as(Status.DONE)
        with Session(engine) as db:
            count = select(func.count())
            for table in (PoliceListRow, PoliceDisposal, PoliceReport):
                assert db.exec(count.select_from(table)).one() == ROWS
            lines = db.exec(select(func.count(func.distinct(PoliceReport.line_number)))).one()
            assert lines == ROWS
            assert db.exec(count.where(col(PoliceListRow.disposal_id).is_(None))).one() == 0
