"""Reading about a victim: the whole row for the victim worker, a cleared text for everybody else (VIC-9)."""

from dataclasses import dataclass

from sqlmodel import Session, select

from panel.access import Actor
from panel.db import once
from panel.referrals.models import Referral
from panel.victims.models import Victim
from workflows.case import Status
from workflows.vocabulary import View, words

WITH_THE_OFFICER = (Status.DRAFT, Status.SENT_BACK)


@dataclass(frozen=True)
class PanelView:
    """What the panel may read of the victim: neither a name nor a way to reach them."""

    status_words: str
    text: str
    reason: str
    view: View


def victim_of(db: Session, referral_id: int) -> Victim | None:
    """The victim of a case with everything that is known: for the victim worker's pages only."""
    query = select(Victim).where(Victim.referral_id == referral_id)
    return once(db, Victim, referral_id, lambda: db.exec(query).first())


def cleared(db: Session, referral_id: int) -> PanelView:
    """What the panel may read, as the victim worker cleared it."""
    victim = victim_of(db, referral_id) or Victim(referral_id=referral_id)
    identified = db.exec(select(Referral.victim_identified).where(Referral.id == referral_id)).first()
    status = "No victim" if identified is False else words(victim.view)
    return PanelView(status, victim.cleared_text, victim.view_reason, victim.view)


def view_of(db: Session, referral: Referral) -> View:
    """Where asking the victim stands, for the rules of the case."""
    victim = victim_of(db, referral.id)
    return View.NOT_YET if victim is None else victim.view


def told_by(db: Session, referral: Referral, actor: Actor) -> Victim | None:
    """What the officer typed, for the officer who typed it and only until the YOT has the referral."""
    if referral.referred_by_id != actor.id or referral.status not in WITH_THE_OFFICER:
        return None
    return victim_of(db, referral.id)
