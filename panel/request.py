"""What a view may ask of the request at hand; nothing below the views knows of it."""

from datetime import date, datetime
from typing import cast

from flask import g, request
from sqlmodel import Session

from panel.access import Actor
from workflows.calendar import today_in_london

LARGEST = 2**31 - 1  # what a number of a row can be


def db() -> Session:
    """The session of this request: one transaction, committed before the reply leaves."""
    return cast(Session, g.db)


def actor() -> Actor:
    """The signed-in person; the gate has seen to it that there is one."""
    return cast(Actor, g.actor)


def at() -> datetime:
    """The moment of this request: one and the same for all that it writes."""
    return cast(datetime, g.at)


def today() -> date:
    """The day of this request in London."""
    return today_in_london(at())


def page() -> str:
    """The endpoint, for the access log."""
    return request.endpoint or ""


def behind(name: str = "after") -> tuple[date, int] | None:
    """The day and number behind which a list goes on, as "2026-11-30_17" stands in the address.

    None without one, or where it cannot be read: then the list begins at its beginning.
    """
    day, _, number = request.args.get(name, "").replace(".", "_").partition("_")
    try:
        since = date.fromisoformat(day)
    except ValueError:
        return None
    return (since, min(int(number), LARGEST)) if number.isascii() and number.isdigit() else None
