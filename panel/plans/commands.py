"""What a plan may be told."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from panel.commands import Command, Day, Text, asked, chosen, not_future
from panel.plans.models import StepState

PastDay = Annotated[Day, AfterValidator(not_future)]


class StepNote(Command):
    """What became of one step."""

    state: StepState = chosen("What became of this step?", "Say whether the step was done or ended")
    done_on: PastDay | None = Field(
        default=None,
        validate_default=True,
        title="Day on which it was done",
        json_schema_extra={"ask": "Enter the day on which it was done"},
    )
    evidence: Text = asked(
        "How do we know that it was done, or why was it ended?",
        "Say how we know that it was done, or why it was ended",
        longest=2000,
    )

    @field_validator("state")
    @classmethod
    def _something_became_of_it(cls, value: StepState) -> StepState:
        if value is StepState.TO_DO:
            raise ValueError("must be done or ended")
        return value

    @field_validator("done_on")
    @classmethod
    def _done_on_a_day(cls, value: date | None, info: ValidationInfo) -> date | None:
        if info.data.get("state") is StepState.DONE and value is None:
            raise ValueError("must be given")
        return value if info.data.get("state") is StepState.DONE else None


class Close(Command):
    """How the plan and with it the case ended."""

    reason: Text = asked("How did it end?", "Say how it ended", longest=1000)
