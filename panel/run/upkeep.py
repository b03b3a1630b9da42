"""The database before anybody uses it: its tables, and the demonstration when it is empty."""

import tempfile

from sqlalchemy import Engine, func, select

from panel import clock, jobs, migrations
from panel.db import make_engine
from workflows.calendar import today_in_london


class NotEmpty(Exception):
    """There are accounts already; a demonstration would mix invented people with real ones."""


def migrate(engine: Engine) -> None:
    """Bring our tables and those of the job queue up to date, and give each empty code list its default."""
    from panel.codes.actions import load_defaults

    migrations.upgrade(engine)
    jobs.prepare(engine)
    load_defaults(engine, at=clock.now())


def is_empty(engine: Engine) -> bool:
    """Whether nobody has an account yet."""
    from panel.accounts.models import User

    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(User)).scalar_one() == 0


def load_demonstration(engine: Engine) -> None:
    """Fill an empty database with invented people and cases. Raises `NotEmpty`."""
    from panel import demo
    from panel.alerts.job import run
    from panel.figures.turning import turn

    if not is_empty(engine):
        raise NotEmpty
    now = clock.now()
    demo.load(engine, today_in_london(now))
    # Mails are for the worker of the day: nobody needs one about the past.
    run(engine, today_in_london(now), at=now, mails=False)
    turn(engine, today_in_london(now))


def differences() -> list[str]:
    """What the models say and the migrations do not, on a SQLite database made for this question."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/scratch.db")
        migrations.upgrade(engine)
        found = migrations.check(engine)
        engine.dispose()
        return found
