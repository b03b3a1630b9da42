"""The plan that follows a disposal: the conditions and steps as decided, done one by one."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.flow import Flow, Guard, Move
from workflows.roles import POLICE, Role

HMIP = "HM Inspectorate of Probation, Bradford inspection, January 2020"
WORKERS = (Role.CASE_MANAGER, Role.YOT_MANAGER)


class Status(StrEnum):
    """Where a plan stands."""

    AGREED = "agreed"
    UNDER_WAY = "under_way"
    COMPLETED = "completed"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class PlanFacts:
    """What the rules of a plan may look at."""

    steps_open: int = 0
    steps_not_done: int = 0
    reason: str = ""


PlanGuard = Guard[PlanFacts]
NO_STEP_OPEN = PlanGuard(
    "no_step_open",
    lambda f: f.steps_open == 0,
    "Steps are neither done nor ended with a reason.",
    "BR-6",
    HMIP,
    where="plan",
)
NO_STEP_MISSED = PlanGuard(
    "no_step_missed",
    lambda f: f.steps_not_done == 0,
    "Steps were not done: end the plan with a reason instead of completing it.",
    "BR-6",
    HMIP,
    where="plan",
)
REASON = PlanGuard("reason", lambda f: bool(f.reason.strip()), "Give a reason.", "BR-1", f"{HMIP}")

PLAN: Flow[Status, PlanFacts] = Flow(
    "plan",
    Status,
    Status.AGREED,
    (
        Move("start", Status.AGREED, Status.UNDER_WAY, by=POLICE + WORKERS),
        Move(
            "complete", Status.UNDER_WAY, Status.COMPLETED, by=WORKERS, guards=(NO_STEP_OPEN, NO_STEP_MISSED)
        ),
        Move("end", Status.UNDER_WAY, Status.ENDED, by=WORKERS, guards=(NO_STEP_OPEN, REASON)),
        # Proceedings were started: what the plan asked has no effect any more (BR-3).
        Move("stop", Status.UNDER_WAY, Status.ENDED, by=POLICE, guards=(NO_STEP_OPEN, REASON)),
    ),
)
