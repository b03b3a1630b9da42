"""Each mail to each address, and how far it came."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, bindparam, text
from sqlmodel import Field, Index, col

from panel.columns import line, link, moment, word
from panel.tables import Row


class Sends(StrEnum):
    """What a mail belongs to."""

    TASK = "task"
    LETTER = "letter"
    DIGEST = "digest"
    INVITATION = "invitation"
    WEEK = "week"


class Delivery(StrEnum):
    """What happens when nobody can know whether a mail arrived."""

    RESEND = "resend"
    HOLD = "hold"


class Channel(StrEnum):
    """By which way a mail goes."""

    SMTP = "smtp"
    NOTIFY = "notify"


class Stage(StrEnum):
    """How far one mail came; from `HANDING` on it may have arrived."""

    WAITING = "waiting"
    HANDING = "handing"
    SENT = "sent"
    DELIVERED = "delivered"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    DROPPED = "dropped"


class Trouble(StrEnum):
    """Why a mail has not arrived, without anybody's address."""

    AWAY = "away"
    BUSY = "busy"
    SHUT = "shut"
    REFUSED = "refused"
    NOBODY = "nobody"
    NOT_DELIVERED = "not_delivered"
    BROKEN_OFF = "broken_off"


# Nothing more happens to these by itself.
SETTLED = (Stage.SENT, Stage.DELIVERED, Stage.UNCERTAIN, Stage.FAILED, Stage.DROPPED)
# A person has to look at these.
DEAD = (Stage.UNCERTAIN, Stage.FAILED)
IS_DEAD = "stage IN ('uncertain', 'failed')"


class Dispatch(Row, table=True):
    """One mail to one address; whoever works on it holds its fence, which rises with each claim."""

    __tablename__ = "dispatch"
    __table_args__ = (
        Index("ix_dispatch_of_row", "sends", "row_id"),
        Index("ix_dispatch_of_stage", "stage", "id"),
        Index("ix_dispatch_dead", "id", sqlite_where=text(IS_DEAD), postgresql_where=text(IS_DEAD)),
    )
    message_id: str = line(200, unique=True)
    sends: Sends = word(Sends)
    row_id: int
    user_id: int | None = link("user_account.id", null=True)
    area_id: int | None = link("area.id", null=True)
    reference: str = line(12)
    channel: Channel = word(Channel)
    delivery: Delivery = word(Delivery)
    stage: Stage = word(Stage, default=Stage.WAITING)
    fence: int = 0
    tries: int = 0
    provider_id: str = line(64)
    trouble: Trouble | None = word(Trouble, null=True)
    reply_code: int | None = Field(default=None)
    queued_at: datetime = moment()
    sent_at: datetime | None = moment(null=True)
    settled_at: datetime | None = moment(null=True)


def is_dead() -> ColumnElement[bool]:
    """A mail at which a person has to look; its words stand in the question, so that the index answers it."""
    return col(Dispatch.stage).in_(bindparam("dead", DEAD, expanding=True, literal_execute=True))
