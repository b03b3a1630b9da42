"""What may be asked of an appointment."""

from typing import Annotated

from pydantic import AfterValidator, Field

from panel.commands import Clock, Command, Day, Text, asked, chosen, not_past, optional
from workflows.appointment import AskedBy


class Plan(Command):
    """When, where and with whom."""

    held_on: Annotated[Day, AfterValidator(not_past)] = chosen("Day", "Enter the day")
    starts_at: Clock = chosen("Time", "Enter the time")
    minutes: int = Field(default=60, ge=15, le=240, title="How many minutes")
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
