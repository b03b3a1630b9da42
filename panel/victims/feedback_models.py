"""What a victim says at the end; it stays in the room of the victims."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from panel.columns import line, link, moment, prose
from panel.tables import Row


class VictimFeedback(Row, table=True):
    """What one victim says about how they were treated, or that they would rather not."""

    __tablename__ = "victim_feedback"
    victim_id: int = link("victim.id")
    declined: bool = False
    answers: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    words: str = prose("in their own words")
    given_on: date = Field(index=True)
    by_id: int = link("user_account.id", index=False)
    by_words: str = line(200)
    at: datetime = moment()
