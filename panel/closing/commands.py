"""What may be written down at the end."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from panel.commands import Command, Day, Text, asked, chosen, not_future, optional
from workflows.closing import Means

PastDay = Annotated[Day, AfterValidator(not_future)]


class Complete(Command):
    """That a plan is over."""

    said: Text = asked("How did it go?", "Say how it went", longest=2000)


class Release(Command):
    """That the code 22 may be recorded."""

    said: Text = asked(
        "Why is nothing further in the public interest?",
        "Say why nothing further is in the public interest",
        longest=2000,
    )


class Summary(Command):
    """The closing summary: for the file, and for the child."""

    done: Text = asked("What was done?", "Say what was done")
    helped: Text = asked("What helped?", "Say what helped, or that nothing did")
    still_open: Text = asked("What is still open?", "Say what is still open, or that nothing is")
    exit_services: Text = asked(
        "Which services go on, and who was asked?", "Say which services go on, or that none do"
    )
    safety: Text = asked(
        "How safe are the child and other people now?", "Say how safe the child and others are"
    )
    if_trouble: Text = asked(
        "What is to be thought of if there is trouble again?", "Say what is to be thought of"
    )
    child_done: Text = asked("For the child: what you did", "Write what the child did", longest=1000)
    child_well: Text = asked(
        "For the child: what you are good at", "Write what the child is good at", longest=1000
    )
    child_next: Text = asked(
        "For the child: who is there for you now", "Write who is there for the child now", longest=1000
    )


class Said(Command):
    """What somebody says at the end; each answer may be left out."""

    declined: bool = Field(default=False, title="They would rather not say anything")
    answers: dict[str, str] = Field(default_factory=dict)
    words: Text = optional("In their own words", longest=2000)
    means: Means = Means.TABLET
    given_on: PastDay = chosen("On which day?", "Enter the day on which they were asked")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.declined and not self.answers and not self.words:
            raise ValueError("Answer a question, write something, or tick that they would rather not")
        return self


class SaidToWorker(Said):
    """What somebody says to a worker, who writes it down."""

    means: Means = chosen("How was it said?", "Say how it was said")
