"""The hours of a case, from its steps and the contacts that were attended, each at its place."""

from collections import defaultdict
from datetime import date

from sqlmodel import Session, col, select

from panel.contacts.models import Attendance, Contact, ContactKind
from panel.placements.models import Placement
from panel.plans.queries import steps_of
from panel.referrals.models import Referral
from panel.referrals.queries import child_of
from workflows.calendar import clock_words
from workflows.hours import HoursOf, StepHours, cap_of, is_home
from workflows.vocabulary import Purpose


def hours_of(db: Session, referral: Referral, *, today: date) -> HoursOf:
    """What was decided and what was done, the cap, and reparation that was put at the child's home."""
    steps, child = steps_of(db, referral.id), child_of(db, referral)
    contacts = list(db.exec(select(Contact).where(Contact.referral_id == referral.id)))
    done: dict[int, list[Contact]] = defaultdict(list)
    for contact in contacts:
        if contact.state is Attendance.ATTENDED and contact.counted_minutes:
            done[contact.step_place].append(contact)
    places = {step.placement_id for step in steps if step.placement_id is not None}
    names = dict(db.exec(select(Placement.id, Placement.name).where(col(Placement.id).in_(places))).all())
    lines = tuple(
        StepHours(
            number=step.place,
            what=step.what,
            purpose=step.purpose,
            decided=step.hours,
            minutes=sum(contact.counted_minutes for contact in done[step.place]),
            sessions=len(done[step.place]),
            place=names.get(step.placement_id or 0, step.where_at),
        )
        for step in steps
        if step.hours or step.placement_id or done[step.place]
    )
    repairs = {step.place for step in steps if step.purpose is Purpose.REPARATION}
    at_home = tuple(
        clock_words(contact.starts_at)
        for contact in contacts
        if (contact.kind is ContactKind.REPARATION or contact.step_place in repairs)
        and is_home(contact.where_at, child.address, child.postcode)
    )
    return HoursOf(lines, cap_of(referral.outcome, child.date_of_birth, referral.given_on, today), at_home)
