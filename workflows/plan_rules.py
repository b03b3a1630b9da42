"""The rules of changing a plan: what inspectors look for in one, and what only a variation may touch."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from workflows.flow import Guard
from workflows.plan_parts import Serves, says_too_little
from workflows.vocabulary import Level

HMIP = "HM Inspectorate of Probation, Bradford inspection, January 2020"
FORM = "HM Inspectorate of Probation, case audit form, domain 3"
RAISED = frozenset({Level.MEDIUM, Level.HIGH, Level.VERY_HIGH})


@dataclass(frozen=True, kw_only=True)
class StepAsPlanned:
    """One step as the rules of a plan see it."""

    complete: bool
    owned: bool
    due_on: date
    starts_on: date | None = None
    serves: Serves = Serves.DESISTANCE
    open: bool = True


@dataclass(frozen=True, kw_only=True)
class PlanFacts:
    """What the rules of a plan may look at."""

    steps_open: int = 0
    steps_not_done: int = 0
    reason: str = ""
    steps: tuple[StepAsPlanned, ...] = ()
    ends_on: date | None = None
    safety: Level | None = None
    harm: Level | None = None
    contingencies: tuple[str, ...] = ()
    flagged: frozenset[str] = frozenset()
    linked: frozenset[str] = frozenset()
    exits: int = 0
    conditions_kept: bool = True
    something_changed: bool = True


def _steps(test: Callable[[PlanFacts, StepAsPlanned], bool]) -> Callable[[PlanFacts], bool]:
    return lambda f: all(test(f, step) for step in f.steps if step.open)


def _serves(facts: PlanFacts, what: Serves) -> bool:
    return any(step.serves is what for step in facts.steps)


PlanGuard = Guard[PlanFacts]
SOMETHING_CHANGED = PlanGuard(
    "something_changed",
    lambda f: f.something_changed,
    "Nothing is different from the version before.",
    "CON-2",
    "The plan flow of this service: a version is a change",
)
WHY = PlanGuard("why", lambda f: bool(f.reason.strip()), "Say why the plan is changed.", "CON-2", HMIP)
CONDITIONS_KEPT = PlanGuard(
    "conditions_kept",
    lambda f: f.conditions_kept,
    "The conditions of a caution are not changed here: they are varied, with the child's consent, the "
    "appropriate adult and a new signature.",
    "VAR-1",
    "Crime and Disorder Act 1998 s.66D",
    where="variation",
)
STARTS_BEFORE_DUE = PlanGuard(
    "starts_before_due",
    _steps(lambda f, step: step.starts_on is None or step.starts_on <= step.due_on),
    "A step starts after the day by which it has to be done.",
    "DL-1",
    FORM,
)
NAMED_ACTION = PlanGuard(
    "named_action",
    lambda f: not any(says_too_little(action) for action in f.contingencies),
    "A contingency only says that it is reviewed or that the manager is told. Say who then does what.",
    "PAN-7",
    f"{FORM}, 3.2.2c and 3.2.3d",
)
STEPS_COMPLETE = PlanGuard(
    "steps_complete",
    _steps(lambda f, step: step.complete),
    "A step does not say who, where, when and how we know that it is done.",
    "CON-2",
    f"{FORM}, 3.2.1a",
    hard=False,
)
STEPS_OWNED = PlanGuard(
    "steps_owned",
    _steps(lambda f, step: step.owned),
    "A step has nobody who is responsible for it.",
    "CON-2",
    f"{FORM}, 3.2.1a; {HMIP}",
    hard=False,
)
BEFORE_THE_END = PlanGuard(
    "before_the_end",
    _steps(lambda f, step: f.ends_on is None or step.due_on <= f.ends_on),
    "A step is due after the disposal ends.",
    "DL-1",
    f"{FORM}, 3.2.1a and 3.2.1g",
    hard=False,
)
HAS_CONTINGENCY = PlanGuard(
    "has_contingency",
    lambda f: not {f.safety, f.harm} & RAISED or bool(f.contingencies),
    "Safety or risk to others is judged medium or higher, and nothing says what happens if things get worse.",
    "PAN-7",
    f"{FORM}, 3.2.2c and 3.2.3d",
    hard=False,
)
SAFETY_STEP = PlanGuard(
    "safety_step",
    lambda f: f.safety not in RAISED or _serves(f, Serves.SAFETY),
    "The child's safety is judged medium or higher, and no step serves it.",
    "PAN-7",
    f"{FORM}, 3.2.2a",
    hard=False,
)
PROTECTS = PlanGuard(
    "protects",
    lambda f: f.harm not in RAISED or _serves(f, Serves.OTHERS),
    "Risk to others is judged medium or higher, and no step protects them. Name no victim in it.",
    "PAN-7",
    f"{FORM}, 3.2.3a and 3.2.3c",
    hard=False,
)
LINKED = PlanGuard(
    "linked",
    lambda f: f.flagged <= f.linked,
    "The child has a plan of another service that this plan is not lined up with.",
    "PAN-7",
    f"{FORM}, 3.2.2b",
    hard=False,
)
HAS_EXIT = PlanGuard(
    "has_exit",
    lambda f: f.exits > 0,
    "Nothing leads into mainstream services afterwards.",
    "PAN-7",
    f"{FORM}, 3.2.1h",
    hard=False,
)
HARD_ON_PLANS = (SOMETHING_CHANGED, WHY, CONDITIONS_KEPT, STARTS_BEFORE_DUE, NAMED_ACTION)
SOFT_ON_PLANS = (
    *(STEPS_COMPLETE, STEPS_OWNED, BEFORE_THE_END, HAS_CONTINGENCY, SAFETY_STEP, PROTECTS),
    *(LINKED, HAS_EXIT),
)
