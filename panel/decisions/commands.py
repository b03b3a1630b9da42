"""What members say about a case and what the chair writes down."""

from pydantic import Field

from panel.commands import Command, Text, asked, chosen, optional
from workflows.before_panel import Evidence
from workflows.codes import Category
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
