"""What the police tell of victims; nothing of it is ever written into an event."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from panel.access import Actor
from panel.errors import Missing
from panel.referrals.models import Referral
from panel.referrals.moves import tell as note_in_case
from panel.referrals.writers import editable
from panel.victims.commands import Told
from panel.victims.models import Victim, VictimContact
from panel.victims.queries import WITH_THE_OFFICER, contact_of, contacts_of, told_by, victim_at, victims_of
from workflows.flow import Refusal, Refused
from workflows.victim import Ground, Kind

CODE = "Code of Practice for Victims of Crime"
WITH_THE_YOT = Refusal(
    "with_the_yot",
    "The YOT has this referral, and its victim worker now keeps what is known about the victim. "
    "Tell the victim worker what has changed.",
    "VIC-9",
    "Data Protection Act 2018 s.36: collected data are used for their purpose only",
    True,
)
ALREADY_ASKED = Refusal(
    "already_asked",
    "The victim worker has already begun with this victim. Ask the victim worker before you say that there "
    "is no such victim.",
    "VIC-2",
    CODE,
    True,
)
CONTACT = frozenset(VictimContact.model_fields) - {"id", "victim_id"}


def writable(referral: Referral, by: Actor) -> None:
    """Raise `Refused` once the YOT has the referral, for then it is the victim worker's to keep.

    Raises `NotYours` for a referral of somebody else.
    """
    editable(referral, by)
    if referral.status not in WITH_THE_OFFICER:
        raise Refused("case", "victim", (WITH_THE_YOT,))


def answer(db: Session, referral: Referral, *, is_there: bool, by: Actor, at: datetime) -> None:
    """Say whether there is a victim; whoever was named before is taken away by a no."""
    writable(referral, by)
    if not is_there:
        for victim in victims_of(db, referral.id):
            _forget(db, victim)
    _settle(db, referral, is_there=is_there, by=by, at=at)


def tell(
    db: Session, referral: Referral, command: Told, *, by: Actor, at: datetime, place: int | None = None
) -> Victim:
    """Keep what the police know of one victim; of one who objects, only that (VIC-4).

    With `place` an entry of one's own is changed; `Missing` when it is not one's own to change.
    """
    writable(referral, by)
    victims = victims_of(db, referral.id)
    if place is None:
        victim = Victim(referral_id=referral.id, place=1 + max((v.place for v in victims), default=0))
    else:
        own = {v.place: v for v in told_by(victims, referral, by)}
        if place not in own:
            raise Missing()
        victim = own[place]
    victim.told_by_id = by.id
    keep(db, victim, command)
    _settle(db, referral, is_there=True, by=by, at=at)
    return victim


def keep(db: Session, victim: Victim, command: Told) -> None:
    """Write down who a victim is and, apart from that, how to reach them."""
    given = command.model_dump(exclude={"objects"})
    if command.objects:
        given = Told(kind=Kind.PERSON).model_dump(exclude={"objects"})
    victim.objects_to_sharing = command.objects
    victim.sqlmodel_update({name: value for name, value in given.items() if name not in CONTACT})
    by_age(victim)
    db.add(victim)
    db.flush()
    _keep_contact(db, victim, given)


def by_age(victim: Victim) -> None:
    """Every victim under 18 is vulnerable and so has enhanced rights (VIC-3)."""
    if victim.under_18 and not victim.enhanced:
        victim.enhanced, victim.ground = True, Ground.VULNERABLE


def _keep_contact(db: Session, victim: Victim, given: dict[str, Any]) -> None:
    contact = contact_of(db, victim)
    contact.sqlmodel_update({name: value for name, value in given.items() if name in CONTACT})
    db.add(contact)
    db.flush()


def remove(db: Session, referral: Referral, place: int, *, by: Actor, at: datetime) -> None:
    """Take a victim off the referral, whoever named them, until the victim worker has begun."""
    writable(referral, by)
    _forget(db, victim_at(db, referral, place))
    left = victims_of(db, referral.id)
    for number, victim in enumerate(left, 1):
        victim.place = number
        db.flush()
    _settle(db, referral, is_there=bool(left), by=by, at=at)


def _forget(db: Session, victim: Victim) -> None:
    if victim.taken_up:
        raise Refused("case", "victim", (ALREADY_ASKED,))
    contact = contact_of(db, victim)
    if contact.id is not None:
        db.delete(contact)
        db.flush()
    db.delete(victim)
    db.flush()


def _settle(db: Session, referral: Referral, *, is_there: bool, by: Actor, at: datetime) -> None:
    referral.victim_identified, referral.victim_named = is_there, is_there and all_named(db, referral)
    note_in_case(db, referral, "victim", by=by, at=at)


def all_named(db: Session, referral: Referral) -> bool:
    """Whether the worker can act on each victim: named with a contact, or known to object."""
    victims, contacts = victims_of(db, referral.id), contacts_of(db, referral.id)
    return bool(victims) and all(is_named(v, contacts.get(v.id)) for v in victims)


def is_named(victim: Victim, contact: VictimContact | None) -> bool:
    """Whether the worker can act on what is known of a victim (VIC-4, VIC-6)."""
    known = (contact.model_dump(include=set(CONTACT)) if contact else {}) | victim.model_dump(
        include={"kind", "name", "under_18", "same_household"}
    )
    told = {name: value for name, value in known.items() if name in Told.model_fields}
    return Told(objects=victim.objects_to_sharing, **told).named
