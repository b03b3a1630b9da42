"""What a plan has besides its steps: contingency, links to other plans, ways out, what a step serves."""

import re
from enum import StrEnum

from workflows.vocabulary import register


class Serves(StrEnum):
    """What a step is there for."""

    DESISTANCE = "desistance"
    SAFETY = "safety"
    OTHERS = "others"


class Risk(StrEnum):
    """What a contingency answers."""

    SAFETY = "safety"
    OTHERS = "others"
    BOTH = "both"


class LinkKind(StrEnum):
    """A plan of another service for the same child."""

    IN_NEED = "child_in_need"
    PROTECTION = "child_protection"
    CARE = "care"
    EDUCATION = "education"
    HEALTH = "health"
    OTHER = "other"


register(
    (
        (Serves.DESISTANCE, "Staying out of trouble"),
        (Serves.SAFETY, "The child's own safety and wellbeing"),
        (Serves.OTHERS, "The safety of other people"),
        (Risk.SAFETY, "The child's own safety"),
        (Risk.OTHERS, "The safety of other people"),
        (Risk.BOTH, "The child's own safety and that of other people"),
        (LinkKind.IN_NEED, "Child in need plan"),
        (LinkKind.PROTECTION, "Child protection plan"),
        (LinkKind.CARE, "Care plan of a looked-after child"),
        (LinkKind.EDUCATION, "Education, health and care plan"),
        (LinkKind.HEALTH, "Health plan"),
        (LinkKind.OTHER, "Another plan"),
    )
)

# Saying no more than this is no plan for the day on which things go wrong (3.2.2c).
_HOLLOW = re.compile(
    r"\b(review(s|ed|ing)?|re-?assess(es|ed|ment)?|discuss(es|ed|ion)?|consider(s|ed)?|monitor(s|ed|ing)?|"
    r"supervision|tell(s)?|inform(s|ed)?|notif(y|ies)|speak(s)?|talk(s)?|liaise(s)?|update(s)?|contact(s)?|"
    r"team|yot|yjs|line|senior|"
    r"manager(s)?|plan|risk|assessment|case|situation|the|this|that|a|an|and|or|with|to|of|it|is|be|will|we|"
    r"worker|needed|necessary|appropriate|as|if|when|again|immediately|asap|straight|away|at|once)\b",
    re.IGNORECASE,
)
_MEANT = re.compile(r"\b(review|re-?assess|discuss|consider|monitor|manager|supervision)", re.IGNORECASE)
LEAST = 3


def says_too_little(action: str) -> bool:
    """Whether a contingency only says that somebody reviews it, or that the manager is told (3.2.2c)."""
    left = re.findall(r"[A-Za-z0-9]{2,}", _HOLLOW.sub(" ", action))
    if _MEANT.search(action):
        return len(left) < LEAST
    return not left
