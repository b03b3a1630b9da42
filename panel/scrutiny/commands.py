"""What may be asked of scrutiny."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from panel.commands import Command, Day, Text, asked, chosen, not_future, optional
from panel.rounds.commands import WithAction, empty
from workflows.scrutiny import Answer, Finding

Count = Annotated[int | None, BeforeValidator(empty)]


class Drawn(Command):
    """A period, how many, and who judges."""

    since: Annotated[Day, AfterValidator(not_future)] = chosen("From", "Enter the first day of the period")
    until: Annotated[Day, AfterValidator(not_future)] = chosen("To", "Enter the last day of the period")
    size: Count = Field(default=None, ge=1, le=500, title="How many cases")
    per_cent: Count = Field(default=None, ge=1, le=100, title="Or how many per cent")
    members: tuple[int, ...] = Field(
        min_length=1, title="Scrutineers", json_schema_extra={"ask": "Choose the scrutineers"}
    )

    @model_validator(mode="after")
    def _one_of_both(self) -> "Drawn":
        if (self.size is None) == (self.per_cent is None):
            raise ValueError("Enter either how many cases or how many per cent")
        return self


class Cleared(Command):
    """The two texts as scrutineers see them."""

    offences: Text = asked("Offence", "Enter what the offence was", longest=1000)
    reasons: Text = asked("Reasons of the panel", "Enter the panel's reasons", longest=6000)
    looked: bool = Field(default=False, title="I have read both texts, and nobody can be recognised in them")

    @model_validator(mode="after")
    def _a_person_looked(self) -> "Cleared":
        if not self.looked:
            raise ValueError("Tick that you have read both texts")
        return self


class Reason(Command):
    """Why a case is left out, or a round dropped."""

    words: Text = asked("Reason", "Give a reason", longest=300)


class Scored(Command):
    """What one scrutineer makes of a case."""

    finding: Finding = chosen("What do you make of the decision?", "Choose what you make of the decision")
    answers: dict[str, Answer] = Field(default_factory=dict, title="Criteria")
    comment: Text = optional("Comment", longest=2000)


class Found(Command):
    """What the scrutineers make of a case together."""

    finding: Finding = chosen("What does the panel of scrutineers find?", "Choose the finding")
    words: Text = optional("Observations, or where views differ", longest=2000)


class Finished(Command):
    """What is learned from a round."""

    words: Text = asked("What is learned", "Say what is learned from the round", longest=4000)


class FedBack(WithAction):
    """What case manager and chair are told, and what is done about it."""

    words: Text = asked("What is learned", "Say what is learned", longest=2000)
