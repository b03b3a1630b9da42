"""Cases whose plan is under way, with contacts, changes and variations, built with the real acts."""

from datetime import date, datetime, time, timedelta

from sqlmodel import Session

from panel.contacts import actions as contacts
from panel.contacts import commands as cc
from panel.contacts.models import Contact
from panel.referrals.models import Referral
from panel.stepcommand import StepCommand
from panel.variations import actions as variations
from panel.variations import commands as vc
from panel.variations import signing, writing
from panel.variations.models import Variation
from panel.variations.queries import conditions_in
from tests.support.decided import step
from tests.support.given import GIVEN_AT, ISSUER, MOTHER, NAMES, TOLD, drawings, notified
from tests.support.world import TODAY, World
from workflows.contact import ContactKind
from workflows.variation import VariedBy
from workflows.vocabulary import Outcome

# The Thursday after the disposal was given, when school is over.
THURSDAY = TODAY + timedelta(days=2)
AFTER = GIVEN_AT + timedelta(days=3)
LATER = TODAY + timedelta(days=80)


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


PREPARED = vc.PrepareVariation(
    **MOTHER.model_dump() | {"child_reasons": "You start college, so we found another time."},
    reason="He starts college in January; the Monday talks no longer fit.",
    authority=VariedBy.POLICE,
    authority_name="Jo Marsh",
    authority_rank="Sergeant",
)


def longer(**more: object) -> StepCommand:
    """Four talks that go on longer than those of the caution."""
    return step(
        **{"what": "Four talks about anger, one of them with his mother", "hours": 0, "due_on": LATER} | more
    )


def begun(db: Session, world: World, referral: Referral, *, by: str = "officer") -> Variation:
    """A variation in which the first condition is changed."""
    officer = world.actor(by)
    variation = writing.begin(db, referral, by=officer, at=AFTER)
    first = conditions_in(db, variation)[0]
    writing.set_condition(db, referral, variation, first.id, longer(), by=officer, at=AFTER)
    return variation


def prepared_variation(
    db: Session, world: World, referral: Referral, *, by: str = "officer", **more: object
) -> Variation:
    """A variation whose document has been made."""
    variation = begun(db, world, referral, by=by)
    command = PREPARED.model_copy(update=more)
    writing.prepare(db, referral, variation, command, ISSUER, by=world.actor(by), at=AFTER)
    return variation


def explained_variation(db: Session, world: World, referral: Referral, *, by: str = "officer") -> Variation:
    """A variation that has been explained."""
    variation = prepared_variation(db, world, referral, by=by)
    variations.explain(db, referral, variation, TOLD, by=world.actor(by), at=AFTER)
    return variation


def signed_variation(
    db: Session, world: World, referral: Referral, *, by: str = "officer", variation: Variation | None = None
) -> Variation:
    """A variation that everybody has signed on the screen."""
    officer = world.actor(by)
    if variation is None:
        variation = explained_variation(db, world, referral, by=by)
    else:
        writing.prepare(db, referral, variation, PREPARED, ISSUER, by=officer, at=AFTER)
        variations.explain(db, referral, variation, TOLD, by=officer, at=AFTER)
    signing.sign(db, referral, variation, NAMES, drawings(), ISSUER, by=officer, at=AFTER)
    return variation


def in_force(db: Session, world: World, referral: Referral, *, by: str = "officer") -> Variation:
    """A variation that holds."""
    variation = signed_variation(db, world, referral, by=by)
    variations.bring(db, referral, variation, by=world.actor(by), at=AFTER)
    return variation
