"""What may be asked about the ratings of a service."""

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from panel.commands import Command, Day, Reason, Text, asked, chosen, not_future, optional
from workflows.ratings import Framework
from workflows.vocabulary import register

register(
    (
        (Framework.F2018, "2018: inspections from the middle of 2018 to the middle of 2021"),
        (Framework.F2021, "2021: reports from late 2021 to early 2025"),
        (Framework.F2025, "2025: from spring 2025; no score out of 36"),
    )
)
MOST = 9999


def _number(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _count(title: str) -> Any:
    return Field(
        ge=0, le=MOST, title=title, json_schema_extra={"ask": f"Enter a number for: {title.lower()}"}
    )


Count = Annotated[int, BeforeValidator(_number)]
Chosen = Annotated[int | None, BeforeValidator(_number)]


class Started(Command):
    """A self-inspection: what for, in which framework, on which cases."""

    title: Text = asked("What is it called?", "Enter what it is called", longest=120)
    framework: Framework = chosen("Which framework?", "Choose the framework")
    first_on: Annotated[Day, AfterValidator(not_future)] = chosen("From", "Enter the first day of the period")
    last_on: Annotated[Day, AfterValidator(not_future)] = chosen("To", "Enter the last day of the period")
    audit_round_id: Chosen = Field(default=None, title="Which round of case audits does it rest on?")
    with_court: bool = Field(default=False, title="Rate work with court disposals too (domain two)")

    @model_validator(mode="after")
    def _in_order(self) -> "Started":
        if self.first_on > self.last_on:
            raise ValueError("The first day comes before the last")
        return self


class Answered(Command):
    """How often one key question was answered."""

    yes: Count = _count("Yes")
    no: Count = _count("No")
    not_applicable: Count = _count("Not applicable")
    source: Text = asked(
        "Where do these answers come from?", "Say where these answers come from", longest=300
    )


NOT_RATED = "not_rated"


def _rating(value: Any) -> Any:
    return None if value == NOT_RATED else _number(value)


class Judged(Command):
    """A rating by judgement; none takes the last one back."""

    rating: Annotated[int | None, BeforeValidator(_rating)] = Field(
        default=None, ge=0, le=3, title="What is the rating?"
    )
    reason: Reason = asked("Why?", "Give the reason", longest=2000)


class Lifted(Command):
    """Why a rating is lifted, or why that is taken back."""

    reason: Reason = asked("Why?", "Give the reason", longest=2000)


class Texts(Command):
    """The words of a report, as a person leaves them."""

    summary: Text = asked("In short", "Write what the report says in short", longest=4000)
    strengths: Text = optional("Strengths", longest=8000)
    areas: Text = optional("Areas for improvement", longest=8000)
    examples: Text = optional("Examples from practice", longest=8000)
