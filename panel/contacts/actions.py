"""What is done with contacts: offered, moved, and what became of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import or_
from sqlmodel import Session, col, delete, select

from config.contacts import reasons
from config.policy import number
from panel.access import Actor
from panel.accounts.models import Membership, User
from panel.contacts import commands as c
from panel.contacts.models import Attendance, Availability, BusyTimeRow, Contact
from panel.contacts.queries import (
    availability_of,
    busy_times,
    contact_of,
    first_contact_waits,
    instant,
    taken,
    when_words,
)
from panel.errors import Missing
from panel.history.record import case_chain, record
from panel.plans.queries import plan_of, steps_of
from panel.referrals.models import Referral
from panel.referrals.moves import settle, tell
from panel.referrals.timing import WAITS
from panel.victims.screening import places_that_tell
from workflows.calendar import today_in_london
from workflows.contact import CONTACT, ContactFacts, ContactKind, Slot
from workflows.flow import NotYours, Step
from workflows.plan import Status as PlanStatus
from workflows.roles import Role

# Rooms above this one that have to act on a missed contact are heard here.
Listener = Callable[[Session, Referral, Contact, Actor, datetime], None]
LISTENERS: list[Listener] = []
MOVES = {
    Attendance.ATTENDED: "attend",
    Attendance.MISSED: "miss",
    Attendance.EXCUSED: "excuse",
    Attendance.CANCELLED: "cancel",
}
# Contacts that need nothing of the child's day.
WITHOUT_THE_CHILD = (ContactKind.CARER, ContactKind.AGENCY)


class TellsOfVictim(Exception):
    """What the family will read would tell who the victim is or where."""

    def __init__(self, places: list[str]) -> None:
        super().__init__("; ".join(places))
        self.places = places


@dataclass(frozen=True)
class Due:
    """Whom an appointment is with and how long the others around it are."""

    worker_id: int
    kind: ContactKind
    but: int = 0


def slots_of(command: c.Offer) -> tuple[Slot, ...]:
    """The times of one appointment or of a series, on the same clock time in London."""
    weeks = (command.every * turn for turn in range(command.times))
    return tuple(
        Slot(starts_at=instant(command.on + timedelta(weeks=n), command.starts), minutes=command.minutes)
        for n in weeks
    )


def fits_facts(
    db: Session, referral: Referral, slots: tuple[Slot, ...], due: Due, *, at: datetime
) -> ContactFacts:
    """How these times lie beside school, work, faith and the worker's other appointments."""
    said, plan, today = availability_of(db, referral.id), plan_of(db, referral.id), today_in_london(at)
    return ContactFacts(
        now=at,
        runs=plan is not None and plan.status is PlanStatus.UNDER_WAY,
        slots=slots,
        asked=said is not None,
        at_school=said is not None and said.at_school,
        school_starts=time(number("school_hours_start", today)),
        school_ends=time(number("school_hours_end", today)),
        busy=busy_times(db, referral.id),
        with_the_child=due.kind not in WITHOUT_THE_CHILD,
        taken=taken(db, due.worker_id, slots, due.but),
    )


def offer(
    db: Session,
    referral: Referral,
    command: c.Offer,
    *,
    by: Actor,
    at: datetime,
    overrides: Mapping[str, str] | None = None,
) -> list[Contact]:
    """Offer an appointment or a series. Raises `Refused`, `TellsOfVictim`, `Missing` for a stranger."""
    _screen(db, referral, [command.where_at, command.others])
    if command.worker_id not in dict(workers(db, referral.area_id, today=today_in_london(at))):
        raise Missing()
    if command.step_place and command.step_place not in {s.place for s in steps_of(db, referral.id)}:
        raise Missing()
    slots = slots_of(command)
    facts = fits_facts(db, referral, slots, Due(command.worker_id, command.kind), at=at)
    step = CONTACT.step("offer", CONTACT.start, facts, by.roles_in(referral.area_id), overrides)
    fields = {"kind", "step_place", "worker_id", "others", "fits", "minutes", "where_at"}
    made = [
        Contact(
            referral_id=referral.id,
            starts_at=slot.starts_at,
            offered_by_id=by.id,
            offered_at=at,
            **command.model_dump(include=fields),
        )
        for slot in slots
    ]
    db.add_all(made)
    db.flush()
    said = {"count": str(len(made)), "first": when_words(made[0].starts_at)}
    _write(db, referral, made[0], step, by=by, at=at, said=said)
    return made


