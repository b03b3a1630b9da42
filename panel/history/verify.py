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
    last: datetime | None = None
    query = select(Event).order_by(col(Event.chain), col(Event.seq)).execution_options(yield_per=1000)
    for event in db.exec(query):
        if event.chain != chain:
            chain, before, seq, last = event.chain, FIRST, 0, None
        if event.seq != seq + 1:
            yield f"{event.chain}: event {seq + 1} is missing"
        if event.before != before:
            yield f"{event.chain}: event {event.seq} does not follow the one before it"
        if event.digest != digest_of(event):
            yield f"{event.chain}: event {event.seq} was changed"
        if seq and last is not None and event.at < last - WAITED:
            yield f"{event.chain}: event {event.seq} is dated before the one before it"
        before, seq, last = event.digest, event.seq, event.at
        db.expunge(event)
