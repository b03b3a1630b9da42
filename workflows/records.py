"""What a disposal means for records once it was given: spent, first-time entrant, checks for a job."""

from datetime import date

from workflows import calendar
from workflows.vocabulary import CAUTIONS, Outcome

DBS_CHANGE = date(2020, 11, 28)
CAUTION_SPENT_MONTHS = 3


def spent_on(
    outcome: Outcome, given_on: date, conditions_end: date | None, ceased_on: date | None = None
) -> date | None:
    """The day on which a caution is spent; None for what was never a caution (ROA-1, ROA-2, WD-4).

    `ceased_on` is the day on which proceedings were started, from when it has no effect (BR-3).

    Rehabilitation of Offenders Act 1974 Sch.2 para.1: a youth caution at once, a conditional one after
    three months or when its conditions end, whichever is earlier.
    """
    if outcome is Outcome.YC:
        return given_on
    if outcome is not Outcome.YCC:
        return None
    latest = calendar.add_months(given_on, CAUTION_SPENT_MONTHS)
    ends = [day for day in (latest, conditions_end, ceased_on) if day is not None]
    return max(given_on, min(ends))


def makes_first_time_entrant(outcome: Outcome) -> bool:
    """Whether a first such outcome makes the child a first-time entrant (FTE-1)."""
    return outcome in CAUTIONS


def disclosed_automatically(outcome: Outcome, checked_on: date) -> bool:
    """Whether a standard or enhanced check made on a day could show it without anybody's decision (DBS-1)."""
    return outcome in CAUTIONS and checked_on < DBS_CHANGE
