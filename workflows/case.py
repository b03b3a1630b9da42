"""The path of one child's case, from the officer's draft to the closed file."""

from enum import StrEnum

from workflows.alone_rules import TO_BE_GIVEN_ALONE
from workflows.case_facts import CaseFacts
from workflows.case_rules import (
    AGED_10_AT_OFFENCE,
    AGED_UNDER_18,
    CASE_MANAGER,
    COUNTERSIGNED,
    END_IN_ORDER,
    EVENT_ANSWERED,
    HAS_ROOM,
    IS_GIVEN,
    REASON,
    REJECT_CODED,
    RETURN_CODED,
    SECOND_PERSON,
    SOCIAL_CARE_TOLD,
    STEPS_DONE,
    TO_SUBMIT,
    VICTIM_VIEW,
    YOURS_TO_WITHDRAW,
)
from workflows.decision_rules import MEETING_OPEN, NOT_SITTING, TO_DECIDE
from workflows.flow import Flow, Move
from workflows.roles import POLICE, REFERRERS, Role
from workflows.ruling_rules import TO_POLICE_DECIDE, TO_RESCIND


class Status(StrEnum):
    """Where a case stands. Lateness is never a state: it is worked out from dates."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    ACCEPTED = "accepted"
    ASSESSED = "assessed"
    LISTED = "listed"
    DEFERRED = "deferred"
    DECIDED = "decided"
    GIVEN = "given"
    NOTIFIED = "notified"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"


BEFORE_DECISION = (
    Status.DRAFT,
    Status.SUBMITTED,
    Status.SENT_BACK,
    Status.ACCEPTED,
    Status.ASSESSED,
    Status.LISTED,
    Status.DEFERRED,
)
# What waits for the panel once the YOT knows of the child.
BEFORE_THE_PANEL = tuple(status for status in BEFORE_DECISION if status is not Status.DRAFT)
ENDED = (Status.CLOSED, Status.WITHDRAWN, Status.REJECTED)
OPEN = tuple(status for status in Status if status not in ENDED)


CASE: Flow[Status, CaseFacts] = Flow(
    "case",
    Status,
    Status.DRAFT,
    (
        Move("submit", (Status.DRAFT, Status.SENT_BACK), Status.SUBMITTED, by=REFERRERS, guards=TO_SUBMIT),
        Move(
            "send_back",
            Status.SUBMITTED,
            Status.SENT_BACK,
            by=(Role.YOT_MANAGER,),
            guards=(RETURN_CODED, REASON),
        ),
        Move(
            "reject",
            Status.SUBMITTED,
            Status.REJECTED,
            by=(Role.YOT_MANAGER,),
            guards=(REJECT_CODED, REASON, SOCIAL_CARE_TOLD),
        ),
        Move(
            "accept",
            Status.SUBMITTED,
            Status.ACCEPTED,
            by=(Role.YOT_MANAGER,),
            guards=(CASE_MANAGER, AGED_10_AT_OFFENCE, AGED_UNDER_18, SECOND_PERSON),
        ),
        Move("assess", Status.ACCEPTED, Status.ASSESSED, by=(Role.YOT_MANAGER,), guards=(COUNTERSIGNED,)),
        Move(
            "list",
            (Status.ASSESSED, Status.DEFERRED),
            Status.LISTED,
            by=(Role.YOT_MANAGER,),
            guards=(COUNTERSIGNED, AGED_UNDER_18, VICTIM_VIEW, EVENT_ANSWERED, HAS_ROOM),
        ),
        # To another meeting: without it a meeting with cases could never be called off.
        Move(
            "list",
            Status.LISTED,
            Status.LISTED,
            by=(Role.YOT_MANAGER,),
            guards=(NOT_SITTING, COUNTERSIGNED, AGED_UNDER_18, VICTIM_VIEW, EVENT_ANSWERED, HAS_ROOM),
        ),
        Move(
            "take_off",
            Status.LISTED,
            Status.ASSESSED,
            by=(Role.YOT_MANAGER,),
            guards=(NOT_SITTING, REASON),
        ),
        # The assessment is written again: the case leaves the agenda, and its way to the panel begins anew.
        Move(
            "reassess",
            (Status.ASSESSED, Status.LISTED, Status.DEFERRED),
            Status.ACCEPTED,
            by=(Role.CASE_MANAGER, Role.YOT_MANAGER),
            guards=(NOT_SITTING, REASON),
        ),
        Move("decide", Status.LISTED, Status.DECIDED, by=(Role.CHAIR,), guards=TO_DECIDE),
        Move("defer", Status.LISTED, Status.DEFERRED, by=(Role.CHAIR,), guards=(MEETING_OPEN, REASON)),
        # The panel's record stays; what the police decide is recorded beside it and is what is given.
        Move("police_decide", Status.DECIDED, Status.DECIDED, by=POLICE, guards=TO_POLICE_DECIDE),
        Move(
            "rescind",
            Status.DECIDED,
            Status.ASSESSED,
            by=(Role.YOT_MANAGER, Role.SECONDED),
            guards=TO_RESCIND,
        ),
        Move("give", Status.DECIDED, Status.GIVEN, by=POLICE, guards=(IS_GIVEN,)),
        Move(
            "acknowledge",
            Status.GIVEN,
            Status.NOTIFIED,
            by=(Role.CASE_MANAGER, Role.YOT_MANAGER, Role.LIAISON),
        ),
        Move(
            "close",
            Status.NOTIFIED,
            Status.CLOSED,
            by=(Role.CASE_MANAGER, Role.YOT_MANAGER),
            guards=(STEPS_DONE, REASON, *END_IN_ORDER),
        ),
        # Not kept to, and the police decided to prosecute for the offence itself (BR-3).
        Move("prosecute", (Status.GIVEN, Status.NOTIFIED), Status.CLOSED, by=POLICE, guards=(REASON,)),
        Move("lapse", Status.DECIDED, Status.WITHDRAWN, by=POLICE, guards=(REASON,)),
        # A fact that nobody can refuse: what is left is to write it down and to count it (PAN-2, CR-7).
        Move(
            "police_gave",
            BEFORE_THE_PANEL,
            Status.WITHDRAWN,
            by=(*POLICE, Role.YOT_MANAGER),
            guards=TO_BE_GIVEN_ALONE,
        ),
        Move(
            "withdraw",
            BEFORE_DECISION,
            Status.WITHDRAWN,
            by=REFERRERS,
            guards=(REASON, YOURS_TO_WITHDRAW),
        ),
    ),
)
