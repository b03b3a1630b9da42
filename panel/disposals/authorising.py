"""Before anything is explained: the officer answers for the caution, or the child has advice first."""

from datetime import datetime

from sqlmodel import Session

from panel.access import Actor
from panel.disposals import commands as c
from panel.disposals.actions import TOO_LATE, NamesVictim
from panel.disposals.queries import disposal_for
from panel.disposals.requirements import keep_beforehand
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from panel.victims.screening import places_that_tell
from workflows.disposal import Status
from workflows.flow import NotYours, Refused
from workflows.roles import POLICE
from workflows.vocabulary import CAUTIONS, Advice, words

OPEN = (Status.PREPARED, Status.EXPLAINED)


def authorise(db: Session, referral: Referral, command: c.Authorise, *, by: Actor, at: datetime) -> None:
    """Put on record that there is evidence and that this caution is right; again when it is said anew.

    The child may see it on the tablet: raises `NamesVictim` when it tells who or where a victim is.
    """
    disposal = disposal_for(db, referral)
    _expect(referral, by)
    if disposal.status not in OPEN or disposal.outcome not in CAUTIONS:
        raise Refused("disposal", "authorise", (TOO_LATE,))
    exception = getattr(command, "exception", "")
    said = {
        "the evidence": [command.evidence],
        "the reason": [command.decision],
        "the exception": [exception],
    }
    if places := places_that_tell(db, referral, said):
        raise NamesVictim(places)
    keep_beforehand(db, disposal, command, by=by, at=at)
    told = {"outcome": words(disposal.outcome).lower(), "rank": command.rank}
    told["exception"] = f"Against the panel: {exception}" if exception else ""
    tell(db, referral, "authorise_disposal", by=by, at=at, said=told)


def wait_for_advice(db: Session, referral: Referral, *, by: Actor, at: datetime) -> None:
    """The child wants legal advice first: the explanation waits until it is said that they had it (ADV-1)."""
    disposal = disposal_for(db, referral)
    _expect(referral, by)
    if disposal.status not in OPEN:
        raise Refused("disposal", "wait_for_advice", (TOO_LATE,))
    disposal.advice = Advice.WANTED
    db.add(disposal)
    tell(db, referral, "wait_for_advice", by=by, at=at)


def _expect(referral: Referral, by: Actor) -> None:
    if not by.roles_in(referral.area_id) & set(POLICE):
        raise NotYours("disposal.authorise")
