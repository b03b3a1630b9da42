"""Significant events, and whether a child was referred to children's social care (ASM-5, ASM-6)."""

from enum import StrEnum

from workflows.vocabulary import register


class EventKind(StrEnum):
    """What happened."""

    ARREST = "arrest"
    THREAT_TO_LIFE = "threat_to_life"
    EXPLOITATION = "exploitation"
    MISSING = "missing"
    POLICE_FLAG = "police_flag"
    OTHER = "other"


class Follows(StrEnum):
    """What follows from an event."""

    REASSESS = "reassess"
    NO_CHANGE = "no_change"
    ELSEWHERE = "elsewhere"
    IN_ASSESSMENT = "in_assessment"


class Safeguarding(StrEnum):
    """Whether the child was referred to children's social care."""

    MADE = "made"
    ALREADY_OPEN = "already_open"
    NOT_NEEDED = "not_needed"


# The police officer at the YOT has to know of these at once.
FOR_THE_POLICE = (EventKind.THREAT_TO_LIFE, EventKind.POLICE_FLAG)
register(
    (
        (EventKind.ARREST, "Arrested"),
        (EventKind.THREAT_TO_LIFE, "Threat to life"),
        (EventKind.EXPLOITATION, "Sign of exploitation"),
        (EventKind.MISSING, "Missing"),
        (EventKind.POLICE_FLAG, "Police flag or intelligence"),
        (EventKind.OTHER, "Something else"),
        (Follows.REASSESS, "The child is assessed again"),
        (Follows.NO_CHANGE, "No change is needed"),
        (Follows.ELSEWHERE, "Dealt with outside the assessment"),
        (Follows.IN_ASSESSMENT, "Known when the assessment was submitted"),
        (Safeguarding.MADE, "Yes, a referral has been made"),
        (Safeguarding.ALREADY_OPEN, "Children's social care is already involved"),
        (Safeguarding.NOT_NEEDED, "No, it is not needed"),
    )
)
