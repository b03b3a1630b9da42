"""Liaison and diversion after a community resolution: all of it is voluntary (CR-5)."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.flow import Flow, Guard, Move
from workflows.roles import Role
from workflows.vocabulary import register


class Status(StrEnum):
    """Where the work stands."""

    NEW = "new"
    REACHED = "reached"
    ASSESSED = "assessed"
    OFFERED = "offered"
    ENDED = "ended"


class Kind(StrEnum):
    """What was written down."""

    ATTEMPT = "attempt"
    CONTACT = "contact"
    ASSESSMENT = "assessment"
    OFFER = "offer"
    OUTCOME = "outcome"


class Result(StrEnum):
    """How the work ended."""

    ENGAGED = "engaged"
    DECLINED = "declined"
    NOT_REACHED = "not_reached"
    REFERRED_ON = "referred_on"


class Need(StrEnum):
    """What an assessment says of one kind of need."""

    NONE = "none"
    SOME = "some"
    HELPED = "helped"
    NOT_ASKED = "not_asked"


register(
    (
        (Status.NEW, "Not reached yet"),
        (Status.REACHED, "Reached"),
        (Status.ASSESSED, "Needs are known"),
        (Status.OFFERED, "Help is offered"),
        (Status.ENDED, "Ended"),
        (Kind.ATTEMPT, "Tried to reach them"),
        (Kind.CONTACT, "Reached them"),
        (Kind.ASSESSMENT, "Asked about needs"),
        (Kind.OFFER, "Offered help"),
        (Kind.OUTCOME, "Ended the work"),
        (Result.ENGAGED, "They took part"),
        (Result.DECLINED, "They would rather not, which is their right"),
        (Result.NOT_REACHED, "They could not be reached"),
        (Result.REFERRED_ON, "Passed on to a service that goes on with it"),
        (Need.NONE, "No need"),
        (Need.SOME, "There is a need"),
        (Need.HELPED, "There is a need, and somebody helps already"),
        (Need.NOT_ASKED, "Would rather not say"),
    )
)
WORKERS = (Role.LIAISON, Role.YOT_MANAGER)
RUNNING = (Status.NEW, Status.REACHED, Status.ASSESSED, Status.OFFERED)


@dataclass(frozen=True, kw_only=True)
class LiaisonFacts:
    """What the rules of the work look at."""

    resolution: bool = True
    agrees: bool = False
    attempts: int = 0
    least: int = 0
    result: Result | None = None
    said: str = ""
    to: str = ""
    offers: int = 0


LiaisonGuard = Guard[LiaisonFacts]
CR_GUIDANCE = "NPCC community resolution guidance"
IS_RESOLUTION = LiaisonGuard(
    "is_resolution",
    lambda f: f.resolution,
    "This work follows a community resolution that was given.",
    "CR-7",
    "Our default for liaison and diversion",
)
AGREES = LiaisonGuard(
    "agrees",
    lambda f: f.agrees,
    "The child has not agreed to work with you: without that nothing is planned.",
    "CR-5",
    f"{CR_GUIDANCE}: it is voluntary",
)
SAID_WHY = LiaisonGuard("said_why", lambda f: bool(f.said.strip()), "Say how it ended.", "CR-5", CR_GUIDANCE)
SAYS_WHERE = LiaisonGuard(
    "says_where",
    lambda f: f.result is not Result.REFERRED_ON or bool(f.to.strip()),
    "Say to which service they were passed on.",
    "CR-7",
    CR_GUIDANCE,
)
TRIED_ENOUGH = LiaisonGuard(
    "tried_enough",
    lambda f: f.result is not Result.NOT_REACHED or f.attempts >= f.least,
    "They were not tried as often as we expect before giving up.",
    "CR-7",
    "Our default for liaison and diversion",
    hard=False,
)
TOOK_PART = LiaisonGuard(
    "took_part",
    lambda f: f.result is not Result.ENGAGED or f.offers > 0,
    "No help was offered, so nobody can have taken part in it.",
    "CR-7",
    "Our default for liaison and diversion",
)

LIAISON: Flow[Status, LiaisonFacts] = Flow(
    "liaison",
    Status,
    Status.NEW,
    (
        Move("try", Status.NEW, Status.NEW, by=WORKERS, guards=(IS_RESOLUTION,)),
        Move("reach", Status.NEW, Status.REACHED, by=WORKERS, guards=(IS_RESOLUTION,)),
        Move("assess", (Status.REACHED, Status.ASSESSED), Status.ASSESSED, by=WORKERS),
        Move("offer", (Status.ASSESSED, Status.OFFERED), Status.OFFERED, by=WORKERS, guards=(AGREES,)),
        Move(
            "finish",
            RUNNING,
            Status.ENDED,
            by=WORKERS,
            guards=(IS_RESOLUTION, SAID_WHY, SAYS_WHERE, TOOK_PART, TRIED_ENOUGH),
        ),
    ),
)
