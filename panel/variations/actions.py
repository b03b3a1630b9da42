"""What becomes of a variation: explained, in force, withdrawn, known to the YOT."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from panel.access import Actor
from panel.disposals import commands as dc
from panel.disposals.explaining import all_words, how_words, keep_explanation, left_out
from panel.errors import Missing
from panel.history.record import case_chain, record
from panel.notifications.actions import finish_for_team, notify
from panel.notifications.models import Why
from panel.plans.content import step_value
from panel.plans.models import PlanStep, StepState
from panel.plans.queries import every_step_of, plan_of
from panel.plans.versions import content_now, vary
from panel.referrals.models import Referral
from panel.referrals.moves import settle, tell
from panel.variations import commands as c
from panel.variations.models import FIELDS, Variation, VariedCondition
from panel.variations.paper import as_disposal
from panel.variations.queries import caution_of, new_set, officer_named, variation_facts
from workflows.calendar import today_in_london
from workflows.flow import NotYours, Step
from workflows.roles import POLICE, Role
from workflows.variation import VARIATION, Status, VariationFacts

YOT = (Role.CASE_MANAGER, Role.YOT_MANAGER)
# What of an explanation stands on the variation itself; all of it is in the record of the explanation.
KEPT = {"explained_place", "advice", "warned", "case_manager_present"}


def explain(
    db: Session,
    referral: Referral,
    variation: Variation,
    command: dc.Explain,
    *,
    by: Actor,
    at: datetime,
    overrides: Mapping[str, str] | None = None,
) -> None:
    """Write down that it was explained, to whom, and what the child said back. Raises `Refused`."""
    today, disposal = today_in_london(at), caution_of(db, referral)
    unexplained, silent = left_out(disposal.outcome, today, command)
    facts = variation_facts(
        db,
        referral,
        variation,
        today=today,
        names_officer=officer_named(db, variation) == by.id,
        adult_here=command.adult_here,
        advice=command.advice,
        childs_words=all_words(command),
        warned=command.warned,
        unexplained=unexplained,
        not_played_back=silent,
    )
    step = take(referral, variation, "explain", facts, by, overrides)
    variation.sqlmodel_update(command.model_dump(include=KEPT))
    variation.method, variation.childs_words = how_words(command), all_words(command)
    variation.explained_at, variation.explained_by_id = at, by.id
    variation.explained_digest = variation.document_digest
    keep_explanation(db, referral, as_disposal(variation, disposal), command, by=by, at=at)
    said = {"number": str(variation.number), "adult": variation.adult_name or "nobody"}
    keep_step(db, referral, variation, step, by=by, at=at, said=said)


def bring(db: Session, referral: Referral, variation: Variation, *, by: Actor, at: datetime) -> None:
    """Bring the signed variation into force today: the plan follows, YOT and police are told."""
    facts = variation_facts(db, referral, variation, today=today_in_london(at))
    step = take(referral, variation, "bring", facts, by)
    variation.in_force_on = today_in_london(at)
    _plan_follows(db, referral, variation, by=by, at=at)
    keep_step(db, referral, variation, step, by=by, at=at, said={"number": str(variation.number)})
    _notify(db, referral, variation, by=by, at=at)


def withdraw(
    db: Session, referral: Referral, variation: Variation, command: c.Withdraw, *, by: Actor, at: datetime
) -> None:
    """Leave the conditions as they are, with the reason; what was written is kept."""
    facts = variation_facts(db, referral, variation, today=today_in_london(at))
    step = take(referral, variation, "withdraw", replace(facts, reason=command.reason), by)
    variation.withdrawn_why = command.reason
    said = {"number": str(variation.number), "reason": command.reason}
    keep_step(db, referral, variation, step, by=by, at=at, said=said)


def seen(db: Session, referral: Referral, *, by: Actor, at: datetime) -> None:
    """Confirm for the YOT that it knows of the new conditions; one person's word settles it for all."""
    if not by.roles_in(referral.area_id) & {*YOT, *POLICE}:
        raise NotYours("variation.seen")
    finish_for_team(db, referral.id, Why.CONDITIONS_VARIED, (referral.case_manager_id,), by=by, at=at)
    tell(db, referral, "see_variation", by=by, at=at)


def _plan_follows(db: Session, referral: Referral, variation: Variation, *, by: Actor, at: datetime) -> None:
    plan = plan_of(db, referral.id)
    if plan is None:
        raise Missing()
    content = content_now(db, plan)
    rows = {row.number: row for row in new_set(db, variation) if row.number}
    noted = {step.place for step in every_step_of(db, referral.id) if step.state is not StepState.TO_DO}
    steps = []
    for said in content["steps"]:
        if not said["binding"]:
            steps.append(said)
        elif row := rows.get(said["number"]):
            steps.append(said | _asked(row))
        elif said["number"] in noted:  # done or ended meanwhile: what was left out stays as it became
            steps.append(said)
    number = max((step.place for step in every_step_of(db, referral.id)), default=0)
    for row in (row for row in new_set(db, variation) if not row.number):
        number += 1
        fresh = PlanStep(plan_id=plan.id, place=number, binding=True, due_on=row.due_on, owner=row.who[:160])
        steps.append(step_value(fresh) | _asked(row))
    why = f"The conditions were varied, version {variation.number} of the caution."
    vary(db, referral, plan, content | {"steps": steps}, why, by=by, at=at)


def _asked(row: VariedCondition) -> dict[str, object]:
    fresh = PlanStep(plan_id=0, place=0, **{name: getattr(row, name) for name in FIELDS})
    known = step_value(fresh)
    return {name: known[name] for name in FIELDS}


def _notify(db: Session, referral: Referral, variation: Variation, *, by: Actor, at: datetime) -> None:
    to: list[tuple[str, int | None, Role | None]] = [("manager", None, Role.YOT_MANAGER)]
    if referral.case_manager_id is not None:
        to.append(("case-manager", referral.case_manager_id, None))
    if referral.referred_by_id != by.id:
        to.append(("police", referral.referred_by_id, None))
    for whom, user, role in to:
        notify(
            db,
            why=Why.CONDITIONS_VARIED,
            area_id=referral.area_id,
            referral_id=referral.id,
            key=f"{referral.reference}-varied-{variation.number}-{whom}",
            at=at,
            to_user=user,
            to_role=role,
        )


def take(
    referral: Referral,
    variation: Variation,
    name: str,
    facts: VariationFacts,
    by: Actor,
    overrides: Mapping[str, str] | None = None,
) -> Step[Status]:
    """The move of the variation flow for this person here, or `Refused` or `NotYours`."""
    return VARIATION.step(name, variation.status, facts, by.roles_in(referral.area_id), overrides)


def keep_step(
    db: Session,
    referral: Referral,
    variation: Variation,
    step: Step[Status],
    *,
    by: Actor,
    at: datetime,
    said: Mapping[str, str],
) -> None:
    """Write a step of the variation into the history of its case, and raise the version of the case."""
    chain = case_chain(referral.id)
    record(db, variation, step, flow="variation", chain=chain, by=by, at=at, facts=said)
    db.add(variation)
    settle(db, referral, by=by, at=at, page=f"variation.{step.move}", retime=False)
