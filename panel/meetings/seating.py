"""Who acts in one case of a meeting: conflicts leave seats empty, and others may step in for that case."""

from sqlmodel import Session, and_, col, select

from panel.meetings.models import AgendaItem, Meeting, StandIn
from panel.referrals.conflicts import conflicted_in
from panel.referrals.models import Referral
from workflows.roles import Seat


def conflicted(db: Session, item_id: int, user_id: int) -> bool:
    """Whether this person has a conflict of interest in the case at this place of an agenda (PAN-6)."""
    referral_id = db.exec(select(AgendaItem.referral_id).where(AgendaItem.id == item_id)).first()
    return referral_id is not None and user_id in conflicted_in(db, referral_id)


def conflicted_at(db: Session, item_id: int) -> frozenset[int]:
    """Who had a conflict in the case when this place of the agenda was finished, or has one now."""
    query = select(AgendaItem.referral_id, AgendaItem.finished_at).where(AgendaItem.id == item_id)
    referral_id, finished_at = db.exec(query).one()
    return conflicted_in(db, referral_id, at=finished_at)


def left_out(db: Session, item_id: int) -> frozenset[int]:
    """Who takes no part in deciding this case: conflicts, and the case manager, who presents it (PAN-1)."""
    query = (
        select(Referral.id, Referral.case_manager_id)
        .join(AgendaItem, col(AgendaItem.referral_id) == Referral.id)
        .where(AgendaItem.id == item_id)
    )
    referral_id, presenter = db.exec(query).one()
    return conflicted_in(db, referral_id) | (frozenset() if presenter is None else {presenter})


def stand_ins(db: Session, item_id: int) -> dict[Seat | None, int]:
    """Who steps in for this case, by seat, None for the chair: what was said last counts."""
    here = and_(
        col(AgendaItem.meeting_id) == StandIn.meeting_id, col(AgendaItem.referral_id) == StandIn.referral_id
    )
    query = select(StandIn).join(AgendaItem, here).where(AgendaItem.id == item_id).order_by(col(StandIn.id))
    said = {row.seat: row.user_id for row in db.exec(query)}
    return {seat: user_id for seat, user_id in said.items() if user_id is not None}


def chair_of(db: Session, meeting: Meeting, item_id: int) -> int:
    """Who chairs this case: whoever was named for it, or the chair of the meeting."""
    return stand_ins(db, item_id).get(None, meeting.chair_id)
