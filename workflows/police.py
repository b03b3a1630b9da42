"""What the police tell of a disposal that they gave, and whether we heard in time (CR-7, YC-5, YCC-3)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflows.flow import Flow, Guard, Move
from workflows.roles import Role
from workflows.vocabulary import Outcome, register


class Standing(StrEnum):
    """Whether a record counts in the figures of the area."""

    COUNTED = "counted"
    SET_ASIDE = "set_aside"


class Heard(StrEnum):
    """How the YOT came to know of a disposal, or how the police spoke of it."""

    PANEL = "panel"
    REFERRAL = "referral"
    FORM = "form"
    SYSTEM = "system"
    ANSWER = "answer"
    LIST = "list"


class Notice(StrEnum):
    """The state of a police disposal: did the YOT hear of it, and when."""

    IN_TIME = "in_time"
    LATE = "late"
    AFTER_ASKING = "after_asking"
    NOT_NOTIFIED = "not_notified"
    STILL_TIME = "still_time"
    NOT_OURS = "not_ours"


class NotOurs(StrEnum):
    """Why a record does not count here; each is a person's decision, kept with its reason."""

    OTHER_AREA = "other_area"
    ADULT = "adult"
    UNDER_TEN = "under_ten"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"
    LIST_UNDONE = "list_undone"


class Fit(StrEnum):
    """Where the search for the same disposal, or the same child, on our side stands."""

    NOT_LOOKED = "not_looked"
    NOTHING = "nothing"
    TO_REVIEW = "to_review"
    LINKED = "linked"


class Verdict(StrEnum):
    """What was decided of a police disposal and something on our side; the last word holds."""

    SAME = "same"
    APART = "apart"
    UNSURE = "unsure"
    UNDONE = "undone"


# Taking back a list sets aside what it brought; a person has one of the other reasons.
BY_A_PERSON = tuple(why for why in NotOurs if why is not NotOurs.LIST_UNDONE)

register(
    (
        (Verdict.SAME, "The same"),
        (Verdict.APART, "Not the same"),
        (Verdict.UNSURE, "Cannot be said yet"),
        (Verdict.UNDONE, "Taken back"),
        (Standing.COUNTED, "Counts"),
        (Standing.SET_ASIDE, "Set aside"),
        (Heard.PANEL, "The panel decided it"),
        (Heard.REFERRAL, "The police referred the child"),
        (Heard.FORM, "An officer told us by the form"),
        (Heard.SYSTEM, "The force's system told us"),
        (Heard.ANSWER, "The force answered when we asked"),
        (Heard.LIST, "It stands on the force's list"),
        (Notice.IN_TIME, "Told in time"),
        (Notice.LATE, "Told late"),
        (Notice.AFTER_ASKING, "Told only after we asked"),
        (Notice.NOT_NOTIFIED, "Not told"),
        (Notice.STILL_TIME, "Not told yet: there is still time"),
        (Notice.NOT_OURS, "Not ours"),
        (NotOurs.OTHER_AREA, "It belongs to another area"),
        (NotOurs.ADULT, "The person was 18 or over: not a child in law on that day"),
        (NotOurs.UNDER_TEN, "The child was under 10 when it happened: no offence in law"),
        (NotOurs.DUPLICATE, "It is on the list twice"),
        (NotOurs.WITHDRAWN, "The police took it back"),
        (NotOurs.LIST_UNDONE, "The list that it came from was taken back"),
        (Fit.NOT_LOOKED, "Not looked for yet"),
        (Fit.NOTHING, "Nothing like it is held here"),
        (Fit.TO_REVIEW, "A person has to look"),
        (Fit.LINKED, "Linked"),
    )
)

# What the police may give without a decision of the panel, as a fact; what they should is the joint policy.
POLICE_OUTCOMES = (
    *(Outcome.CR, Outcome.YC, Outcome.YCC, Outcome.O22, Outcome.O22_DEFERRED, Outcome.O23, Outcome.NFA),
)


def notice(
    *, told_on: date | None, tell_by: date, asked_on: date | None, counted: bool, today: date
) -> Notice:
    """The state of one disposal on a day; `panel.police.queries.notice_column` says the same in SQL."""
    if not counted:
        return Notice.NOT_OURS
    if told_on is None:
        return Notice.STILL_TIME if today <= tell_by else Notice.NOT_NOTIFIED
    if asked_on is not None and told_on >= asked_on:
        return Notice.AFTER_ASKING
    return Notice.IN_TIME if told_on <= tell_by else Notice.LATE


@dataclass(frozen=True, kw_only=True)
class PoliceFacts:
    """What the rules of setting aside look at."""

    why: NotOurs | None = None
    reason: str = ""
    age: int | None = None
    oldest_under_ten: int = 0
    other: bool = False


ADULT_AGE = 18
REASON = Guard[PoliceFacts](
    "reason_given",
    lambda f: bool(f.reason.strip()),
    "Say why this record does not count, in a sentence: whoever reads the figure has to follow it.",
    "CR-7",
    "HM Inspectorate of Probation, Bradford, January 2020: disposals of which the YOT did not know",
)
GROWN_UP = Guard[PoliceFacts](
    "adult_by_birthday",
    lambda f: f.why is not NotOurs.ADULT or f.age is None or f.age >= ADULT_AGE,
    "By the date of birth this person was under 18 on that day. Put the date of birth right first.",
    "AGE-2",
    "Crime and Disorder Act 1998 s.66ZA and s.66A: children and young persons",
)
UNDER_TEN = Guard[PoliceFacts](
    "under_ten_by_birthday",
    lambda f: f.why is not NotOurs.UNDER_TEN or f.age is None or f.age <= f.oldest_under_ten,
    "By the date of birth this child was too old on that day to have been under 10 when it happened. Put the "
    "date of birth right first.",
    "AGE-1",
    "Children and Young Persons Act 1933 s.50",
)
OTHER_NAMED = Guard[PoliceFacts](
    "duplicate_named",
    lambda f: f.why is not NotOurs.DUPLICATE or f.other,
    "Name the record that stays: its reference.",
    "CR-7",
    "Our default",
)
KEEPERS = (Role.YOT_MANAGER, Role.SECONDED)
POLICE_DISPOSAL: Flow[Standing, PoliceFacts] = Flow(
    "police_disposal",
    Standing,
    Standing.COUNTED,
    (
        Move(
            "set_aside",
            Standing.COUNTED,
            Standing.SET_ASIDE,
            by=KEEPERS,
            guards=(REASON, GROWN_UP, UNDER_TEN, OTHER_NAMED),
        ),
        Move("count_again", Standing.SET_ASIDE, Standing.COUNTED, by=KEEPERS, guards=(REASON,)),
    ),
)
