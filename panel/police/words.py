"""The record of a police disposal in plain words: its state with the rule and the days, and what is open."""

from datetime import date
from typing import Any

from config.coded import EXCEPTIONS
from config.joint_policy import OutcomeRule, Route, Side, rule_for
from config.policy import number
from panel.police.models import PoliceDisposal
from panel.police.told_command import needs_the_yot
from workflows.calendar import long_date, working_days_between
from workflows.police import Notice, Standing, notice
from workflows.vocabulary import Outcome, words

COLOURS = {
    Notice.IN_TIME: "green",
    Notice.LATE: "orange",
    Notice.AFTER_ASKING: "orange",
    Notice.NOT_NOTIFIED: "red",
    Notice.STILL_TIME: "yellow",
    Notice.NOT_OURS: "grey",
}
ROUTE_WORDS = {
    Route.PANEL: "it is given only after the panel decided",
    Route.CONSULT: "the YOT is asked before it is given",
    Route.ALONE: "the police may give it by themselves",
}


def state_of(disposal: PoliceDisposal, today: date) -> Notice:
    """The state of a record on a day."""
    return notice(
        told_on=disposal.told_on,
        tell_by=disposal.tell_by,
        asked_on=disposal.asked_on,
        counted=disposal.status is Standing.COUNTED,
        today=today,
    )


def tag_of(disposal: PoliceDisposal, today: date) -> dict[str, str]:
    """The state as a tag, with its days as the hint."""
    state = state_of(disposal, today)
    return {"text": words(state), "tag": COLOURS[state], "hint": days_words(disposal, today)}


def days(count: int) -> str:
    """'the same day', '1 working day', '12 working days'."""
    if count == 0:
        return "the same day"
    return f"{count} working day{'' if count == 1 else 's'}"


def days_words(disposal: PoliceDisposal, today: date) -> str:
    """'Told 12 working days after it was given; the joint policy allows 1 working day (CR-7).'"""
    if disposal.status is not Standing.COUNTED:
        return words(disposal.not_ours) if disposal.not_ours else ""
    rule = joint_rule(disposal)
    allowed = f"the joint policy allows {days(rule.days)} ({rule.rule})"
    if disposal.told_on is None:
        return f"The YOT was to be told by {long_date(disposal.tell_by)}; {allowed}"
    if disposal.told_on < disposal.given_on:
        return f"The YOT knew before it was given; {allowed}"
    after = working_days_between(disposal.given_on, disposal.told_on)
    said = "Told on the same day" if after == 0 else f"Told {days(after)} after it was given"
    return f"{said}; {allowed}"


def joint_rule(disposal: PoliceDisposal) -> OutcomeRule:
    """What the joint policy of the day of giving says of it."""
    return rule_for(Side.JOINT, disposal.outcome.value, disposal.given_on)


def consulted_words(disposal: PoliceDisposal) -> str:
    """Whether the YOT was asked before, and what the joint policy says."""
    asked = {True: "Yes", False: "No", None: "Not said"}[disposal.consulted]
    return f"{asked}. By the joint policy of that day {ROUTE_WORDS[joint_rule(disposal).route]}."


def exception_words(disposal: PoliceDisposal) -> list[str]:
    """The reason by its code, and the officer's sentence."""
    return [EXCEPTIONS.code(disposal.exception).says, disposal.exception_reason]


def still_open(disposal: PoliceDisposal, today: date) -> list[str]:
    """What is not known or not done yet, in sentences."""
    told = {"outcome": disposal.outcome, "given_on": disposal.given_on}
    found = [
        (state_of(disposal, today) is Notice.NOT_NOTIFIED, "Nobody of the police has told us of it yet."),
        (not disposal.crime_reference, "The crime reference is not known."),
        (disposal.date_of_birth is None, "The date of birth is not known."),
        (not disposal.address, "The address is not known."),
        (disposal.first_time is None, "Nobody said whether it is the first time."),
        (
            disposal.consulted is None and needs_the_yot(told),
            "Nobody said whether the YOT was consulted before it was given.",
        ),
        (disposal.child_id is None, "The child is not linked to a record here."),
    ]
    return [says for holds, says in found if holds] if disposal.status is Standing.COUNTED else []


def said_rows(disposal: PoliceDisposal, ethnicity: str) -> list[dict[str, Any]]:
    """Everything that the police said, in the order in which one reads it."""
    first = {True: "Yes", False: "No", None: "Not said"}[disposal.first_time]
    rows = [
        ("What was given", words(disposal.outcome)),
        ("Given on", long_date(disposal.given_on)),
        ("Child", f"{disposal.given_name} {disposal.surname}"),
        ("Date of birth", long_date(disposal.date_of_birth) if disposal.date_of_birth else "Not known"),
        ("Gender", words(disposal.gender)),
        ("Ethnic group", ethnicity),
        ("Address", ", ".join(filter(None, (disposal.address, disposal.postcode)))),
        ("Ward", disposal.ward),
        ("Offence", disposal.offence),
        ("Crime reference", disposal.crime_reference),
        ("Number in the force’s system", disposal.force_reference),
        ("PNC ID", disposal.pnc_id),
        ("Station", disposal.station),
        ("Team", disposal.team),
        ("Officer", disposal.officer),
        ("First time that the police dealt with the child", first),
        ("Support that was offered", disposal.support or "None was named"),
        ("YOT consulted before", consulted_words(disposal)),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def next_words(disposal: PoliceDisposal, today: date) -> list[str]:
    """What happens next after somebody told us."""
    worker = (
        " The liaison and diversion workers have been told too." if disposal.outcome is Outcome.CR else ""
    )
    within = days(number("acknowledge_notification", today))
    exception = "It is recorded as an exception to the joint policy, with your reason. A manager reads it."
    return [
        f"The YOT managers and the duty mailbox have been told now.{worker}",
        f"They confirm within {within} that they know. You can see it on the page of this disposal.",
        *([exception] if disposal.exception else []),
        "The YOT looks whether the child is known, and offers help to the child and the family.",
    ]
