"""What members say about a case and what the chair writes down."""

from typing import Annotated

from pydantic import AfterValidator, Field

from panel.commands import Command, Day, Text, asked, chosen, not_future, optional
from panel.stepcommand import StepCommand
from workflows.vocabulary import Outcome

PastDay = Annotated[Day, AfterValidator(not_future)]


class PositionTaken(Command):
    """What one member thinks; without `member_id` it is the position of whoever sends it."""

    outcome: Outcome = chosen("Position", "Choose an outcome")
    comment: Text = optional("Why?", longest=2000)
    member_id: int | None = Field(default=None, title="Whose position is it?")


class Draft(Command):
    """The decision as far as it is written; what is missing may stay so until it is recorded."""

    outcomes: dict[int, Outcome] = Field(default_factory=dict, title="Outcome")
    reasons: Text = optional("Reasons", longest=6000)
    considered: Text = optional("What else was considered", longest=4000)
    evidence: Text = optional("How the police see the evidence", longest=4000)
    took_place_on: PastDay | None = Field(default=None, title="On which day was it decided?")
    late_reason: Text = optional("Why is it recorded only now?", longest=1000)


class ConditionWritten(StepCommand):
    """A condition of the panel."""

    sealed: Text = optional("Sealed schedule", longest=2000)


class WithReason(Command):
    """An act that needs its reason."""

    reason: Text = asked("Reason", "Say why the case is put off", longest=1000)
