"""Mail to an agency outside the service: which case, when it was asked, by when to answer, nothing else."""

import logging
from datetime import date, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy import Engine
from sqlmodel import Field, Session, select

from config.settings import Settings
from panel.columns import line, moment, word
from panel.db import open_session, transaction
from panel.jobs import enqueue
from panel.notifications.actions import WITHOUT_MAIL
from panel.notifications.channels import TryAgain
from panel.notifications.deliver import TEMPLATES
from panel.notifications.dispatch_models import Delivery, Sends, Stage, Trouble
from panel.notifications.dispatching import Parcel, carry, drop_waiting
from panel.notifications.models import Mail
from panel.tables import Row
from workflows.calendar import long_date

if TYPE_CHECKING:
    from jinja2 import Template

DELIVER_LETTER = "deliver_letter"
log = logging.getLogger(__name__)


class Letter(Row, table=True):
    """One reminder to one agency; exactly one per key, with the same Message-ID at every try."""

    __tablename__ = "letter"
    key: str = line(120, unique=True)
    address: str = line(200)
    reference: str = line(12)
    asked_on: date
    answer_by: date
    queued_at: datetime = moment()
    mail: Mail = word(Mail, default=Mail.QUEUED)
    sent_at: datetime | None = moment(null=True)
    tries: int = 0
    reply_code: int | None = Field(default=None)


def post(db: Session, letter: Letter) -> Letter:
    """Queue a letter in the caller's transaction; a key that was used before returns the first one."""
    first = db.exec(select(Letter).where(Letter.key == letter.key)).first()
    if first is not None:
        return first
    if db.info.get(WITHOUT_MAIL):
        letter.mail = Mail.NOT_NEEDED
    db.add(letter)
    db.flush()
    if letter.mail is Mail.QUEUED:
        enqueue(db, DELIVER_LETTER, f"letter:{letter.key}", letter.id)
    return letter


def deliver_letter(engine: Engine, settings: Settings, letter_id: int) -> None:
    """Send one letter and mark it. Raises `TryAgain` for a later try; one that is refused has failed."""
    with open_session(engine, writing=False) as db:
        letter = db.get(Letter, letter_id)
    if letter is None or letter.mail is not Mail.QUEUED:
        return
    if not settings.sends_mail:
        _mark(engine, letter_id, Mail.NOT_NEEDED)
        return
    parcel = Parcel(
        sends=Sends.LETTER,
        row_id=letter.id,
        mail=compose_letter(settings, letter),
        address=letter.address,
        # Somebody outside is not asked twice because of a line that broke: a person decides.
        delivery=Delivery.HOLD,
        queued_at=letter.queued_at,
        reference=letter.reference,
    )
    try:
        outcome = carry(engine, settings, parcel)
    except TryAgain as trouble:
        _mark(engine, letter_id, Mail.QUEUED)
        log.warning("letter %d waits: %s", letter_id, trouble)
        raise
    _mark(engine, letter_id, outcome.mail, code=outcome.code)


def give_up_letter(engine: Engine, letter_id: int) -> None:
    """Mark a letter as failed after its last try, unless it went out after all."""
    with transaction(engine) as db:
        letter = db.get(Letter, letter_id)
        if letter is None or letter.mail is not Mail.QUEUED:
            return
        drop_waiting(db, Sends.LETTER, letter_id, stage=Stage.FAILED, trouble=Trouble.AWAY)
        letter.mail = Mail.FAILED
    log.error("letter %d was given up", letter_id)


def _mark(engine: Engine, letter_id: int, mail: Mail, *, code: int | None = None) -> None:
    from panel import clock

    with transaction(engine) as db:
        letter = db.get_one(Letter, letter_id)
        letter.mail, letter.reply_code = mail, code
        if mail is not Mail.NOT_NEEDED:
            letter.tries += 1
        if mail is Mail.SENT:
            letter.sent_at = clock.now()


def compose_letter(settings: Settings, letter: Letter) -> EmailMessage:
    """The mail: the case reference, the day of asking, the day by which to answer."""
    host = urlsplit(settings.base_url).hostname or "localhost"
    mail = EmailMessage()
    mail["Subject"] = f"Please answer our request: {letter.reference}"
    mail["From"] = settings.smtp_from
    mail["To"] = letter.address
    mail["Date"] = format_datetime(letter.queued_at)
    mail["Message-ID"] = f"<letter-{letter.id}@{host}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(
        _template().render(
            reference=letter.reference,
            asked_on=long_date(letter.asked_on),
            answer_by=long_date(letter.answer_by),
        )
    )
    return mail


@cache
def _template() -> "Template":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    words = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=select_autoescape()
    )
    return words.get_template("chaser.txt")
