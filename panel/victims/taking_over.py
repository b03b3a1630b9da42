"""Co-accused children harmed the same people: the officer who named them once need not type them again."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from panel.access import Actor
from panel.errors import Missing
from panel.incidents.queries import linked, linked_cases
from panel.referrals.models import Referral
from panel.victims.actions import tell, writable
from panel.victims.commands import Told
from panel.victims.models import Victim
from panel.victims.queries import contact_of, victims_of

ASKED_ANEW = {"same_household": False}  # whether they live with this child


def to_take_over(db: Session, referral: Referral, by: Actor) -> tuple[str, list[Victim]]:
    """The first linked case in which this person named victims, and these.

    What the victim worker has written since is not for the police: whoever is taken up is left out (VIC-9).
    """
    seen = {other.reference for other in linked(db, by, referral)} - {""}
    for other in linked_cases(db, referral.id):
        if other.reference in seen and other.referred_by_id == by.id:
            own = [v for v in victims_of(db, other.id) if v.told_by_id == by.id and not v.taken_up]
            if own:
                return other.reference, own
    return "", []


def take_over(db: Session, referral: Referral, *, by: Actor, at: datetime) -> Sequence[Victim]:
    """Name the same victims in this case; an objection comes along. Raises `Missing` when there are none."""
    writable(referral, by)
    _, own = to_take_over(db, referral, by)
    if not own or victims_of(db, referral.id):
        raise Missing()
    return [tell(db, referral, _told(db, victim), by=by, at=at) for victim in own]


def _told(db: Session, victim: Victim) -> Told:
    known = contact_of(db, victim).model_dump() | victim.model_dump() | ASKED_ANEW
    given = {name: known[name] for name in Told.model_fields if name in known}
    return Told.model_validate(given | {"objects": victim.objects_to_sharing})
