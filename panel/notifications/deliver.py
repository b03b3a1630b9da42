"""The nudge by mail: one mail a person, that says there is a task and where, and nothing else."""

import logging
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
from panel.notifications.channels import TryAgain, channel_of
from panel.notifications.dispatch_models import SETTLED, Dispatch, Sends, Stage, Trouble
from panel.notifications.dispatching import Parcel, carry, drop_waiting, of_row
from panel.notifications.kinds import KINDS
from panel.notifications.models import Mail, Notification, Party
from panel.notifications.queries import Recipient, phone_of, recipients, reference_of
from panel.notifications.words import sentence

if TYPE_CHECKING:
    from jinja2 import Template

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "mail"

log = logging.getLogger(__name__)


def deliver(engine: Engine, settings: Settings, notification_id: int) -> None:
    """Send what is still unsent of one notification's mail, and mark it. Raises `TryAgain` for a later try.

    Whether a mail of which nobody knows if it arrived is sent again is said by its kind (`kinds.py`).
    A copy that was refused for good (5xx) is not tried again and marks the mail as failed. No mail goes
    out for a task that is done.
    """
    with open_session(engine, writing=False) as db:
        row = db.get(Notification, notification_id)
        if row is None or row.mail is not Mail.QUEUED:
            return
        waiting = _waiting(db, row) if settings.sends_mail and row.done_at is None else None
        parcels = [_parcel(db, settings, row, person) for person in waiting or ()]
    if waiting is None:
        _drop(engine, notification_id)
        return
    later = _send_all(engine, settings, parcels)
    with transaction(engine) as db:
        db.get_one(Notification, notification_id).tries += 1
    if later is not None:
        log.warning("mail of notification %d waits: %s", notification_id, later)
        raise TryAgain(later)
    with transaction(engine) as db:
        drop_waiting(db, Sends.TASK, notification_id, stage=Stage.FAILED, trouble=Trouble.NOBODY)
        _settle(db, settings, db.get_one(Notification, notification_id))


def give_up(engine: Engine, notification_id: int) -> None:
    """Mark a mail as failed after its last try, unless it went out after all."""
    with transaction(engine) as db:
        row = db.get(Notification, notification_id)
        if row is not None and row.mail is Mail.QUEUED:
            drop_waiting(db, Sends.TASK, row.id, stage=Stage.FAILED, trouble=Trouble.AWAY)
            mark(db, row)
    log.error("mail of notification %d was given up", notification_id)


def _waiting(db: Session, row: Notification) -> list[Recipient] | None:
    """Whom a mail still has to reach; None when nobody wants one now."""
    people = recipients(db, row, clock.now())
    if not KINDS[row.why].urgent:
        wanting = [person for person in people if not person.daily]
        if people and not wanting:
            return None
        people = wanting
    had = {copy.user_id for copy in of_row(db, Sends.TASK, row.id) if copy.stage in SETTLED}
    return [person for person in people if person.user_id not in had]


def _parcel(db: Session, settings: Settings, row: Notification, person: Recipient) -> Parcel:
    reference = reference_of(db, row)
    phone = phone_of(db, row.area_id) if row.party is Party.SOCIAL_CARE else ""
    return Parcel(
        sends=Sends.TASK,
        row_id=row.id,
        mail=compose(settings, row, reference, person, phone=phone),
        address=person.email,
        delivery=KINDS[row.why].delivery,
        queued_at=row.queued_at,
        reference=reference,
        area_id=row.area_id,
        user_id=person.user_id,
    )


def _send_all(engine: Engine, settings: Settings, parcels: list[Parcel]) -> str | None:
    """Why some copy has to wait for a later try, or None; one person's trouble does not stop the others."""
    later = None
    for parcel in parcels:
        try:
            carry(engine, settings, parcel)
        except TryAgain as trouble:
            later = str(trouble)
    return later


def compose(
    settings: Settings, row: Notification, reference: str, person: Recipient, *, phone: str = ""
) -> EmailMessage:
    """The mail to one person: a sentence, the reference, a link; its Message-ID is the same at every try."""
    mail = EmailMessage()
    mail["Subject"] = f"{'A task is waiting' if row.party is None else 'Please note'}: {reference}"
    mail["From"] = settings.smtp_from
    mail["To"] = person.email
    mail["Date"] = format_datetime(row.queued_at)
    mail["Message-ID"] = message_id(settings, row, person)
    mail["Auto-Submitted"] = "auto-generated"
    said = {"sentence": sentence(row.why), "reference": reference}
    if row.party is Party.SOCIAL_CARE:
        mail.set_content(template("outside.txt").render(said | {"phone": phone}))
        return mail
    link = settings.base_url + (row.path or f"/cases/{quote(reference)}")
    mail.set_content(template("task.txt").render(said | {"link": link}))
    return mail


def message_id(settings: Settings, row: Notification, person: Recipient | None) -> str:
    """The name of one copy, the same at every try."""
    host = urlsplit(settings.base_url).hostname or "localhost"
    whom = "nobody" if person is None else person.user_id or (row.party.value if row.party else "")
    return f"<notification-{row.id}-{whom}@{host}>"


@cache
def template(name: str) -> "Template":
    """A text for mails."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    words = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=select_autoescape()
    )
    return words.get_template(name)


def _settle(db: Session, settings: Settings, row: Notification) -> None:
    # Somebody who was refused, or nobody to write to at all, is for an administrator to see.
    if not of_row(db, Sends.TASK, row.id):
        db.add(
            Dispatch(
                message_id=message_id(settings, row, None),
                sends=Sends.TASK,
                row_id=row.id,
                area_id=row.area_id,
                reference=reference_of(db, row),
                channel=channel_of(settings),
                delivery=KINDS[row.why].delivery,
                stage=Stage.FAILED,
                trouble=Trouble.NOBODY,
                queued_at=row.queued_at,
                settled_at=clock.now(),
            )
        )
        db.flush()
    mark(db, row)


def mark(db: Session, row: Notification) -> None:
    """Keep on a notification what became of all its mails together."""
    went = of_row(db, Sends.TASK, row.id)
    row.mail = _together({copy.stage for copy in went})
    row.sent_at = max((copy.sent_at for copy in went if copy.sent_at), default=None)
    db.add(row)


def _together(stages: set[Stage]) -> Mail:
    if stages & {Stage.WAITING, Stage.HANDING}:
        return Mail.QUEUED
    if Stage.UNCERTAIN in stages:
        return Mail.UNCERTAIN
    if Stage.FAILED in stages or not stages - {Stage.DROPPED}:
        return Mail.FAILED
    return Mail.DELIVERED if stages <= {Stage.DELIVERED, Stage.DROPPED} else Mail.SENT


def _drop(engine: Engine, notification_id: int) -> None:
    with transaction(engine) as db:
        drop_waiting(db, Sends.TASK, notification_id, stage=Stage.DROPPED)
        db.get_one(Notification, notification_id).mail = Mail.NOT_NEEDED
