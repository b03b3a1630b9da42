"""Whether anything changed in the room since a page was made, asked in one question and told to nobody."""

from sqlmodel import Session, and_, col, select

from panel.access import Actor
from panel.errors import Missing, ShutOut
from panel.meetings.models import AgendaItem, Meeting
from panel.referrals.conflicts import shut_out
from panel.referrals.models import Referral
from panel.referrals.queries import scope
from workflows.case import Status


def mark_of(db: Session, actor: Actor, reference: str) -> str:
    """The version of the room as a page shows it. Raises `Missing` or `ShutOut`.

    No look is logged: whoever learns that nothing changed has learned nothing of the child.
    """
    waits = and_(col(AgendaItem.referral_id) == Referral.id, col(AgendaItem.finished_at).is_(None))
    query = (
        select(Referral.version, Referral.status, Meeting.version, shut_out(actor.id))
        .outerjoin(AgendaItem, waits)
        .outerjoin(Meeting, col(Meeting.id) == AgendaItem.meeting_id)
        .where(Referral.reference == reference, scope(actor))
    )
    found = db.exec(query).first()
    if found is None:
        raise Missing()
    version, status, sitting, conflicted = found
    if conflicted:
        raise ShutOut(reference)
    return f"{version}.{Status(status).value}.{sitting or 0}"
