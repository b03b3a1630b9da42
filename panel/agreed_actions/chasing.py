"""Reminders of actions: on the day and, until it is done, after it."""

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select, update

from panel.agreed_actions.actions import path_of
from panel.agreed_actions.models import AgreedAction
from panel.notifications.actions import finish_alerts, notify
from panel.notifications.models import Why
from panel.referrals.models import NEVER
from workflows.action import Status

ABOUT = "Action agreed by the panel"


def chase(db: Session, day: date, *, at: datetime, limit: int) -> int | None:
    """Put the actions whose day has come on the list of whoever holds them; None when there are none.

    The daily mail counts what is on the list, each morning until it is done.
    """
    query = (
        select(AgreedAction)
        .where(AgreedAction.chase_on <= day, AgreedAction.status == Status.OPEN)
        .order_by(col(AgreedAction.chase_on), col(AgreedAction.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    found = db.exec(query).all()
    for action in found:
        _remind(db, action, day, at)
    return len(found) or None


def _remind(db: Session, action: AgreedAction, day: date, at: datetime) -> None:
    late = action.due_on < day
    finish_alerts(db, path_of(action), at=at)
    why = Why.DEADLINE_LATE if late else Why.DEADLINE_TODAY
    notify(
        db,
        why=why,
        area_id=action.area_id,
        referral_id=None,
        key=f"{action.reference}-{why.value}-{action.due_on}-{action.holder_id}",
        at=at,
        to_user=action.holder_id,
        due_on=action.due_on,
        about=ABOUT,
        path=path_of(action),
    )
    # Not through the row: its version stays, so nobody who has the action open is told that it changed.
    onward = NEVER if late else action.due_on + timedelta(days=1)
    db.execute(update(AgreedAction).where(col(AgreedAction.id) == action.id).values(chase_on=onward))
