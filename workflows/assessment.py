"""The assessment: written by the case manager, countersigned by another person."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.assessment_rules import HMIP, TO_SUBMIT, WrittenFacts
from workflows.flow import Flow, Guard, Move
from workflows.roles import Role

__all__ = ["ASSESSMENT", "HMIP", "AssessmentFacts", "Status"]


class Status(StrEnum):
    """Where an assessment stands."""

    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    COUNTERSIGNED = "countersigned"


@dataclass(frozen=True, kw_only=True)
class AssessmentFacts(WrittenFacts):
    """What the rules of an assessment may look at."""

    by_author: bool = False
    comment: str = ""


AssessmentGuard = Guard[AssessmentFacts]
NOT_THE_AUTHOR = AssessmentGuard(
    "not_the_author",
    lambda f: not f.by_author,
    "Nobody countersigns their own assessment.",
    "ASM-4",
    "HM Inspectorate of Probation, Bradford inspection, January 2020",
)
COMMENT = AssessmentGuard(
    "comment",
    lambda f: bool(f.comment.strip()),
    "Say in a comment what you judged.",
    "ASM-4",
    "HM Inspectorate of Probation, Bradford inspection, January 2020",
)

ASSESSMENT: Flow[Status, AssessmentFacts] = Flow(
    "assessment",
    Status,
    Status.IN_PROGRESS,
    (
        Move(
            "submit",
            (Status.IN_PROGRESS, Status.RETURNED),
            Status.SUBMITTED,
            by=(Role.CASE_MANAGER,),
            guards=TO_SUBMIT,
        ),
        Move(
            "countersign",
            Status.SUBMITTED,
            Status.COUNTERSIGNED,
            by=(Role.YOT_MANAGER,),
            guards=(NOT_THE_AUTHOR, COMMENT),
        ),
        Move(
            "give_back",
            Status.SUBMITTED,
            Status.RETURNED,
            by=(Role.YOT_MANAGER,),
            guards=(NOT_THE_AUTHOR, COMMENT),
        ),
    ),
)
