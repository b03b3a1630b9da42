"""The daily mail about deadlines: how many are near and late, and where the list is."""

import logging
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlsplit

from sqlalchemy import Engine

from config.settings import Settings
from panel import clock
from panel.accounts.models import User
from panel.db import open_session, transaction
from panel.notifications.deliver import Refused, TryAgain, send, template
from panel.notifications.models import Digest, Mail

log = logging.getLogger(__name__)


def deliver_digest(engine: Engine, settings: Settings, digest_id: int) -> None:
    """Send one digest, once, and mark it. Raises `TryAgain` for a later try; policy *resend* as for tasks."""
    with open_session(engine, writing=False) as db:
        row = db.get(Digest, digest_id)
        person = None if row is None else db.get(User, row.user_id)
    if row is None or person is None or row.mail is not Mail.QUEUED:
        return
    if not settings.smtp_host or person.disabled_at is not None:
        _mark(engine, digest_id, Mail.NOT_NEEDED)
        return
    try:
        send(settings, compose_digest(settings, row, person.email), person.email)
    except Refused:
        _mark(engine, digest_id, Mail.FAILED, tries=1)
    except TryAgain as trouble:
        _mark(engine, digest_id, Mail.QUEUED, tries=1)
        log.warning("digest %d waits: %s", digest_id, trouble)
        raise
    else:
        _mark(engine, digest_id, Mail.SENT, tries=1)


def give_up_digest(engine: Engine, digest_id: int) -> None:
    """Mark a digest as failed after its last try, unless it went out after all."""
    with transaction(engine) as db:
        row = db.get(Digest, digest_id)
        if row is not None and row.mail is Mail.QUEUED:
            row.mail = Mail.FAILED
    log.error("digest %d was given up", digest_id)


def compose_digest(settings: Settings, row: Digest, address: str) -> EmailMessage:
    """The mail: counts and a link; its Message-ID is the same at every try."""
    host = urlsplit(settings.base_url).hostname or "localhost"
    said = in_words(row.near, row.late, row.papers)
    mail = EmailMessage()
    mail["Subject"] = f"Your {'deadlines' if row.near or row.late else 'list'}: {said}"
    mail["From"] = settings.smtp_from
    mail["To"] = address
    mail["Date"] = format_datetime(row.queued_at)
    mail["Message-ID"] = f"<deadlines-{row.day}-{row.user_id}@{host}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(template("digest.txt").render(said=said, link=f"{settings.base_url}/tasks"))
    return mail


def in_words(near: int, late: int, papers: int = 0) -> str:
    """'3 deadlines near, 1 late; 2 cases to read for the panel'."""
    read = [f"{papers} case{'' if papers == 1 else 's'} to read for the panel"] if papers else []
    return "; ".join([*_deadlines(near, late), *read])


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
