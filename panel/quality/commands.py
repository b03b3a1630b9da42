"""What may be asked of the data's quality."""

from pydantic import field_validator

from panel.commands import Command, Text, asked, chosen, optional
from workflows import identifiers
from workflows.vocabulary import Gender


class Reason(Command):
    """Why a record is right as it is, or why that was wrong."""

    reason: Text = asked("Why?", "Give the reason", longest=300)


class Equality(Command):
    """What the figures need to know of a child."""

    gender: Gender = chosen("Gender", "Choose the child's gender, or not stated")
    ethnicity: Text = optional("Ethnic group, as the child describes it", longest=4)
    postcode: Text = optional("Postcode", longest=10)

    @field_validator("postcode")
    @classmethod
    def _one_way_to_write_a_postcode(cls, value: str) -> str:
        return identifiers.postcode(value)
