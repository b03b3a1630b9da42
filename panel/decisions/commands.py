"""What members say about a case and what the chair writes down."""

from pydantic import Field

from panel.commands import Command, Text, asked, chosen, optional
from panel.stepcommand import StepCommand
from workflows.vocabulary import Outcome


class PositionTaken(Command):
    """What one member thinks; without `member_id` it is the position of whoever sends it."""

    outcome: Outcome = chosen("Position", "Choose an outcome")
    comment: Text = optional("Why?", longest=2000)
    member_id: int | None = Field(default=None, title="Whose position is it?")


class Draft(Command):
    """The decision as far as it is written; what is missing may stay so until it is recorded."""

    outcomes: dict[int, Outcome] = Field(default_factory=dict, title="Outcome")
    reasons: Text = optional("Reasons", longest=6000)


class ConditionWritten(StepCommand):
    """A condition of the panel."""

    sealed: Text = optional("Sealed schedule", longest=2000)


class WithReason(Command):
    """An act that needs its reason."""

    reason: Text = asked("Reason", "Say why the case is put off", longest=1000)
