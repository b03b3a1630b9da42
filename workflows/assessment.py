"""The assessment: written by the case manager, countersigned by another person."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.assessment_rules import HMIP, TO_SUBMIT, WrittenFacts
from workflows.flow import Flow, Guard, Move
from workflows.roles import Role

__all__ = ["ASSESSMENT", "HMIP", "AssessmentFacts", "Status"]
EVENT_SAYS = (
    "There has been a significant event since the assessment, and nobody has said what follows from it."
)


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
    safeguarding_unanswered: bool = False
    criteria_left: int = 0
    criteria_not_met: int = 0
    reasons_missing: bool = False
    event_unanswered: bool = False


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
SAFEGUARDING = AssessmentGuard(
    "safeguarding",
    lambda f: not f.safeguarding_unanswered,
    "Say whether the child has to be referred to children's social care.",
    "ASM-6",
    "Children Act 2004 s.11: duty to safeguard and promote the welfare of children",
    where="safeguarding",
)
CRITERIA_JUDGED = AssessmentGuard(
    "criteria_judged",
    lambda f: f.criteria_left == 0,
    "Judge every criterion first.",
    "ASM-4",
    HMIP,
    where="judge",
)
CRITERIA_MET = AssessmentGuard(
    "criteria_met",
    lambda f: f.criteria_not_met == 0,
    "You have judged that a criterion is not met.",
    "ASM-4",
    HMIP,
    hard=False,
    where="judge",
)
REASON_CODED = AssessmentGuard(
    "reason_coded",
    lambda f: not f.reasons_missing,
    "Choose at least one reason for giving it back.",
    "ASM-4",
    HMIP,
)
REOPENING_REASON = AssessmentGuard(
    "reopening_reason",
    lambda f: bool(f.comment.strip()),
    "Say why the assessment is opened again.",
    "ASM-5",
    "HM Inspectorate of Probation, Bradford inspection, January 2020",
)
EVENT_ANSWERED = AssessmentGuard(
    "event_answered",
    lambda f: not f.event_unanswered,
    EVENT_SAYS,
    "ASM-5",
    "HM Inspectorate of Probation, Bradford inspection, January 2020",
    hard=False,
    where="concerns",
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
            guards=(SAFEGUARDING, *TO_SUBMIT),
        ),
        Move(
            "countersign",
            Status.SUBMITTED,
            Status.COUNTERSIGNED,
            by=(Role.YOT_MANAGER,),
            guards=(NOT_THE_AUTHOR, CRITERIA_JUDGED, COMMENT, CRITERIA_MET, EVENT_ANSWERED),
        ),
        Move(
            "give_back",
            Status.SUBMITTED,
            Status.RETURNED,
            by=(Role.YOT_MANAGER,),
            guards=(NOT_THE_AUTHOR, REASON_CODED, COMMENT),
        ),
        # The signature that stood is void, and kept.
        Move(
            "reopen",
            (Status.SUBMITTED, Status.COUNTERSIGNED),
            Status.IN_PROGRESS,
            by=(Role.CASE_MANAGER, Role.YOT_MANAGER),
            guards=(REOPENING_REASON,),
        ),
    ),
)
