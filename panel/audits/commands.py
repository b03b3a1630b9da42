"""What may be asked of case audits."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator

from panel.commands import Command, Day, Text, asked, chosen, not_future, optional
from panel.rounds.commands import WithAction, empty
from workflows.audit import Answer, LeftOut
from workflows.ratings import Framework
from workflows.sample_size import split
from workflows.vocabulary import Level


class Opened(Command):
    """A period, how exact, under which framework, and who audits."""

    since: Annotated[Day, AfterValidator(not_future)] = chosen(
        "Given from", "Enter the first day of the period"
    )
    until: Annotated[Day, AfterValidator(not_future)] = chosen("Given to", "Enter the last day of the period")
    framework: Framework = chosen("Framework", "Choose the framework")
    confidence: int = chosen("Confidence in per cent", "Enter the confidence", ge=50, le=99)
    margin: int = chosen("Margin in per cent", "Enter the margin", ge=1, le=30)
    whole: Annotated[int | None, BeforeValidator(empty)] = Field(
        default=None, ge=1, le=999, title="A fixed total of cases"
    )
    share: Annotated[int | None, BeforeValidator(empty)] = Field(
        default=None, ge=1, le=100, title="Out of court in per cent", validate_default=True
    )
    members: tuple[int, ...] = Field(
        min_length=1, title="Auditors", json_schema_extra={"ask": "Choose the auditors"}
    )
    again: bool = Field(default=False, title="Take in cases that were in a sample lately")

    @field_validator("until")
    @classmethod
    def _in_order(cls, value: date, info: ValidationInfo) -> date:
        since = info.data.get("since")
        if since is not None and value < since:
            raise ValueError("The last day must not be before the first day")
        return value

    @field_validator("share")
    @classmethod
    def _whole_split(cls, value: int | None, info: ValidationInfo) -> int | None:
        whole = info.data.get("whole")
        if whole is not None and value is None:
            raise ValueError("Enter how much of the fixed total is out of court")
        if whole is not None and not split(whole, value or 0)[0]:
            raise ValueError("Of that total not one case is out of court: enter more")
        return value


class Excluded(Command):
    """Why a case is left out of the sample."""

    left_out: LeftOut = chosen("Why", "Choose why it is left out")
    words: Text = asked("Reason", "Give the reason", longest=300)


class Words(Command):
    """What is learned from a round, or why it is dropped."""

    words: Text = asked("In words", "Say it in words", longest=4000)


class Part(Command):
    """The answers of one part of the form, as far as they are given."""

    answers: dict[str, Answer] = Field(default_factory=dict, title="Answers")
    notes: dict[str, str] = Field(default_factory=dict, title="Notes")


class Overall(Command):
    """What the auditor thinks of the case as a whole; what is not given yet stays open."""

    safety_class: Annotated[Level | None, BeforeValidator(empty)] = Field(
        default=None, title="Your own classification: safety and wellbeing"
    )
    harm_class: Annotated[Level | None, BeforeValidator(empty)] = Field(
        default=None, title="Your own classification: risk of serious harm"
    )
    disposal_right: bool | None = Field(default=None, title="Was the disposal the right one?")
    right_note: Text = optional("Why, if it was not", longest=1000)
    comment: Text = optional("What the case shows, strengths and what should be better", longest=4000)


class Settled(Command):
    """How a third person settles what two auditors see differently."""

    words: Text = asked("Reason", "Give the reason", longest=2000)


class FedBack(WithAction):
    """What the case manager is told, and what is done about it."""

    words: Text = asked("What the case manager is told", "Say what the case manager is told", longest=4000)


class Replied(Command):
    """What the case manager answers to the audit."""

    words: Text = asked("Your answer", "Write your answer", longest=2000)
