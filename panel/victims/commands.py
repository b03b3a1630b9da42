"""What may be told about a victim, and what the victim worker may record."""

from typing import Any

from pydantic import Field, ValidationInfo, field_validator

from panel.commands import Command, Text, chosen, optional
from workflows.vocabulary import View

WITHOUT_ASKING = (View.NOT_CONTACTABLE, View.NOT_SOUGHT)


def _asked_later(title: str, ask: str, longest: int) -> Any:
    """A text that must be given only after some answers."""
    return Field(
        default="", max_length=longest, title=title, json_schema_extra={"ask": ask}, validate_default=True
    )


class Told(Command):
    """What the police know of the victim."""

    is_there: bool = chosen("Is there a victim?", "Say whether there is a victim")
    objects: bool = Field(default=False, title="They object to their details being passed on")
    name: Text = optional("Name of the victim", longest=160)
    contact: Text = optional("How to reach them", longest=300)
    is_business: bool = Field(default=False, title="The victim is a business or an organisation")
    under_18: bool = Field(default=False, title="The victim is under 18")
    same_household: bool = Field(default=False, title="The victim lives with the child")

    @field_validator("name", "contact")
    @classmethod
    def _only_of_a_victim(cls, value: str, info: ValidationInfo) -> str:
        if value and info.data.get("is_there") is False:
            raise ValueError("must be empty when there is no victim")
        return value

    @property
    def named(self) -> bool:
        """Whether the worker can act on it: name and contact are given, or the victim objects (VIC-4)."""
        return self.is_there and (self.objects or bool(self.name and self.contact))


class Recorded(Command):
    """What the victim said, and what the panel may read of it."""

    view: View = chosen("Has the victim been asked for their view?", "Choose where asking the victim stands")
    view_reason: Text = _asked_later(
        "Reason", "Say why the victim was not asked or could not be reached", 1000
    )
    own_words: Text = optional("The victim's own words", longest=6000)
    cleared_text: Text = _asked_later(
        "Text that the panel may read", "Write the text that the panel may read", 4000
    )
    wants_updates: bool = Field(default=False, title="The victim wants to be told what happens next")

    @field_validator("view")
    @classmethod
    def _was_dealt_with(cls, value: View) -> View:
        if value is View.NOT_YET:
            raise ValueError("must say what became of it")
        return value

    @field_validator("view_reason")
    @classmethod
    def _why_not_asked(cls, value: str, info: ValidationInfo) -> str:
        if not value and info.data.get("view") in WITHOUT_ASKING:
            raise ValueError("must be given")
        return value

    @field_validator("cleared_text")
    @classmethod
    def _given_to_the_panel(cls, value: str, info: ValidationInfo) -> str:
        if not value and info.data.get("view") is View.GIVEN:
            raise ValueError("must be given")
        return value
