"""What may be asked of an action."""

from typing import Annotated

from pydantic import AfterValidator

from panel.commands import Command, Day, Text, asked, chosen, not_past, optional


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
