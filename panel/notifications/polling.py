"""What GOV.UK Notify knows by now of the mails that it took: delivered, or not and why."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine
from sqlmodel import Session, col, or_, select

from config.settings import Settings
from panel.db import open_session, transaction
from panel.notifications.deliver import mark
from panel.notifications.dispatch_models import Channel, Dispatch, Sends, Stage, Trouble
from panel.notifications.dispatching import MAIL_OF

if TYPE_CHECKING:
    from panel.notifications.sending import Sending

ASK_NOTIFY = "ask_notify"
# After three days Notify itself says that a mail could not be delivered.
ASKED_FOR = timedelta(days=4)
BATCH = 200
DELIVERED, ON_ITS_WAY = "delivered", ("created", "sending", "pending")


def ask_notify(engine: Engine, settings: Settings, *, at: datetime) -> int:
    """Ask for each mail that is on its way, or of which nobody knows; how many are settled now."""
    from notifications_python_client.errors import APIError

    from panel.notifications.by_notify import find_by_reference, notify_client

    if not settings.notify_key:
        return 0
    client, settled = notify_client(settings), 0
    for row in _open(engine, at):
        try:
            known = (
                client.get_notification_by_id(row.provider_id)
                if row.provider_id
                else find_by_reference(client, row.message_id)
            )
        except APIError:
            continue
        if known is not None:
            settled += _keep(engine, row.id, known, at)
    return settled


def _open(engine: Engine, at: datetime) -> list[Dispatch]:
    query = (
        select(Dispatch)
        .where(
            Dispatch.channel == Channel.NOTIFY,
            or_(col(Dispatch.stage) == Stage.SENT, col(Dispatch.stage) == Stage.UNCERTAIN),
            col(Dispatch.queued_at) > at - ASKED_FOR,
        )
        .order_by(col(Dispatch.id))
        .limit(BATCH)
    )
    with open_session(engine, writing=False) as db:
        return list(db.exec(query))


def _keep(engine: Engine, dispatch_id: int, known: dict[str, Any], at: datetime) -> bool:
    status = str(known["status"])
    with transaction(engine) as db:
        row = db.exec(select(Dispatch).where(Dispatch.id == dispatch_id).with_for_update()).one()
        if row.stage not in (Stage.SENT, Stage.UNCERTAIN):
            return False
        row.provider_id, row.sent_at = str(known["id"]), row.sent_at or at
        if status in ON_ITS_WAY:
            row.stage, row.trouble = Stage.SENT, None
        elif status == DELIVERED:
            row.stage, row.trouble, row.settled_at = Stage.DELIVERED, None, at
        else:
            row.stage, row.trouble, row.settled_at = Stage.FAILED, Trouble.NOT_DELIVERED, at
        db.add(row)
        db.flush()
        keep_on_row(db, row)
        return status not in ON_ITS_WAY


def keep_on_row(db: Session, dispatch: Dispatch) -> None:
    """Let the row to which a mail belongs say what became of it."""
    from panel.notifications.sending import OF

    kind: Sending = OF[dispatch.sends]
    row = db.get(kind.table, dispatch.row_id)
    if row is None:
        return
    if dispatch.sends is Sends.TASK:
        mark(db, row)
        return
    row.mail, row.sent_at = MAIL_OF[dispatch.stage], dispatch.sent_at
    db.add(row)
