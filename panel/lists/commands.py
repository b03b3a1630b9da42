"""What a person says of a list."""

from enum import StrEnum

from panel.commands import Command, Day, Text, asked, chosen, optional
from panel.referrals.commands import PastDay


class How(StrEnum):
    """What happens to the good rows when others have mistakes."""

    GOOD = "good"
    WHOLE = "whole"


class Sent(Command):
    """A file that came from the force."""

    area: Text = optional("Area that the list is for", longest=10)
    supplied_on: PastDay = chosen(
        "Day on which the force supplied it", "Enter the day on which it was supplied"
    )


class Covered(Command):
    """The days that a list covers."""

    first_on: Day = chosen("First day that the list covers", "Enter the first day that the list covers")
    last_on: Day = chosen("Last day that the list covers", "Enter the last day that the list covers")


class Confirmed(Command):
    """What to do with the good rows."""

    how: How = chosen("What do you want to do?", "Choose whether to import the good rows")


class TakenBack(Command):
    """Why a list is taken back."""

    reason: Text = asked("Why is the list taken back?", "Say why the list is taken back", longest=300)


class Taken(Command):
    """For whom the rows of a list leave the service."""

    recipient: Text = asked(
        "Who gets the file, and what for?", "Say who gets the file and what for", longest=150
    )
