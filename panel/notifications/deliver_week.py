"""The mail of a Monday for managers: how the area stands, in counts with a link to each list."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlsplit

from sqlalchemy import Engine

from config.settings import Settings
from panel import clock
from panel.accounts.models import User
from panel.db import open_session, transaction
from panel.notifications.channels import TryAgain
from panel.notifications.deliver import template
from panel.notifications.dispatch_models import Delivery, Sends, Stage, Trouble
from panel.notifications.dispatching import Parcel, carry, drop_waiting
from panel.notifications.models import Mail, WeekMail
from workflows.calendar import long_date

DELIVER_WEEK = "deliver_week"
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


def deliver_week(engine: Engine, settings: Settings, row_id: int) -> None:
    """Send the mail of one Monday, once, and mark it. Raises `TryAgain` for a later try; policy *resend*."""
    with open_session(engine, writing=False) as db:
        row = db.get(WeekMail, row_id)
        person = None if row is None else db.get(User, row.user_id)
    if row is None or person is None or row.mail is not Mail.QUEUED:
        return
    if not settings.sends_mail or person.disabled_at is not None:
        _mark(engine, row_id, Mail.NOT_NEEDED)
        return
    parcel = Parcel(
        sends=Sends.WEEK,
        row_id=row.id,
        mail=compose_week(settings, row, person.email),
        address=person.email,
        delivery=Delivery.RESEND,
        queued_at=row.queued_at,
        user_id=person.id,
    )
    try:
        outcome = carry(engine, settings, parcel)
    except TryAgain as trouble:
        _mark(engine, row_id, Mail.QUEUED, tries=1)
        log.warning("mail of the week %d waits: %s", row_id, trouble)
        raise
    _mark(engine, row_id, outcome.mail, tries=1)


def give_up_week(engine: Engine, row_id: int) -> None:
    """Mark a mail of a week as failed after its last try, unless it went out after all."""
    with transaction(engine) as db:
        row = db.get(WeekMail, row_id)
        if row is not None and row.mail is Mail.QUEUED:
            drop_waiting(db, Sends.WEEK, row_id, stage=Stage.FAILED, trouble=Trouble.AWAY)
            row.mail = Mail.FAILED
    log.error("mail of the week %d was given up", row_id)


def compose_week(settings: Settings, row: WeekMail, address: str) -> EmailMessage:
    """The mail: counts and links; its Message-ID is the same at every try."""
    host = urlsplit(settings.base_url).hostname or "localhost"
    mail = EmailMessage()
    mail["Subject"] = f"Your team this week, {long_date(row.monday)}"
    mail["From"] = settings.smtp_from
    mail["To"] = address
    mail["Date"] = format_datetime(row.queued_at)
    mail["Message-ID"] = f"<week-{row.monday}-{row.user_id}@{host}>"
    mail["Auto-Submitted"] = "auto-generated"
    said = [(f.words, count, settings.base_url + f.path) for f, count in lines(row.counts)]
    mail.set_content(template("week.txt").render(lines=said, link=f"{settings.base_url}/week"))
    return mail


def _mark(engine: Engine, row_id: int, mail: Mail, *, tries: int = 0) -> None:
    with transaction(engine) as db:
        row = db.get_one(WeekMail, row_id)
        row.mail, row.tries = mail, row.tries + tries
        row.sent_at = clock.now() if mail is Mail.SENT else None
