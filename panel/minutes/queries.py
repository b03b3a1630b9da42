"""Reading minutes."""

from sqlmodel import Session, col, select

from panel.errors import Missing
from panel.meetings.models import AgendaItem
from panel.minutes.models import Minutes, MinutesVersion
from panel.referrals.conflicts import shut_out
from panel.referrals.models import Referral


def written_of(db: Session, meeting_id: int) -> Minutes:
    """What the chair wrote; an empty row when nothing yet."""
    query = select(Minutes).where(Minutes.meeting_id == meeting_id)
    return db.exec(query.execution_options(populate_existing=True)).first() or Minutes(meeting_id=meeting_id)


def versions_of(db: Session, minutes: Minutes) -> list[MinutesVersion]:
    """The confirmed versions, the newest first."""
    if not minutes.id:
        return []
    query = select(MinutesVersion).where(MinutesVersion.minutes_id == minutes.id)
    return list(db.exec(query.order_by(col(MinutesVersion.number).desc())))


def version_at(db: Session, minutes: Minutes, number: int) -> MinutesVersion:
    """One confirmed version. Raises `Missing`."""
    for version in versions_of(db, minutes):
        if version.number == number:
            return version
    raise Missing()


def has_conflict(db: Session, meeting_id: int, user_id: int) -> bool:
    """Whether a person has a conflict of interest in a case that is or was on the agenda."""
    query = select(AgendaItem.id).join(Referral, col(Referral.id) == AgendaItem.referral_id)
    found = db.exec(query.where(AgendaItem.meeting_id == meeting_id, shut_out(user_id)).limit(1))
    return found.first() is not None
