"""Facts about cases whose disposal was given in the quarter: clocks, countersigning, reparation, needs."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from panel.assessments.models import Assessment
from panel.assessments.version_models import AssessmentVersion, Countersignature, SecondRead
from panel.assessments.written import ScreenDone, Source
from panel.board_pack.facts import Fact, Scope, begins
from panel.contacts.models import Availability, BusyTimeRow
from panel.figures.queries import parts
from panel.placements.models import Placement
from panel.plans.models import Plan, PlanStep, StepState
from panel.referrals.clocks import acknowledge_clock
from panel.referrals.models import Referral
from workflows.assessment_parts import ANSWERED, Screen, SourceKind
from workflows.calendar import add_working_days, deadline, today_in_london
from workflows.conditions import MONEY
from workflows.contact import Busy
from workflows.countersigning import Verdict
from workflows.placements import WEEKEND, Weekday
from workflows.screening import Referral as Referred
from workflows.screening import signs
from workflows.vocabulary import Purpose


def _given(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    here = col(Referral.area_id) == scope.area_id
    return here, col(Referral.given_on).between(scope.first, scope.last)


def timeliness(db: Session, scope: Scope) -> list[Fact]:
    """Each step of each case that was taken: whether by the day that was set for it."""
    query = (
        select(Referral, Assessment.submitted_at)
        .join(Assessment, col(Assessment.referral_id) == Referral.id, isouter=True)
        .where(*_given(scope))
    )
    return [
        Fact(line, done <= due, referral.id)
        for referral, assessed in db.exec(query)
        for line, done, due in _steps(referral, assessed)
    ]


def _steps(case: Referral, assessed: datetime | None) -> Iterator[tuple[str, date, date]]:
    """The name of a step, when it was taken, and by when it should have been."""
    if case.submitted_at and assessed and case.reopened_at is None:
        due = deadline("assessment_due", today_in_london(case.submitted_at), "").due
        yield "assessed", today_in_london(assessed), add_working_days(due, case.assessment_stopped_days)
    if assessed and case.decided_at and case.reopened_at is None:
        due = deadline("panel_after_assessment", today_in_london(assessed), "").due
        yield "decided", today_in_london(case.decided_at), due
    if case.decided_at and case.given_on:
        yield (
            "given",
            case.given_on,
            deadline("delivery_after_panel", today_in_london(case.decided_at), "").due,
        )
    if case.given_on and case.notified_at:
        due = deadline(acknowledge_clock(case.outcome), case.given_on, "").due
        yield "told", today_in_london(case.notified_at), due


def late(db: Session, scope: Scope) -> list[Fact]:
    """Cases of which at least one step was late."""
    steps: dict[int, bool] = {}
    for fact in timeliness(db, scope):
        steps[fact.subject] = steps.get(fact.subject, False) or not fact.part
    return [Fact("late", was_late, number) for number, was_late in steps.items()]


def countersigning(db: Session, scope: Scope) -> list[Fact]:
    """First judgements of assessments in the quarter, and how second readers saw what was judged."""
    query = (
        select(Assessment.referral_id, Countersignature.verdict)
        .join(AssessmentVersion, col(AssessmentVersion.id) == Countersignature.version_id)
        .join(Assessment, col(Assessment.id) == AssessmentVersion.assessment_id)
        .join(Referral, col(Referral.id) == Assessment.referral_id)
        .where(
            Referral.area_id == scope.area_id,
            AssessmentVersion.number == 1,
            *_at_in(Countersignature.at, scope),
        )
        .order_by(col(Countersignature.id))
    )
    found = [Fact("first", verdict is Verdict.SIGNED, number) for number, verdict in db.exec(query)]
    return found + _second(db, scope)


def _at_in(column: Any, scope: Scope) -> tuple[ColumnElement[bool], ...]:
    """Whether a moment lies in the quarter, in the time of London."""
    return col(column) >= begins(scope.first), col(column) < begins(scope.quarter.moved(1).first)


def _second(db: Session, scope: Scope) -> list[Fact]:
    query = (
        select(Assessment.referral_id, SecondRead.would_sign)
        .join(Countersignature, col(Countersignature.id) == SecondRead.countersignature_id)
        .join(AssessmentVersion, col(AssessmentVersion.id) == Countersignature.version_id)
        .join(Assessment, col(Assessment.id) == AssessmentVersion.assessment_id)
        .join(Referral, col(Referral.id) == Assessment.referral_id)
        .where(
            Referral.area_id == scope.area_id,
            col(SecondRead.would_sign).is_not(None),
            *_at_in(SecondRead.done_at, scope),
        )
    )
    return [Fact("second", bool(would), number) for number, would in db.exec(query)]


def reparation(db: Session, scope: Scope) -> list[Fact]:
    """Steps of reparation by the kind of place; one at the child's home suits as M29 says it."""
    suits = {number: met == counted for number, met, counted in parts(db, "M29", scope.slice)}
    query = (
        select(Referral.id, PlanStep.at_childs_home, Placement)
        .join(Plan, col(Plan.referral_id) == Referral.id)
        .join(PlanStep, col(PlanStep.plan_id) == Plan.id)
        .join(Placement, col(Placement.id) == PlanStep.placement_id, isouter=True)
        .where(
            *_given(scope),
            PlanStep.purpose == Purpose.REPARATION,
            PlanStep.state != StepState.REMOVED,
            col(PlanStep.kind).not_in(MONEY),
        )
    )
    return [
        Fact(_place(home, place), not home or suits.get(number, False), number)
        for number, home, place in db.exec(query)
    ]


