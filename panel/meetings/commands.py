"""What may be asked of a meeting."""

from datetime import date, time
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ValidationInfo, field_validator

from panel.commands import Command, Day, Text, asked, chosen
from workflows.roles import Seat


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
        raise ValueError("must be a time, such as 10:00")
    if int(hour) > 23 or int(minute) > 59:
        raise ValueError("must be a time, such as 10:00")
    return time(int(hour), int(minute))


class MeetingDetails(Command):
    """When and where the panel meets, who leads it and who sits in it."""

    held_on: Annotated[Day, AfterValidator(_not_past)] = chosen("Date", "Enter the date of the meeting")
    starts_at: Annotated[time, BeforeValidator(_clock)] = chosen("Start time", "Enter the start time")
    location: Text = asked("Place", "Enter where the panel meets", longest=200)
    chair_id: int = chosen("Chair", "Choose who chairs the meeting")
    yot_manager: int = chosen("YOT manager", "Choose the YOT manager")
    police: int = chosen("Police", "Choose the police officer")
    victim_worker: int = chosen("Victim worker", "Choose the victim worker")

    @field_validator("police", "victim_worker")
    @classmethod
    def _another_person(cls, value: int, info: ValidationInfo) -> int:
        return _different(value, info)

    @property
    def seats(self) -> dict[Seat, int]:
        """Who sits where, by the number of the account."""
        return {seat: getattr(self, seat.value) for seat in Seat}


class Attendance(Command):
    """Who is here, seat by seat; 0 is an empty seat."""

    yot_manager: int = chosen("YOT manager", "Say who is here as YOT manager")
    police: int = chosen("Police", "Say who is here for the police")
    victim_worker: int = chosen("Victim worker", "Say who is here as victim worker")

    @field_validator("police", "victim_worker")
    @classmethod
    def _another_person(cls, value: int, info: ValidationInfo) -> int:
        return _different(value, info) if value else value

    @property
    def seats(self) -> dict[Seat, int]:
        """Who sits where, empty seats left out."""
        return {seat: getattr(self, seat.value) for seat in Seat if getattr(self, seat.value)}


def _different(value: int, info: ValidationInfo) -> int:
    if value in [info.data.get(seat.value) for seat in Seat]:
        raise ValueError("must be another person: nobody sits in two seats")
    return value


class PutOn(Command):
    """The meeting that a case is put on."""

    meeting_id: int = chosen("Meeting", "Choose a meeting")


class WithReason(Command):
    """An act that needs its reason."""

    reason: Text = asked("Reason", "Give a reason", longest=300)
