"""How long an offence can be prosecuted."""

from datetime import date

from workflows.calendar import limitation_date
from workflows.vocabulary import ModeOfTrial


def last_day_to_prosecute(
    mode: ModeOfTrial, committed_on: date, *, ended_on: date | None = None, set_to: date | None = None
) -> date | None:
    """The last day on which a charge can be brought; None when the law sets no limit.

    Six months from the offence, from its last day when it went on over time, for summary-only offences
    (LIM-1). `set_to` is a day given by hand where the law has a rule of its own (LIM-3).
    """
    if set_to is not None:
        return set_to
    return limitation_date(ended_on or committed_on) if mode is ModeOfTrial.SUMMARY else None
