"""What is said of a case of a sample when it is fed back, and what is done about it."""

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from panel.commands import Command, Text, optional

LACKING = {"holder_id": "Choose who does the action", "due_on": "Enter by which day the action is done"}


def empty(value: Any) -> Any:
    """Nothing for a field that was left empty."""
    return None if value == "None" or (isinstance(value, str) and not value.strip()) else value


class WithAction(Command):
    """What is told, and an action where one is wanted; whoever asks says what `words` are."""

    words: Text
    action: Text = optional("Action that follows, if any", longest=500)
    holder_id: Annotated[int | None, BeforeValidator(empty)] = Field(
        default=None, title="Who does it", validate_default=True
    )
    due_on: date | None = Field(default=None, title="Done by", validate_default=True)

    @field_validator("holder_id", "due_on")
    @classmethod
    def _whole_action(cls, value: Any, info: ValidationInfo) -> Any:
        if value is None and info.data.get("action"):
            raise ValueError(LACKING[info.field_name or ""])
        return value
