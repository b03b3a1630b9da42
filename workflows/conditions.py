"""What a condition must say, by its kind, and wording that says too little (CON-1..CON-7)."""

import re
from collections.abc import Collection
from enum import StrEnum

from workflows.vocabulary import Purpose, register


class StepKind(StrEnum):
    """What sort of thing is asked, which decides what must be known about it."""

    ACTIVITY = "activity"
    PENALTY = "penalty"
    COMPENSATION = "compensation"
    CURFEW = "curfew"
    STAY_AWAY = "stay_away"


register(
    (
        (StepKind.ACTIVITY, "Something to do"),
        (StepKind.PENALTY, "Financial penalty"),
        (StepKind.COMPENSATION, "Compensation: money that makes good"),
        (StepKind.CURFEW, "Doorstep curfew"),
        (StepKind.STAY_AWAY, "Staying away from a place or person"),
    )
)
RESTRICTIVE = frozenset({StepKind.CURFEW, StepKind.STAY_AWAY})
MONEY = frozenset({StepKind.PENALTY, StepKind.COMPENSATION})
# Fields of a step, by their names in panel/steps.py.
_ALWAYS = ("what", "done_when")
NEEDS: dict[StepKind, tuple[str, ...]] = {
    StepKind.ACTIVITY: (*_ALWAYS, "who", "where_at", "when_at"),
    StepKind.PENALTY: (*_ALWAYS, "payee", "pay_how"),
    StepKind.COMPENSATION: (*_ALWAYS, "payee", "pay_how"),
    StepKind.CURFEW: (*_ALWAYS, "where_at", "when_at", "checked_by"),
    StepKind.STAY_AWAY: (*_ALWAYS, "when_at", "checked_by"),
}
# What a kind is for, where the law leaves no choice (CON-5); None leaves it open.
BOUND_TO: dict[StepKind, Purpose] = {
    StepKind.PENALTY: Purpose.PUNISHMENT,
    StepKind.COMPENSATION: Purpose.REPARATION,
}


def is_vague(what: str, *, topics: Collection[str], fillers: Collection[str], least: int) -> bool:
    """Whether a text only names a topic: besides topic and filler words fewer than `least` words remain."""
    said = re.findall(r"[a-z0-9]+", what.lower())
    left = [word for word in said if word not in topics and word not in fillers]
    return any(word in topics for word in said) and len(left) < least
