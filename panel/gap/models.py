"""What a force was asked about disposals of which we were not told, its answers, and what became of them."""

from datetime import date, datetime

from sqlmodel import Field, Index, UniqueConstraint

from panel.columns import line, link, moment, word
from panel.tables import Row
from workflows.gap_work import Became, Reply
from workflows.vocabulary import Outcome


class ForceQuery(Row, table=True):
    """One letter to a force with the disposals of which we know only from its list."""

    __tablename__ = "force_query"
    __table_args__ = (Index("ix_force_query_by_area", "area_id", "id"),)
    reference: str = line(12, unique=True)
    force_id: int = link("force.id", index=False)
    area_id: int = link("area.id", index=False)
    asked_on: date
    answer_by: date
    by_id: int = link("user_account.id", index=False)
    by_words: str = line(200)
    at: datetime = moment()


class ForceQueryRow(Row, table=True):
    """One disposal in a query; `answered_on` is the day of the answer that settled it, empty until then."""

    __tablename__ = "force_query_row"
    __table_args__ = (
        UniqueConstraint("query_id", "disposal_id"),
        Index("ix_force_query_row_open", "area_id", "answered_on", "id"),
    )
    query_id: int = link("force_query.id", index=False)
    disposal_id: int = link("police_disposal.id")
    area_id: int = link("area.id", index=False)
    answered_on: date | None = Field(default=None)


class ForceAnswer(Row, table=True):
    """One answer of the force about one disposal, as it was written down."""

    __tablename__ = "force_answer"
    row_id: int = link("force_query_row.id")
    reply: Reply = word(Reply)
    answered_on: date
    said: str = line(1000)
    by_id: int = link("user_account.id", index=False)
    by_words: str = line(200)
    at: datetime = moment()


class GapFollowUp(Row, table=True):
    """One thing that became of a child of whom we were not told."""

    __tablename__ = "gap_follow_up"
    __table_args__ = (Index("ix_gap_follow_up_by_disposal", "disposal_id", "became"),)
    disposal_id: int = link("police_disposal.id", index=False)
    became: Became = word(Became)
    happened_on: date
    crime_reference: str = line(20)
    said: str = line(1000)
    by_id: int = link("user_account.id", index=False)
    by_words: str = line(200)
    at: datetime = moment()


class GapExport(Row, table=True):
    """One export: which figures, with or without personal data, why, by whom, and its digest."""

    __tablename__ = "gap_export"
    area_id: int = link("area.id")
    outcome: Outcome | None = word(Outcome, null=True)
    first_on: date
    last_on: date
    kind: str = line(8)
    named: bool
    rows: int
    reason: str = line(300)
    digest: str = line(64)
    by_id: int = link("user_account.id", index=False)
    at: datetime = moment()
