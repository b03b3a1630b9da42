"""The plan that the child follows: its versions, and what became of each step."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, UniqueConstraint

from panel.columns import Word, line, link, moment, prose, word
from panel.steps import StepFields
from panel.tables import Row, Versioned
from workflows.plan import Status
from workflows.plan_parts import Serves


class StepState(StrEnum):
    """What became of a step."""

    TO_DO = "to_do"
    DONE = "done"
    ENDED = "ended"
    REMOVED = "removed"


class Plan(Versioned, table=True):
    """The plan of one disposal."""

    __tablename__ = "plan"
    referral_id: int = link("referral.id", unique=True)
    disposal_id: int = link("disposal.id", unique=True)
    status: Status = word(Status, default=Status.AGREED)
    ends_on: date | None = Field(default=None)
    reason: str = prose()
    changed_at: datetime = moment()


class PlanStep(Row, StepFields, table=True):
    """One step of the version in force; `place` is its number for good, `position` its order now."""

    __tablename__ = "plan_step"
    plan_id: int = link("plan.id")
    position: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    starts_on: date | None = Field(default=None)
    owner: str = Field(default="", max_length=160)
    serves: Serves = Field(
        sa_column=Column(Word(Serves), nullable=False, server_default=Serves.DESISTANCE.value),
        default=Serves.DESISTANCE,
    )
    binding: bool = Field(
        default=False,
        sa_column_kwargs={"server_default": "0"},
        description="whether it is a condition of a caution, which only a variation changes (VAR-1)",
    )
    state: StepState = word(StepState, default=StepState.TO_DO)
    done_on: date | None = Field(default=None)
    evidence: str = prose("how we know that it is done, or why it was ended")
    noted_by_id: int | None = link("user_account.id", null=True, index=False)
    noted_at: datetime | None = moment(null=True)


class PlanVersion(Row, table=True):
    """The whole plan as it stood after one change; never altered."""

    __tablename__ = "plan_version"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)
    plan_id: int = link("plan.id", index=False)
    number: int
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    digest: str = line(64)
    why: str = prose()
    by_id: int = link("user_account.id", index=False)
    at: datetime = moment()


class PlanDraft(Versioned, table=True):
    """A change of the plan that somebody is writing; gone when it becomes a version."""

    __tablename__ = "plan_draft"
    plan_id: int = link("plan.id", unique=True)
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    by_id: int = link("user_account.id", index=False)
    at: datetime = moment()


class PlanAgreement(Row, table=True):
    """Child and adult agreed one version of a plan that binds nobody, with the signed paper (3.2.1f)."""

    __tablename__ = "plan_agreement"
    plan_id: int = link("plan.id")
    number: int
    child_name: str = line(160)
    adult_name: str = line(160)
    child_signed: bool
    adult_signed: bool
    not_signed: str = line(500)
    on_paper: bool
    document_id: int = link("document.id", index=False)
    by_id: int = link("user_account.id", index=False)
    at: datetime = moment()


class ExitNote(Row, table=True):
    """What became of a way into mainstream services: the referral was made, or not (3.3.1e)."""

    __tablename__ = "plan_exit_note"
    plan_id: int = link("plan.id")
    exit_key: int
    happened: bool
    happened_on: date
    said: str = prose()
    by_id: int = link("user_account.id", index=False)
    at: datetime = moment()
