"""What may be asked of an extract."""

from typing import Annotated

from pydantic import AfterValidator, model_validator

from panel.commands import Command, Day, Reason, Recipient, asked, chosen, not_future
from workflows.data_quality import Basis
from workflows.extracts import LONGEST_YEARS, Kind


class Take(Command):
    """Which cases, in which file, why and for whom."""

    basis: Basis = chosen("Which cases?", "Choose by which day the cases are counted")
    first: Annotated[Day, AfterValidator(not_future)] = chosen("First day", "Enter the first day")
    last: Annotated[Day, AfterValidator(not_future)] = chosen("Last day", "Enter the last day")
    kind: Kind = chosen("Which kind of file?", "Choose the kind of file")
    recipient: Recipient = asked("Who gets it?", "Say who gets it", longest=200)
    reason: Reason = asked("What is it for?", "Say what it is for", longest=300)

    @model_validator(mode="after")
    def _in_order(self) -> "Take":
        if not self.first <= self.last or (self.last - self.first).days > 366 * LONGEST_YEARS:
            raise ValueError("The first day comes before the last, and both lie within ten years")
        return self
