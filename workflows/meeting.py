"""A meeting of the panel."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflows.flow import Flow, Guard, Move
from workflows.roles import Role

TERMS = "Joint panel terms of reference"


class Status(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class MeetingFacts:
    """What the rules of a meeting may look at."""

    today: date
    held_on: date
    cases_left: int = 0
    reason: str = ""


MeetingGuard = Guard[MeetingFacts]
DAY_HAS_COME = MeetingGuard(
    "day_has_come",
    lambda f: f.today >= f.held_on,
    "The meeting is on a later day: it cannot be opened yet.",
    "PAN-1",
    TERMS,
)
NOTHING_LEFT = MeetingGuard(
    "nothing_left",
    lambda f: f.cases_left == 0,
    "Cases on the agenda are neither decided nor deferred.",
    "PAN-5",
    "Decision record minimum",
)
AGENDA_EMPTY = MeetingGuard(
    "agenda_empty",
    lambda f: f.cases_left == 0,
    "Cases are on the agenda: put them on another meeting first.",
    "PAN-1",
    TERMS,
)
REASON = MeetingGuard("reason", lambda f: bool(f.reason.strip()), "Give a reason.", "PAN-1", TERMS)

MEETING: Flow[Status, MeetingFacts] = Flow(
    "meeting",
    Status,
    Status.PLANNED,
    (
        Move("open", Status.PLANNED, Status.OPEN, by=(Role.CHAIR,), guards=(DAY_HAS_COME,)),
        Move("close", Status.OPEN, Status.CLOSED, by=(Role.CHAIR,), guards=(NOTHING_LEFT,)),
        Move(
            "cancel",
            Status.PLANNED,
            Status.CANCELLED,
            by=(Role.YOT_MANAGER, Role.CHAIR),
            guards=(AGENDA_EMPTY, REASON),
        ),
    ),
)
