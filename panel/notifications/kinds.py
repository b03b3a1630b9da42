"""What each kind of notification asks for: one row for each, and the page that shows them is made from it.

*resend*: a mail of which nobody knows whether it arrived goes once more, with the same Message-ID.
*hold*: it is not repeated by itself; a person looks and decides. Urgent kinds do not wait for quiet hours,
nor for the one mail of the day. What must be acknowledged names the policy clock that says by when.
"""

from dataclasses import dataclass

from panel.notifications.dispatch_models import Delivery
from panel.notifications.models import Why

RESEND, HOLD = Delivery.RESEND, Delivery.HOLD


@dataclass(frozen=True)
class Kind:
    """Who is told, in words; how its mail behaves; by which clock it has to be acknowledged."""

    told: str
    delivery: Delivery = RESEND
    urgent: bool = False
    acknowledge: str = ""
    # Reading it is all that it asks for: acknowledging takes it off the list.
    only_to_read: bool = False


MANAGERS, CASE_MANAGER = "The YOT managers", "The case manager"
WORKER_OR_POLICE = "Whoever has to act: the officer, the case manager or the YOT managers"
KINDS: dict[Why, Kind] = {
    Why.REFERRAL_SENT: Kind(MANAGERS),
    Why.REFERRAL_SENT_BACK: Kind("Who referred the child"),
    Why.REFERRAL_ACCEPTED: Kind("Who referred the child"),
    Why.REFERRAL_REJECTED: Kind("Who referred the child"),
    Why.CASE_ALLOCATED: Kind(CASE_MANAGER),
    Why.CASE_TAKEN_OVER: Kind("The new case manager"),
    Why.CASE_HANDED_ON: Kind("Who was the case manager before"),
    Why.ADMISSION_CHANGED: Kind("The case manager or the YOT managers"),
    Why.ASSESSMENT_TO_COUNTERSIGN: Kind(MANAGERS),
    Why.ASSESSMENT_GIVEN_BACK: Kind(CASE_MANAGER),
    Why.ASSESSMENT_REOPENED: Kind("The case manager and the YOT managers"),
    Why.ASSESSMENT_CONCLUDED: Kind(
        "The officer who referred the child and the seconded officers",
        HOLD,
        acknowledge="acknowledge_conclusion",
        only_to_read=True,
    ),
    Why.SECOND_READING: Kind("The YOT manager who was drawn"),
    Why.SIGNIFICANT_EVENT: Kind("The case manager and the YOT managers", urgent=True),
    Why.CASE_LISTED: Kind("The case manager and the panel"),
    Why.CASE_OFF_AGENDA: Kind(MANAGERS),
    Why.CASE_TAKEN_OFF: Kind(CASE_MANAGER),
    Why.PAPERS_TO_READ: Kind("The members of the panel, once a day"),
    Why.CONFLICT_DECLARED: Kind(MANAGERS, urgent=True),
    Why.URGENT_DECISION: Kind("The people asked for an urgent decision", urgent=True),
    Why.DECISION_TO_RATIFY: Kind(MANAGERS),
    Why.DECISION_REOPENED: Kind(MANAGERS),
    Why.CASE_DEFERRED: Kind("The case manager and who referred the child"),
    Why.CASE_TO_LIST: Kind(MANAGERS),
    Why.DISPOSAL_TO_GIVE: Kind("The officer who referred the child, or the seconded officers", urgent=True),
    Why.APPOINTMENT_PLANNED: Kind("The officer and the case manager who give the disposal together"),
    Why.CHILD_WITHDREW: Kind("The seconded officers and the YOT managers", HOLD, urgent=True),
    Why.CONDITIONS_VARIED: Kind(
        "The YOT managers, the case manager and the officer who referred the child", HOLD
    ),
    Why.MISSED_TO_ANSWER: Kind(CASE_MANAGER),
    Why.BREACH_TO_DECIDE: Kind("The seconded officers", HOLD, urgent=True, acknowledge="acknowledge_breach"),
    Why.BREACH_DECIDED: Kind(CASE_MANAGER),
    Why.PLAN_COMPLETED: Kind("The seconded officers", HOLD, acknowledge="acknowledge_conclusion"),
    Why.CODE_TO_RELEASE: Kind(MANAGERS),
    Why.CODE_RELEASED: Kind("The officer who referred the child"),
    Why.DISPOSAL_GIVEN: Kind("The YOT", HOLD, urgent=True, acknowledge="acknowledge_notification"),
    Why.POLICE_TOLD: Kind(
        "The YOT", HOLD, urgent=True, acknowledge="acknowledge_notification", only_to_read=True
    ),
    Why.POLICE_EXCEPTION: Kind(
        "The YOT managers and the seconded officers",
        HOLD,
        urgent=True,
        acknowledge="acknowledge_notification",
        only_to_read=True,
    ),
    Why.GIVEN_BEFORE_PANEL: Kind(
        "The YOT managers and the case manager",
        HOLD,
        urgent=True,
        acknowledge="acknowledge_notification",
        only_to_read=True,
    ),
    Why.KNOWN_CHILD: Kind(
        "The case manager of the open case, or the YOT managers, and the seconded officers",
        urgent=True,
        acknowledge="acknowledge_notification",
        only_to_read=True,
    ),
    Why.SOCIAL_CARE_TO_CALL: Kind(
        "Children's social care", HOLD, urgent=True, acknowledge="social_care_calls", only_to_read=True
    ),
    Why.VICTIM_TO_TELL: Kind("The victim workers, for each victim who wants to know"),
    Why.RULING_TO_CONFIRM: Kind("A second person"),
    Why.DECISION_RESCINDED: Kind("The case manager and the police"),
    Why.POLICE_DECIDED: Kind(MANAGERS),
    Why.DECISION_CONCERN: Kind(MANAGERS),
    Why.ACTION_AGREED: Kind("The person or the agency that agreed to act"),
    Why.SCRUTINY_TO_DO: Kind("The scrutineers of the round"),
    Why.SCRUTINY_LEARNING: Kind("The case manager and the YOT managers"),
    Why.AUDIT_TO_DO: Kind("The auditors of a round, by name"),
    Why.AUDIT_FED_BACK: Kind(CASE_MANAGER),
    Why.PACK_PUBLISHED: Kind("Each board member of the area, by name"),
    Why.CASE_WITHDRAWN: Kind("The case manager or the YOT managers"),
    Why.CASE_CLOSED: Kind(
        "Who referred the child", HOLD, acknowledge="acknowledge_conclusion", only_to_read=True
    ),
    Why.MERGE_PROPOSED: Kind(MANAGERS),
    Why.DEADLINE_NEAR: Kind(f"{WORKER_OR_POLICE}, once a day"),
    Why.DEADLINE_TODAY: Kind(f"{WORKER_OR_POLICE}, once a day"),
    Why.DEADLINE_LATE: Kind(f"{WORKER_OR_POLICE}, once a day"),
    Why.NOT_ACKNOWLEDGED: Kind("The YOT managers, later the head of service", urgent=True),
}
