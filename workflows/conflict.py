"""Conflicts of interest: why somebody takes no part in a case, and who may lift that again (PAN-6)."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.flow import Guard, Refusal
from workflows.vocabulary import register


class ConflictKind(StrEnum):
    """What ties a person to the case."""

    FAMILY = "family"
    VICTIM = "victim"
    ADULT = "adult"
    KNOWS = "knows"
    OTHER_WORK = "other_work"
    OTHER = "other"


register(
    (
        (ConflictKind.FAMILY, "Related to the child or the family"),
        (ConflictKind.VICTIM, "Is a victim or a witness, or close to one"),
        (ConflictKind.ADULT, "Was or will be the appropriate adult"),
        (ConflictKind.KNOWS, "Knows the child or the family in private life"),
        (ConflictKind.OTHER_WORK, "Worked with the child or the family in another role"),
        (ConflictKind.OTHER, "Something else"),
    )
)

DECLARE = "Declare conflicts: a panel member is not the victim, the appropriate adult or related"


@dataclass(frozen=True, kw_only=True)
class LiftFacts:
    """What the rules of lifting a conflict look at; without `first_id` this step is the proposal."""

    conflicted_id: int
    by_id: int
    first_id: int | None = None
    leads_now: bool = False
    led_first: bool = False


LiftGuard = Guard[LiftFacts]
NOT_THEIR_OWN = LiftGuard(
    "not_their_own",
    lambda f: f.conflicted_id != f.by_id,
    "Whoever has the conflict cannot lift it, alone or with others.",
    "PAN-6",
    DECLARE,
)
TWO_PEOPLE = LiftGuard(
    "two_people",
    lambda f: f.first_id is None or f.first_id != f.by_id,
    "A second person has to confirm that the conflict is lifted.",
    "PAN-6",
    DECLARE,
)
CHAIR_IS_ONE = LiftGuard(
    "chair_is_one",
    lambda f: f.first_id is None or f.leads_now or f.led_first,
    "One of the two has to be whoever chairs this case.",
    "PAN-6",
    DECLARE,
)
LIFT = (NOT_THEIR_OWN, TWO_PEOPLE, CHAIR_IS_ONE)


def against_lifting(facts: LiftFacts) -> tuple[Refusal, ...]:
    """Every rule that stands against this step of lifting a conflict."""
    return tuple(
        Refusal(guard.name, guard.says, guard.rule, guard.source, guard.hard)
        for guard in LIFT
        if not guard.test(facts)
    )
