"""Referrals that are being written: how far each one is, in the same few queries for one and for many."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from panel.access import Actor
from panel.children.models import Carer, Child
from panel.documents.expected import missing
from panel.documents.queries import papers_there
from panel.referrals.models import Offence, Origin, Referral
from panel.referrals.parts import Written
from panel.referrals.queries import scope
from panel.referrals.rounds import rounds_of
from workflows.case import Status

BEING_WRITTEN = (Status.DRAFT, Status.SENT_BACK)


def mine(db: Session, actor: Actor, *, limit: int = 10) -> list[Referral]:
    """What this person has started and not sent, or has got back; those sent back first."""
    query = (
        select(Referral)
        .where(
            scope(actor),
            Referral.referred_by_id == actor.id,
            col(Referral.status).in_(BEING_WRITTEN),
        )
        .order_by(col(Referral.status).desc(), col(Referral.changed_at).desc())
        .limit(limit)
    )
    return list(db.exec(query))


def written(db: Session, referrals: Sequence[Referral], *, today: date) -> list[Written]:
    """Everything that is on these referrals so far, in their order."""
    ids = [referral.id for referral in referrals]
    children = [referral.child_id for referral in referrals]
    names = {child.id: child.name for child in db.exec(select(Child).where(col(Child.id).in_(children)))}
    carers = {c.child_id: c for c in db.exec(select(Carer).where(col(Carer.child_id).in_(children)))}
    origins = {o.referral_id: o for o in db.exec(select(Origin).where(col(Origin.referral_id).in_(ids)))}
    offences: dict[int, list[Offence]] = defaultdict(list)
    for offence in db.exec(select(Offence).where(col(Offence.referral_id).in_(ids))):
        offences[offence.referral_id].append(offence)
    papers = papers_there(db, ids)
    rounds = rounds_of(db, referrals)
    return [
        Written(
            referral,
            names[referral.child_id],
            carers.get(referral.child_id),
            offences[referral.id],
            missing(papers[referral.id], today),
            origins.get(referral.id),
            rounds[referral.id][0].pages if referral.id in rounds else (),
        )
        for referral in referrals
    ]


def known_before(db: Session, referral: Referral) -> bool:
    """Whether the child was referred before, so that what we know of them may be of then."""
    query = select(Referral.id).where(
        Referral.child_id == referral.child_id, col(Referral.created_at) < referral.created_at
    )
    return db.exec(query.limit(1)).first() is not None
