"""Problems of the data as they stand now, and what people said about them."""

from datetime import date, datetime

from sqlalchemy import text
from sqlmodel import Field, Index, UniqueConstraint

from panel.columns import line, link, moment, word
from panel.tables import Row
from workflows.data_quality import Subject

RIGHT = "reviewed_id IS NOT NULL"


class DataProblem(Row, table=True):
    """One problem of one record, kept in the transaction that brings it about or mends it.

    `said` is what stands in the record. `reviewed_id` is set while somebody has said that just this is right.
    """

    __tablename__ = "data_problem"
    __table_args__ = (
        UniqueConstraint("subject", "subject_id", "check_key"),
        # The page of a quarter, and the share of a metric's cases, are read from these alone.
        Index("ix_data_problem_received", "area_id", "received_on", "check_key", "reviewed_id", "subject_id"),
        Index("ix_data_problem_decided", "area_id", "decided_on", "check_key", "reviewed_id", "subject_id"),
        Index("ix_data_problem_given", "area_id", "given_on", "check_key", "reviewed_id", "subject_id"),
        Index("ix_data_problem_listed", "area_id", "check_key", "received_on", "subject_id", "reviewed_id"),
        Index(
            "ix_data_problem_right",
            *("area_id", "received_on"),
            sqlite_where=text(RIGHT),
            postgresql_where=text(RIGHT),
        ),
        Index("ix_data_problem_of_worker", "worker_id", "check_key", "received_on", "subject_id"),
    )
    subject: Subject = word(Subject)
    subject_id: int
    check_key: str = line(40)
    area_id: int = link("area.id", index=False)
    worker_id: int | None = link("user_account.id", null=True, index=False)
    received_on: date
    decided_on: date | None = Field(default=None)
    given_on: date | None = Field(default=None)
    said: str = line(300)
    reviewed_id: int | None = link("data_review.id", null=True, index=False)


class DataReview(Row, table=True):
    """That somebody looked at a problem and found the record right as it is; or took that back."""

    __tablename__ = "data_review"
    __table_args__ = (Index("ix_data_review_of", "subject", "subject_id", "check_key"),)
    subject: Subject = word(Subject)
    subject_id: int
    check_key: str = line(40)
    said: str = line(300)
    reason: str = line(300)
    undoes_id: int | None = link("data_review.id", null=True, unique=True)
    by_id: int = link("user_account.id", index=False)
    by_words: str = line(200)
    at: datetime = moment()
