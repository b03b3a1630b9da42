"""The daily mail about deadlines: how many are near and late, and where the list is."""

import logging
from email.message import EmailMessage
from email.utils import format_datetime
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
from panel.notifications.models import Digest, Mail

DELIVER_DIGEST = "deliver_digest"
log = logging.getLogger(__name__)


def deliver_digest(engine: Engine, settings: Settings, digest_id: int) -> None:
    """Send one digest, once, and mark it. Raises `TryAgain` for a later try; policy *resend*.

    One that waited, over a weekend for example, until the next one came is not sent any more.
    """
    with open_session(engine, writing=False) as db:
        row = db.get(Digest, digest_id)
        person = None if row is None else db.get(User, row.user_id)
        if row is None or person is None or row.mail is not Mail.QUEUED:
            return
        needed = settings.sends_mail and person.disabled_at is None and not _overtaken(db, row)
    if not needed:
        _mark(engine, digest_id, Mail.NOT_NEEDED)
        return
    parcel = Parcel(
        sends=Sends.DIGEST,
        row_id=row.id,
        mail=compose_digest(settings, row, person.email),
        address=person.email,
        delivery=Delivery.RESEND,
        queued_at=row.queued_at,
        user_id=person.id,
    )
    try:
        outcome = carry(engine, settings, parcel)
    except TryAgain as trouble:
        _mark(engine, digest_id, Mail.QUEUED, tries=1)
        log.warning("digest %d waits: %s", digest_id, trouble)
        raise
    _mark(engine, digest_id, outcome.mail, tries=1)


def _overtaken(db: Session, row: Digest) -> bool:
    query = select(Digest.id).where(Digest.user_id == row.user_id, Digest.day > row.day)
    return db.exec(query.limit(1)).first() is not None


def give_up_digest(engine: Engine, digest_id: int) -> None:
    """Mark a digest as failed after its last try, unless it went out after all."""
    with transaction(engine) as db:
        row = db.get(Digest, digest_id)
        if row is not None and row.mail is Mail.QUEUED:
            drop_waiting(db, Sends.DIGEST, digest_id, stage=Stage.FAILED, trouble=Trouble.AWAY)
            row.mail = Mail.FAILED
    log.error("digest %d was given up", digest_id)


def compose_digest(settings: Settings, row: Digest, address: str) -> EmailMessage:
    """The mail: counts and a link; its Message-ID is the same at every try."""
    host = urlsplit(settings.base_url).hostname or "localhost"
    said = in_words(row.near, row.late, row.papers, row.tasks)
    mail = EmailMessage()
    mail["Subject"] = f"Your {'deadlines' if row.near or row.late else 'list'}: {said}"
    mail["From"] = settings.smtp_from
    mail["To"] = address
    mail["Date"] = format_datetime(row.queued_at)
    mail["Message-ID"] = f"<deadlines-{row.day}-{row.user_id}@{host}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(template("digest.txt").render(said=said, link=f"{settings.base_url}/tasks"))
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


def _mark(engine: Engine, digest_id: int, mail: Mail, *, tries: int = 0) -> None:
    with transaction(engine) as db:
        row = db.get_one(Digest, digest_id)
        row.mail, row.tries = mail, row.tries + tries
        row.sent_at = clock.now() if mail is Mail.SENT else None
