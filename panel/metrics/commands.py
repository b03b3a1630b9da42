"""What may be asked of the metrics: files of cases, each with a purpose."""

from pydantic import model_validator

from panel.commands import Day, chosen
from panel.gap.commands import LONGEST_YEARS, Export
from panel.referrals.commands import PastDay


class Milestones(Export):
    """Which cases leave the service, and why: those that were referred within these days."""

    first: Day = chosen("Referred from", "Enter the first day")
    last: PastDay = chosen("Referred until", "Enter the last day")

    @model_validator(mode="after")
    def _in_order(self) -> "Milestones":
        if not self.first <= self.last or (self.last - self.first).days > 366 * LONGEST_YEARS:
            raise ValueError("The first day comes before the last, and both lie within five years")
        return self
