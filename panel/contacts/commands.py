"""What may be asked about contacts."""

from datetime import time
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from panel.commands import Clock, Command, Day, Text, asked, chosen, optional
from workflows.contact import Attendance, Busy, ContactKind

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _count(value: Any) -> Any:
    return 0 if value in (None, "") else value


Count = Annotated[int, BeforeValidator(_count)]


class When(Command):
    """Day, time and place of one appointment."""

    on: Day = chosen("Which day?", "Enter the day")
    starts: Clock = chosen("At what time?", "Enter the time")
    minutes: int = Field(
        default=60, ge=5, le=600, title="How many minutes?", json_schema_extra={"ask": "Enter the minutes"}
    )
    where_at: Text = asked("Where?", "Say where it is", longest=200)


class Offer(When):
    """An appointment that is offered, or a series of them."""

    kind: ContactKind = chosen("What kind of contact is it?", "Say what kind of contact it is")
    step_place: Annotated[int, BeforeValidator(_count)] = Field(
        default=0, title="Which step of the plan does it serve?"
    )
    worker_id: int = chosen("With whom?", "Choose the worker")
    others: Text = optional("Who else comes?", longest=200)
    times: Annotated[int, BeforeValidator(lambda said: 1 if said in (None, "") else said)] = Field(
        default=1, ge=1, le=200, title="How many times?"
    )
    every: Annotated[int, BeforeValidator(lambda said: 1 if said in (None, "") else said)] = Field(
        default=1, ge=1, le=4, title="Every how many weeks?"
    )
    fits: Text = optional("How does the time fit school, work and faith?", longest=1000)


class Reschedule(When):
    """Another day, time or place for an appointment, and why."""

    reason_code: Text = asked("Why is it moved?", "Choose why it is moved", longest=40)
    reason: Text = optional("In more words", longest=1000)


class Note(Command):
    """What became of an appointment."""

    became: Attendance = chosen("What became of it?", "Say what became of it")
    reason_code: Text = Field(
        default="",
        max_length=40,
        title="Why?",
        validate_default=True,
        json_schema_extra={"ask": "Choose why"},
    )
    reason: Text = optional("What did the child, the family or the worker say?", longest=2000)
    done: Text = Field(default="", max_length=2000, title="What was done?", validate_default=True)
    counted_minutes: Count = Field(default=0, ge=0, le=600, title="How many minutes count?")

    @field_validator("became")
    @classmethod
    def _something_became_of_it(cls, value: Attendance) -> Attendance:
        if value is Attendance.OFFERED:
            raise ValueError("must be attended, missed, excused or cancelled")
        return value

    @field_validator("reason_code")
    @classmethod
    def _coded(cls, value: str, info: ValidationInfo) -> str:
        became = info.data.get("became")
        if became is Attendance.ATTENDED:
            return ""
        if became is not None and not value:
            raise ValueError("Choose why")
        return value

    @field_validator("done")
    @classmethod
    def _said_what(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("became") is not Attendance.ATTENDED:
            return ""
        if not value:
            raise ValueError("Say what was done")
        return value

    @field_validator("counted_minutes")
    @classmethod
    def _only_who_came(cls, value: int, info: ValidationInfo) -> int:
        return value if info.data.get("became") is Attendance.ATTENDED else 0


class Asked(Command):
    """What the family said about their week."""

    at_school: bool = chosen(
        "Does the child go to school or college on weekdays?",
        "Say whether the child goes to school or college",
    )
    note: Text = optional("What else helps the family to come?", longest=1000)


class DoesNotFit(Command):
    """One time of each week that does not fit."""

    kind: Busy = chosen("What is it?", "Say what it is")
    weekday: int = Field(ge=0, le=6, title="On which day?", json_schema_extra={"ask": "Choose the day"})
    starts: Clock = chosen("From", "Enter the time from which")
    ends: Clock = chosen("Until", "Enter the time until which")

    @field_validator("ends")
    @classmethod
    def _after_the_start(cls, value: time, info: ValidationInfo) -> time:
        starts = info.data.get("starts")
        if starts is not None and value <= starts:
            raise ValueError("must be after the time from which")
        return value
