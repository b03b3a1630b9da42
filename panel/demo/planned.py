"""Appointments of a demonstration case: asked about, offered, some attended and one missed."""

from datetime import date, time
from random import Random

from sqlmodel import Session

from panel.access import Actor
from panel.contacts import actions
from panel.contacts.commands import Asked, Note, Offer
from panel.contacts.queries import contact_of
from panel.demo.profile import at, later
from panel.plans.queries import steps_of
from panel.referrals.models import Referral
from workflows.contact import Attendance, ContactKind


def appointments(db: Session, referral: Referral, worker: Actor, day: date, *, today: date) -> None:
    """Ask the family about their week, offer sessions after school, note what became of them."""
    steps, draw = steps_of(db, referral.id), Random(referral.id)
    if not steps:
        return
    actions.ask_times(db, referral, Asked(at_school=True), by=worker, at=at(day, 17))
    command = Offer(
        kind=ContactKind.SESSION,
        step_place=steps[0].place,
        worker_id=worker.id,
        on=later(day, 3),
        starts=time(16),
        minutes=45,
        where_at="Youth centre, Mill Lane",
        times=3,
    )
    both = {"worker_free": "The two sessions are held together"}
    made = actions.offer(db, referral, command, by=worker, at=at(day, 17, 10), overrides=both)
    for contact in made:
        held_on = contact.starts_at.date()
        if held_on >= today:
            continue
        note = Note(became=Attendance.ATTENDED, done="Talked it through and practised; he helped to tidy up.")
        if draw.random() < 0.06:  # each starts the ladder
            note = Note(became=Attendance.MISSED, reason_code="did_not_come")
        found = contact_of(db, referral.id, contact.id)
        actions.note(db, referral, found.id, note, by=worker, at=at(held_on, 18))
