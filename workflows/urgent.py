"""A decision between meetings: on which ground, and what the next meeting says of it."""

from enum import StrEnum

from workflows.vocabulary import register


class Ground(StrEnum):
    """Why the decision cannot wait for the next meeting."""

    BAIL = "bail"
    LIMIT = "limit"
    TURNS_18 = "turns_18"
    SAFETY = "safety"
    OTHER = "other"


class Answer(StrEnum):
    """What the next meeting says of an urgent decision."""

    CONFIRMED = "confirmed"
    REOPENED = "reopened"


register(
    (
        (Ground.BAIL, "The child answers bail before the next meeting"),
        (Ground.LIMIT, "The time limit for prosecuting ends before the next meeting"),
        (Ground.TURNS_18, "The child turns 18 before the next meeting"),
        (Ground.SAFETY, "Somebody is not safe while the decision waits"),
        (Ground.OTHER, "Something else that cannot wait"),
        (Answer.CONFIRMED, "Confirm the decision"),
        (Answer.REOPENED, "Open it again"),
    )
)
