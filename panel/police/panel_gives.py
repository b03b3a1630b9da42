"""What our own panel decided and the police gave is a disposal of the police too: one record for each case.

Every move of a case is heard here, so that no way of giving forgets it. A disposal that was given stays
given: no later move of the case takes its record out of the figures.
"""

from datetime import datetime

from sqlmodel import Session, col, exists, select

from panel.access import Actor
from panel.forces.actions import LISTENERS as FORCE_LISTENERS
from panel.forces.queries import force_of
from panel.history.models import Event
from panel.history.record import case_chain
from panel.police.actions import hear
from panel.police.commands import DisposalSaid
from panel.police.models import PoliceDisposal, PoliceLink
from panel.referrals.models import Offence, Referral
from panel.referrals.moves import LISTENERS
from panel.referrals.queries import child_of, offences_of
from workflows.calendar import today_in_london
from workflows.case import Status
from workflows.flow import Step
from workflows.police import POLICE_OUTCOMES, Fit, Heard, Verdict

BECAUSE = "decided by the panel in this case"
BATCH = 200


def listen(db: Session, referral: Referral, step: Step[Status], at: datetime) -> None:
    """Make the record when a case is given."""
    if step.move == "give" and force_of(db, referral.area_id) is not None:
        panel_gave(db, referral, by=_who_gave(db, referral), at=at)


def _who_gave(db: Session, referral: Referral) -> Actor:
    query = select(Event.by_id, Event.by_words).where(Event.chain == case_chain(referral.id))
    by_id, words = db.exec(query.order_by(col(Event.seq).desc()).limit(1)).one()
    return Actor(by_id, words, (), {})


def fill(db: Session, area_id: int, by: Actor, at: datetime) -> None:
    """Make the records of cases that were given before the area had a force."""
    after = 0
    while batch := without_record(db, area_id=area_id, after=after):
        for referral in batch:
            panel_gave(db, referral, by=by, at=at)
        after = batch[-1].id


if listen not in LISTENERS:
    LISTENERS.append(listen)
if fill not in FORCE_LISTENERS:
    FORCE_LISTENERS.append(fill)


def without_record(db: Session, *, area_id: int, after: int = 0) -> list[Referral]:
    """Some cases of an area that were given and have no record, in the order of their numbers."""
    held = exists().where(
        col(PoliceDisposal.referral_id) == col(Referral.id),
        col(PoliceDisposal.outcome) == col(Referral.outcome),
    )
    query = select(Referral).where(
        Referral.area_id == area_id,
        Referral.id > after,
        col(Referral.given_on).is_not(None),
        col(Referral.submitted_at).is_not(None),
        col(Referral.outcome).in_(POLICE_OUTCOMES),
        ~held,
    )
    return list(db.exec(query.order_by(col(Referral.id)).limit(BATCH)))


def panel_gave(db: Session, referral: Referral, *, by: Actor, at: datetime) -> PoliceDisposal | None:
    """The record of a case that was given; None while the area has no force, or the outcome is not theirs."""
    if referral.outcome not in POLICE_OUTCOMES or not referral.given_on or not referral.submitted_at:
        return None
    force = force_of(db, referral.area_id)
    if force is None:
        return None
    held = _held(db, referral)
    if held is not None:
        return held
    told_on = today_in_london(referral.submitted_at)
    disposal = hear(
        db,
        _said(db, referral),
        force_id=force.id,
        area_id=referral.area_id,
        how=Heard.PANEL,
        by=by,
        at=at,
        said_on=told_on,
    )
    if disposal.told_on is None or told_on < disposal.told_on:
        disposal.told_on, disposal.told_how = told_on, Heard.PANEL
    if disposal.consulted is None:
        disposal.consulted = True
    if disposal.referral_id is None:
        _link(db, disposal, referral, at)
    return disposal


def _held(db: Session, referral: Referral) -> PoliceDisposal | None:
    query = select(PoliceDisposal).where(
        PoliceDisposal.referral_id == referral.id, PoliceDisposal.outcome == referral.outcome
    )
    return db.exec(query).first()


def _link(db: Session, disposal: PoliceDisposal, referral: Referral, at: datetime) -> None:
    disposal.child_id, disposal.referral_id = referral.child_id, referral.id
    disposal.fit = Fit.LINKED
    db.add(disposal)
    db.add(
        PoliceLink(
            disposal_id=disposal.id,
            verdict=Verdict.SAME,
            child_id=referral.child_id,
            referral_id=referral.id,
            score=1,
            because=BECAUSE,
            at=at,
        )
    )
    db.flush()


def _said(db: Session, referral: Referral) -> DisposalSaid:
    child, offence = child_of(db, referral), _offence(db, referral)
    kept = ("given_name", "surname", "date_of_birth", "gender", "ethnicity", "address", "postcode", "pnc_id")
    return DisposalSaid.model_validate(
        {name: getattr(child, name) for name in kept}
        | {
            "outcome": referral.outcome,
            "given_on": referral.given_on,
            "offence": offence.title if offence else "Not recorded",
            "crime_reference": offence.crime_reference if offence else "",
        }
    )


def _offence(db: Session, referral: Referral) -> Offence | None:
    """The offence for which the most serious outcome was decided, else the first."""
    offences = offences_of(db, referral)
    of_it = (one for one in offences if one.outcome is referral.outcome)
    return next(of_it, offences[0] if offences else None)
