"""Acts on what people are told: acknowledge it; decide what becomes of a mail that did not arrive."""

from datetime import datetime

from sqlmodel import Session

from panel.access import Actor
from panel.history.operations import Operation
from panel.history.record import log_access, note
from panel.jobs import enqueue
from panel.notifications import acknowledging
from panel.notifications.dispatch_models import Dispatch, Stage
from panel.notifications.models import Mail, Notification
from panel.notifications.polling import keep_on_row
from panel.notifications.sending import OF
from panel.notifications.words import WORDS
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from workflows.flow import NotYours, Refusal, Refused

NOT_UNCERTAIN = Refusal(
    "not_uncertain",
    "This mail was refused or given up, so it is known that it did not arrive: send it again.",
    "CR-7",
    "The mails of this service",
    True,
)
GONE = Refusal(
    "gone",
    "What this mail was about has been removed, so there is nothing to send again.",
    "CR-7",
    "The mails of this service",
    True,
)


def acknowledge(db: Session, referral: Referral, row: Notification, *, by: Actor, at: datetime) -> None:
    """Say that one knows of it, for oneself, for one's role, or for whom the area told outside."""
    if not acknowledging.may_acknowledge(row, by):
        raise NotYours("notification.acknowledge")
    if acknowledging.acknowledge(db, row, by=by, at=at):
        tell(db, referral, "acknowledge_notice", by=by, at=at, said={"what": WORDS[row.why]})


def send_again(db: Session, dispatch: Dispatch, *, by: Actor, at: datetime) -> None:
    """Queue a mail once more under the same Message-ID; nobody who still works on the old try may go on."""
    kind = OF[dispatch.sends]
    row = db.get(kind.table, dispatch.row_id)
    if row is None:
        raise Refused("mail", "again", (GONE,))
    dispatch.stage, dispatch.fence, dispatch.trouble = Stage.WAITING, dispatch.fence + 1, None
    dispatch.reply_code = dispatch.settled_at = None
    dispatch.provider_id = ""
    row.mail = Mail.QUEUED
    db.add_all((dispatch, row))
    db.flush()
    # The key is new with each fence, so that a second "send again" is a second job.
    enqueue(db, kind.workflow, f"again:{dispatch.id}:{dispatch.fence}", dispatch.row_id)
    _keep(db, "mail.again", dispatch, by=by, at=at)


def arrived(db: Session, dispatch: Dispatch, *, by: Actor, at: datetime) -> None:
    """Write down that an uncertain mail did arrive, as somebody found out."""
    if dispatch.stage is not Stage.UNCERTAIN:
        raise Refused("mail", "arrived", (NOT_UNCERTAIN,))
    dispatch.stage, dispatch.sent_at, dispatch.settled_at = Stage.SENT, at, at
    db.add(dispatch)
    db.flush()
    keep_on_row(db, dispatch)
    _keep(db, "mail.arrived", dispatch, by=by, at=at)


def _keep(db: Session, verb: str, dispatch: Dispatch, *, by: Actor, at: datetime) -> None:
    chain = f"mail:{dispatch.id}"
    facts = {"reference": dispatch.reference or "none"}
    if verb == "mail.again":
        note(db, "mail.again", chain=chain, by=by, at=at, facts=facts)
    else:
        note(db, "mail.arrived", chain=chain, by=by, at=at, facts=facts)
    log_access(db, Operation.ALTERATION, chain, by=by, at=at, page=verb)
