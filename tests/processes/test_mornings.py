"""The worker raises the alerts that are due by now at its start, and mails each person once."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.alerts.job import day_to_run
from panel.clock import now
from panel.db import transaction
from panel.notifications.models import Digest, Mail, Notification, Why
from panel.referrals.models import Referral
from panel.run.mornings import queue
from tests.panel.notifications.post_office import open_office
from tests.panel.notifications.world import build, mail_settings
from tests.processes.test_worker import PATIENCE, START

pytestmark = pytest.mark.processes


def wait(done: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < limit, "waited in vain"
        time.sleep(0.1)


def test_what_was_missed_is_raised_at_the_start_once_however_often_the_day_is_queued(
    engine: Engine, tmp_path: Path
) -> None:
    world = build(engine)
    with transaction(engine) as db:
        case = db.get_one(Referral, world.referral_id)
        case.bailed_on, case.alert_on = date(2026, 3, 2), date(2026, 3, 3)

    def mailed() -> bool:
        with Session(engine) as db:
            return [row.mail for row in db.exec(select(Digest))] == [Mail.SENT]

    with open_office() as office:
        url = engine.url.render_as_string(hide_password=False)
        env = os.environ | mail_settings(url, office.port, tmp_path)
        worker = subprocess.Popen([sys.executable, "-c", START], env=env)
        try:
            wait(mailed)
            queue(engine, day_to_run(now()))
            time.sleep(1)
        finally:
            worker.kill()
            worker.wait(5)
        assert len(office.mails_to("officer@example.org")) == 1
    with Session(engine) as db:
        raised = [(task.about, task.why) for task in db.exec(select(Notification))]
    assert sorted(raised) == [
        ("Police told the result", Why.DEADLINE_LATE),
        ("YOT to be told", Why.DEADLINE_LATE),
    ]
