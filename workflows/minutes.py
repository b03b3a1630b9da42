"""The minutes of a meeting: the chair confirms them, and a later change is a version of its own."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.flow import Flow, Guard, Move
from workflows.roles import Role
from workflows.vocabulary import register

RECORD = "Decision record minimum"


class Status(StrEnum):
    """Where the minutes stand."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"


register(((Status.DRAFT, "Not confirmed yet"), (Status.CONFIRMED, "Confirmed by the chair")))


@dataclass(frozen=True, kw_only=True)
class MinutesFacts:
    """What the rules of minutes may look at; `tells` is what the note for everybody gives away."""

    meeting_over: bool = False
    tells: tuple[str, ...] = ()
    reason: str = ""


MinutesGuard = Guard[MinutesFacts]
OVER = MinutesGuard(
    "minutes_meeting_over",
    lambda f: f.meeting_over,
    "The chair closes the meeting first: until then something may still be decided.",
    "PAN-5",
    RECORD,
)
NO_NAMES = MinutesGuard(
    "minutes_without_names",
    lambda f: not f.tells,
    "The words for the copy without names still tell who somebody is, or where: take that out.",
    "DP-13",
    "Data Protection Act 2018 s.37: no more personal data than is needed",
)
WHY = MinutesGuard(
    "minutes_change_reason",
    lambda f: bool(f.reason.strip()),
    "Say why confirmed minutes are changed: the earlier version stays beside the new one.",
    "PAN-5",
    RECORD,
)

MINUTES: Flow[Status, MinutesFacts] = Flow(
    "minutes",
    Status,
    Status.DRAFT,
    (
        Move("confirm", Status.DRAFT, Status.CONFIRMED, by=(Role.CHAIR,), guards=(OVER, NO_NAMES)),
        Move("change", Status.CONFIRMED, Status.CONFIRMED, by=(Role.CHAIR,), guards=(OVER, NO_NAMES, WHY)),
    ),
)
