"""An action that a panel or a scrutiny round agreed: somebody does it by a day, and says what was done."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflows.flow import Flow, Guard, Move
from workflows.roles import Role
from workflows.vocabulary import register

LOGGED = "HM Inspectorate of Probation, out-of-court disposal standards 2021, 3.4: actions logged and closed"
# Whoever sits at the panel writes an action down; whoever works with cases may be given one.
AGREES = (Role.YOT_MANAGER, Role.SECONDED, Role.VICTIM_WORKER)
HOLDERS = (Role.OFFICER, Role.SECONDED, Role.CASE_MANAGER, Role.YOT_MANAGER, Role.VICTIM_WORKER, Role.LIAISON)


class Status(StrEnum):
    """Where an action stands."""

    NEW = "new"
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


register(
    (
        (Status.NEW, "Being written"),
        (Status.OPEN, "Open"),
        (Status.DONE, "Done"),
        (Status.DROPPED, "Dropped"),
    )
)


@dataclass(frozen=True, kw_only=True)
class ActionFacts:
    """What the rules of an action may look at."""

    today: date
    due_on: date
    begun: bool = False
    works_here: bool = False
    theirs: bool = False
    words: str = ""


ActionGuard = Guard[ActionFacts]
BEGUN = ActionGuard(
    "action_from_meeting",
    lambda f: f.begun,
    "An action is agreed at a meeting that has begun: open the meeting first.",
    "PAN-7",
    LOGGED,
)
WORKS_HERE = ActionGuard(
    "action_has_holder",
    lambda f: f.works_here,
    "Somebody who works in this area has to do the action, or chase whoever does it.",
    "PAN-7",
    LOGGED,
)
DUE_AHEAD = ActionGuard(
    "action_due_ahead",
    lambda f: f.due_on >= f.today,
    "The day by which an action is to be done must be today or later.",
    "PAN-7",
    LOGGED,
)
THEIRS = ActionGuard(
    "action_is_theirs",
    lambda f: f.theirs,
    "Only the person who holds the action, or a YOT manager of the area, can do this.",
    "PAN-7",
    LOGGED,
)
SAYS_WHAT = ActionGuard(
    "action_words",
    lambda f: bool(f.words.strip()),
    "Say what was done, or why the action is changed or dropped.",
    "PAN-7",
    LOGGED,
)

ACTION: Flow[Status, ActionFacts] = Flow(
    "action",
    Status,
    Status.NEW,
    (
        Move("agree", Status.NEW, Status.OPEN, by=AGREES, guards=(BEGUN, WORKS_HERE, DUE_AHEAD)),
        Move("do", Status.OPEN, Status.DONE, by=HOLDERS, guards=(THEIRS, SAYS_WHAT)),
        Move(
            "carry",
            Status.OPEN,
            Status.OPEN,
            by=HOLDERS,
            guards=(THEIRS, WORKS_HERE, DUE_AHEAD, SAYS_WHAT),
        ),
        Move("drop", Status.OPEN, Status.DROPPED, by=(Role.YOT_MANAGER,), guards=(THEIRS, SAYS_WHAT)),
    ),
)
