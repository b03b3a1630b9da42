"""What the recorded data of one case show, as far as an auditor's prompts ask for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from workflows.plan_parts import Serves
from workflows.vocabulary import Level, Outcome

RISKY = (Level.MEDIUM, Level.HIGH, Level.VERY_HIGH)


class Kind(StrEnum):
    """What a hint is worth: that something is there, that nothing is, a clear fail, or nothing at all."""

    PRESENT = "present"
    ABSENT = "absent"
    FAIL = "fail"
    JUDGEMENT = "judgement"


@dataclass(frozen=True)
class Hint:
    """What the recorded data show of one prompt. It never answers: only a clear fail proposes a no."""

    kind: Kind
    says: str

    @property
    def proposes_no(self) -> bool:
        """Whether the auditor is shown a proposed no."""
        return self.kind is Kind.FAIL


@dataclass(frozen=True, kw_only=True)
class StepSeen:
    """One step of the plan."""

    complete: bool = True
    serves: Serves = Serves.DESISTANCE
    with_somebody: bool = True
    hours: int = 0
    rehabilitates: bool = True
    starts_on: date | None = None
    due_on: date | None = None
    done_on: date | None = None
    open: bool = False
    dropped: bool = False
    answers_victim: bool = False


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Everything that hints look at; what is not there stays at its default."""

    today: date
    assessed: bool = False
    words: Mapping[str, int] = field(default_factory=dict)
    sources: frozenset[str] = frozenset()
    screens: frozenset[str] = frozenset()
    own_answers: int = 0
    heard_child: bool = False
    safety: Level | None = None
    harm: Level | None = None
    social_care_open: bool = False
    earlier_cases: int = 0
    submitted_on: date | None = None
    due_on: date | None = None
    signed_on: date | None = None
    sign_by: date | None = None
    signed_by_author: bool = False
    strengths: int = 0
    victim: bool = False
    victim_asked: bool = False
    victim_wishes: bool = False
    updates_late: int = 0
    recommended: Outcome | None = None
    admitted: bool = False
    panel_on: date | None = None
    papers_by: date | None = None
    yot_there: bool = False
    dissent: bool = False
    presumed: bool = True
    gravity: bool = False
    given_on: date | None = None
    explained: bool = False
    explained_to_adult: bool = False
    signed_child: bool = False
    signed_adult: bool = False
    copy_kept: bool = False
    planned: bool = False
    steps: tuple[StepSeen, ...] = ()
    ends_on: date | None = None
    most_hours: int = 0
    agreed_child: bool = False
    agreed_adult: bool = False
    contingency_safety: bool = False
    contingency_harm: bool = False
    hollow: int = 0
    links: int = 0
    exits: int = 0
    exits_made: int = 0
    over: bool = False
    attended: int = 0
    missed: int = 0
    unanswered: int = 0
    fitted: int = 0
    workers: int = 0
    with_others: int = 0
    with_carer: int = 0
    events_open: int = 0
    completion_late: bool | None = None
    breaches_open: int = 0

    def written(self, *keys: str) -> int:
        """How many words these parts of the assessment have together."""
        return sum(self.words.get(key, 0) for key in keys)

    def serving(self, aim: Serves) -> tuple[StepSeen, ...]:
        """The steps that serve one aim."""
        return tuple(step for step in self.steps if step.serves is aim)

    def risky(self, aim: Serves) -> bool:
        """Whether the recorded class is medium or above: of the child's safety, or of harm to others."""
        return (self.safety if aim is Serves.SAFETY else self.harm) in RISKY


def there(count: object, says: str, otherwise: str) -> Hint:
    """Evidence that something is there, never how good it is."""
    return Hint(Kind.PRESENT, says) if count else Hint(Kind.ABSENT, otherwise)


def fails(failed: object, says: str, otherwise: str) -> Hint:
    """A clear fail; what is not one is evidence of presence."""
    return Hint(Kind.FAIL, says) if failed else Hint(Kind.PRESENT, otherwise)


def judge(says: str) -> Hint:
    """Nothing that data can show."""
    return Hint(Kind.JUDGEMENT, says)
