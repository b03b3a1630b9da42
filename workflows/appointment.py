"""The day on which a disposal is to be given: planned, moved with a reason, kept, or called off."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflows.flow import Flow, Guard, Move
from workflows.roles import POLICE, Role
from workflows.vocabulary import register


class Status(StrEnum):
    """Where an appointment stands."""

    NEW = "new"
    PLANNED = "planned"
    KEPT = "kept"
    CANCELLED = "cancelled"


class AskedBy(StrEnum):
    """Who asked for another time."""

    FAMILY = "child_or_family"
    POLICE = "police"
    YOT = "yot"
    ADULT = "appropriate_adult"
    INTERPRETER = "interpreter"


register(
    (
        (Status.NEW, "Being planned"),
        (Status.PLANNED, "Planned"),
        (Status.KEPT, "Kept"),
        (Status.CANCELLED, "Called off"),
        (AskedBy.FAMILY, "The child or the family"),
        (AskedBy.POLICE, "The police"),
        (AskedBy.YOT, "The youth offending team"),
        (AskedBy.ADULT, "The appropriate adult"),
        (AskedBy.INTERPRETER, "The interpreter"),
    )
)
PLANNERS = (*POLICE, Role.CASE_MANAGER, Role.YOT_MANAGER)


@dataclass(frozen=True, kw_only=True)
class AppointmentFacts:
    """What the rules of an appointment may look at."""

    today: date
    held_on: date
    decided: bool = False
    turns_18_on: date | None = None
    coded: bool = False
    reason: str = ""


AppointmentGuard = Guard[AppointmentFacts]
DECIDED = AppointmentGuard(
    "appointment_decided",
    lambda f: f.decided,
    "There is nothing to give: the case is not decided, or it was given or ended meanwhile.",
    "WD-4",
    "The case flow of this service",
)
AHEAD = AppointmentGuard(
    "appointment_ahead",
    lambda f: f.held_on >= f.today,
    "The appointment must be today or later.",
    "WD-4",
    "The appointment flow of this service",
)
STILL_A_CHILD = AppointmentGuard(
    "appointment_before_18",
    lambda f: f.turns_18_on is None or f.held_on < f.turns_18_on,
    "The child will be 18 on that day: a youth caution can only be given before the 18th birthday.",
    "AGE-2",
    "Crime and Disorder Act 1998 ss.66ZA, 66A, 117",
)
CODED = AppointmentGuard(
    "appointment_coded",
    lambda f: f.coded,
    "Choose why the time changes, and who asked for it.",
    "EXP-2",
    "HM Inspectorate of Probation, Bradford inspection, January 2020",
)
WHY = AppointmentGuard(
    "appointment_reason",
    lambda f: bool(f.reason.strip()),
    "Say why the appointment is called off.",
    "EXP-2",
    "HM Inspectorate of Probation, Bradford inspection, January 2020",
)

APPOINTMENT: Flow[Status, AppointmentFacts] = Flow(
    "appointment",
    Status,
    Status.NEW,
    (
        Move("plan", Status.NEW, Status.PLANNED, by=PLANNERS, guards=(DECIDED, AHEAD, STILL_A_CHILD)),
        Move(
            "reschedule",
            Status.PLANNED,
            Status.PLANNED,
            by=PLANNERS,
            guards=(DECIDED, AHEAD, STILL_A_CHILD, CODED),
        ),
        Move("keep", Status.PLANNED, Status.KEPT, by=POLICE),
        Move("cancel", Status.PLANNED, Status.CANCELLED, by=PLANNERS, guards=(WHY,)),
    ),
)
