"""Reading contacts; the caller has looked the case up for its reader, or asks for their own."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from config.contacts import FAULT_WORDS, reason
from panel.access import Actor
from panel.accounts.models import User
from panel.children.models import Child
from panel.contacts.models import Attendance, Availability, BusyTimeRow, Contact
from panel.counting import Number, many
from panel.errors import Missing
from panel.referrals.models import Referral
from panel.referrals.queries import scope
from workflows.calendar import LONDON, Deadline, clock_time, day_date, deadline, today_in_london
from workflows.case import Status
from workflows.contact import BusyTime, Slot
from workflows.vocabulary import words

PAGE = 100


@dataclass(frozen=True)
class Line:
    """One contact as a page shows it."""

    contact: Contact
    worker: str
    reference: str = ""
    child: str = ""

    @property
    def when(self) -> str:
        """'Tuesday 24 November 2026 at 16:00'."""
        return when_words(self.contact.starts_at)

    @property
    def why(self) -> str:
        """The coded reason with whose fault it is."""
        if not self.contact.reason_code:
            return ""
        code = reason(self.contact.reason_code)
        return f"{code.says} (fault: {FAULT_WORDS[code.fault]})"


def when_words(starts_at: datetime) -> str:
    """'Tuesday 24 November 2026 at 16:00', in London."""
    return f"{day_date(today_in_london(starts_at))} at {clock_time(starts_at):%H:%M}"


def instant(on: date, starts: time) -> datetime:
    """A day and a time on the wall in London as an instant."""
    return datetime.combine(on, starts, LONDON).astimezone(UTC)


def contacts_of(db: Session, referral_id: int, state: Attendance | None = None) -> list[Line]:
    """The contacts of a case, the latest first; of one kind of end when it is named."""
    where = [Contact.referral_id == referral_id] + ([Contact.state == state] if state else [])
    query = select(Contact, User.name).join(User, col(User.id) == Contact.worker_id).where(*where)
    query = query.order_by(col(Contact.starts_at).desc(), col(Contact.id).desc()).limit(500)
    return [Line(contact, name) for contact, name in db.exec(query)]


def counts_of(db: Session, referral_id: int) -> Counter[Attendance]:
    """How many contacts of a case came to which end."""
    query = select(Contact.state, func.count()).where(Contact.referral_id == referral_id)
    found: Counter[Attendance] = Counter()
    for state, count in db.exec(query.group_by(col(Contact.state))):
        found[Attendance(state)] = count
    return found


def contact_of(db: Session, referral_id: int, contact_id: int) -> Contact:
    """One contact of a case. Raises `Missing`."""
    query = select(Contact).where(Contact.referral_id == referral_id, Contact.id == contact_id)
    found = db.exec(query).first()
    if found is None:
        raise Missing()
    return found


def ahead(db: Session, referral_id: int, now: datetime) -> list[Line]:
    """The appointments that are still to come, the next one first."""
    query = (
        select(Contact, User.name)
        .join(User, col(User.id) == Contact.worker_id)
        .where(
            Contact.referral_id == referral_id,
            Contact.state == Attendance.OFFERED,
            col(Contact.starts_at) > now,
        )
        .order_by(col(Contact.starts_at), col(Contact.id))
        .limit(PAGE)
    )
    return [Line(contact, name) for contact, name in db.exec(query)]


def first_attended(db: Session, referral_id: int) -> date | None:
    """The day of the first contact that took place."""
    query = select(Contact.starts_at).where(
        Contact.referral_id == referral_id, Contact.state == Attendance.ATTENDED
    )
    found = db.exec(query.order_by(col(Contact.starts_at)).limit(1)).first()
    return None if found is None else today_in_london(found)


def first_contact_waits(db: Session, referral: Referral) -> list[Deadline]:
    """The deadline of the first contact, while steps of the plan are open and none took place (section 8)."""
    if referral.given_on is None or referral.status is not Status.NOTIFIED or referral.plan_due_on is None:
        return []
    if first_attended(db, referral.id) is not None:
        return []
    return [first_contact(referral.given_on)]


def first_contact(given_on: date) -> Deadline:
    """By when the first contact takes place."""
    return deadline("first_contact_due", given_on, "First contact")


def counted_minutes(db: Session, referral_id: int, step_place: int) -> int:
    """How many minutes were counted for one step of the plan."""
    query = select(func.coalesce(func.sum(Contact.counted_minutes), 0))
    query = query.where(Contact.referral_id == referral_id, Contact.step_place == step_place)
    return int(db.exec(query).one())


def taken(db: Session, worker_id: int, slots: Sequence[Slot], but: int = 0) -> tuple[Slot, ...]:
    """The other appointments that a worker has around these times, in one query."""
    if not slots:
        return ()
    day = timedelta(days=1)
    first, last = min(s.starts_at for s in slots), max(s.ends_at for s in slots)
    query = select(Contact.starts_at, Contact.minutes).where(
        Contact.worker_id == worker_id,
        Contact.state == Attendance.OFFERED,
        Contact.id != but,
        col(Contact.starts_at) >= first - day,
        col(Contact.starts_at) <= last,
    )
    return tuple(Slot(starts_at=starts, minutes=minutes) for starts, minutes in db.exec(query))


def availability_of(db: Session, referral_id: int) -> Availability | None:
    """What the family said about times, once somebody asked."""
    return db.exec(select(Availability).where(Availability.referral_id == referral_id)).first()


def busy_of(db: Session, referral_id: int) -> list[BusyTimeRow]:
    """The times that do not fit, from Monday on."""
    query = select(BusyTimeRow).where(BusyTimeRow.referral_id == referral_id)
    return list(db.exec(query.order_by(col(BusyTimeRow.weekday), col(BusyTimeRow.starts))))


def busy_times(db: Session, referral_id: int) -> tuple[BusyTime, ...]:
    """The same as the rules see them."""
    return tuple(BusyTime(r.kind, r.weekday, r.starts, r.ends) for r in busy_of(db, referral_id))


def _mine(actor: Actor) -> list[ColumnElement[bool]]:
    worker = col(Contact.worker_id) == actor.id
    return [worker, scope(actor)]


def _between(today: date, days: int) -> list[ColumnElement[bool]]:
    starts, ends = instant(today, time(0)), instant(today + timedelta(days=days), time(0))
    return [col(Contact.starts_at) >= starts, col(Contact.starts_at) < ends]


def my_contacts(db: Session, actor: Actor, *, today: date, days: int) -> list[Line]:
    """The contacts that a worker has from today on for some days, the next one first."""
    query = (
        select(Contact, Referral.reference, Child.given_name, Child.surname)
        .join(Referral, col(Referral.id) == Contact.referral_id)
        .join(Child, col(Child.id) == Referral.child_id)
        .where(*_mine(actor), *_between(today, days), Contact.state != Attendance.CANCELLED)
        .order_by(col(Contact.starts_at), col(Contact.id))
        .limit(PAGE)
    )
    return [
        Line(contact, actor.name, reference, f"{given} {surname}")
        for contact, reference, given, surname in db.exec(query)
    ]


def to_note(db: Session, actor: Actor, *, now: datetime) -> list[Line]:
    """The contacts of a worker that are over and of which nobody has written down what became of them."""
    query = (
        select(Contact, Referral.reference, Child.given_name, Child.surname)
        .join(Referral, col(Referral.id) == Contact.referral_id)
        .join(Child, col(Child.id) == Referral.child_id)
        .where(*_mine(actor), Contact.state == Attendance.OFFERED, col(Contact.starts_at) <= now)
        .order_by(col(Contact.starts_at), col(Contact.id))
        .limit(PAGE)
    )
    return [
        Line(contact, actor.name, reference, f"{given} {surname}")
        for contact, reference, given, surname in db.exec(query)
    ]


def todays_counted(actor: Actor, *, today: date) -> Number:
    """How many contacts a worker has today, to be asked with others."""
    query = select(Contact.id).join(Referral, col(Referral.id) == Contact.referral_id)
    return many(query.where(*_mine(actor), *_between(today, 1), Contact.state != Attendance.CANCELLED))


def state_words(state: Attendance) -> str:
    """What became of it, in words."""
    return words(state)
