"""Handing one mail to its channel so that it is known, at each moment, whether it may have gone.

Three commits: the claim, which takes the fence; the hand-over, at the last moment at which nothing has
left; the result. Whoever lost the fence sends nothing. What was interrupted after the hand-over is sent
once more when its kind says *resend*; when it says *hold* it stands as uncertain until a person decides.
"""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select, update

from config.settings import Settings
from panel import clock
from panel.db import transaction
from panel.notifications import channels
from panel.notifications.channels import Refused, TryAgain, Unclear
from panel.notifications.dispatch_models import SETTLED, Delivery, Dispatch, Sends, Stage, Trouble
from panel.notifications.models import Mail


class Fenced(TryAgain):
    """Another worker has taken this mail over: this one sends nothing."""

    def __init__(self) -> None:
        super().__init__("another worker has this mail")


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """One mail to one address, and what it belongs to; its Message-ID is the same at every try."""

    sends: Sends
    row_id: int
    mail: EmailMessage
    address: str
    delivery: Delivery
    queued_at: datetime
    reference: str = ""
    area_id: int | None = None
    user_id: int | None = None

    @property
    def message_id(self) -> str:
        """The name of the mail, for every server."""
        return str(self.mail["Message-ID"])


@dataclass(frozen=True)
class Outcome:
    """What became of a mail."""

    mail: Mail
    code: int | None = None
    sent_at: datetime | None = None


MAIL_OF = {
    Stage.SENT: Mail.SENT,
    Stage.DELIVERED: Mail.DELIVERED,
    Stage.UNCERTAIN: Mail.UNCERTAIN,
    Stage.FAILED: Mail.FAILED,
    Stage.DROPPED: Mail.NOT_NEEDED,
}


def carry(engine: Engine, settings: Settings, parcel: Parcel) -> Outcome:
    """Send a mail unless it is settled already. Raises `TryAgain` for a later try."""
    claim = _claim(engine, settings, parcel)
    if claim.stage in SETTLED:
        return _outcome(claim)
    try:
        provider = channels.send(
            settings,
            parcel.mail,
            parcel.address,
            lambda: _hand_over(engine, claim),
            again=claim.tries > 1,
        )
    except Refused as refusal:
        return _settle(engine, claim, Stage.FAILED, trouble=Trouble.REFUSED, code=refusal.code)
    except Unclear as unclear:
        if claim.delivery is Delivery.HOLD:
            return _settle(engine, claim, Stage.UNCERTAIN, trouble=Trouble.BROKEN_OFF)
        _let_wait(engine, claim, Trouble.BROKEN_OFF)
        raise TryAgain(str(unclear)) from None
    except TryAgain as later:
        _let_wait(engine, claim, later.trouble)
        raise
    return _settle(engine, claim, Stage.SENT, provider=provider)


def _claim(engine: Engine, settings: Settings, parcel: Parcel) -> Dispatch:
    with transaction(engine) as db:
        query = select(Dispatch).where(Dispatch.message_id == parcel.message_id).with_for_update()
        row = db.exec(query).first() or _new(settings, parcel)
        if row.stage is Stage.HANDING and row.delivery is Delivery.HOLD:
            # The fence stays: if the other one is alive after all, it may still say that the mail went.
            row.stage, row.trouble, row.settled_at = Stage.UNCERTAIN, Trouble.BROKEN_OFF, clock.now()
        elif row.stage not in SETTLED:
            row.fence, row.tries, row.stage = row.fence + 1, row.tries + 1, Stage.WAITING
            row.channel = channels.channel_of(settings)
        db.add(row)
        return row


def _new(settings: Settings, parcel: Parcel) -> Dispatch:
    return Dispatch(
        message_id=parcel.message_id,
        sends=parcel.sends,
        row_id=parcel.row_id,
        user_id=parcel.user_id,
        area_id=parcel.area_id,
        reference=parcel.reference,
        channel=channels.channel_of(settings),
        delivery=parcel.delivery,
        queued_at=parcel.queued_at,
    )


def _hand_over(engine: Engine, claim: Dispatch) -> None:
    """Say that the mail leaves now. Raises `Fenced` when somebody else has it."""
    if not _write(engine, claim, {"stage": Stage.HANDING}, stage=Stage.WAITING):
        raise Fenced()


def _let_wait(engine: Engine, claim: Dispatch, trouble: Trouble) -> None:
    _write(engine, claim, {"stage": Stage.WAITING, "trouble": trouble})


def _settle(
    engine: Engine,
    claim: Dispatch,
    stage: Stage,
    *,
    trouble: Trouble | None = None,
    code: int | None = None,
    provider: str = "",
) -> Outcome:
    at = clock.now()
    values: dict[str, Any] = {"stage": stage, "trouble": trouble, "reply_code": code, "settled_at": at}
    if stage is Stage.SENT:
        values |= {"sent_at": at, "provider_id": provider}
    _write(engine, claim, values)
    with transaction(engine) as db:
        return _outcome(db.get_one(Dispatch, claim.id))


def _write(engine: Engine, claim: Dispatch, values: dict[str, Any], *, stage: Stage | None = None) -> bool:
    """Write to a mail while its fence is ours; whether it was."""
    with transaction(engine) as db:
        mine = update(Dispatch).where(col(Dispatch.id) == claim.id, col(Dispatch.fence) == claim.fence)
        if stage is not None:
            mine = mine.where(col(Dispatch.stage) == stage)
        return bool(db.connection().execute(mine.values(values)).rowcount)


def _outcome(row: Dispatch) -> Outcome:
    return Outcome(MAIL_OF.get(row.stage, Mail.QUEUED), row.reply_code, row.sent_at)


def of_row(db: Session, sends: Sends, row_id: int) -> list[Dispatch]:
    """The mails that belong to one row."""
    query = select(Dispatch).where(Dispatch.sends == sends, Dispatch.row_id == row_id)
    return list(db.exec(query.order_by(col(Dispatch.id))))


def drop_waiting(
    db: Session, sends: Sends, row_id: int, *, stage: Stage, trouble: Trouble | None = None
) -> None:
    """End what still waits of a row: nobody needs it any more, or it was tried for the last time."""
    for dispatch in of_row(db, sends, row_id):
        if dispatch.stage in SETTLED:
            continue
        held = dispatch.stage is Stage.HANDING and dispatch.delivery is Delivery.HOLD
        dispatch.stage = Stage.UNCERTAIN if held else stage
        dispatch.trouble = dispatch.trouble or trouble
        dispatch.settled_at = clock.now()
        db.add(dispatch)
    db.flush()
