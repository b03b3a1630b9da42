"""Disposals as the police have them, each thing that the police said of them, and what we made of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, text
from sqlmodel import Field, Index, SQLModel, UniqueConstraint

from panel.columns import line, link, moment, prose, word
from panel.tables import Row, Versioned
from workflows.police import Fit, Heard, NotOurs, Standing, Verdict
from workflows.vocabulary import Gender, Outcome

# As it stands in the index and, letter for letter, in the list that reads it.
IS_EXCEPTION = "exception <> ''"


class SaidOfIt(SQLModel):
    """What the police say of one disposal; the form, the interface and the columns of a list ask for this."""

    outcome: Outcome = word(Outcome)
    given_on: date
    crime_reference: str = line(20)
    force_reference: str = line(40)
    offence: str = line(200)
    given_name: str = line(100)
    surname: str = line(100)
    date_of_birth: date | None = Field(default=None)
    gender: Gender = word(Gender, default=Gender.NOT_STATED)
    ethnicity: str = line(4)
    address: str = line(300)
    postcode: str = line(10)
    ward: str = line(60)
    pnc_id: str = line(14)
    station: str = line(60)
    team: str = line(60)
    officer: str = line(120)
    first_time: bool | None = Field(default=None, description="the force has nothing earlier of this child")
    support: str = line(300)


class PoliceDisposal(Versioned, SaidOfIt, table=True):
    """One disposal to one child, however we know of it: the list, the form, the interface, our own panel.

    `told_on` is the first day on which the YOT knew of it by anything but a list; without it the gap counts
    it. `tell_by` is the last day that the joint policy of the day of giving allows. `listed_on` is the day of
    the first list that has it, empty while only we know of it. The state (`workflows.police.notice`) follows.
    """

    __tablename__ = "police_disposal"
    __table_args__ = (
        Index("ix_police_disposal_by_day", "area_id", "outcome", "given_on", "id"),
        # Holds all that says where a disposal stands in the gap, so that counting reads no row.
        Index(
            "ix_police_disposal_gap",
            *(
                "area_id",
                "outcome",
                "given_on",
                "status",
                "told_on",
                "tell_by",
                "listed_on",
                "asked_on",
                "fit",
            ),
        ),
        # The same for the figures of the two policies.
        Index(
            "ix_police_disposal_policy",
            *("area_id", "status", "given_on", "outcome", "consulted"),
            *("first_time", "told_how", "told_on", "referral_id"),
        ),
        Index("ix_police_disposal_untold", "area_id", "told_on", "given_on", "id"),
        Index("ix_police_disposal_by_fit", "area_id", "fit", "id"),
        Index("ix_police_disposal_by_crime", "crime_reference"),
        Index("ix_police_disposal_by_force", "force_id", "force_reference"),
        Index("ix_police_disposal_by_birth", "date_of_birth"),
        Index(
            "ix_police_disposal_exception",
            *("area_id", "status", "id"),
            sqlite_where=text(IS_EXCEPTION),
            postgresql_where=text(IS_EXCEPTION),
        ),
    )
    reference: str = line(12, unique=True)
    force_id: int = link("force.id", index=False)
    area_id: int = link("area.id", index=False)
    status: Standing = word(Standing, default=Standing.COUNTED)
    not_ours: NotOurs | None = word(NotOurs, null=True)
    duplicate_of_id: int | None = link("police_disposal.id", null=True)
    tell_by: date
    told_on: date | None = Field(default=None)
    told_how: Heard | None = word(Heard, null=True)
    listed_on: date | None = Field(default=None)
    asked_on: date | None = Field(
        default=None, description="the day on which we first asked the force about it"
    )
    consulted: bool | None = Field(default=None, description="whether the YOT was asked before it was given")
    exception: str = line(40)
    exception_reason: str = prose("why it was given without the YOT, in the officer's words")
    fit: Fit = word(Fit, default=Fit.NOT_LOOKED)
    child_id: int | None = link("child.id", null=True)
    referral_id: int | None = link("referral.id", null=True)
    made_at: datetime = moment()
    changed_at: datetime = moment()


class PoliceReport(Row, table=True):
    """One time that the police, or our own panel, told of a disposal: what was said, as it was said."""

    __tablename__ = "police_report"
    disposal_id: int = link("police_disposal.id")
    how: Heard = word(Heard)
    said_on: date
    said: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    list_id: int | None = link("police_list.id", null=True)
    line_number: int | None = None
    system_id: int | None = link("force_system.id", null=True, index=False)
    by_id: int | None = link("user_account.id", null=True)
    at: datetime = moment()


class PoliceLink(Row, table=True):
    """One decision whether a police disposal and something on our side are the same; the last one holds."""

    __tablename__ = "police_link"
    __table_args__ = (Index("ix_police_link_by_verdict", "verdict", "disposal_id"),)
    disposal_id: int = link("police_disposal.id")
    verdict: Verdict = word(Verdict)
    other_id: int | None = link("police_disposal.id", null=True)
    child_id: int | None = link("child.id", null=True)
    referral_id: int | None = link("referral.id", null=True)
    score: float = 0
    because: str = line(500)
    reason: str = line(300)
    by_id: int | None = link("user_account.id", null=True, index=False)
    at: datetime = moment()


class PoliceList(Versioned, table=True):
    """One list that a force supplied: which days it covers, when it came, what was made of it."""

    __tablename__ = "police_list"
    __table_args__ = (Index("ix_police_list_by_days", "area_id", "first_on", "last_on"),)
    reference: str = line(12, unique=True)
    force_id: int = link("force.id")
    area_id: int = link("area.id", index=False)
    status: str = line(40)
    file_id: int = link("stored_file.id")
    file_name: str = line(200)
    digest: str = line(64)
    first_on: date | None = Field(default=None, description="first day that the list covers")
    last_on: date | None = Field(default=None, description="last day that the list covers")
    supplied_on: date
    mapping: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    counts: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    by_id: int = link("user_account.id", index=False)
    at: datetime = moment()
    done_at: datetime | None = moment(null=True)


class PoliceListRow(Row, table=True):
    """One row of a list, as it stood there, what is wrong with it, and what became of it."""

    __tablename__ = "police_list_row"
    __table_args__ = (UniqueConstraint("list_id", "line_number"),)
    list_id: int = link("police_list.id", index=False)
    line_number: int
    cells: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    problems: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    result: str = line(40)
    disposal_id: int | None = link("police_disposal.id", null=True)
