"""Versions of a plan: the first from the decision, each later one from a change with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from config.policy import number
from panel.access import Actor
from panel.assessments.models import Assessment
from panel.assessments.queries import assessment_of
from panel.assessments.written import LinkedPlan
from panel.history.record import case_chain, record
from panel.plans.content import (
    FIELDS,
    Content,
    conditions_in,
    content_of,
    digest_of,
    step_value,
)
from panel.plans.models import Plan, PlanStep, PlanVersion, StepState
from panel.plans.queries import every_step_of, facts_of, next_step_due, steps_of
from panel.referrals.models import Referral
from panel.referrals.moves import settle
from panel.referrals.queries import child_of, names_of
from panel.steps import StepFields
from workflows.conditions import StepKind
from workflows.flow import Refused, Step
from workflows.plan import CHANGE_NOTHING_DONE, PLAN, Status
from workflows.plan_parts import LinkKind, Risk, Serves
from workflows.plan_rules import PlanFacts, StepAsPlanned
from workflows.vocabulary import Outcome, Purpose

DIVERSIONS = (Outcome.O22, Outcome.O22_DEFERRED, Outcome.O23)
AS_DECIDED = "As it was decided and given."


def versions_of(db: Session, plan_id: int) -> list[PlanVersion]:
    """Every version of a plan, the first one first."""
    query = select(PlanVersion).where(PlanVersion.plan_id == plan_id)
    return list(db.exec(query.order_by(col(PlanVersion.number))))


def latest_of(db: Session, plan_id: int) -> PlanVersion | None:
    """The version in force; plans that began before there were versions have none until they change."""
    query = select(PlanVersion).where(PlanVersion.plan_id == plan_id)
    return db.exec(query.order_by(col(PlanVersion.number).desc()).limit(1)).first()


def content_now(db: Session, plan: Plan) -> Content:
    """The plan as it stands."""
    version = latest_of(db, plan.id)
    return version.content if version else content_of(steps_of(db, plan.referral_id))


def first_version(db: Session, referral: Referral, plan: Plan, *, by: Actor, at: datetime) -> PlanVersion:
    """Pin the plan as it was decided, with what the assessment already says for bad days and other plans."""
    rest = _from_assessment(db, referral)
    return add_version(db, plan, content_of(steps_of(db, referral.id), rest), AS_DECIDED, by=by, at=at)


def _from_assessment(db: Session, referral: Referral) -> dict[str, Any]:
    found = assessment_of(db, referral.id)
    if found is None:
        return {}
    worker = names_of(db, [referral.case_manager_id]).get(referral.case_manager_id or 0, "")
    contingencies = [
        {
            "key": 1,
            "trigger": found.contingency_signs,
            "action": found.contingency_actions,
            "who": worker,
            "risk": Risk.BOTH.value,
        }
    ]
    links = [
        {
            "key": key,
            "kind": LinkKind(linked.kind.value).value,
            "held_by": linked.lead_worker,
            "contact": "",
            "fit": linked.fit,
        }
        for key, linked in enumerate(_linked(db, found), 1)
    ]
    written = found.contingency_signs.strip() and found.contingency_actions.strip()
    return {"contingencies": contingencies if written else [], "links": links}


def _linked(db: Session, assessment: Assessment) -> Sequence[LinkedPlan]:
    query = select(LinkedPlan).where(LinkedPlan.assessment_id == assessment.id)
    return db.exec(query.order_by(col(LinkedPlan.id))).all()


def add_version(
    db: Session, plan: Plan, content: Content, why: str, *, by: Actor, at: datetime
) -> PlanVersion:
    """Write the next version; it is never changed."""
    last = latest_of(db, plan.id)
    version = PlanVersion(
        plan_id=plan.id,
        number=(last.number if last else 0) + 1,
        content=content,
        digest=digest_of(content),
        why=why,
        by_id=by.id,
        at=at,
    )
    db.add(version)
    db.flush()
    return version


def change_facts(db: Session, referral: Referral, plan: Plan, content: Content, why: str) -> PlanFacts:
    """A plan that is being changed, as the rules see it."""
    before, found = content_now(db, plan), assessment_of(db, referral.id)
    states = {step.place: step.state for step in every_step_of(db, referral.id)}
    flagged = {LinkKind(linked.kind.value).value for linked in (_linked(db, found) if found else ())}
    if child_of(db, referral).looked_after:
        flagged.add(LinkKind.CARE.value)
    return replace(
        facts_of(steps_of(db, referral.id), why),
        steps=tuple(_planned(row, states) for row in content["steps"]),
        ends_on=ends_on(referral, content),
        safety=found.safety if found else None,
        harm=found.harm if found else None,
        contingencies=tuple(row["action"] for row in content["contingencies"]),
        flagged=frozenset(flagged),
        linked=frozenset(row["kind"] for row in content["links"] if row["fit"].strip()),
        exits=len(content["exits"]),
        conditions_kept=conditions_in(before) == conditions_in(content),
        something_changed=before != content,
    )


def _planned(row: Mapping[str, Any], states: Mapping[int, StepState]) -> StepAsPlanned:
    return StepAsPlanned(
        complete=fields_of(row).is_complete(),
        owned=bool(row["owner"].strip()),
        due_on=date.fromisoformat(row["due_on"]),
        starts_on=date.fromisoformat(row["starts_on"]) if row["starts_on"] else None,
        serves=Serves(row["serves"]),
        open=states.get(row["number"], StepState.TO_DO) is StepState.TO_DO,
    )


def ends_on(referral: Referral, content: Content) -> date | None:
    """When the disposal ends: with its last condition, or with the time that is usual for a diversion."""
    if referral.outcome is Outcome.YCC:
        return max(
            (date.fromisoformat(row["due_on"]) for row in content["steps"] if row["binding"]), default=None
        )
    if referral.outcome in DIVERSIONS and referral.given_on is not None:
        return referral.given_on + timedelta(weeks=number("o22_length_weeks", referral.given_on))
    return None


def fields_of(row: Mapping[str, Any]) -> StepFields:
    """The fields of a step of a version, with their own types again."""
    known = {name: row[name] for name in FIELDS}
    typed = {
        "due_on": date.fromisoformat(row["due_on"]),
        "kind": StepKind(row["kind"]),
        "purpose": Purpose(row["purpose"]),
    }
    return StepFields(**known | typed)


def revise(
    db: Session,
    referral: Referral,
    plan: Plan,
    content: Content,
    why: str,
    *,
    by: Actor,
    at: datetime,
    overrides: Mapping[str, str] | None = None,
) -> PlanVersion:
    """Make the next version of the plan. Raises `Refused`."""
    facts = change_facts(db, referral, plan, content, why)
    step = PLAN.step("revise", plan.status, facts, by.roles_in(referral.area_id), overrides)
    _nothing_done_goes(db, referral, content)
    return _made(db, referral, plan, content, why, step, by=by, at=at)


def vary(
    db: Session, referral: Referral, plan: Plan, content: Content, why: str, *, by: Actor, at: datetime
) -> PlanVersion:
    """Make the next version from a variation of the conditions, which was judged and signed by itself."""
    step = PLAN.step("vary", plan.status, PlanFacts(), by.roles_in(referral.area_id))
    return _made(db, referral, plan, content, why, step, by=by, at=at)


def _nothing_done_goes(db: Session, referral: Referral, content: Content) -> None:
    kept = {row["number"] for row in content["steps"]}
    gone = [s for s in steps_of(db, referral.id) if s.place not in kept and s.state is not StepState.TO_DO]
    if gone:
        raise Refused("plan", "revise", (CHANGE_NOTHING_DONE,))


def _made(
    db: Session,
    referral: Referral,
    plan: Plan,
    content: Content,
    why: str,
    step: Step[Status],
    *,
    by: Actor,
    at: datetime,
) -> PlanVersion:
    if latest_of(db, plan.id) is None:
        first_version(db, referral, plan, by=by, at=at)
    _apply(db, referral, plan, content)
    version = add_version(db, plan, content, why, by=by, at=at)
    binding = [row for row in content["steps"] if row["binding"]] or content["steps"]
    plan.ends_on = max((date.fromisoformat(row["due_on"]) for row in binding), default=None)
    plan.changed_at = at
    said = {"number": str(version.number), "why": why, "digest": version.digest[:12]}
    record(db, plan, step, flow="plan", chain=case_chain(referral.id), by=by, at=at, facts=said)
    db.add(plan)
    db.flush()
    referral.plan_due_on = next_step_due(db, referral.id)
    settle(db, referral, by=by, at=at, page=f"plan.{step.move}")
    return version


def _apply(db: Session, referral: Referral, plan: Plan, content: Content) -> None:
    """Make the rows of the steps what the version says; what fell out stays as a row that was removed."""
    rows = {step.place: step for step in every_step_of(db, referral.id)}
    for position, said in enumerate(content["steps"], 1):
        row = rows.pop(said["number"], None) or PlanStep(
            plan_id=plan.id, place=said["number"], due_on=date.max
        )
        if row.id is not None and step_value(row) == said and row.position == position:
            continue
        for name in FIELDS:
            setattr(row, name, getattr(fields_of(said), name))
        started = said["starts_on"]
        row.starts_on = date.fromisoformat(started) if started else None
        row.owner, row.serves, row.binding = said["owner"], Serves(said["serves"]), said["binding"]
        row.position = position
        if row.state is StepState.REMOVED:
            row.state = StepState.TO_DO
        db.add(row)
    for gone in rows.values():
        gone.state = StepState.REMOVED
        db.add(gone)
    db.flush()
