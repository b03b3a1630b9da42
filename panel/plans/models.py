"""The plan that the child follows, and what became of each step."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field

from panel.columns import link, moment, prose, word
from panel.steps import StepFields
from panel.tables import Row, Versioned
from workflows.plan import Status


class StepState(StrEnum):
    """What became of a step."""

    TO_DO = "to_do"
    DONE = "done"
    ENDED = "ended"


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
    """One step, from the condition that was decided."""

    __tablename__ = "plan_step"
    plan_id: int = link("plan.id")
    state: StepState = word(StepState, default=StepState.TO_DO)
    done_on: date | None = Field(default=None)
    evidence: str = prose("how we know that it is done, or why it was ended")
    noted_by_id: int | None = link("user_account.id", null=True, index=False)
    noted_at: datetime | None = moment(null=True)
