"""What members say about a case and what the chair writes down."""

from typing import Annotated

from pydantic import AfterValidator, Field

from panel.commands import Command, Day, Text, asked, chosen, not_future, optional
from panel.stepcommand import StepCommand
from workflows.before_panel import Evidence
from workflows.codes import Category
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


class EvidenceSeen(Command):
    """What an officer holds of the evidence of each offence, and of what sort it was."""

    evidence: dict[int, Evidence] = Field(default_factory=dict, title="Evidence")
    categories: dict[int, list[Category]] = Field(default_factory=dict, title="Kind of offence")


class Reviewed(Command):
    """What a manager found who looked at the case before the panel."""

    said: Text = asked(
        "What did you look at, and what do you say to the panel?", "Say what you found", longest=2000
    )


class ChargeForm(Command):
    """Where the form is that goes with the case for charge."""

    said: Text = asked("Reference of the Child Information Form", "Enter the reference", longest=60)


class Deferral(Command):
    """Why a case is put off: one reason of the list, and in words what is missing."""

    code: str = chosen("Why is the case put off?", "Choose why the case is put off")
    reason: Text = asked("What is missing, and who gets it?", "Say what is missing", longest=1000)
