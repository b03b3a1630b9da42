"""How often a system may call: each call with a good token is a row beside the keys of the forms."""

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, func, select

from config.policy import number
from panel.once import ActKey

CALL = "api.call"


def too_many(db: Session, system_id: int, *, at: datetime, today: date) -> bool:
    """Whether the last minute has as many calls of this system as it may make."""
    query = select(func.count()).where(
        ActKey.endpoint == CALL, ActKey.user_id == -system_id, col(ActKey.at) > at - timedelta(minutes=1)
    )
    return db.exec(query).one() >= number("api_per_minute", today)


def keep_call(db: Session, system_id: int, key: str, *, at: datetime) -> None:
    """Count one call. The number is negative, because no account has such a number."""
    db.add(ActKey(key=key, user_id=-system_id, endpoint=CALL, digest="", location="", at=at))
