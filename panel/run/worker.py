"""The worker: a process of its own that runs what was queued, and finishes what a dead one left."""

import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy import Engine

import panel.listeners
import panel.models  # noqa: F401 - rows name each other's tables, so all of them must be known
from config.settings import Settings
from panel import clock
from panel.alerts.job import run
from panel.db import make_engine
from panel.disposals.copies import check_copies
from panel.documents.keeping import keep_with
from panel.figures.turning import turn
from panel.jobs import APP_NAME, APP_VERSION, QUEUE
from panel.linking.waiting import LINK, link_waiting
from panel.lists.actions import CHECK, IMPORT, UNDO
from panel.lists.checking import check_list
from panel.lists.importing import import_list
from panel.lists.undoing import undo_list
from panel.notifications.polling import ASK_NOTIFY, ask_notify
from panel.notifications.sending import MAILS, Sending, seconds_to_wait
from panel.run.mornings import RAISE_ALERTS, watch

SENDING_AT_ONCE = 4
THREADS = 16


@dataclass(frozen=True)
class Pace:
    """How often to look for work, and how long to keep trying: by default half a day without a server."""

    poll_seconds: float = 1.0
    tries: int = 48
    first_wait_seconds: float = 10.0
    growth: float = 1.15


def run_worker(settings: Settings, slot: int = 0, *, pace: Pace | None = None) -> None:
    """Work until SIGTERM or SIGINT, then end this process within five seconds; call it last.

    `slot` numbers the workers that run side by side. A worker finishes at its start what the one with
    the same number left, so each number must be in use once and come back after a crash.
    """
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _number, _frame: stop.set())
    _launch(settings, slot, pace or Pace())
    print(f"worker {slot}: ready", flush=True)
    stop.wait()
    _end()


def _launch(settings: Settings, slot: int, pace: Pace) -> None:
    from dbos import DBOS, DBOSPortableJSONSerializer

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    engine = make_engine(settings.database_url)
    keep_with(engine, settings.files)
    DBOS(
        config={
            "name": APP_NAME,
            "application_version": APP_VERSION,
            "executor_id": f"worker-{slot}",
            "system_database_engine": engine,
            "serializer": DBOSPortableJSONSerializer(),
            # The migrate command does that (`panel.jobs.prepare`); a worker only checks that it was done.
            "run_migrations": False,
            "max_executor_threads": THREADS,
            "log_level": "ERROR",
        }
    )
    _register(engine, settings, pace)
    DBOS.launch()
    DBOS.register_queue(QUEUE, polling_interval_sec=pace.poll_seconds)
    watch(engine, asks=settings.mail_channel == "notify")


def _register(engine: Engine, settings: Settings, pace: Pace) -> None:
    sending = asyncio.Semaphore(SENDING_AT_ONCE)
    for mail in MAILS:
        carry, drop = partial(mail.carry, engine, settings), partial(mail.drop, engine)
        wait = partial(seconds_to_wait, engine, settings, mail.workflow)
        _register_mail(mail, carry, drop, wait, sending, pace)
    _register_daily(engine, pace)
    _register_lists(engine, pace)
    _register_poll(engine, settings, pace)


def _register_daily(engine: Engine, pace: Pace) -> None:
    from dbos import DBOS

    # One step that may run again: what it did before a crash is kept by its own keys.
    @DBOS.step(name="raise_alerts", retries_allowed=True, max_attempts=pace.tries)
    async def alert(day: int) -> None:
        await asyncio.to_thread(run, engine, date.fromordinal(day), at=clock.now())
        await asyncio.to_thread(check_copies, engine, at=clock.now())
        await asyncio.to_thread(link_waiting, engine, at=clock.now())
        await asyncio.to_thread(turn, engine, date.fromordinal(day))

    @DBOS.workflow(name=RAISE_ALERTS, max_recovery_attempts=None)
    async def raise_alerts(day: int) -> None:
        await alert(day)


def _register_lists(engine: Engine, pace: Pace) -> None:
    from dbos import DBOS

    # Each of them goes on where an interrupted run left off, by what it has committed.
    @DBOS.step(name="list_step", retries_allowed=True, max_attempts=pace.tries)
    async def work(kind: str, list_id: int, user_id: int, turn: int) -> None:
        if kind == CHECK:
            await asyncio.to_thread(check_list, engine, list_id, user_id, turn, now=clock.now)
        else:
            job = import_list if kind == IMPORT else undo_list
            await asyncio.to_thread(job, engine, list_id, user_id, now=clock.now)

    @DBOS.workflow(name=CHECK, max_recovery_attempts=None)
    async def check(list_id: int, user_id: int, turn: int) -> None:
        await work(CHECK, list_id, user_id, turn)

    @DBOS.workflow(name=IMPORT, max_recovery_attempts=None)
    async def carry_in(list_id: int, user_id: int) -> None:
        await work(IMPORT, list_id, user_id, 0)

    @DBOS.step(name="link_step", retries_allowed=True, max_attempts=pace.tries)
    async def search() -> None:
        await asyncio.to_thread(link_waiting, engine, at=clock.now())

    @DBOS.workflow(name=LINK, max_recovery_attempts=None)
    async def link(_list_id: int) -> None:
        await search()

    @DBOS.workflow(name=UNDO, max_recovery_attempts=None)
    async def take_back(list_id: int, user_id: int) -> None:
        await work(UNDO, list_id, user_id, 0)


def _register_poll(engine: Engine, settings: Settings, pace: Pace) -> None:
    from dbos import DBOS

    # A look that fails is made again with the next one.
    @DBOS.step(name="ask_notify")
    async def ask(_slot: int) -> None:
        await asyncio.to_thread(ask_notify, engine, settings, at=clock.now())

    @DBOS.workflow(name=ASK_NOTIFY, max_recovery_attempts=None)
    async def ask_for_statuses(slot: int) -> None:
        await ask(slot)


def _register_mail(
    mail: Sending,
    carry: Callable[[int], None],
    drop: Callable[[int], None],
    wait: Callable[[int], float],
    sending: asyncio.Semaphore,
    pace: Pace,
) -> None:
    from dbos import DBOS

    @DBOS.step(
        name=f"send{mail.suffix}",
        retries_allowed=True,
        max_attempts=pace.tries,
        interval_seconds=pace.first_wait_seconds,
        backoff_rate=pace.growth,
    )
    async def send(row_id: int) -> float:
        if (seconds := await asyncio.to_thread(wait, row_id)) > 0:
            return seconds
        async with sending:
            await asyncio.to_thread(carry, row_id)
        return 0.0

    @DBOS.step(name=f"give_up{mail.suffix}")
    async def leave(row_id: int) -> None:
        await asyncio.to_thread(drop, row_id)

    # Asynchronous, because a mail that waits for its next try would otherwise hold a thread for hours.
    @DBOS.workflow(name=mail.workflow, max_recovery_attempts=None)
    async def deliver_mail(row_id: int) -> None:
        try:
            # Quiet hours may begin between two tries; when a sleep ends is kept over a restart.
            while (seconds := await send(row_id)) > 0:
                await DBOS.sleep_async(seconds)
        except Exception:
            await leave(row_id)


def _end() -> None:
    from dbos import DBOS

    # What does not end in time is picked up at the next start: a hanging mail server must not hold us.
    ending = threading.Thread(target=DBOS.destroy, daemon=True)
    ending.start()
    ending.join(timeout=3)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
