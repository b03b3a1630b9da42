"""What may be asked of an appointment."""

from datetime import date, time
from typing import Annotated, Any

from annotated_types import Ge, Le
from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo

from panel.commands import Command, Day, Text, asked, chosen, optional
from workflows.appointment import AskedBy


def _not_past(value: date, info: ValidationInfo) -> date:
    today = (info.context or {}).get("today")
    if today is not None and value < today:
        raise ValueError("must be today or later")
    return value


def _clock(value: Any) -> Any:
    if isinstance(value, time):
        return value
    hour, mark, minute = str(value or "").strip().replace(".", ":").partition(":")
    if not (mark and hour.isascii() and minute.isascii() and hour.isdigit() and minute.isdigit()):
        raise ValueError("must be a time, such as 16:30")
    if int(hour) > 23 or int(minute) > 59:
        raise ValueError("must be a time, such as 16:30")
    return time(int(hour), int(minute))


def _count(value: Any) -> Any:
    text = str(value if value is not None else "").strip()
    return int(text[:6]) if text.isascii() and text.isdigit() else value


class Plan(Command):
    """When, where and with whom."""

    held_on: Annotated[Day, AfterValidator(_not_past)] = chosen("Day", "Enter the day")
    starts_at: Annotated[time, BeforeValidator(_clock)] = chosen("Time", "Enter the time")
    minutes: Annotated[int, Ge(15), Le(240), BeforeValidator(_count)] = Field(
        default=60, title="How many minutes"
    )
    place: Text = asked("Place", "Enter the place", longest=200)
    officer_id: int = chosen("Officer who gives it", "Choose the officer who gives it")
    joint: bool = chosen(
        "Does the case manager come too?", "Say whether the case manager comes too", default=True
    )
    adult_name: Text = optional("Who will be the appropriate adult?", longest=160)
    adult_phone: Text = optional("How to reach them", longest=40)
    language: Text = optional("Language, if it is not English", longest=80)
    interpreter: Text = optional("Interpreter", longest=160)
    easy_read: bool = Field(default=False, title="The child needs the easy-read page")
    needs: Text = optional("Other needs of the day", longest=1000)


class Reschedule(Plan):
    """The same, with who asked for another time and why."""

    asked_by: AskedBy = chosen("Who asked for it?", "Say who asked for it")
    code: str = chosen("Why does it change?", "Say why it changes")
    reason: Text = optional("In words", longest=500)


class Cancel(Command):
    """Why it is called off."""

    asked_by: AskedBy = chosen("Who asked for it?", "Say who asked for it")
    reason: Text = asked("Why is it called off?", "Say why it is called off", longest=500)
