"""What the child and the family get: my plan, and the appointments as a sheet and as a calendar file."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from panel.accounts.models import Area
from panel.contacts.models import Attendance, Contact
from panel.contacts.queries import Line, ahead, contacts_of, when_words
from panel.documents.typst import DEMO_WORDS, pdf
from panel.notifications.queries import phone_of
from panel.plans.models import PlanStep, StepState
from panel.plans.queries import steps_of
from panel.referrals.models import Referral
from panel.referrals.queries import child_of, names_of
from panel.steps import pounds
from panel.victims.screening import places_that_tell
from workflows.calendar import long_date, today_in_london

MAKER = "-//Out-of-court disposal panel//Appointments//EN"
SUMMARY = "Appointment with the youth justice team"
ON_THE_SHEET = 14


@dataclass(frozen=True)
class MyStep:
    """One step in words for the child."""

    what: str
    who: str
    where: str
    when: str
    more: str
    by_when: str
    done: str


@dataclass(frozen=True)
class MyPlan:
    """Everything that the child's own page may say: nothing of welfare, nothing of the victim."""

    name: str
    reference: str
    steps: tuple[MyStep, ...]
    helper: str
    area: str
    appointments: tuple[tuple[str, str, str], ...]
    as_of: date
    phone: str = ""

    @property
    def next_one(self) -> tuple[str, str, str] | None:
        """When, where and with whom the next appointment is."""
        return self.appointments[0] if self.appointments else None

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(bool(step.done) for step in self.steps)


def my_plan_of(db: Session, referral: Referral, *, now: datetime) -> MyPlan:
    """The plan of a case in words for the child, as it stands now."""
    helper = names_of(db, [referral.case_manager_id])
    return MyPlan(
        name=child_of(db, referral).given_name,
        reference=referral.reference,
        steps=tuple(_step(s) for s in steps_of(db, referral.id) if s.state is not StepState.ENDED),
        helper=helper.get(referral.case_manager_id or 0, ""),
        area=_area(db, referral),
        appointments=tuple(_appointment(line) for line in ahead(db, referral.id, now)),
        as_of=today_in_london(now),
        phone=phone_of(db, referral.area_id),
    )


def tells(db: Session, referral: Referral, plan: MyPlan) -> list[str]:
    """Where the child's page would tell who or where the victim is; it is not shown then (E6)."""
    texts = [text for step in plan.steps for text in (step.what, step.who, step.where, step.when, step.more)]
    places = [text for _, where, who in plan.appointments for text in (where, who)]
    return places_that_tell(db, referral, {"a step": texts, "an appointment": places})


def my_plan_pdf(plan: MyPlan, *, demo: bool) -> bytes:
    """The child's page on one side of paper."""
    return pdf("my_plan.typ", _sheet(plan, demo) | {"steps": [vars(step) for step in plan.steps]})


def calendar_pdf(plan: MyPlan, *, demo: bool) -> bytes:
    """The appointments on one side of paper."""
    left = max(0, len(plan.appointments) - ON_THE_SHEET)
    return pdf("calendar.typ", _sheet(plan, demo) | {"left": left})


def _sheet(plan: MyPlan, demo: bool) -> dict[str, Any]:
    day = plan.as_of
    return {
        "name": plan.name,
        "reference": plan.reference,
        "helper": plan.helper,
        "area": plan.area,
        "phone": plan.phone,
        "appointments": [list(one) for one in plan.appointments[:ON_THE_SHEET]],
        "as_of": day,
        "day": [day.year, day.month, day.day],
        "demo_words": DEMO_WORDS if demo else "",
    }


def _step(step: PlanStep) -> MyStep:
    more = [step.how_often, f"{pounds(step.amount_pence)} to {step.payee}" if step.amount_pence else ""]
    if step.hours:
        more.append(f"{step.hours} hours in all")
    return MyStep(
        what=step.what,
        who=step.who,
        where=step.where_at,
        when=step.when_at,
        more=", ".join(text for text in more if text),
        by_when=long_date(step.due_on),
        done=long_date(step.done_on) if step.done_on else "",
    )


def _appointment(line: Line) -> tuple[str, str, str]:
    with_whom = line.worker + (f" and {line.contact.others}" if line.contact.others else "")
    return when_words(line.contact.starts_at), line.contact.where_at, with_whom


def _area(db: Session, referral: Referral) -> str:
    return db.exec(select(Area.name).where(Area.id == referral.area_id)).one()


def calendar_tells(db: Session, referral: Referral) -> list[str]:
    """Where the calendar file would tell who or where the victim is; it is not made then (E6)."""
    coming = [one for one in _for_telephones(db, referral) if one.state is Attendance.OFFERED]
    return places_that_tell(db, referral, {"an appointment": [one.where_at for one in coming]})


def _for_telephones(db: Session, referral: Referral) -> list[Contact]:
    return [line.contact for line in contacts_of(db, referral.id) if _in_calendar(line.contact)]


def calendar_file(db: Session, referral: Referral, *, host: str, now: datetime) -> bytes:
    """The appointments for a telephone (RFC 5545): when and where, and nothing of the case."""
    from icalendar import Calendar

    shown = _for_telephones(db, referral)
    found = Calendar()
    found.add("prodid", MAKER)
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    for contact in sorted(shown, key=lambda one: (one.starts_at, one.id)):
        found.add_component(_event(contact, host, now))
    made: bytes = found.to_ical()
    return made


def _in_calendar(contact: Contact) -> bool:
    """What the family has to come to, and what was called off after they may have taken it over."""
    return contact.state in (Attendance.OFFERED, Attendance.CANCELLED)


def _event(contact: Contact, host: str, now: datetime) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{uid_of(contact)}@{host}")
    event.add("sequence", contact.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", contact.starts_at.astimezone(UTC))
    event.add("dtend", ends_of(contact).astimezone(UTC))
    event.add("summary", SUMMARY)
    off = contact.state is Attendance.CANCELLED
    if not off:  # nobody has to go there any more, and it may have been called off because of the place
        event.add("location", contact.where_at)
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    return event


def uid_of(contact: Contact) -> str:
    """A name for the appointment that stays, and says nothing of the case."""
    return hashlib.sha256(f"contact:{contact.referral_id}:{contact.id}".encode()).hexdigest()[:24]


def ends_of(contact: Contact) -> datetime:
    """When it is over."""
    return contact.starts_at + timedelta(minutes=contact.minutes)
