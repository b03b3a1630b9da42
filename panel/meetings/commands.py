"""What may be asked of a meeting."""

from datetime import date
from typing import Annotated, Any
from urllib.parse import urlsplit

from annotated_types import Ge, Le
from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator

from panel.accounts.commands import mail_address
from panel.commands import Clock, Command, Day, Text, asked, chosen, not_past, optional
from workflows.meeting_days import OnHoliday, Rhythm, Weekday
from workflows.roles import Invited, Seat

FOLLOWING = "Also change all later meetings of the series?"


def _count(value: Any) -> Any:
    text = str(value or "").strip()
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:6]) <= 200:
        raise ValueError("must be a whole number, such as 12")
    return int(text)


def _no_link(value: str) -> str:
    if "://" in value or "www." in value.lower():
        raise ValueError("must not hold a link: it goes into mails, so put the link into its own box")
    return value


def _https(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme != "https" or not parts.hostname or any(c.isspace() for c in value)):
        raise ValueError("must be an address that begins with https://")
    return value


class Where(Command):
    """Where the panel meets: a place, a link, or both; and how many cases fit."""

    joining: Annotated[Text, AfterValidator(_https)] = optional("Link to join online", longest=500)
    location: Annotated[Text, AfterValidator(_no_link)] = Field(
        default="", max_length=200, title="Place", validate_default=True
    )
    capacity: Annotated[int, Ge(1), Le(40)] = chosen(
        "How many cases", "Enter how many cases the meeting takes", default=0
    )

    @field_validator("location")
    @classmethod
    def _somewhere(cls, value: str, info: ValidationInfo) -> str:
        if not value and not info.data.get("joining", "?"):
            raise ValueError("or a link to join online must be given")
        return value


class WhenWhere(Where):
    """When and where one meeting is."""

    held_on: Annotated[Day, AfterValidator(not_past)] = chosen("Date", "Enter the date of the meeting")
    starts_at: Clock = chosen("Start time", "Enter the start time")
    following: bool = chosen(FOLLOWING, "Say which meetings change", default=False)


def _nobody(value: Any) -> Any:
    return value or 0


Deputy = Annotated[int, BeforeValidator(_nobody)]


class Members(Command):
    """Who sits in each seat, who comes in their place, and who is invited from outside."""

    yot_manager: int = chosen("YOT manager", "Choose the YOT manager")
    yot_manager_deputy: Deputy = chosen("Deputy of the YOT manager", "Choose a deputy", default=0)
    police: int = chosen("Police", "Choose the police officer")
    police_deputy: Deputy = chosen("Deputy of the police officer", "Choose a deputy", default=0)
    victim_worker: int = chosen("Victim worker", "Choose the victim worker")
    victim_worker_deputy: Deputy = chosen("Deputy of the victim worker", "Choose a deputy", default=0)
    guests: tuple[int, ...] = chosen("Invited from outside", "Tick who is invited", default=())
    following: bool = chosen(FOLLOWING, "Say which meetings change", default=False)

    @field_validator("yot_manager_deputy", "police", "police_deputy", "victim_worker", "victim_worker_deputy")
    @classmethod
    def _another_person(cls, value: int, info: ValidationInfo) -> int:
        return _different(value, info) if value else value

    @property
    def seats(self) -> dict[Seat, int]:
        """Who sits where, by the number of the account."""
        return {seat: getattr(self, seat.value) for seat in Seat}

    @property
    def deputies(self) -> dict[Seat, int]:
        """Who comes when the member of a seat cannot; seats without a deputy are left out."""
        found = {seat: getattr(self, f"{seat.value}_deputy") for seat in Seat}
        return {seat: number for seat, number in found.items() if number}


class NewMeeting(Where, Members):
    """What one meeting and a series have in common."""

    starts_at: Clock = chosen("Start time", "Enter the start time")
    chair_id: int = chosen("Chair", "Choose who chairs the meeting")


class MeetingDetails(NewMeeting):
    """When and where the panel meets, who leads it and who sits in it."""

    held_on: Annotated[Day, AfterValidator(not_past)] = chosen("Date", "Enter the date of the meeting")


class Rule(Command):
    """How a series runs: a weekday in a rhythm, from a day until a day or a number of times."""

    start: Annotated[Day, AfterValidator(not_past)] = chosen("First day", "Enter from which day on")
    weekday: Weekday = chosen("Weekday", "Choose the weekday")
    rhythm: Rhythm = chosen("How often", "Say how often the panel meets")
    on_holiday: OnHoliday = chosen("On a bank holiday", "Say what happens on a bank holiday")
    until: Day | None = chosen("Last day", "Enter the last day", default=None)
    times: Annotated[int | None, BeforeValidator(_count)] = Field(
        default=None, title="How many meetings", validate_default=True
    )

    @field_validator("times")
    @classmethod
    def _an_end(cls, value: int | None, info: ValidationInfo) -> int | None:
        until, start = info.data.get("until"), info.data.get("start")
        if value is None and "until" in info.data and until is None:
            raise ValueError("or a last day must be given")
        if until is not None and start is not None and until < start:
            raise ValueError("cannot be counted: the last day is before the first")
        return value


class SeriesDetails(NewMeeting):
    """The meetings of a series, with the days that were left ticked."""

    days: tuple[Annotated[date, AfterValidator(not_past)], ...] = chosen(
        "Days", "Tick at least one day", min_length=1
    )


class NewChair(Command):
    """Another chair, and why."""

    chair_id: int = chosen("New chair", "Choose who chairs the meeting")
    reason: Text = asked("Reason", "Say why the chair changes", longest=300)
    following: bool = chosen(FOLLOWING, "Say which meetings change", default=False)


class Outsider(Command):
    """Somebody of another agency whom the panel may invite."""

    name: Text = asked("Name", "Enter the name", longest=120)
    agency: Invited = chosen("Agency", "Choose the agency")
    email: Annotated[Text, AfterValidator(mail_address)] = asked(
        "Email address", "Enter the address", longest=200
    )


class Order(Command):
    """Where a case goes on the agenda."""

    place: Annotated[int, Ge(1), Le(200)] = chosen("Move to place", "Enter a place on the agenda")


class Several(Command):
    """Cases to put on the agenda at once."""

    cases: tuple[str, ...] = chosen("Cases", "Tick at least one case", min_length=1)


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
    if value in [info.data.get(name) for seat in Seat for name in (seat.value, f"{seat.value}_deputy")]:
        raise ValueError("must be another person: nobody sits in two seats")
    return value


class PutOn(Command):
    """The meeting that a case is put on."""

    meeting_id: int = chosen("Meeting", "Choose a meeting")


class WithReason(Command):
    """An act that needs its reason."""

    reason: Text = asked("Reason", "Give a reason", longest=300)
