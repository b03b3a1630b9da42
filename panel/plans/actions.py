"""What becomes of a plan: it starts with the disposal, its steps are done, and it ends the case."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from sqlmodel import Session

from panel.access import Actor
from panel.errors import Missing
from panel.history.record import case_chain, record
from panel.notifications.actions import finish_for_case, notify
from panel.notifications.models import END_WITH_THE_CASE, Why
from panel.plans import commands as c
from panel.plans.models import Plan, PlanStep, StepState
from panel.plans.queries import facts_of, next_step_due, plan_of, step_of, steps_of
from panel.plans.versions import first_version
from panel.referrals.models import Referral
from panel.referrals.moves import move, tell
from panel.referrals.queries import case_facts, names_of
from panel.steps import StepFields
from workflows.calendar import today_in_london
from workflows.case import Status as CaseStatus
from workflows.closing import ClosingFacts
from workflows.flow import NotYours, Refused
from workflows.plan import OVER, PLAN, WORKERS, Status
from workflows.plan_rules import PlanFacts
from workflows.vocabulary import Outcome


def begin(
    db: Session,
    referral: Referral,
    disposal_id: int,
    decided: Sequence[StepFields],
    *,
    by: Actor,
    at: datetime,
) -> Plan:
    """Start the plan of a disposal that is being given; a plan may have no steps."""
    plan = Plan(
        referral_id=referral.id,
        disposal_id=disposal_id,
        ends_on=max((step.due_on for step in decided), default=None),
        changed_at=at,
    )
    db.add(plan)
    db.flush()
    _take_over(db, referral, plan, decided)
    started = PLAN.step("start", plan.status, PlanFacts(), by.roles_in(referral.area_id))
    said = {"steps": str(len(decided))}
    record(db, plan, started, flow="plan", chain=case_chain(referral.id), by=by, at=at, facts=said)
    db.flush()
    first_version(db, referral, plan, by=by, at=at)
    return plan


def _take_over(db: Session, referral: Referral, plan: Plan, decided: Sequence[StepFields]) -> None:
    """The steps as decided; whoever does a step with the child is responsible for it at first."""
    fields = set(StepFields.model_fields) - {"place"}
    worker = names_of(db, [referral.case_manager_id]).get(referral.case_manager_id or 0, "")
    for place, step in enumerate(decided, 1):
        db.add(
            PlanStep(
                plan_id=plan.id,
                place=place,
                position=place,
                owner=(step.who or worker)[:160],
                binding=referral.outcome is Outcome.YCC,
                **step.model_dump(include=fields),
            )
        )


def acknowledge(db: Session, referral: Referral, *, by: Actor, at: datetime) -> None:
    """Confirm for the YOT that it knows of the disposal; one person's word settles it for all."""
    referral.notified_at, referral.plan_due_on = at, next_step_due(db, referral.id)
    move(db, referral, "acknowledge", case_facts(db, referral, today=today_in_london(at)), by=by, at=at)
    finish_for_case(db, referral.id, (Why.DISPOSAL_GIVEN,), by=by, at=at)


def note_step(
    db: Session, referral: Referral, place: int, command: c.StepNote, *, by: Actor, at: datetime
) -> PlanStep:
    """Write down that a step was done, or that it was ended and why. Raises `Missing` or `Refused`."""
    plan, step = _plan(db, referral), step_of(db, referral.id, place)
    if not by.roles_in(referral.area_id) & set(WORKERS):
        raise NotYours("plan.note_step")
    if plan.status is not Status.UNDER_WAY:
        raise Refused("plan", "note_step", (OVER,))
    step.sqlmodel_update(command.model_dump())
    step.noted_by_id, step.noted_at, plan.changed_at = by.id, at, at
    db.add_all([plan, step])
    db.flush()
    referral.plan_due_on = next_step_due(db, referral.id)
    verb = "step_done" if command.state is StepState.DONE else "step_ended"
    tell(db, referral, verb, by=by, at=at, said={"step": step.what})
    return step


class Ending(Protocol):
    """What the room of the end, which lies above this one, says and does when a case is closed."""

    def facts(self, db: Session, referral: Referral, *, today: date) -> ClosingFacts:
        """What closing looks at."""

    def complete(self, db: Session, referral: Referral, said: str, *, by: Actor, at: datetime) -> None:
        """Record the completion and tell police and victim, unless somebody did before."""


ENDINGS: list[Ending] = []


def closing_facts(db: Session, referral: Referral, *, today: date) -> ClosingFacts:
    """What closing looks at besides the steps."""
    return ENDINGS[0].facts(db, referral, today=today) if ENDINGS else ClosingFacts(today=today)


def close(
    db: Session,
    referral: Referral,
    command: c.Close,
    *,
    by: Actor,
    at: datetime,
    overrides: Mapping[str, str] | None = None,
) -> None:
    """Complete or end the plan, close the case and tell police, victim worker and the referring officer."""
    plan, steps = _plan(db, referral), steps_of(db, referral.id)
    day = today_in_london(at)
    ending = closing_facts(db, referral, today=day)
    if referral.status is CaseStatus.NOTIFIED and not facts_of(steps).steps_open and not ending.matter_open:
        for room in ENDINGS:
            room.complete(db, referral, command.reason, by=by, at=at)
    facts = facts_of(steps, command.reason)
    ended = PLAN.step(way_out(facts), plan.status, facts, by.roles_in(referral.area_id))
    plan.reason, plan.changed_at = command.reason, at
    said = {"reason": command.reason}
    record(db, plan, ended, flow="plan", chain=case_chain(referral.id), by=by, at=at, facts=said)
    db.add(plan)
    referral.closed_at, referral.reason = at, command.reason
    seen = case_facts(db, referral, today=day, reason=command.reason)
    seen = replace(seen, steps_open=facts.steps_open, closing=ending)
    move(db, referral, "close", seen, by=by, at=at, said=said, overrides=overrides)
    finish_for_case(db, referral.id, END_WITH_THE_CASE, by=by, at=at)
    notify(
        db,
        why=Why.CASE_CLOSED,
        area_id=referral.area_id,
        referral_id=referral.id,
        key=f"{referral.reference}-closed",
        at=at,
        to_user=referral.referred_by_id,
    )


def way_out(facts: PlanFacts) -> str:
    """The move that ends a plan: completed when every step was done, otherwise ended."""
    return "end" if facts.steps_not_done else "complete"


def _plan(db: Session, referral: Referral) -> Plan:
    plan = plan_of(db, referral.id)
    if plan is None:
        raise Missing()
    return plan
