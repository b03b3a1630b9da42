"""The only place that sets a status: status, event and digest in the caller's transaction."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Protocol

from sqlalchemy import JSON
from sqlmodel import Session, col, func, insert, literal, select

from panel.access import Actor
from panel.db import before_commit, ends_of_chains, write_along
from panel.history.models import AccessEntry, Event
from panel.history.operations import Operation
from workflows.flow import Step

FIRST = "0" * 64
AT_ONCE = 10_000  # lines of the access log that one statement writes


class HasStatus(Protocol):
    """A row whose status a flow moves."""

    status: Any


def record(
    db: Session,
    row: HasStatus,
    step: Step[Any],
    *,
    flow: str,
    chain: str,
    by: Actor,
    at: datetime,
    facts: Mapping[str, str] | None = None,
) -> Event:
    """Set the status that the step reached and add its event to the chain."""
    event = add_event(
        db, f"{flow}.{step.move}", chain=chain, by=by, at=at, facts=facts, overrides=step.overridden
    )
    row.status = step.after
    return event


def note(
    db: Session, verb: str, *, chain: str, by: Actor, at: datetime, facts: Mapping[str, str] | None = None
) -> Event:
    """Add an act that moves no status, such as a position taken, to the chain."""
    return add_event(db, verb, chain=chain, by=by, at=at, facts=facts, overrides={})


def add_event(
    db: Session,
    verb: str,
    *,
    chain: str,
    by: Actor,
    at: datetime,
    facts: Mapping[str, str] | None,
    overrides: Mapping[str, str],
) -> Event:
    """Add one event; `(chain, seq)` is unique, so two writers of one chain cannot both succeed."""
    last = _last(db, chain)
    event = Event(
        chain=chain,
        seq=last[0] + 1,
        verb=verb,
        by_id=by.id,
        by_words=f"{by.name} ({by.role_words})" if by.role_words else by.name,
        at=at,
        facts=dict(facts or {}),
        overrides=dict(overrides),
        before=last[1],
    )
    event.digest = digest_of(event)
    db.add(event)
    ends_of_chains(db)[chain] = event.seq, event.digest
    return event


def _last(db: Session, chain: str) -> tuple[int, str]:
    """The number and digest of the last event; after our own first one nobody else can add another."""
    ours = ends_of_chains(db).get(chain)
    if ours is not None:
        return ours
    query = select(Event.seq, Event.digest).where(Event.chain == chain).order_by(col(Event.seq).desc())
    with db.no_autoflush:  # an event that waits to be written would be held above
        found = db.exec(query.limit(1)).first()
    return (0, FIRST) if found is None else (found[0], found[1])


def digest_of(event: Event) -> str:
    """SHA-256 over the event's content and the digest of the one before it."""
    content = {
        "chain": event.chain,
        "seq": event.seq,
        "verb": event.verb,
        "by": event.by_id,
        "by_words": event.by_words,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "facts": event.facts,
        "overrides": event.overrides,
        "before": event.before,
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def log_access(
    db: Session,
    operation: Operation,
    subject: str,
    *,
    by: Actor,
    at: datetime,
    page: str,
    recipients: str = "",
) -> None:
    """Write one line of the access log: with the act itself, or before the page of a reader leaves."""
    entry = {
        "user_id": by.id,
        "at": at,
        "operation": operation,
        "subject": subject[:60],
        "page": page[:80],
        "recipients": recipients[:200],
    }
    write_along(db, lambda session: before_commit(session, _write_entries, entry))


def log_many(
    db: Session,
    operation: Operation,
    subjects: Iterable[str],
    *,
    by: Actor,
    at: datetime,
    page: str,
    recipients: str = "",
) -> None:
    """Write a line for each subject, for an act about so many that they should not wait in memory.

    The database makes the lines of lists: nobody else can write meanwhile, so it has to be quick.
    """
    each = func.json_each if db.get_bind().dialect.name == "sqlite" else func.json_array_elements_text
    same = {"user_id": by.id, "at": at, "operation": operation}
    same |= {"page": page[:80], "recipients": recipients[:200]}
    columns: Any = AccessEntry.__table__.c  # type: ignore[attr-defined]
    values: list[Any] = [literal(value, columns[name].type) for name, value in same.items()]
    waiting = iter(subjects)
    while some := [subject[:60] for subject in islice(waiting, AT_ONCE)]:
        given = each(literal(some, JSON)).table_valued("value")
        query: Any = select(given.c.value, *values)
        db.execute(insert(AccessEntry).from_select(["subject", *same], query))


def _write_entries(db: Session, entries: list[Any]) -> None:
    db.execute(insert(AccessEntry), entries)


def case_chain(referral_id: int) -> str:
    """The chain of a case."""
    return f"case:{referral_id}"


def meeting_chain(meeting_id: int) -> str:
    """The chain of a meeting."""
    return f"meeting:{meeting_id}"


def account_chain(user_id: int) -> str:
    """The chain of an account."""
    return f"account:{user_id}"
