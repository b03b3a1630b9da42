"""What may be asked of the register of placements."""

from datetime import date, time

from pydantic import Field, ValidationInfo, field_validator

from panel.commands import Clock, Command, Day, Text, asked, chosen, optional
from workflows.placements import Weekday


class PlacementDetails(Command):
    """A place where children put something right, as a manager describes it."""

    name: Text = asked("Name of the placement", "Enter the name of the placement", longest=160)
    address: Text = asked("Address", "Enter the address", longest=300)
    work: Text = asked("What do children do there?", "Say what children do there", longest=300)
    days: list[Weekday] = Field(
        title="On which days?", min_length=1, json_schema_extra={"ask": "Tick at least one day"}
    )
    starts_at: Clock = chosen("Starts at", "Enter when a session starts")
    ends_at: Clock = chosen("Ends at", "Enter when a session ends")
    girls_only: bool = chosen("Who may come?", "Say who may come")
    min_age: int = Field(
        ge=10, le=17, title="Youngest age", json_schema_extra={"ask": "Enter the youngest age"}
    )
    capacity: int = Field(
        ge=1,
        le=100,
        title="Children in one session",
        json_schema_extra={"ask": "Enter how many children may come"},
    )
    supervisor: Text = asked("Who looks after the children?", "Say who looks after the children", longest=200)
    ratio: Text = asked("Adults to children", "Enter the ratio, such as 1 to 3", longest=80)
    risks: Text = optional("What could go wrong there, and what is done about it?")
    risk_assessed_on: Day | None = Field(default=None, title="Risks last assessed on")
    risk_review_due: Day | None = Field(default=None, title="Risks to be looked at again by")
    contact: Text = optional("Contact, for staff only", longest=300)
    active_from: Day = chosen("Open from", "Enter the first day")
    active_until: Day | None = Field(default=None, title="Open until")

    @field_validator("ends_at")
    @classmethod
    def _after_its_start(cls, value: time, info: ValidationInfo) -> time:
        start = info.data.get("starts_at")
        if start is not None and value <= start:
            raise ValueError("must be after the start")
        return value

    @field_validator("risk_assessed_on")
    @classmethod
    def _assessed(cls, value: date | None, info: ValidationInfo) -> date | None:
        today = (info.context or {}).get("today")
        if value is not None and today is not None and value > today:
            raise ValueError("must be today or in the past")
        return value

    @field_validator("risk_review_due")
    @classmethod
    def _after_the_assessment(cls, value: date | None, info: ValidationInfo) -> date | None:
        assessed = info.data.get("risk_assessed_on")
        if value is not None and assessed is not None and value <= assessed:
            raise ValueError("must be after the day of the assessment")
        return value

    @field_validator("active_until")
    @classmethod
    def _after_the_first_day(cls, value: date | None, info: ValidationInfo) -> date | None:
        first = info.data.get("active_from")
        if value is not None and first is not None and value < first:
            raise ValueError("must not be before the first day")
        return value
