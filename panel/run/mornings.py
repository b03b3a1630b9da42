"""Every morning at six in London the worker raises the alerts of the day; at its start those it missed."""

import threading
from collections.abc import Callable
from datetime import date

from sqlalchemy import Engine

from panel import clock
from panel.alerts.job import day_to_run
from panel.db import transaction
from panel.jobs import enqueue
from panel.notifications.polling import ASK_NOTIFY

RAISE_ALERTS = "raise_alerts"
LOOK_EVERY_SECONDS = 30.0
ASK_EVERY_SECONDS = 300


def watch(engine: Engine, *, asks: bool = False, every: float = LOOK_EVERY_SECONDS) -> None:
    """Queue the job of each day as it comes, in a thread that ends with the process.

    `asks` queues a look at GOV.UK Notify every few minutes beside it.
    """
    threading.Thread(target=_watch, args=(lambda day: queue(engine, day), every), daemon=True).start()
    if asks:
        threading.Thread(target=_watch_notify, args=(engine, every), daemon=True).start()


def queue_look(engine: Engine, slot: int) -> None:
    """Queue one look at Notify: under one key, so that two workers make it one."""
    with transaction(engine) as db:
        enqueue(db, ASK_NOTIFY, f"notify:{slot}", slot)


def _watch_notify(engine: Engine, every: float) -> None:
    import logging

    queued = -1
    while True:
        slot = int(clock.now().timestamp() // ASK_EVERY_SECONDS)
        if slot != queued:
            try:
                queue_look(engine, slot)
                queued = slot
            except Exception:
                logging.getLogger(__name__).exception("the look at Notify could not be queued")
        threading.Event().wait(every)


def queue(engine: Engine, day: date) -> None:
    """Queue the job of a day: under one key, so that two workers make it one job."""
    with transaction(engine) as db:
        enqueue(db, RAISE_ALERTS, f"alerts:{day}", day.toordinal())


def _watch(queue_day: Callable[[date], None], every: float) -> None:
    import logging

    queued: date | None = None
    while True:
        day = day_to_run(clock.now())
        if day != queued:
            try:
                queue_day(day)
                queued = day
            except Exception:
                logging.getLogger(__name__).exception("the alerts of %s could not be queued", day)
        threading.Event().wait(every)
