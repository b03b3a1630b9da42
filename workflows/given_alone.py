"""A disposal that the police gave while the panel had yet to decide: what the rules look at (PAN-2, CR-7)."""

from dataclasses import dataclass
from datetime import date

from workflows.vocabulary import Outcome


@dataclass(frozen=True, kw_only=True)
class AloneFacts:
    """What is told of it: the outcome, the day, and whether its reason is one of the list."""

    outcome: Outcome | None = None
    given_on: date | None = None
    coded: bool = False
    force_known: bool = True
