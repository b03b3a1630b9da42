"""Every morning at six in London the worker raises the alerts of the day; at its start those it missed."""

import threading
from collections.abc import Callable
from datetime import date

from sqlalchemy import Engine

from panel import clock
from panel.alerts.job import day_to_run
from panel.db import transaction
from panel.jobs import enqueue

RAISE_ALERTS = "raise_alerts"
LOOK_EVERY_SECONDS = 30.0


def watch(engine: Engine, *, every: float = LOOK_EVERY_SECONDS) -> None:
    """Queue the job of each day as it comes, in a thread that ends with the process."""
    threading.Thread(target=_watch, args=(lambda day: queue(engine, day), every), daemon=True).start()


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
