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


class Reply(StrEnum):
    """What somebody who is invited has said."""

    NONE = "none"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, kw_only=True)
class MeetingFacts:
    """What the rules of a meeting may look at."""

    today: date
    held_on: date
    cases_left: int = 0
    reason: str = ""
    another_chair: bool = True


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
DAY_AHEAD = MeetingGuard(
    "day_ahead",
    lambda f: f.held_on >= f.today,
    "A meeting is held today or on a later day.",
    "PAN-1",
    TERMS,
)
ANOTHER_CHAIR = MeetingGuard(
    "another_chair", lambda f: f.another_chair, "This person is in the chair already.", "PAN-1", TERMS
)
REASON = MeetingGuard("reason", lambda f: bool(f.reason.strip()), "Give a reason.", "PAN-1", TERMS)

LEADS = (Role.YOT_MANAGER, Role.CHAIR)
MEETING: Flow[Status, MeetingFacts] = Flow(
    "meeting",
    Status,
    Status.PLANNED,
    (
        Move("open", Status.PLANNED, Status.OPEN, by=(Role.CHAIR,), guards=(DAY_HAS_COME,)),
        Move("close", Status.OPEN, Status.CLOSED, by=(Role.CHAIR,), guards=(NOTHING_LEFT,)),
        Move("change", Status.PLANNED, Status.PLANNED, by=LEADS, guards=(DAY_AHEAD,)),
        Move("invite", Status.PLANNED, Status.PLANNED, by=LEADS),
        # A chair who falls ill must not stop a meeting that has begun.
        *(
            Move("replace_chair", status, status, by=LEADS, guards=(ANOTHER_CHAIR, REASON))
            for status in (Status.PLANNED, Status.OPEN)
        ),
        Move(
            "cancel",
            Status.PLANNED,
            Status.CANCELLED,
            by=LEADS,
            guards=(AGENDA_EMPTY, REASON),
        ),
    ),
)
