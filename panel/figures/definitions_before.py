"""What the police gave, meetings, decisions, assessments, audits: M1 to M9, M13 to M19 and M30."""

from typing import Any

from sqlalchemy import func, or_
from sqlmodel import col

from panel.figures.measure import Measure, both, yes
from panel.figures.models import (
    AuditedMilestone,
    AuditMilestone,
    MeetingMilestone,
    Milestone,
    PoliceMilestone,
)
from workflows.case import ENDED
from workflows.gap import LISTED, MISSED, Place
from workflows.meeting import Status as MeetingStatus
from workflows.source import Source
from workflows.vocabulary import CAUTIONS, Outcome

A, H, M, P = AuditMilestone, MeetingMilestone, Milestone, PoliceMilestone
place_of, GIVEN = col(P.place), col(P.given_on)
ASIDE = ("set_aside", place_of == Place.SET_ASIDE.value)
RUNNING = ("still_time", place_of == Place.RUNNING.value)
OF_CR = col(P.outcome) == Outcome.CR.value
TOLD = (Place.IN_TIME.value, Place.LATE.value, Place.ONLY_OURS.value)
DECIDED = col(M.decided_on)

NOTIFYING = (
    Measure(
        id="M1",
        model=P,
        day=GIVEN,
        of=OF_CR,
        met=yes(place_of.in_([place.value for place in MISSED])),
        excluded=(
            ASIDE,
            RUNNING,
            ("on_no_list", place_of.not_in([place.value for place in LISTED])),
        ),
        fewer=True,
    ),
    Measure(
        id="M2",
        model=P,
        day=GIVEN,
        of=OF_CR,
        met=yes(P.told_in_time),
        excluded=(
            ASIDE,
            RUNNING,
            ("unmatched", place_of == Place.UNMATCHED.value),
            ("after_asking", place_of == Place.AFTER_ASKING.value),
            ("not_told", place_of.not_in(TOLD)),
        ),
    ),
    Measure(
        id="M3",
        model=P,
        day=GIVEN,
        of=col(P.outcome).in_([outcome.value for outcome in CAUTIONS]),
        met=yes(both(col(P.panel_decided).is_(False), func.coalesce(col(P.consulted), False).is_(False))),
        excluded=(ASIDE,),
        fewer=True,
    ),
    Measure(
        id="M4",
        model=P,
        day=GIVEN,
        met=yes(P.panel_decided),
        excluded=(ASIDE, ("police_alone", col(P.eligible).is_(False))),
    ),
)
MEETINGS = (
    Measure(
        id="M5",
        model=H,
        day=col(H.held_on),
        of=col(H.status).in_((MeetingStatus.CLOSED.value, MeetingStatus.CANCELLED.value)),
        met=yes(both(col(H.police), col(H.yot_manager), col(H.victim_worker))),
        excluded=(("cancelled", col(H.status) == MeetingStatus.CANCELLED.value),),
    ),
)
DECISIONS = (
    Measure(
        id="M6",
        model=M,
        day=DECIDED,
        met=yes(both(col(M.assessed_on).is_not(None), col(M.assessed_on) <= DECIDED)),
    ),
    Measure(
        id="M8",
        model=M,
        day=DECIDED,
        met=yes(both(col(M.reasons_given), col(M.police_view), col(M.yot_view))),
    ),
    Measure(
        id="M9",
        model=M,
        day=DECIDED,
        met=yes(col(M.followed) == "yes"),
        excluded=tuple(
            (code, col(M.followed) == code) for code in ("rescinded", "not_given_yet", "nothing_to_give")
        ),
    ),
    Measure(
        id="M16",
        model=M,
        day=DECIDED,
        counted=col(M.victims) - col(M.victims_unreachable),
        met=col(M.victims_heard),
        apart=col(M.victims_unreachable),
        apart_because="not_contactable",
    ),
    Measure(
        id="M30",
        model=M,
        day=func.coalesce(DECIDED, col(M.referred_on)),
        of=or_(
            col(M.source) == Source.COURT.value,
            col(M.outcome) == Outcome.CHARGE.value,
        ),
        met=yes(col(M.source) == Source.COURT.value),
        fewer=True,
    ),
)
ASSESSING = (
    Measure(
        id="M13",
        model=M,
        day=col(M.assessment_due_on),
        met=yes(col(M.assessed_on) <= col(M.assessment_due_on)),
        excluded=(
            ("still_time", col(M.assessment_running)),
            (
                "ended",
                both(col(M.assessed_on).is_(None), col(M.status).in_([status.value for status in ENDED])),
            ),
        ),
    ),
    Measure(
        id="M14",
        model=M,
        day=col(M.submitted_on),
        met=yes(both(col(M.countersigned_by_other), col(M.countersigned_on) <= col(M.countersign_due_on))),
        excluded=(("still_time", col(M.countersign_running)),),
    ),
    Measure(id="M15", model=M, day=col(M.assessed_on), met=yes(both(M.child_heard, M.carer_heard))),
    Measure(id="M17", model=M, day=col(M.assessed_on), met=yes(M.agencies_heard)),
)


# A case counts once, whoever audited it how often; an agreement is that of each auditor.
DISPOSALS = (
    Measure(
        id="M7",
        model=AuditedMilestone,
        day=col(AuditedMilestone.audited_on),
        met=yes(col(AuditedMilestone.disposal_right).is_(True)),
        excluded=(
            ("not_settled", col(AuditedMilestone.to_settle).is_(True)),
            ("not_judged", col(AuditedMilestone.disposal_right).is_(None)),
        ),
    ),
)


def _audited(number: str, column: Any) -> Measure:
    answer = col(column)
    return Measure(
        id=number,
        model=A,
        day=col(A.finished_on),
        met=yes(answer.is_(True)),
        excluded=(("not_judged", answer.is_(None)),),
    )


AUDITED = (
    _audited("M18", A.safety_agrees),
    _audited("M19", A.harm_agrees),
)
BEFORE = (*NOTIFYING, *MEETINGS, *DECISIONS, *ASSESSING, *DISPOSALS, *AUDITED)
