"""What may be asked about the gap."""

from datetime import date
from enum import StrEnum

from pydantic import Field, ValidationInfo, field_validator, model_validator

from panel.commands import Command, Day, Reason, Text, asked, chosen, optional
from panel.referrals.commands import PastDay
from workflows.gap_work import Became, Reply
from workflows.police import POLICE_OUTCOMES, NotOurs
from workflows.vocabulary import Outcome, register

LONGEST_YEARS = 5


class Kind(StrEnum):
    """The kind of file of an export."""

    CSV = "csv"
    XLSX = "xlsx"


register(((Kind.CSV, "CSV, for any program"), (Kind.XLSX, "Excel workbook (XLSX)")))


class Choice(Command):
    """Which figures a page shows: outcome and days."""

    outcome: Outcome
    first: Day = chosen("First day", "Enter the first day")
    last: Day = chosen("Last day", "Enter the last day")

    @field_validator("outcome")
    @classmethod
    def _by_the_police(cls, value: Outcome) -> Outcome:
        if value not in POLICE_OUTCOMES:
            raise ValueError("is not something that the police give out of court")
        return value

    @model_validator(mode="after")
    def _in_order(self) -> "Choice":
        if not self.first <= self.last or (self.last - self.first).days > 366 * LONGEST_YEARS:
            raise ValueError("The first day comes before the last, and both lie within five years")
        return self


class Export(Command):
    """Why figures leave the service."""

    kind: Kind = chosen("Which kind of file?", "Choose the kind of file")
    reason: Reason = asked(
        "What is it for, and who gets it?", "Say what it is for and who gets it", longest=300
    )


class Ask(Command):
    """By which day the force is asked to answer."""

    answer_by: Day = chosen(
        "By which day do you need the answer?", "Enter the day by which you need the answer"
    )

    @field_validator("answer_by")
    @classmethod
    def _not_past(cls, value: date, info: ValidationInfo) -> date:
        today = (info.context or {}).get("today")
        if today is not None and value <= today:
            raise ValueError("must be after today")
        return value


class AnswerOfForce(Command):
    """What the force answers about one disposal; what it fills in is taken over where we had nothing."""

    reply: Reply = chosen("What does the force answer?", "Choose what the force answers")
    answered_on: PastDay = chosen("On which day did it answer?", "Enter the day on which the force answered")
    not_ours: NotOurs | None = Field(default=None, title="If it does not belong here, why?")
    duplicate_of: Text = optional(
        "If it is on the list twice: the reference of the one that stays", longest=12
    )
    said: Text = asked("What did the force say?", "Write down what the force said", longest=300)
    date_of_birth: PastDay | None = Field(default=None, title="Date of birth, if we did not have it")
    officer: Text = optional("Officer", longest=120)
    support: Text = optional("Support that was offered", longest=300)


class FollowUp(Command):
    """What became of a child of whom we were not told."""

    became: Became = chosen("What happened?", "Choose what happened")
    happened_on: PastDay = chosen("On which day?", "Enter the day on which it happened")
    crime_reference: Text = optional("If the child offended again: the crime reference", longest=20)
    said: Text = optional("Anything that a colleague should know", longest=1000)
