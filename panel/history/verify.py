"""Looks for tampering: every chain link, every gap, every stored file."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from panel.history.models import Event
from panel.history.record import FIRST, digest_of

# A request keeps the moment of its start while it waits for another one to finish.
WAITED = timedelta(minutes=2)


def verify(engine: Engine) -> list[str]:
    """One sentence for each thing that does not add up; empty when all is well.

    A cut tail or a chain written anew as a whole shows only against a head kept elsewhere.
    """
    with Session(engine) as db:
        return list(_chains(db))


def _chains(db: Session) -> Iterator[str]:
    chain, before, seq = "", FIRST, 0
    query = select(Event).order_by(col(Event.chain), col(Event.seq)).execution_options(yield_per=1000)
    for event in db.exec(query):
        if event.chain != chain:
            chain, before, seq = event.chain, FIRST, 0
        if event.seq != seq + 1:
            yield f"{event.chain}: event {seq + 1} is missing"
        if event.before != before:
            yield f"{event.chain}: event {event.seq} does not follow the one before it"
        if event.digest != digest_of(event):
            yield f"{event.chain}: event {event.seq} was changed"
        before, seq = event.digest, event.seq
        db.expunge(event)


def backwards(engine: Engine) -> list[str]:
    """One sentence for each event that is dated before the one before it: the clock was set back (X6)."""
    found, chain = [], ""
    last: datetime | None = None
    query = select(Event.chain, Event.seq, Event.at).order_by(col(Event.chain), col(Event.seq))
    with Session(engine) as db:
        for name, seq, at in db.exec(query.execution_options(yield_per=1000)):
            if name == chain and last is not None and at < last - WAITED:
                found.append(f"{name}: event {seq} is dated before the one before it")
            chain, last = name, at
    return found
