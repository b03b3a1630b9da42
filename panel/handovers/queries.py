"""Who had a case before, as the history of the case tells it."""

from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from panel.access import Actor
from panel.errors import Missing
from panel.history.models import Event
from panel.history.record import case_chain
from panel.referrals.models import Referral
from workflows.roles import Role

VERB = "case.hand_on"


def had(db: Session, referral_ids: Collection[int], user_ids: Collection[int]) -> set[tuple[int, int]]:
    """Which of these cases which of these people once had and handed over."""
    chains = {case_chain(number): number for number in referral_ids}
    people = {str(user): user for user in user_ids}
    found = ((chains[event.chain], event.facts["before_id"]) for event in _events(db, list(chains)))
    return {(case, people[before]) for case, before in found if before in people}


def handed_on(db: Session, actor: Actor, reference: str) -> tuple[Referral, Event]:
    """A case that went from the reader or to the reader, and how last. Raises `Missing` for anybody else."""
    query = select(Referral).where(
        Referral.reference == reference, col(Referral.area_id).in_(actor.areas_as(Role.CASE_MANAGER))
    )
    referral = db.exec(query).first()
    events = _events(db, [case_chain(referral.id)]) if referral is not None else []
    sides = ("before_id", "after_id")
    mine = [event for event in events if str(actor.id) in [event.facts[side] for side in sides]]
    if referral is None or not mine:
        raise Missing()
    return referral, mine[-1]


def _events(db: Session, chains: Sequence[str]) -> Sequence[Event]:
    query = select(Event).where(col(Event.chain).in_(chains), Event.verb == VERB)
    return db.exec(query.order_by(col(Event.id))).all()
