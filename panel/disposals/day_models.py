"""What happened on the day: requirements met, what was explained, a withdrawal, a copy that was found."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from panel.columns import line, link, moment, prose, word
from panel.tables import Row
from workflows.requirements import Requirement, RightToGive
from workflows.vocabulary import Advice


class RequirementMet(Row, table=True):
    """One thing that the law asks, as somebody said on a day that it is so; a later word stands beside it."""

    __tablename__ = "requirement"
    disposal_id: int = link("disposal.id")
    requirement: Requirement = word(Requirement)
    met_on: date
    at: datetime = moment()
    by_id: int = link("user_account.id", index=False)
    by_name: str = line(120)
    rank: str = line(60)
    collar: str = line(20)
    authority: RightToGive | None = word(RightToGive, null=True)
    ground: str = prose("what it rests on")
    cps_reference: str = line(60)
    exception: str = prose("why it is given although the YOT was not consulted about it")
    document_digest: str = line(64)


class Explanation(Row, table=True):
    """One time that a disposal was explained: the words as they were shown, who was there, what was said."""

    __tablename__ = "explanation"
    disposal_id: int = link("disposal.id")
    document_digest: str = line(64)
    at: datetime = moment()
    by_id: int = link("user_account.id", index=False)
    by_name: str = line(120)
    place: str = line(200)
    methods: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    method: str = line(200)
    language: str = line(80)
    interpreter: str = line(160)
    advice: Advice = word(Advice)
    there: list[dict[str, str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    items: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    said: list[dict[str, str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class ChildWithdrawal(Row, table=True):
    """A child took the consent to a conditional caution back; the police decide what follows (YCC-5)."""

    __tablename__ = "child_withdrawal"
    disposal_id: int = link("disposal.id")
    status_then: str = line(40)
    said_on: date
    reason: str = prose("what the child said")
    by_id: int = link("user_account.id", index=False)
    by_name: str = line(120)
    at: datetime = moment()


class FoundCopy(Row, table=True):
    """A signed paper that came to the case after the giving, with its story."""

    __tablename__ = "found_copy"
    disposal_id: int = link("disposal.id")
    document_id: int = link("document.id", index=False)
    signed_on: date
    signed_by: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    found_by: str = line(160)
    found_where: str = line(300)
    story: str = prose("why it was not there before")
    by_id: int = link("user_account.id", index=False)
    by_name: str = line(120)
    at: datetime = moment()
