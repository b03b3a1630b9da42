"""What is told of a disposal that the police gave before the panel decided."""

from pydantic import field_validator

from panel.commands import Command, Text, asked, chosen
from panel.referrals.commands import PastDay
from workflows.police import POLICE_OUTCOMES
from workflows.vocabulary import Outcome


class GivenAlone(Command):
    """The fact, and why."""

    outcome: Outcome = chosen("What did the police give?", "Choose what the police gave")
    given_on: PastDay = chosen("On which day was it given?", "Enter the day on which it was given")
    code: Text = asked(
        "Why was it given without the panel?", "Choose why it was given without the panel", longest=40
    )
    reason: Text = asked(
        "In the words of whoever gave it", "Write down why, in the words of whoever gave it", longest=2000
    )

    @field_validator("outcome")
    @classmethod
    def _by_the_police(cls, value: Outcome) -> Outcome:
        if value not in POLICE_OUTCOMES:
            raise ValueError("Choose something that the police give out of court")
        return value
