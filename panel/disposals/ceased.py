"""When a conditional caution stopped having effect, because proceedings were started (BR-3)."""

from datetime import date, datetime

from sqlmodel import Session, select

from panel.columns import link, moment
from panel.tables import Row


class CautionCeased(Row, table=True):
    """The day from which a conditional caution has no effect; never changed."""

    __tablename__ = "caution_ceased"
    referral_id: int = link("referral.id", unique=True)
    ceased_on: date
    by_id: int = link("user_account.id", index=False)
    at: datetime = moment()


def ceased_on(db: Session, referral_id: int) -> date | None:
    """The day on which the caution of a case stopped having effect, if it did before its time."""
    row = db.exec(select(CautionCeased).where(CautionCeased.referral_id == referral_id)).first()
    return row.ceased_on if row is not None else None
