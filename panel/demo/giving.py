"""Demonstration: what the law asks is answered for, everything is explained, and days are planned."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session, select

from panel.access import Actor
from panel.appointments import actions as appointments
from panel.appointments import commands as a
from panel.demo.people import Team
from panel.demo.profile import Profile, at, later
from panel.disposals import authorising
from panel.disposals import commands as c
from panel.disposals.explaining import parts_of
from panel.disposals.queries import disposal_for
from panel.referrals.models import Referral
from panel.referrals.queries import carer_of
from workflows.appointment import AskedBy
from workflows.case import Status
from workflows.requirements import RightToGive
from workflows.vocabulary import CAUTIONS, SIGNED_OUTCOMES, Outcome

ANSWERS = {
    "what": "It is from the police. It is not court.",
    "record": "The police keep it. A shop will not see it by itself.",
}


def answer_for(db: Session, referral: Referral, *, by: Actor, at: datetime) -> None:
    """The officer answers for the evidence and that a caution is right."""
    outcome = disposal_for(db, referral).outcome
    if outcome not in CAUTIONS:
        return
    said = c.Authorise(
        rank="Constable, seconded to the YOT",
        collar="2208",
        evidence="A full account in interview that fits what the officers found.",
        sufficient=True,
        decision="The panel weighed it; this answers what happened and why it happened.",
    )
    if outcome is Outcome.YCC:
        said = c.AuthoriseConditional(**said.model_dump(), authority=RightToGive.TRAINED)
    authorising.authorise(db, referral, said, by=by, at=at)


def explained_in_full(outcome: Outcome, day: date) -> dict[str, Any]:
    """Every sentence of the day ticked, and how it was explained."""
    topics = tuple(s.topic for part in parts_of(outcome, day) for s in part.sentences)
    return {"ways": ("read_aloud", "examples"), "ticked": topics}


def played_back(outcome: Outcome, day: date, failure: str) -> dict[str, str]:
    """What the child said back about each part that is asked for."""
    said = ANSWERS | {"failure": failure}
    return {part.group.key: said[part.group.key] for part in parts_of(outcome, day) if part.group.ask}


def appoint(db: Session, team: Team, cases: list[Profile], *, today: date) -> None:
    """Of the cases that wait to be given one has a day that was moved, one a day that went by, one none."""
    waiting = [
        referral
        for profile in cases
        if profile.stop is Status.DECIDED and profile.panel_on is not None
        for referral in db.exec(select(Referral).where(Referral.id == profile.referral_id))
        if referral.status is Status.DECIDED and referral.outcome in SIGNED_OUTCOMES
    ]
    for number, referral in enumerate(waiting[:2]):
        officer, carer = team["seconded"], carer_of(db, referral)
        planned = a.Plan(
            held_on=later(today, 2) if number == 0 else today - timedelta(days=1),
            starts_at=time(16, 30),
            place="Keel Street police station, room 2",
            officer_id=officer.id,
            joint=True,
            adult_name=carer.name if carer else "",
            adult_phone=carer.phone if carer else "",
            easy_read=number == 0,
        )
        appointments.plan(db, referral, planned, by=team["manager"], at=at(today - timedelta(days=3), 9))
        if number == 0:
            moved = a.Reschedule(
                **planned.model_dump() | {"held_on": later(today, 3), "starts_at": time(17, 15)},
                asked_by=AskedBy.FAMILY,
                code="school",
                reason="There is a mock examination on that afternoon.",
            )
            appointments.reschedule(db, referral, moved, by=officer, at=at(today - timedelta(days=2), 11))
