"""What managers may say about an assessment."""

from typing import Self

from pydantic import Field, field_validator, model_validator

from config.countersigning import criteria, reasons
from panel.assessments.commands import Comment
from panel.commands import Command, Text, asked, chosen, optional
from workflows.countersigning import NEEDS_REMARK, Judged


class Said(Command):
    """What a manager says about one criterion."""

    judged: Judged
    remark: Text = optional("Remark", longest=1000)

    @model_validator(mode="after")
    def _explained(self) -> Self:
        if self.judged in NEEDS_REMARK and not self.remark:
            raise ValueError(NEEDS_REMARK[self.judged])
        return self


class Judgement(Command):
    """The criteria as far as they are judged, by their keys."""

    criteria: dict[str, Said] = Field(default_factory=dict)

    @field_validator("criteria")
    @classmethod
    def _known(cls, value: dict[str, Said]) -> dict[str, Said]:
        if strange := set(value) - {criterion.key for criterion in criteria()}:
            raise ValueError(f"unknown criteria: {sorted(strange)}")
        return value


class GiveBack(Comment):
    """Back to the case manager, with reasons from the list."""

    reasons: tuple[str, ...] = Field(
        default=(), title="Why do you give it back?", json_schema_extra={"ask": "Choose at least one reason"}
    )

    @field_validator("reasons")
    @classmethod
    def _known(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if set(value) - set(reasons()):
            raise ValueError("must be reasons of the list")
        return value


class SecondReading(Comment):
    """The same criteria, judged again by somebody else."""

    would_sign: bool = chosen(
        "Would you have countersigned it?", "Say whether you would have countersigned it"
    )


class Reopening(Command):
    """Why an assessment is written again."""

    reason: Text = asked("Why is the assessment opened again?", "Say why it is opened again", longest=1000)
