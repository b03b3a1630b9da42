"""What may be asked of a board pack."""

from datetime import date

from pydantic import Field, model_validator

from panel.commands import Command, Day, Text, asked, chosen, optional
from workflows.board_pack import MOST_DECISIONS, SENTENCES, Answer

LONGEST = 600


class Front(Command):
    """The first page: up to five sentences, up to three decisions."""

    sentence_1: Text = optional("What changed: first sentence", longest=LONGEST)
    sentence_2: Text = optional("Second sentence", longest=LONGEST)
    sentence_3: Text = optional("Third sentence", longest=LONGEST)
    sentence_4: Text = optional("Fourth sentence", longest=LONGEST)
    sentence_5: Text = optional("Fifth sentence", longest=LONGEST)
    decision_1: Text = optional("First decision asked for", longest=LONGEST)
    decision_2: Text = optional("Second decision asked for", longest=LONGEST)
    decision_3: Text = optional("Third decision asked for", longest=LONGEST)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences in their order."""
        return tuple(getattr(self, f"sentence_{n}") for n in range(1, SENTENCES + 1))

    @property
    def decisions(self) -> tuple[str, ...]:
        """The decisions in their order."""
        return tuple(getattr(self, f"decision_{n}") for n in range(1, MOST_DECISIONS + 1))


class Text2(Command):
    """The two sentences under a figure."""

    text: Text = asked("What the figure says", "Say in two sentences what the figure says", longest=1200)


class Asked(Command):
    """Something that the board decided or asked for."""

    wish: Text = asked("What the board decided or asked for", "Enter what the board asked for", longest=1000)
    owner: Text = asked("Who does it", "Enter who does it", longest=160)
    due_on: Day = chosen("Done by", "Enter the day by which it is done")


class Closed(Command):
    """What became of it."""

    answer: Answer = chosen("Where it stands", "Choose where it stands")
    said: Text = asked("What was done, or why it was dropped", "Say what was done", longest=1000)
    closed_on: date | None = Field(default=None, title="On")

    @model_validator(mode="after")
    def _closed_on_a_day(self) -> "Closed":
        if self.answer is not Answer.OPEN and self.closed_on is None:
            raise ValueError("Enter the day on which it was done or dropped")
        return self
