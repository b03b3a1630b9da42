"""The end of a case: what must be there before it is completed, released as code 22, and closed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflows.contact import ContactKind
from workflows.flow import Guard, Refusal
from workflows.vocabulary import Outcome, register

O22_FROM = date(2019, 4, 1)
CODE_22 = (Outcome.O22, Outcome.O22_DEFERRED)
HMIP = "HM Inspectorate of Probation, Bradford inspection, January 2020"

# What the child does in these is the activity itself; O22-1 asks that one has been undertaken.
ACTIVITIES = (ContactKind.SESSION, ContactKind.REPARATION)
# In these the child takes part, too, but a visit or a call is an activity only as part of a step of the plan.
WITH_A_STEP = (ContactKind.HOME_VISIT, ContactKind.PHONE)


def is_activity(kind: ContactKind, step_place: int) -> bool:
    """Whether an attended contact is evidence of an activity: never one with a carer or an agency."""
    return kind in ACTIVITIES or (kind in WITH_A_STEP and step_place > 0)


class Side(StrEnum):
    """Who says what they think of it."""

    CHILD = "child"
    PARENT = "parent"


class Means(StrEnum):
    """How it was said."""

    TABLET = "tablet"
    TALK = "talk"
    PHONE = "phone"
    PAPER = "paper"


register(
    (
        (Side.CHILD, "The child"),
        (Side.PARENT, "The parent or carer"),
        (Means.TABLET, "On the tablet, by themselves"),
        (Means.TALK, "Said face to face, written down by the worker"),
        (Means.PHONE, "Said on the telephone, written down by the worker"),
        (Means.PAPER, "On paper"),
    )
)


@dataclass(frozen=True, kw_only=True)
class ClosingFacts:
    """What the rules of the end look at."""

    today: date = date.min
    has_steps: bool = True
    outcome: Outcome | None = None
    notified: bool = True
    steps_open: int = 0
    matter_open: bool = False
    goes_on: bool = True
    activity: int = 0
    summary: bool = False
    child_asked: bool = False
    parent_asked: bool = False


ClosingGuard = Guard[ClosingFacts]
ALL_NOTED = ClosingGuard(
    "all_noted",
    lambda f: f.steps_open == 0,
    "Steps of the plan are neither done nor ended with a reason.",
    "BR-6",
    HMIP,
    where="plan",
)
NOTHING_OPEN = ClosingGuard(
    "nothing_open",
    lambda f: not f.matter_open,
    "Something that was not kept is still open: it has to be settled or decided first.",
    "BR-1",
    "Crime and Disorder Act 1998 s.66E",
    where="keeping",
)
YOT_KNOWS = ClosingGuard(
    "yot_knows",
    lambda f: f.notified,
    "The YOT has not confirmed yet that it knows of the disposal.",
    "BR-6",
    HMIP,
    where="plan",
)
IS_CODE_22 = ClosingGuard(
    "is_code_22",
    lambda f: f.outcome in CODE_22,
    "Only outcome 22 is recorded with the code 22.",
    "O22-1",
    "Home Office crime outcomes: code 22",
)
CODE_IN_FORCE = ClosingGuard(
    "code_in_force",
    lambda f: f.today >= O22_FROM,
    "The code 22 began on 1 April 2019.",
    "O22-1",
    "Home Office crime outcomes: code 22",
)
ACTIVITY_DONE = ClosingGuard(
    "activity_done",
    lambda f: f.activity > 0,
    "There is no evidence yet that an activity took place: a step that is done, or a session with the child, "
    "or a visit or call for a step of the plan, that was attended and says what was done.",
    "O22-1",
    "Home Office crime outcomes: the activity has been undertaken",
    where="plan",
)
HAS_SUMMARY = ClosingGuard(
    "has_summary",
    lambda f: f.summary or not f.has_steps,
    "There is no closing summary.",
    "PAN-7",
    f"{HMIP}: exit into mainstream services",
    hard=False,
    where="closing",
)
CHILD_ASKED = ClosingGuard(
    "child_asked",
    lambda f: f.child_asked or not f.has_steps,
    "The child was not asked what they think of it.",
    "PAN-7",
    HMIP,
    hard=False,
    where="closing",
)
PARENT_ASKED = ClosingGuard(
    "parent_asked",
    lambda f: f.parent_asked or not f.has_steps,
    "The parent or carer was not asked what they think of it.",
    "PAN-7",
    HMIP,
    hard=False,
    where="closing",
)
STILL_STANDS = ClosingGuard(
    "still_stands",
    lambda f: f.goes_on,
    "It was given back to the police, or proceedings were started: what was agreed is not how it ends.",
    "O22-1",
    "Home Office crime outcomes: no further action is in the public interest",
    where="keeping",
)
TO_COMPLETE = (YOT_KNOWS, ALL_NOTED, NOTHING_OPEN, STILL_STANDS)
TO_RELEASE = (IS_CODE_22, CODE_IN_FORCE, ACTIVITY_DONE, NOTHING_OPEN, STILL_STANDS)
TO_CLOSE = (NOTHING_OPEN, HAS_SUMMARY, CHILD_ASKED, PARENT_ASKED)


def refusals(guards: tuple[ClosingGuard, ...], facts: ClosingFacts) -> tuple[Refusal, ...]:
    """Every rule of these that is not met, hard ones first."""
    unmet = sorted((g for g in guards if not g.test(facts)), key=lambda g: not g.hard)
    return tuple(Refusal(g.name, g.says, g.rule, g.source, g.hard, g.where) for g in unmet)
