"""Actions that a meeting or a scrutiny round agreed."""

from datetime import date, datetime

from sqlmodel import Field, Index

from panel.columns import line, link, moment, prose, word
from panel.tables import Versioned
from workflows.action import Status


class AgreedAction(Versioned, table=True):
    """One thing to do by a day. `holder_id` does it or, when `outside_owner` is named, chases that person."""

    __tablename__ = "agreed_action"
    __table_args__ = (
        Index("ix_agreed_action_of_area", "area_id", "status", "due_on", "id"),
        Index("ix_agreed_action_of_holder", "holder_id", "status", "due_on", "id"),
        Index("ix_agreed_action_to_chase", "chase_on", "id"),
    )
    reference: str = line(12, unique=True)
    area_id: int = link("area.id", index=False)
    status: Status = word(Status, default=Status.NEW)
    meeting_id: int | None = link("meeting.id", null=True)
    round_id: int | None = link("scrutiny_round.id", null=True)
    referral_id: int | None = link("referral.id", null=True)
    what: str = prose()
    holder_id: int = link("user_account.id", index=False)
    outside_owner: str = line(160)
    due_on: date
    chase_on: date = Field(description="the next day on which the holder is reminded")
    words: str = prose("what was done, or why it was dropped")
    raised_by_id: int = link("user_account.id", index=False)
    raised_at: datetime = moment()
    closed_by_id: int | None = link("user_account.id", null=True, index=False)
    closed_at: datetime | None = moment(null=True)
    changed_at: datetime = moment()
