"""What a variation may be told."""

from pydantic import Field, ValidationInfo, field_validator

from panel.commands import Command, Text, asked, chosen
from panel.disposals.commands import Prepare
from workflows.variation import VariedBy


class PrepareVariation(Prepare):
    """Why and by whose authority the conditions are varied, and who will be the appropriate adult."""

    reason: Text = asked("Why are the conditions varied?", "Say why the conditions are varied", longest=2000)
    authority: VariedBy = chosen("Who varies them?", "Say who varies the conditions")
    authority_name: Text = asked("Their name", "Enter the name of whoever varies the conditions", longest=160)
    authority_rank: Text = Field(default="", max_length=80, title="Rank or office", validate_default=True)

    @field_validator("authority_rank")
    @classmethod
    def _of_the_police(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("authority") is VariedBy.POLICE and not value:
            raise ValueError("is missing: enter the rank of the authorised person")
        return value


class Withdraw(Command):
    """Why the conditions stay as they are."""

    reason: Text = asked(
        "Why do the conditions stay as they are?", "Say why the conditions stay as they are", longest=300
    )
