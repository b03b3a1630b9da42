"""The mails that hold counts and links only: of a morning for everybody, of a Monday for managers."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Engine
from sqlmodel import Session, select

from config.settings import Settings
from panel import clock
from panel.accounts.models import User
from panel.db import open_session, transaction
from panel.notifications.channels import TryAgain
from panel.notifications.deliver import template
from panel.notifications.dispatch_models import Delivery, Sends, Stage, Trouble
from panel.notifications.dispatching import Parcel, carry, drop_waiting
from panel.notifications.models import Digest, Mail, WeekMail
from workflows.calendar import long_date

DELIVER_DIGEST, DELIVER_WEEK = "deliver_digest", "deliver_week"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Figure:
    """One count of the week, and the list that it counts."""

    key: str
    words: str
    path: str


FIGURES = (
    Figure("late", "Cases with a deadline that has passed", "/cases?list=late"),
    Figure("to_accept", "Referrals to accept", "/cases?list=submitted"),
    Figure("assessments", "Cases that wait for their assessment", "/cases?list=accepted"),
    Figure("to_give", "Disposals to give", "/cases?list=decided"),
    Figure("unacknowledged", "Notifications that nobody has acknowledged", "/notifications?show=open"),
    Figure("overdue", "Of these, late", "/notifications?show=late"),
    Figure("mails", "Mails that did not arrive", "/mails"),
)


def lines(counts: Mapping[str, int]) -> list[tuple[Figure, int]]:
    """The figures of a week with their counts, as mail and page show them."""
    return [(figure, counts.get(figure.key, 0)) for figure in FIGURES]


def compose_digest(settings: Settings, row: Digest, address: str) -> EmailMessage:
    """The mail of a morning."""
    said = in_words(row.near, row.late, row.papers, row.tasks)
    subject = f"Your {'deadlines' if row.near or row.late else 'list'}: {said}"
    mail = _headed(settings, row, address, subject=subject, name=f"deadlines-{row.day}-{row.user_id}")
    mail.set_content(template("digest.txt").render(said=said, link=f"{settings.base_url}/tasks"))
    return mail


def compose_week(settings: Settings, row: WeekMail, address: str) -> EmailMessage:
    """The mail of a Monday."""
    subject = f"Your team this week, {long_date(row.monday)}"
    mail = _headed(settings, row, address, subject=subject, name=f"week-{row.monday}-{row.user_id}")
    said = [(f.words, count, settings.base_url + f.path) for f, count in lines(row.counts)]
    mail.set_content(template("week.txt").render(lines=said, link=f"{settings.base_url}/week"))
    return mail


def _headed(
    settings: Settings, row: Digest | WeekMail, address: str, *, subject: str, name: str
) -> EmailMessage:
    """A mail with its head; the Message-ID is the same at every try."""
    host = urlsplit(settings.base_url).hostname or "localhost"
    mail = EmailMessage()
    mail["Subject"] = subject
    mail["From"] = settings.smtp_from
    mail["To"] = address
    mail["Date"] = format_datetime(row.queued_at)
    mail["Message-ID"] = f"<{name}@{host}>"
    mail["Auto-Submitted"] = "auto-generated"
    return mail


def in_words(near: int, late: int, papers: int = 0, tasks: int = 0) -> str:
    """'3 deadlines near, 1 late; 2 cases to read for the panel; 4 other tasks'."""
    read = [f"{papers} case{'' if papers == 1 else 's'} to read for the panel"] if papers else []
    other = "other " if near or late or papers else ""
    more = [f"{tasks} {other}task{'' if tasks == 1 else 's'}"] if tasks else []
    return "; ".join([*_deadlines(near, late), *read, *more])


def _deadlines(near: int, late: int) -> list[str]:
    if not near:
        return [f"{late} deadline{'' if late == 1 else 's'} late"] if late else []
    words = f"{near} deadline{'' if near == 1 else 's'} near"
    return [f"{words}, {late} late" if late else words]


def _overtaken(db: Session, row: Digest) -> bool:
    """Whether one that waited, over a weekend for example, has met the next one."""
    query = select(Digest.id).where(Digest.user_id == row.user_id, Digest.day > row.day)
    return db.exec(query.limit(1)).first() is not None


@dataclass(frozen=True)
class _Kind:
    """One of the two mails: its table, its words, and when another one has taken its place."""

    table: type[Any]
    sends: Sends
    words: str
    compose: Callable[[Settings, Any, str], EmailMessage]
    overtaken: Callable[[Session, Any], bool]


_DIGEST = _Kind(Digest, Sends.DIGEST, "digest", compose_digest, _overtaken)
_WEEK = _Kind(WeekMail, Sends.WEEK, "mail of the week", compose_week, lambda _db, _row: False)


def deliver_digest(engine: Engine, settings: Settings, row_id: int) -> None:
    """Send one digest, once, and mark it. Raises `TryAgain` for a later try."""
    _deliver(_DIGEST, engine, settings, row_id)


def deliver_week(engine: Engine, settings: Settings, row_id: int) -> None:
    """Send the mail of one Monday, once, and mark it. Raises `TryAgain` for a later try."""
    _deliver(_WEEK, engine, settings, row_id)


def give_up_digest(engine: Engine, row_id: int) -> None:
    """Mark a digest as failed after its last try, unless it went out after all."""
    _give_up(_DIGEST, engine, row_id)


def give_up_week(engine: Engine, row_id: int) -> None:
    """Mark a mail of a week as failed after its last try, unless it went out after all."""
    _give_up(_WEEK, engine, row_id)


def _deliver(kind: _Kind, engine: Engine, settings: Settings, row_id: int) -> None:
    with open_session(engine, writing=False) as db:
        row = db.get(kind.table, row_id)
        person = None if row is None else db.get(User, row.user_id)
        if row is None or person is None or row.mail is not Mail.QUEUED:
            return
        needed = settings.sends_mail and person.disabled_at is None and not kind.overtaken(db, row)
    if not needed:
        _mark(kind, engine, row_id, Mail.NOT_NEEDED)
        return
    parcel = Parcel(
        sends=kind.sends,
        row_id=row.id,
        mail=kind.compose(settings, row, person.email),
        address=person.email,
        delivery=Delivery.RESEND,
        queued_at=row.queued_at,
        user_id=person.id,
    )
    try:
        outcome = carry(engine, settings, parcel)
    except TryAgain as trouble:
        _mark(kind, engine, row_id, Mail.QUEUED, tries=1)
        log.warning("%s %d waits: %s", kind.words, row_id, trouble)
        raise
    _mark(kind, engine, row_id, outcome.mail, tries=1)


def _give_up(kind: _Kind, engine: Engine, row_id: int) -> None:
    with transaction(engine) as db:
        row = db.get(kind.table, row_id)
        if row is not None and row.mail is Mail.QUEUED:
            drop_waiting(db, kind.sends, row_id, stage=Stage.FAILED, trouble=Trouble.AWAY)
            row.mail = Mail.FAILED
    log.error("%s %d was given up", kind.words, row_id)


def _mark(kind: _Kind, engine: Engine, row_id: int, mail: Mail, *, tries: int = 0) -> None:
    with transaction(engine) as db:
        row = db.get_one(kind.table, row_id)
        row.mail, row.tries = mail, row.tries + tries
        row.sent_at = clock.now() if mail is Mail.SENT else None
