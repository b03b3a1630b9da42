"""What only the police do: consider the excuse, decide, and say that proceedings were started."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from panel.access import Actor
from panel.compliance import commands as c
from panel.compliance.actions import Lines, act
from panel.compliance.models import Entry, Matter
from panel.disposals.ceased import CautionCeased
from panel.history.record import case_chain, record
from panel.notifications.actions import finish_for_case, notify
from panel.notifications.models import END_WITH_THE_CASE, Why
from panel.plans.models import StepState
from panel.plans.queries import facts_of as plan_facts
from panel.plans.queries import plan_of, steps_of
from panel.referrals.models import Referral
from panel.referrals.moves import move
from panel.referrals.queries import case_facts
from workflows.calendar import long_date, today_in_london
from workflows.flow import Refusal, Refused
from workflows.keeping import Choice, Rung
from workflows.plan import PLAN
from workflows.plan import Status as PlanStatus
from workflows.vocabulary import Outcome, words

STOPPED = "Proceedings were started on {day}, so nothing of the plan is asked any more."
BEFORE_GIVING = Refusal(
    "before_giving",
    "Proceedings for not keeping to it cannot be older than the disposal itself.",
    "BR-3",
    "Crime and Disorder Act 1998 s.66E",
    True,
)


def _who(command: c.Named) -> Lines:
    collar = f", {command.collar}" if command.collar else ""
    return [["Decided by", f"{command.name}, {command.rank}{collar} ({words(command.authority)})"]]


def _entry(rung: Rung, command: c.Excuse | c.Decide | c.Proceedings, lines: Lines) -> Entry:
    values = command.model_dump(include={"happened_on", "said", "excused", "choice"})
    return Entry(rung=rung, who=command.name, more=[*lines, *_who(command)], **values)


def consider(
    db: Session, referral: Referral, matter: Matter, command: c.Excuse, *, by: Actor, at: datetime
) -> Entry:
    """Write down whether a police decision-maker found the excuse reasonable (BR-1)."""
    found = "Yes, the excuse is reasonable" if command.excused else "No, there was no reasonable excuse"
    entry = _entry(Rung.EXCUSE, command, [["Reasonable excuse", found]])
    more = {"named": bool(command.name), "reason": command.said}
    return act(db, referral, matter, "consider", entry, more, by=by, at=at)


def decide(
    db: Session,
    referral: Referral,
    matter: Matter,
    command: c.Decide,
    *,
    by: Actor,
    at: datetime,
    overrides: Mapping[str, str] | None = None,
) -> Entry:
    """Write down what a named person of the police decided (BR-1, BR-4); nothing follows by itself."""
    entry = _entry(Rung.DECISION, command, [["Decision", words(command.choice)]])
    more = {"named": bool(command.name), "reason": command.said, "choice": command.choice}
    return act(db, referral, matter, "decide", entry, more, by=by, at=at, overrides=overrides)


def start_proceedings(
    db: Session, referral: Referral, matter: Matter, command: c.Proceedings, *, by: Actor, at: datetime
) -> Entry:
    """Proceedings were started: the caution stops having effect, the plan and the case end (BR-3)."""
    day = command.happened_on
    if referral.given_on is not None and day < referral.given_on:
        raise Refused("matter", "start_proceedings", (BEFORE_GIVING,))
    entry = _entry(Rung.PROCEEDINGS, command, [])
    more = {"named": bool(command.name), "choice": Choice.PROSECUTE, "today": day}
    act(db, referral, matter, "start_proceedings", entry, more, by=by, at=at)
    if referral.outcome is Outcome.YCC:
        db.add(CautionCeased(referral_id=referral.id, ceased_on=day, by_id=by.id, at=at))
    reason = STOPPED.format(day=long_date(day))
    _end_plan(db, referral, reason, by=by, at=at)
    _close(db, referral, reason, by=by, at=at)
    return entry


def _end_plan(db: Session, referral: Referral, reason: str, *, by: Actor, at: datetime) -> None:
    plan, steps = plan_of(db, referral.id), steps_of(db, referral.id)
    if plan is None or plan.status is not PlanStatus.UNDER_WAY:
        return
    for step in steps:
        if step.state is StepState.TO_DO:
            step.state, step.evidence = StepState.ENDED, reason
            step.noted_by_id, step.noted_at = by.id, at
    db.add_all(steps)
    db.flush()
    facts = plan_facts(steps, reason)
    stopped = PLAN.step("stop", plan.status, facts, by.roles_in(referral.area_id))
    plan.reason, plan.changed_at = reason, at
    said = {"reason": reason}
    record(db, plan, stopped, flow="plan", chain=case_chain(referral.id), by=by, at=at, facts=said)
    db.add(plan)
    referral.plan_due_on = None


def _close(db: Session, referral: Referral, reason: str, *, by: Actor, at: datetime) -> None:
    referral.closed_at, referral.reason = at, reason
    facts = case_facts(db, referral, today=today_in_london(at), reason=reason)
    move(db, referral, "prosecute", facts, by=by, at=at, said={"reason": reason})
    finish_for_case(db, referral.id, END_WITH_THE_CASE, by=by, at=at)
    if referral.case_manager_id is not None:
        notify(
            db,
            why=Why.CASE_CLOSED,
            area_id=referral.area_id,
            referral_id=referral.id,
            key=f"{referral.reference}-prosecuted",
            at=at,
            to_user=referral.case_manager_id,
        )