def reschedule(
    db: Session,
    referral: Referral,
    contact_id: int,
    command: c.Reschedule,
    *,
    by: Actor,
    at: datetime,
    overrides: Mapping[str, str] | None = None,
) -> Contact:
    """Move an appointment; its `sequence` rises. Raises `Refused` or `TellsOfVictim`."""
    contact = contact_of(db, referral.id, contact_id)
    _screen(db, referral, [command.where_at])
    slot = Slot(starts_at=instant(command.on, command.starts), minutes=command.minutes)
    facts = fits_facts(db, referral, (slot,), Due(contact.worker_id, contact.kind, contact.id), at=at)
    facts = _coded(facts, "reschedule", command.reason_code, at)
    step = CONTACT.step("reschedule", contact.state, facts, by.roles_in(referral.area_id), overrides)
    before = when_words(contact.starts_at)
    contact.starts_at, contact.minutes, contact.where_at = slot.starts_at, command.minutes, command.where_at
    contact.sequence += 1
    said = {"before": before, "after": when_words(slot.starts_at), "reason": command.reason_code}
    _write(db, referral, contact, step, by=by, at=at, said=said)
    return contact


def note(
    db: Session, referral: Referral, contact_id: int, command: c.Note, *, by: Actor, at: datetime
) -> Contact:
    """Write down what became of it; who listens for a missed one hears. Raises `Refused`."""
    contact = contact_of(db, referral.id, contact_id)
    move = MOVES[command.became]
    facts = ContactFacts(now=at, began=contact.starts_at <= at, done=command.done)
    facts = _coded(facts, move, command.reason_code, at)
    step = CONTACT.step(move, contact.state, facts, by.roles_in(referral.area_id))
    contact.sqlmodel_update(command.model_dump(exclude={"became"}))
    contact.noted_by_id, contact.noted_at = by.id, at
    contact.sequence += move == "cancel"
    said = {"when": when_words(contact.starts_at), "reason": command.reason_code}
    _write(db, referral, contact, step, by=by, at=at, said=said)
    if command.became is Attendance.MISSED:
        for listen in LISTENERS:
            listen(db, referral, contact, by, at)
    return contact


def ask_times(db: Session, referral: Referral, command: c.Asked, *, by: Actor, at: datetime) -> None:
    """Write down what the family said about their week."""
    _only_the_team(referral, by)
    row = availability_of(db, referral.id) or Availability(referral_id=referral.id)
    row.at_school, row.note, row.asked_by_id, row.asked_at = command.at_school, command.note, by.id, at
    db.add(row)
    tell(db, referral, "ask_times", by=by, at=at)


def add_busy(db: Session, referral: Referral, command: c.DoesNotFit, *, by: Actor, at: datetime) -> None:
    """Add a time of each week that does not fit."""
    _only_the_team(referral, by)
    db.add(BusyTimeRow(referral_id=referral.id, **command.model_dump()))
    tell(db, referral, "ask_times", by=by, at=at)


def remove_busy(db: Session, referral: Referral, busy_id: int, *, by: Actor, at: datetime) -> None:
    """Take such a time away. Raises `Missing`."""
    _only_the_team(referral, by)
    gone = delete(BusyTimeRow).where(
        col(BusyTimeRow.referral_id) == referral.id, col(BusyTimeRow.id) == busy_id
    )
    if not db.exec(gone).rowcount:
        raise Missing()
    tell(db, referral, "ask_times", by=by, at=at)


def workers(db: Session, area_id: int, *, today: date) -> list[tuple[int, str]]:
    """Who may hold an appointment in an area, by name."""
    query = (
        select(User.id, User.name)
        .join(Membership, col(Membership.user_id) == User.id)
        .where(
            Membership.area_id == area_id,
            col(Membership.role).in_((Role.CASE_MANAGER, Role.YOT_MANAGER)),
            or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= today),
            col(User.disabled_at).is_(None),
        )
        .distinct()
        .order_by(col(User.name))
    )
    return [(int(number), str(name)) for number, name in db.exec(query)]


def _only_the_team(referral: Referral, by: Actor) -> None:
    if not by.roles_in(referral.area_id) & {Role.CASE_MANAGER, Role.YOT_MANAGER}:
        raise NotYours("contact.ask_times")


def _coded(facts: ContactFacts, move: str, code: str, at: datetime) -> ContactFacts:
    return replace(facts, coded=code in {r.key for r in reasons(move, today_in_london(at))})


def _screen(db: Session, referral: Referral, texts: Iterable[str]) -> None:
    if places := places_that_tell(db, referral, {"the appointment": list(texts)}):
        raise TellsOfVictim(places)


def _write(
    db: Session,
    referral: Referral,
    contact: Contact,
    step: Step[Attendance],
    *,
    by: Actor,
    at: datetime,
    said: Mapping[str, str],
) -> None:
    chain = case_chain(referral.id)
    record(db, contact, step, flow="contact", chain=chain, by=by, at=at, facts=said)
    db.add(contact)
    db.flush()  # the deadline of the first contact looks at the rows
    settle(db, referral, by=by, at=at, page=f"contact.{step.move}")


if first_contact_waits not in WAITS:
    WAITS.append(first_contact_waits)
