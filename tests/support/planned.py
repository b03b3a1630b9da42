"""Cases whose plan is under way, with contacts, changes and variations, built with the real acts."""

from datetime import date, datetime, time, timedelta

from sqlmodel import Session

from panel.contacts import actions as contacts
from panel.contacts import commands as cc
from panel.contacts.models import Contact
from panel.referrals.models import Referral
from tests.support.given import GIVEN_AT, notified
from tests.support.world import TODAY, World
from workflows.contact import ContactKind
from workflows.vocabulary import Outcome

# The Thursday after the disposal was given, when school is over.
THURSDAY = TODAY + timedelta(days=2)
AFTER = GIVEN_AT + timedelta(days=3)


def offer(**more: object) -> cc.Offer:
    """A session on Thursday at four with the case manager."""
    return cc.Offer.model_validate(
        {
            "kind": ContactKind.SESSION,
            "on": THURSDAY,
            "starts": time(16, 0),
            "minutes": 60,
            "where_at": "Youth centre, Mill Lane",
            "step_place": 1,
        }
        | more
    )


def asked(db: Session, world: World, referral: Referral, *, at_school: bool = True) -> None:
    """The family was asked which times do not fit."""
    said = cc.Asked(at_school=at_school)
    contacts.ask_times(db, referral, said, by=world.actor("case_manager"), at=GIVEN_AT)


def under_way(db: Session, world: World, outcome: Outcome = Outcome.YCC, **more: object) -> Referral:
    """A case whose plan is under way and whose family was asked about their week."""
    referral = notified(db, world, outcome, **more)
    asked(db, world, referral)
    return referral


def offered(
    db: Session, world: World, referral: Referral, *, at: datetime = GIVEN_AT, **more: object
) -> Contact:
    """One appointment of such a case."""
    command = offer(worker_id=world.users["case_manager"], **more)
    return contacts.offer(db, referral, command, by=world.actor("case_manager"), at=at)[0]


def with_contact(db: Session, world: World, outcome: Outcome = Outcome.YCC, **more: object) -> Referral:
    """A case with one appointment that is still to come."""
    referral = under_way(db, world, outcome, **more)
    offered(db, world, referral)
    return referral


def boxes(day: date) -> list[str]:
    """A day as its three boxes send it."""
    return [str(day.day), str(day.month), str(day.year)]
