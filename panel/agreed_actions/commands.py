"""What may be asked of an action."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, ValidationInfo

from panel.commands import Command, Day, Text, asked, chosen, optional


def not_past(value: date, info: ValidationInfo) -> date:
    """A day from today on."""
    today = (info.context or {}).get("today")
    if today is not None and value < today:
        raise ValueError("must be today or later")
    return value


class Agreed(Command):
    """What is to be done, by whom and by when."""

    what: Text = asked("What is to be done", "Say what is to be done", longest=500)
    holder_id: int = chosen("Who does it", "Choose who does it, or who chases somebody from outside")
    outside_owner: Text = optional("Somebody from outside, by name", longest=160)
    due_on: Annotated[Day, AfterValidator(not_past)] = chosen("Done by", "Enter the day by which it is done")
    case: Text = optional("Case", longest=12)


class Done(Command):
    """What was done."""

    words: Text = asked("What was done", "Say what was done", longest=1000)


class Carried(Command):
    """Another day or another person, and why."""

    due_on: Annotated[Day, AfterValidator(not_past)] = chosen("Done by", "Enter the new day")
    holder_id: int = chosen("Who does it", "Choose who does it")
    words: Text = asked("Why", "Say why it is carried over", longest=1000)


class Dropped(Command):
    """Why an action is not done any more."""

    words: Text = asked("Why it is dropped", "Say why it is dropped", longest=1000)
