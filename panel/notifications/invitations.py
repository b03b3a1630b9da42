"""Mail about a meeting or an appointment: when, where and a file for the calendar; nobody's data."""

import logging
from datetime import date, datetime, time
from email.message import EmailMessage
from email.utils import format_datetime
from enum import StrEnum
from urllib.parse import quote, urlsplit

from sqlalchemy import Engine
from sqlmodel import Field, Index, Session, col, func, select

from config.settings import Settings
from panel import clock
from panel.accounts.models import User
from panel.columns import line, link, moment, word
from panel.db import open_session, transaction
from panel.jobs import enqueue
from panel.notifications.actions import WITHOUT_MAIL
from panel.notifications.calendar_file import Entry, calendar_file
from panel.notifications.channels import TryAgain
from panel.notifications.deliver import template
from panel.notifications.dispatch_models import Delivery, Sends, Stage, Trouble
from panel.notifications.dispatching import Parcel, carry, drop_waiting
from panel.notifications.models import Mail
from panel.tables import Row
from workflows.calendar import day_date

DELIVER_INVITATION = "deliver_invitation"
SUBJECT = "Panel meeting"
ONLINE = "Online, the link is on the page of the meeting"
APPOINTMENT = "Appointment"
ON_THE_PAGE = "The place is on the page of the appointment"
log = logging.getLogger(__name__)


class Kind(StrEnum):
    """What the mail is for; the last one carries no file, because nothing changes in a calendar."""

    INVITED = "invited"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    CANNOT_COME = "cannot_come"
    APPOINTED = "appointed"
    APPOINTED_CHANGED = "appointed_changed"
    APPOINTED_CANCELLED = "appointed_cancelled"


# Of an appointment at which a disposal is given; its reference is that of the case.
OF_APPOINTMENTS = (Kind.APPOINTED, Kind.APPOINTED_CHANGED, Kind.APPOINTED_CANCELLED)
ENDS = (Kind.CANCELLED, Kind.APPOINTED_CANCELLED)

SAYS = {
    Kind.INVITED: "You are invited to a meeting of the panel.",
    Kind.CHANGED: "A meeting of the panel to which you are invited has changed.",
    Kind.CANCELLED: "A meeting of the panel does not take place, or you are not needed at it any more.",
    Kind.CANNOT_COME: "Somebody who was invited to this meeting of the panel cannot come.",
    Kind.APPOINTED: "You are to be there when a disposal is given.",
    Kind.APPOINTED_CHANGED: "An appointment at which you are to be there has changed.",
    Kind.APPOINTED_CANCELLED: "An appointment does not take place, or you are not needed at it any more.",
}


class Invitation(Row, table=True):
    """One mail about one meeting to one person, as it stood when it was queued; exactly one per key."""

    __tablename__ = "invitation"
    __table_args__ = (Index("ix_invitation_of_meeting", "reference", "to_key", "sequence"),)
    key: str = line(120, unique=True)
    kind: Kind = word(Kind)
    reference: str = line(12)
    to_key: str = line(20)
    user_id: int | None = link("user_account.id", null=True)
    address: str = line(200)
    sequence: int
    held_on: date
    starts_at: time
    minutes: int
    location: str = line(200)
    queued_at: datetime = moment()
    mail: Mail = word(Mail, default=Mail.QUEUED)
    sent_at: datetime | None = moment(null=True)
    tries: int = 0
    reply_code: int | None = Field(default=None)


def invite(db: Session, invitation: Invitation, *, mark: str = "") -> None:
    """Queue one mail in the caller's transaction; a key that was used before queues nothing.

    `mark` tells two mails of one kind apart that belong to the same state of the meeting. The key is
    kept with the job: it is made of the meeting, the change and a number, and holds no address.
    """
    parts = (invitation.reference, str(invitation.sequence), invitation.kind.value, invitation.to_key, mark)
    invitation.key = "-".join(part for part in parts if part)
    if db.exec(select(Invitation.id).where(Invitation.key == invitation.key)).first() is not None:
        return
    if db.info.get(WITHOUT_MAIL):
        invitation.mail = Mail.NOT_NEEDED
    db.add(invitation)
    db.flush()
    if invitation.mail is Mail.QUEUED:
        enqueue(db, DELIVER_INVITATION, f"invitation:{invitation.key}", invitation.id)


