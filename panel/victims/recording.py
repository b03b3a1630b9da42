"""What the victim worker records of one victim; nothing of it is ever written into an event."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from config.policy import number
from panel.access import Actor
from panel.errors import Missing
from panel.referrals.models import Referral
from panel.referrals.moves import tell as note_in_case
from panel.referrals.writers import editable
from panel.victims import commands as c
from panel.victims import updates
from panel.victims.actions import CONTACT, all_named, by_age, keep
from panel.victims.leaks import leaks
from panel.victims.models import Victim, VictimAttempt, VictimClearing, VictimConsent
from panel.victims.queries import contact_of, victims_of
from panel.victims.screening import known_of
from workflows.calendar import today_in_london
from workflows.flow import Refusal, Refused
from workflows.victim import Kind
from workflows.vocabulary import View

HIDDEN = Refusal(
    "objects",
    "This victim objects to contact. What is known of them is hidden, and nothing more is recorded.",
    "VIC-4",
    "GOV.UK guidance: work with victims, youth offending teams",
    True,
)


class NotSo(Exception):
    """What was typed cannot be kept; `wrong` has a sentence for each field at fault."""

    def __init__(self, wrong: dict[str, str]) -> None:
        super().__init__("; ".join(wrong.values()))
        self.wrong = wrong


def shown(victim: Victim) -> None:
    """Raise `Refused` for a victim who objects to contact."""
    if victim.objects_to_sharing:
        raise Refused("case", "victim", (HIDDEN,))


def add(db: Session, referral: Referral, command: c.Told, *, by: Actor, at: datetime) -> Victim:
    """Add a victim whom the police did not name."""
    place = 1 + max((v.place for v in victims_of(db, referral.id)), default=0)
    victim = Victim(referral_id=referral.id, place=place, taken_up=True, told_by_id=by.id)
    keep(db, victim, command)
    referral.victim_identified, referral.victim_named = True, all_named(db, referral)
    note_in_case(db, referral, "victim_record", by=by, at=at)
    return victim


def correct(
    db: Session, referral: Referral, victim: Victim, command: c.Corrected, *, by: Actor, at: datetime
) -> None:
    """Put right who a victim is and how to reach them."""
    shown(victim)
    given = command.model_dump()
    contact = contact_of(db, victim)
    contact.sqlmodel_update({name: value for name, value in given.items() if name in CONTACT})
    db.add(contact)
    record(db, referral, victim, {k: v for k, v in given.items() if k not in CONTACT}, by=by, at=at)
    by_age(victim)
    if victim.kind is Kind.BUSINESS:
        victim.same_household = victim.under_18 = False
    db.flush()
    referral.victim_named = all_named(db, referral)


def record(
    db: Session,
    referral: Referral,
    victim: Victim,
    given: dict[str, object],
    *,
    by: Actor,
    at: datetime,
    verb: str = "victim_record",
) -> None:
    """Write one part of the record of a victim."""
    shown(victim)
    victim.sqlmodel_update(given)
    victim.taken_up = True
    db.add(victim)
    updates.follow(db, referral, victim, by=by, at=at)
    note_in_case(db, referral, verb, by=by, at=at)


def attempt(
    db: Session, referral: Referral, victim: Victim, command: c.Attempt, *, by: Actor, at: datetime
) -> None:
    """Write down one attempt to reach a victim."""
    db.add(VictimAttempt(victim_id=victim.id, by_id=by.id, at=at, **command.model_dump()))
    record(db, referral, victim, {}, by=by, at=at, verb="victim_attempt")


def view(
    db: Session, referral: Referral, victim: Victim, command: c.Viewed, *, by: Actor, at: datetime
) -> None:
    """Record what became of asking a victim, before the panel decides (VIC-2).

    Raises `NotSo` when too little was tried and no reason is given why that is enough.
    """
    editable(referral)
    least = number("victim_attempts", today_in_london(at))
    made = attempts_made(db, victim)
    if command.view is View.NOT_CONTACTABLE and made < least and not command.few_attempts:
        says = f"{made} of {least} attempts are written down: add the others, or say why this is enough"
        raise NotSo({"few_attempts": says})
    record(db, referral, victim, command.model_dump(), by=by, at=at, verb="victim_view")


def attempts_made(db: Session, victim: Victim) -> int:
    """How many attempts to reach a victim are written down."""
    query = select(func.count()).select_from(VictimAttempt)
    return db.exec(query.where(col(VictimAttempt.victim_id) == victim.id)).one()


def clear(
    db: Session, referral: Referral, victim: Victim, command: c.Cleared, *, by: Actor, at: datetime
) -> VictimClearing:
    """Clear what the panel may read of a victim; what was cleared before is kept.

    Raises `NotSo` when a text gives any victim of the case away or the panel needs one, `Refused` once
    the panel has decided.
    """
    editable(referral)
    shown(victim)
    wrong = _wrong_for_the_panel(db, referral, victim, command)
    if wrong:
        raise NotSo(wrong)
    clearing = VictimClearing(
        victim_id=victim.id,
        view=victim.view,
        justice_answer=victim.justice_answer,
        by_id=by.id,
        at=at,
        **command.model_dump(),
    )
    db.add(clearing)
    record(db, referral, victim, {}, by=by, at=at, verb="victim_clear")
    return clearing


def _wrong_for_the_panel(
    db: Session, referral: Referral, victim: Victim, command: c.Cleared
) -> dict[str, str]:
    if victim.view is View.NOT_YET:
        return {"text": "Record first whether they have been asked for their view"}
    if not command.text and victim.view is not View.DECLINED:
        return {"text": "Write what the panel may read"}
    somebody = known_of(db, referral)
    found = {name: leaks(text, somebody) for name, text in command.model_dump().items()}
    return {
        name: f"Leave out a victim's {' and '.join(parts)}: the panel reads this"
        for name, parts in found.items()
        if parts
    }


def consent(
    db: Session, referral: Referral, victim: Victim, command: c.Consented, *, by: Actor, at: datetime
) -> None:
    """Record what a victim agrees to."""
    db.add(VictimConsent(victim_id=victim.id, by_id=by.id, **command.model_dump()))
    record(db, referral, victim, {}, by=by, at=at, verb="victim_consent")


def take_back(
    db: Session, referral: Referral, victim: Victim, number_: int, *, by: Actor, at: datetime
) -> None:
    """Record that a victim takes an agreement back today. Raises `Missing`."""
    query = select(VictimConsent).where(
        VictimConsent.id == number_,
        VictimConsent.victim_id == victim.id,
        col(VictimConsent.withdrawn_on).is_(None),
    )
    row = db.exec(query).first()
    if row is None:
        raise Missing()
    row.withdrawn_on = today_in_london(at)
    record(db, referral, victim, {}, by=by, at=at, verb="victim_consent")


def objects(db: Session, referral: Referral, victim: Victim, *, by: Actor, at: datetime) -> None:
    """A victim objects: their record is hidden from everybody and nothing more is done (VIC-4).

    It stays in the tables, so that no text that a child reads can give them away.
    """
    shown(victim)
    record(
        db,
        referral,
        victim,
        {"objects_to_sharing": True, "objected_at": at},
        by=by,
        at=at,
        verb="victim_objects",
    )
