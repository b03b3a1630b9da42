"""Every kind of mail that the worker sends: how it is carried, how given up, and when it has to wait."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from config.settings import Settings
from panel import clock
from panel.db import open_session
from panel.notifications.actions import DELIVER_MAIL
from panel.notifications.deliver import deliver, give_up
from panel.notifications.deliver_counts import (
    DELIVER_DIGEST,
    DELIVER_WEEK,
    deliver_digest,
    deliver_week,
    give_up_digest,
    give_up_week,
)
from panel.notifications.dispatch_models import Sends
from panel.notifications.invitations import (
    DELIVER_INVITATION,
    Invitation,
    deliver_invitation,
    give_up_invitation,
)
from panel.notifications.kinds import KINDS
from panel.notifications.letters import DELIVER_LETTER, Letter, deliver_letter, give_up_letter
from panel.notifications.models import Digest, Notification, WeekMail
from workflows.quiet_hours import quiet_until


@dataclass(frozen=True)
class Sending:
    """One kind of mail: its job, the table behind it, what sends it and what ends it."""

    sends: Sends
    workflow: str
    suffix: str
    table: type[Any]
    carry: Callable[[Engine, Settings, int], None]
    drop: Callable[[Engine, int], None]


MAILS = (
    Sending(Sends.TASK, DELIVER_MAIL, "", Notification, deliver, give_up),
    Sending(Sends.LETTER, DELIVER_LETTER, "_letter", Letter, deliver_letter, give_up_letter),
    Sending(Sends.DIGEST, DELIVER_DIGEST, "_digest", Digest, deliver_digest, give_up_digest),
    Sending(
        Sends.INVITATION,
        DELIVER_INVITATION,
        "_invitation",
        Invitation,
        deliver_invitation,
        give_up_invitation,
    ),
    Sending(Sends.WEEK, DELIVER_WEEK, "_week", WeekMail, deliver_week, give_up_week),
)
OF = {mail.sends: mail for mail in MAILS}


def seconds_to_wait(engine: Engine, settings: Settings, workflow: str, row_id: int) -> float:
    """How long quiet hours hold a mail; 0 when it may go now, as an urgent one always may."""
    if not settings.quiet_hours or (workflow == DELIVER_MAIL and _urgent(engine, row_id)):
        return 0.0
    now = clock.now()
    opens = quiet_until(now)
    return 0.0 if opens is None else (opens - now).total_seconds()


def _urgent(engine: Engine, notification_id: int) -> bool:
    with open_session(engine, writing=False) as db:
        row = db.get(Notification, notification_id)
        return row is not None and KINDS[row.why].urgent