def _place(home: bool, place: Placement | None) -> str:
    if home:
        return "home"
    if place is None:
        return "elsewhere"
    return "weekend" if {Weekday(day) for day in place.days} & WEEKEND else "weekday"


def education(db: Session, scope: Scope) -> list[Fact]:
    """Where the child is in the week, as the family said when they were asked about times."""
    query: Any = select(col(Referral.id), col(Availability.at_school))
    query = query.join(Availability, col(Availability.referral_id) == Referral.id, isouter=True)
    cases = db.exec(query.where(*_given(scope))).all()
    busy: dict[int, set[Busy]] = {}
    times: Any = select(col(BusyTimeRow.referral_id), col(BusyTimeRow.kind))
    times = times.join(Referral, col(Referral.id) == BusyTimeRow.referral_id).where(*_given(scope))
    for number, kind in db.exec(times):
        busy.setdefault(number, set()).add(Busy(kind))
    return [Fact(_week(at_school, busy.get(number, set())), True, number) for number, at_school in cases]


def _week(at_school: bool | None, busy: set[Busy]) -> str:
    if at_school is None:
        return "unknown"
    if at_school:
        return "school"
    if Busy.SCHOOL in busy:
        return "part_time"
    return "work" if Busy.WORK in busy else "neet"


def needs(db: Session, scope: Scope) -> list[Fact]:
    """Whether health was asked, and what the screens found and led to."""
    cases = select(Assessment.id, Assessment.referral_id).join(
        Referral, col(Referral.id) == Assessment.referral_id
    )
    of = dict(db.exec(cases.where(*_given(scope))).all())
    asked = set(db.exec(_asked(scope)))
    screens = {(row.assessment_id, row.kind): row for row in db.exec(_screens(scope))}
    found: list[Fact] = []
    for number, referral_id in of.items():
        speech, alcohol = screens.get((number, Screen.SPEECH)), screens.get((number, Screen.ALCOHOL))
        found.append(Fact("health", number in asked, referral_id))
        found.append(Fact("speech", _done(speech), referral_id))
        found.append(Fact("alcohol", _done(alcohol), referral_id))
        if speech is not None and _done(speech) and signs(speech.answers)[0]:
            found.append(Fact("speech_met", speech.referred is Referred.SPEECH_THERAPY, referral_id))
    return found


def _done(screen: ScreenDone | None) -> bool:
    return screen is not None and not screen.not_done_reason


def _asked(scope: Scope) -> Any:
    answered = (Source.kind == SourceKind.HEALTH, col(Source.answer).in_(ANSWERED))
    return _of_given(select(Source.assessment_id), Source.assessment_id, scope).where(*answered)


def _screens(scope: Scope) -> Any:
    return _of_given(select(ScreenDone), ScreenDone.assessment_id, scope)


def _of_given(query: Any, key: Any, scope: Scope) -> Any:
    query = query.join(Assessment, col(Assessment.id) == key)
    return query.join(Referral, col(Referral.id) == Assessment.referral_id).where(*_given(scope))