def deliver_invitation(engine: Engine, settings: Settings, invitation_id: int) -> None:
    """Send one mail and mark it. Raises `TryAgain` for a later try; policy *resend* as for tasks.

    Nothing is sent to a closed account, nor what a later change has overtaken.
    """
    with open_session(engine, writing=False) as db:
        row = db.get(Invitation, invitation_id)
        if row is None or row.mail is not Mail.QUEUED:
            return
        address = None if _overtaken(db, row) else _address(db, row)
    if not settings.sends_mail or address is None:
        _mark(engine, invitation_id, Mail.NOT_NEEDED)
        return
    parcel = Parcel(
        sends=Sends.INVITATION,
        row_id=row.id,
        mail=compose_invitation(settings, row, address),
        address=address,
        delivery=Delivery.RESEND,
        queued_at=row.queued_at,
        reference=row.reference,
        user_id=row.user_id,
    )
    try:
        outcome = carry(engine, settings, parcel)
    except TryAgain as trouble:
        _mark(engine, invitation_id, Mail.QUEUED, tries=1)
        log.warning("invitation %d waits: %s", invitation_id, trouble)
        raise
    _mark(engine, invitation_id, outcome.mail, tries=1, code=outcome.code)


def give_up_invitation(engine: Engine, invitation_id: int) -> None:
    """Mark a mail as failed after its last try, unless it went out after all."""
    with transaction(engine) as db:
        row = db.get(Invitation, invitation_id)
        if row is not None and row.mail is Mail.QUEUED:
            drop_waiting(db, Sends.INVITATION, row.id, stage=Stage.FAILED, trouble=Trouble.AWAY)
            row.mail = Mail.FAILED
    log.error("invitation %d was given up", invitation_id)


def _overtaken(db: Session, row: Invitation) -> bool:
    same = (Invitation.reference == row.reference, Invitation.to_key == row.to_key)
    newest = db.exec(select(func.max(Invitation.sequence)).where(*same)).one()
    return row.kind is not Kind.CANNOT_COME and int(newest or 0) > row.sequence


def _address(db: Session, row: Invitation) -> str | None:
    if row.user_id is None:
        return row.address or None
    return db.exec(select(User.email).where(User.id == row.user_id, col(User.disabled_at).is_(None))).first()


def compose_invitation(settings: Settings, row: Invitation, address: str) -> EmailMessage:
    """The mail with its file; its Message-ID is the same at every try."""
    host = urlsplit(settings.base_url).hostname or "localhost"
    link = _link(settings, row)
    mail = EmailMessage()
    mail["Subject"] = _subject(row)
    mail["From"] = settings.smtp_from
    mail["To"] = address
    mail["Date"] = format_datetime(row.queued_at)
    mail["Message-ID"] = f"<invitation-{row.id}@{host}>"
    mail["Auto-Submitted"] = "auto-generated"
    when = f"{day_date(row.held_on)} at {row.starts_at:%H:%M}"
    said = {"says": SAYS[row.kind], "when": when, "place": _place(row), "link": link}
    words = "appointment.txt" if row.kind in OF_APPOINTMENTS else "meeting.txt"
    mail.set_content(template(words).render(**said))
    if row.kind is not Kind.CANNOT_COME:
        _attach(mail, _entry(settings, row, address, link, host))
    return mail


def _link(settings: Settings, row: Invitation) -> str:
    if row.kind in OF_APPOINTMENTS:
        return f"{settings.base_url}/cases/{quote(row.reference)}/appointment"
    return f"{settings.base_url}/meetings/{quote(row.reference)}" if row.user_id else ""


def _subject(row: Invitation) -> str:
    return f"{APPOINTMENT} {row.reference}" if row.kind in OF_APPOINTMENTS else SUBJECT


def _place(row: Invitation) -> str:
    """Where it is; an appointment may be in a family's home, which no mail names."""
    return ON_THE_PAGE if row.kind in OF_APPOINTMENTS else row.location or ONLINE


def _entry(settings: Settings, row: Invitation, address: str, link: str, host: str) -> Entry:
    return Entry(
        uid=f"{row.reference}@{host}",
        sequence=row.sequence,
        cancelled=row.kind in ENDS,
        summary=_subject(row),
        held_on=row.held_on,
        starts_at=row.starts_at,
        minutes=row.minutes,
        place=_place(row),
        link=link,
        organizer=settings.smtp_from,
        attendee=address,
        stamped_at=row.queued_at,
    )


def _attach(mail: EmailMessage, entry: Entry) -> None:
    mail.add_attachment(
        calendar_file(entry).decode(),
        subtype="calendar",
        filename="meeting.ics",
        params={"method": entry.method},
    )


def _mark(engine: Engine, invitation_id: int, mail: Mail, *, tries: int = 0, code: int | None = None) -> None:
    with transaction(engine) as db:
        row = db.get_one(Invitation, invitation_id)
        row.mail, row.tries, row.reply_code = mail, row.tries + tries, code
        row.sent_at = clock.now() if mail is Mail.SENT else None
