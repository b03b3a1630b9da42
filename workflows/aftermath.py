"""What follows from a caution for the child's later cases and for the youth offending team (YC-5 to YC-8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workflows import calendar
from workflows.records import makes_first_time_entrant
from workflows.vocabulary import CAUTIONS, Outcome

BAR_YEARS = 2
MONTHS = 12


@dataclass(frozen=True)
class Before:
    """One disposal that the same child was given earlier."""

    outcome: Outcome
    given_on: date
    reference: str = ""


def earlier_cautions(before: Sequence[Before]) -> tuple[Before, ...]:
    """The cautions among them, the first first."""
    return tuple(sorted((b for b in before if b.outcome in CAUTIONS), key=lambda b: b.given_on))


def first_time_entrant(outcome: Outcome, before: Sequence[Before]) -> bool:
    """Whether this is the child's first caution; convictions are not known to this service (FTE-1)."""
    return makes_first_time_entrant(outcome) and not earlier_cautions(before)


def assessment_mandatory(outcome: Outcome, before: Sequence[Before]) -> bool | None:
    """Whether the YOT must assess: after a conditional caution, or a caution that is not the first (YC-6)."""
    if outcome is Outcome.YCC:
        return True
    return bool(earlier_cautions(before)) if outcome is Outcome.YC else None


def discharge_barred_until(outcome: Outcome, given_on: date, before: Sequence[Before]) -> date | None:
    """The last day of the two years in which an offence bars a conditional discharge; None for no bar.

    After every conditional caution (BR-5); after a youth caution only when it is the second or a later one,
    or follows a conditional one (YC-8). An offence on the second anniversary is not within two years.
    """
    if outcome is Outcome.YC and not earlier_cautions(before):
        return None
    if outcome not in CAUTIONS:
        return None
    anniversary = calendar.add_months(given_on, BAR_YEARS * MONTHS)
    return date.fromordinal(anniversary.toordinal() - 1)
