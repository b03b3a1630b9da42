"""How a person wants their mails."""

from datetime import datetime

from sqlmodel import Session, select

from panel.notifications.models import MailWish


def set_wish(db: Session, user_id: int, *, daily: bool, at: datetime) -> None:
    """Keep whether somebody wants one mail a day instead of one for each task."""
    found = db.exec(select(MailWish).where(MailWish.user_id == user_id).with_for_update()).first()
    wish = found or MailWish(user_id=user_id)
    wish.daily, wish.changed_at = daily, at
    db.add(wish)
    db.flush()
