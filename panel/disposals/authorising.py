"""Before anything is explained: the officer answers for the caution, or the child has advice first."""

from datetime import datetime

from sqlmodel import Session

from panel.access import Actor
from panel.disposals import commands as c
from panel.disposals.actions import TOO_LATE
from panel.disposals.queries import disposal_for
from panel.disposals.requirements import keep_beforehand
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from workflows.disposal import Status
from workflows.flow import NotYours, Refused
from workflows.roles import POLICE
from workflows.vocabulary import CAUTIONS, Advice, words

OPEN = (Status.PREPARED, Status.EXPLAINED)


def authorise(db: Session, referral: Referral, command: c.Authorise, *, by: Actor, at: datetime) -> None:
    """Put on record that there is evidence and that this caution is right; again when it is said anew."""
    disposal = disposal_for(db, referral)
    _expect(referral, by)
    if disposal.status not in OPEN or disposal.outcome not in CAUTIONS:
        raise Refused("disposal", "authorise", (TOO_LATE,))
    keep_beforehand(db, disposal, command, by=by, at=at)
    exception = getattr(command, "exception", "")
    said = {"outcome": words(disposal.outcome).lower(), "rank": command.rank}
    if exception:
        said["exception"] = f"Against the panel: {exception}"
    tell(db, referral, "authorise_disposal", by=by, at=at, said={"exception": ""} | said)


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
