"""What is said of a case of a sample when it is fed back, and what is done about it."""

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from panel.commands import Command, Text, optional


def empty(value: Any) -> Any:
    """Nothing for a field that was left empty."""
    return None if value == "None" or (isinstance(value, str) and not value.strip()) else value


class WithAction(Command):
    """What is told, and an action where one is wanted; whoever asks says what `words` are."""

    words: Text
    action: Text = optional("Action that follows, if any", longest=500)
    holder_id: Annotated[int | None, BeforeValidator(empty)] = Field(default=None, title="Who does it")
    due_on: date | None = Field(default=None, title="Done by")

    @model_validator(mode="after")
    def _whole_action(self) -> "WithAction":
        if self.action and (self.holder_id is None or self.due_on is None):
            raise ValueError("An action needs who does it and by which day")
        return self
