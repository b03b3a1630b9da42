"""The plan that follows a disposal: the conditions and steps as decided, done one by one."""

from enum import StrEnum

from workflows.flow import Flow, Move, Refusal
from workflows.plan_rules import HARD_ON_PLANS, HMIP, SOFT_ON_PLANS, PlanFacts, PlanGuard
from workflows.roles import POLICE, Role

WORKERS = (Role.CASE_MANAGER, Role.YOT_MANAGER)


class Status(StrEnum):
    """Where a plan stands."""

    AGREED = "agreed"
    UNDER_WAY = "under_way"
    COMPLETED = "completed"
    ENDED = "ended"


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
OVER = Refusal(
    "over",
    "The plan is over, so its steps can no longer be changed.",
    "BR-6",
    "The plan flow of this service",
    True,
)
CHANGE_NOTHING_DONE = Refusal(
    "nothing_done_goes",
    "A step that was done or ended stays in the plan: only steps that are still to do are taken out.",
    "YC-7",
    "Crime and Disorder Act 1998 s.66ZB(7): a dated record of who took part",
    True,
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
        Move(
            "revise",
            Status.UNDER_WAY,
            Status.UNDER_WAY,
            by=WORKERS,
            guards=(*HARD_ON_PLANS, *SOFT_ON_PLANS),
        ),
        # The variation itself was judged by its own rules: a signed condition cannot be refused again here.
        Move("vary", Status.UNDER_WAY, Status.UNDER_WAY, by=POLICE),
        Move("end", Status.UNDER_WAY, Status.ENDED, by=WORKERS, guards=(NO_STEP_OPEN, REASON)),
        # Proceedings were started: what the plan asked has no effect any more (BR-3).
        Move("stop", Status.UNDER_WAY, Status.ENDED, by=POLICE, guards=(NO_STEP_OPEN, REASON)),
    ),
)
