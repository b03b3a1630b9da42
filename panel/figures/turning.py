"""The morning: what was still to come yesterday and has passed is counted again."""

from datetime import date

from sqlalchemy import Engine, select
from sqlmodel import Session

from panel.db import transaction
from panel.figures.keeping import NEVER_TURNED, day_of, keep
from panel.figures.kinds import KINDS, Kind
from panel.figures.rebuild import lock, rebuild, set_day

BATCH = 100


def turn(engine: Engine, day: date) -> int:
    """Count everything up to a day; how many subjects were looked at again.

    The first time everything is made anew. Each batch is a transaction: after a crash the next run goes on
    where this one stopped. A day that was turned already is turned again at no cost.
    """
    with transaction(engine) as db:
        before = day_of(db)
        if NEVER_TURNED < before < day:
            set_day(db, day)
    if before == NEVER_TURNED:
        return sum(rebuild(engine, day).values())
    turned = 0
    for kind in KINDS:
        # Whoever keeps something takes hold of this table before reading the day: those who read the day
        # before are behind us then, and what they left shows.
        with transaction(engine) as db:
            lock(db, kind.table)
        while (found := _batch(engine, kind, max(day, before))) > 0:
            turned += found
    return turned


def _batch(engine: Engine, kind: Kind, day: date) -> int:
    with transaction(engine) as db:
        numbers = _due(db, kind, day)
        if numbers:
            keep(db, kind, numbers, on=day)
        return len(numbers)


def _due(db: Session, kind: Kind, day: date) -> list[int]:
    turns, number = kind.table.c.turns_on, kind.table.c.subject_id
    due = select(number).where(turns <= day).order_by(turns, number).limit(BATCH)
    return list(db.connection().execute(due).scalars())
