"""Varying the conditions of a youth conditional caution: prepared, explained, signed, in force (VAR-1)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from workflows import condition_rules, day_rules, decision_rules, signing_rules
from workflows import disposal_rules as rules
from workflows.case_facts import CaseFacts
from workflows.disposal_rules import DisposalFacts
from workflows.flow import Flow, Guard, Move
from workflows.roles import POLICE, Role
from workflows.vocabulary import Outcome, register

SECTION = "Crime and Disorder Act 1998 s.66D"


class Status(StrEnum):
    """Where a variation stands."""

    PREPARED = "prepared"
    EXPLAINED = "explained"
    SIGNED = "signed"
    IN_FORCE = "in_force"
    WITHDRAWN = "withdrawn"


class VariedBy(StrEnum):
    """Who may vary: either may, also where the other set the conditions."""

    POLICE = "police"
    PROSECUTOR = "prosecutor"


register(
    (
        (VariedBy.POLICE, "An authorised person of the police"),
        (VariedBy.PROSECUTOR, "A prosecutor"),
    )
)


@dataclass(frozen=True, kw_only=True)
class VariationFacts:
    """What the rules of a variation may look at.

    `paper` are the day itself, the adult and the signatures; `conditions` the new set, judged as on the day
    of giving: from that day the time runs, and the age on that day decides how high a penalty may be.
    """

    paper: DisposalFacts
    conditions: CaseFacts
    runs: bool = True
    differs: bool = True
    authority: VariedBy | None = VariedBy.POLICE
    authority_named: bool = True
    reason: str = ""

    @property
    def today(self) -> date:
        """The day of the variation."""
        return self.paper.today


VariationGuard = Guard[VariationFacts]
F = TypeVar("F")


def _on(part: Callable[[VariationFacts], F], guard: Guard[F]) -> VariationGuard:
    """A rule of giving or deciding, applied to a variation."""
    return VariationGuard(
        guard.name,
        lambda f: guard.test(part(f)),
        guard.says,
        guard.rule,
        guard.source,
        guard.hard,
        "variation",
    )


def _paper(*guards: Guard[DisposalFacts]) -> tuple[VariationGuard, ...]:
    return tuple(_on(lambda f: f.paper, guard) for guard in guards)


def _conditions(*guards: Guard[CaseFacts]) -> tuple[VariationGuard, ...]:
    return tuple(_on(lambda f: f.conditions, guard) for guard in guards)


OF_A_CAUTION = VariationGuard(
    "of_a_caution",
    lambda f: f.paper.outcome is Outcome.YCC,
    "Only the conditions of a youth conditional caution are varied. Any other plan is changed on its page.",
    "VAR-1",
    SECTION,
    where="plan",
)
STILL_RUNS = VariationGuard(
    "still_runs",
    lambda f: f.runs,
    "The caution was not given yet, or its plan is over: there is nothing to vary.",
    "VAR-1",
    SECTION,
    where="disposal",
)
DIFFERS = VariationGuard(
    "differs",
    lambda f: f.differs,
    "The conditions are the same as before: nothing is varied.",
    "VAR-1",
    SECTION,
    where="variation",
)
AUTHORISED = VariationGuard(
    "authorised",
    lambda f: f.authority is not None and f.authority_named,
    "Say which authorised person of the police, or which prosecutor, varies the conditions.",
    "VAR-1",
    f"{SECTION}: a relevant prosecutor or an authorised person",
    where="variation",
)
REASON = VariationGuard(
    "variation_reason",
    lambda f: bool(f.reason.strip()),
    "Say why the conditions are varied.",
    "VAR-1",
    SECTION,
    where="variation",
)
HAS_CONDITIONS = VariationGuard(
    "has_conditions",
    lambda f: bool(f.conditions.conditions),
    "A youth conditional caution has at least one condition.",
    "CON-1",
    "Crime and Disorder Act 1998 s.66A(2)",
    where="variation",
)
DUE_AHEAD = VariationGuard(
    "due_ahead",
    lambda f: all(due >= f.today for due in f.paper.conditions_due),
    "A condition that was added or changed is due before today, so the child cannot keep it in time.",
    "DL-1",
    "Youth Conditional Caution Code of Practice 2013: conditions are achievable",
    where="variation",
)
CHILD_CONSENTS = VariationGuard(
    "child_consents",
    lambda f: f.paper.consented,
    "Conditions are only varied with the child's consent. Without it they stay as they are.",
    "VAR-1",
    f"{SECTION}, with the child's consent",
    where="variation",
)
SETTLED = (OF_A_CAUTION, STILL_RUNS, DIFFERS, AUTHORISED, REASON, HAS_CONDITIONS, DUE_AHEAD)
NEW_SET = _conditions(
    *condition_rules.HARD_ON_CONDITIONS,
    decision_rules.CEILING,
    decision_rules.TIME_TO_PROSECUTE,
    *condition_rules.SOFT_ON_CONDITIONS,
    decision_rules.CONDITIONS_COMPLETE,
    decision_rules.NORMAL_LENGTH,
    decision_rules.MANAGER_LENGTH,
)
WITH_ADULT = _paper(
    rules.ADULT_PRESENT,
    rules.ADULT_IS_ADULT,
    rules.ADULT_NOT_POLICE,
    rules.ADULT_NOT_INVOLVED,
    *day_rules.OF_THE_ADULT,
)
EXPLAINED = _paper(
    rules.DOCUMENT,
    rules.NAMES_OFFICER,
    rules.ADULT_HERE,
    rules.UNDERSTOOD,
    rules.WARNED,
    rules.ADVICE_OFFERED,
    *day_rules.WHILE_EXPLAINING,
)
SIGNED = _paper(
    signing_rules.CHILD_SIGNED, signing_rules.SAME_DOCUMENT, signing_rules.NO_GAP, signing_rules.ALL_SIGNED
)

VARIATION: Flow[Status, VariationFacts] = Flow(
    "variation",
    Status,
    Status.PREPARED,
    (
        Move(
            "explain",
            (Status.PREPARED, Status.EXPLAINED),
            Status.EXPLAINED,
            by=POLICE,
            guards=(*SETTLED, *NEW_SET, *WITH_ADULT, *EXPLAINED),
        ),
        Move(
            "sign",
            Status.EXPLAINED,
            Status.SIGNED,
            by=POLICE,
            guards=(OF_A_CAUTION, STILL_RUNS, CHILD_CONSENTS, *WITH_ADULT, *SIGNED),
        ),
        Move(
            "bring",
            Status.SIGNED,
            Status.IN_FORCE,
            by=POLICE,
            guards=(OF_A_CAUTION, STILL_RUNS, *_paper(signing_rules.CHILD_SIGNED, signing_rules.SIGNED_COPY)),
        ),
        Move(
            "withdraw",
            (Status.PREPARED, Status.EXPLAINED, Status.SIGNED),
            Status.WITHDRAWN,
            by=(*POLICE, Role.YOT_MANAGER),
            guards=(REASON,),
        ),
    ),
)
