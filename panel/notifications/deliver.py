"""The nudge by mail: one mail a person, that says there is a task and where, and nothing else."""

import logging
from contextlib import suppress
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from sqlalchemy import Engine
from sqlmodel import Session

from config.settings import Settings
from panel import clock
from panel.db import open_session, transaction
from panel.notifications.models import Mail, MailCopy, Notification
from panel.notifications.queries import Recipient, copies, recipients, reference_of
from panel.notifications.words import sentence

if TYPE_CHECKING:
    import smtplib

    from jinja2 import Template

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "mail"
TIMEOUT_SECONDS = 20

log = logging.getLogger(__name__)


class TryAgain(Exception):
    """The mail server could not take the mail now; says why without anybody's address."""


class Refused(Exception):
    """The mail server refused one person's copy for good."""

    def __init__(self, code: int) -> None:
        super().__init__(f"refused with {code}")
        self.code = code


def deliver(engine: Engine, settings: Settings, notification_id: int) -> None:
    """Send what is still unsent of one notification's mail, and mark it. Raises `TryAgain` for a later try.

    Policy *resend*: a crash between the server's 250 and our commit sends that one copy twice, with
    the same Message-ID; the task itself exists exactly once. A copy that was refused for good (5xx)
    is not tried again and marks the mail as failed. No mail goes out for a task that is done.
    """
    with open_session(engine, writing=False) as db:
        row = db.get(Notification, notification_id)
        if row is None or row.mail is not Mail.QUEUED:
            return
        waiting = _waiting(db, row) if settings.smtp_host and row.done_at is None else None
        reference = reference_of(db, row)
    if waiting is None:
        _mark(engine, notification_id, Mail.NOT_NEEDED)
        return
    later = _send_all(engine, settings, row, reference, waiting)
    with transaction(engine) as db:
        db.get_one(Notification, notification_id).tries += 1
    if later is not None:
        log.warning("mail of notification %d waits: %s", notification_id, later)
        raise TryAgain(later)
    _settle(engine, notification_id)


def give_up(engine: Engine, notification_id: int) -> None:
    """Mark a mail as failed after its last try, unless it went out after all."""
    with transaction(engine) as db:
        row = db.get(Notification, notification_id)
        if row is not None and row.mail is Mail.QUEUED:
            row.mail = Mail.FAILED
    log.error("mail of notification %d was given up", notification_id)


def _waiting(db: Session, row: Notification) -> list[Recipient]:
    had = {copy.user_id for copy in copies(db, row.id)}
    return [person for person in recipients(db, row, clock.now()) if person.user_id not in had]


def _send_all(
    engine: Engine, settings: Settings, row: Notification, reference: str, people: list[Recipient]
) -> str | None:
    """Why some copy has to wait for a later try, or None; one person's trouble does not stop the others."""
    later = None
    for person in people:
        mail = compose(settings, row, reference, person)
        code = None
        try:
            send(settings, mail, person.email)
        except Refused as refusal:
            code = refusal.code
        except TryAgain as trouble:
            later = str(trouble)
            continue
        _keep(engine, row.id, person, mail["Message-ID"], code)
    return later


def compose(settings: Settings, row: Notification, reference: str, person: Recipient) -> EmailMessage:
    """The mail to one person: a sentence, the reference, a link; its Message-ID is the same at every try."""
    host = urlsplit(settings.base_url).hostname or "localhost"
    link = settings.base_url + (row.path or f"/cases/{quote(reference)}")
    mail = EmailMessage()
    mail["Subject"] = f"A task is waiting: {reference}"
    mail["From"] = settings.smtp_from
    mail["To"] = person.email
    mail["Date"] = format_datetime(row.queued_at)
    mail["Message-ID"] = f"<notification-{row.id}-{person.user_id}@{host}>"
    mail["Auto-Submitted"] = "auto-generated"
    said = sentence(row.why)
    mail.set_content(template("task.txt").render(sentence=said, reference=reference, link=link))
    return mail


@cache
def template(name: str) -> "Template":
    """A text for mails."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    words = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=select_autoescape()
    )
    return words.get_template(name)


def send(settings: Settings, mail: EmailMessage, address: str) -> None:
    """Hand one mail to the server. Raises `Refused` or `TryAgain`."""
    import smtplib

    try:
        smtp = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT_SECONDS)
        try:
            _greet(smtp, settings)
            smtp.send_message(mail, settings.smtp_from, [address])
        finally:
            # The mail is taken or not by now: a connection that ends badly does not change that.
            with suppress(OSError):
                smtp.quit()
    except smtplib.SMTPRecipientsRefused as error:
        _refuse(error.recipients[address][0])
    except smtplib.SMTPDataError as error:
        _refuse(error.smtp_code)
    except smtplib.SMTPResponseException as error:
        # A server that does not let us in is for its operator to mend: the mail waits.
        raise TryAgain(f"the mail server said {error.smtp_code}") from None
    except OSError as error:
        raise TryAgain(f"the mail server could not be used ({type(error).__name__})") from None


def _greet(smtp: "smtplib.SMTP", settings: Settings) -> None:
    import ssl

    if settings.smtp_starttls:
        smtp.starttls(context=ssl.create_default_context())
    if settings.smtp_user:
        smtp.login(settings.smtp_user, settings.smtp_password)


def _refuse(code: int) -> None:
    if code >= 500:
        raise Refused(code) from None
    raise TryAgain(f"the mail server said {code}") from None


def _keep(engine: Engine, notification_id: int, person: Recipient, message_id: str, code: int | None) -> None:
    at = clock.now()
    with transaction(engine) as db:
        copy = MailCopy(
            notification_id=notification_id,
            user_id=person.user_id,
            message_id=message_id,
            sent_at=at if code is None else None,
            refused_at=None if code is None else at,
            reply_code=code,
        )
        db.add(copy)


def _settle(engine: Engine, notification_id: int) -> None:
    # Somebody who was refused, or nobody to write to at all, is for an administrator to see.
    with transaction(engine) as db:
        row, went = db.get_one(Notification, notification_id), copies(db, notification_id)
        reached = bool(went) and all(copy.sent_at for copy in went)
        row.mail = Mail.SENT if reached else Mail.FAILED
        row.sent_at = max((copy.sent_at for copy in went if copy.sent_at), default=None)


def _mark(engine: Engine, notification_id: int, mail: Mail) -> None:
    with transaction(engine) as db:
        db.get_one(Notification, notification_id).mail = mail
