"""Reading variations; the caller has looked the case up for its reader."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from panel.decisions.sitting import condition_facts
from panel.decisions.standing import outcomes_standing
from panel.disposals.models import Disposal
from panel.disposals.queries import disposal_of, document_at, intact
from panel.errors import Missing
from panel.plans.models import PlanStep, StepState
from panel.plans.queries import plan_of, steps_of
from panel.referrals.models import Referral
from panel.referrals.queries import case_facts, child_of, offence_facts, offences_of
from panel.steps import StepFields
from panel.variations.models import Change, Variation, VariationSignature, VariedCondition
from workflows.disposal import Status as DisposalStatus
from workflows.disposal_rules import DisposalFacts
from workflows.plan import Status as PlanStatus
from workflows.variation import Status, VariationFacts
from workflows.vocabulary import Answer, Signer

OPEN = (Status.PREPARED, Status.EXPLAINED, Status.SIGNED)
SAME = tuple(name for name in StepFields.model_fields if name not in ("place", "entry"))


def variations_of(db: Session, referral_id: int) -> list[Variation]:
    """Every variation of a case, the first one first."""
    query = select(Variation).where(Variation.referral_id == referral_id)
    return list(db.exec(query.order_by(col(Variation.number))))


def variation_of(db: Session, referral_id: int, number: int) -> Variation:
    """One variation by the version of its document. Raises `Missing`."""
    query = select(Variation).where(Variation.referral_id == referral_id, Variation.number == number)
    found = db.exec(query).first()
    if found is None:
        raise Missing()
    return found


def conditions_in(db: Session, variation: Variation) -> list[VariedCondition]:
    """The conditions of a variation in their order, also those that it leaves out."""
    query = select(VariedCondition).where(VariedCondition.variation_id == variation.id)
    return list(db.exec(query.order_by(col(VariedCondition.place), col(VariedCondition.id))))


def new_set(db: Session, variation: Variation) -> list[VariedCondition]:
    """The conditions as they will be."""
    return [row for row in conditions_in(db, variation) if row.change is not Change.OMITTED]


def signatures_of(db: Session, variation: Variation) -> list[VariationSignature]:
    """What each person who was asked to sign this version did."""
    query = select(VariationSignature).where(VariationSignature.variation_id == variation.id)
    return list(db.exec(query.order_by(col(VariationSignature.id))))


def bound(db: Session, referral_id: int) -> list[PlanStep]:
    """The conditions in force: the steps of the plan that bind the child."""
    return [step for step in steps_of(db, referral_id) if step.binding]


def same(row: StepFields, step: StepFields | None) -> bool:
    """Whether a condition asks what it asked before."""
    return step is not None and all(getattr(row, name) == getattr(step, name) for name in SAME)


def caution_of(db: Session, referral: Referral) -> Disposal:
    """The disposal whose conditions are varied. Raises `Missing`."""
    found = disposal_of(db, referral.id)
    if found is None:
        raise Missing()
    return found


def variation_facts(
    db: Session, referral: Referral, variation: Variation, *, today: date, **typed: Any
) -> VariationFacts:
    """A variation as the rules see it; `typed` is what a page brings to the paper."""
    disposal, plan = caution_of(db, referral), plan_of(db, referral.id)
    rows, before = conditions_in(db, variation), {step.place: step for step in bound(db, referral.id)}
    kept = [row for row in rows if row.change is not Change.OMITTED]
    to_do = [row for row in kept if _open(before.get(row.number))]
    given_on = disposal.given_on or today
    chosen = outcomes_standing(db, disposal.decision_id)
    conditions = replace(
        case_facts(db, referral, today=given_on),
        offences=offence_facts(offences_of(db, referral), chosen),
        conditions=tuple(condition_facts(row, given_on) for row in kept),
    )
    return VariationFacts(
        paper=replace(_paper(db, referral, variation, disposal, to_do, today=today), **typed),
        conditions=conditions,
        runs=disposal.status is DisposalStatus.GIVEN
        and plan is not None
        and plan.status is PlanStatus.UNDER_WAY,
        differs=any(row.change is not Change.KEPT for row in rows),
        authority=variation.authority,
        authority_named=bool(variation.authority_name.strip()),
        reason=variation.reason,
    )


def _open(step: PlanStep | None) -> bool:
    return step is None or step.state is StepState.TO_DO


def _paper(
    db: Session,
    referral: Referral,
    variation: Variation,
    disposal: Disposal,
    to_do: list[VariedCondition],
    *,
    today: date,
) -> DisposalFacts:
    whole = intact(db, variation.document_id)
    same_paper = variation.explained_digest == variation.document_digest
    child, signatures = child_of(db, referral), signatures_of(db, variation)
    return DisposalFacts(
        today=today,
        date_of_birth=child.date_of_birth,
        looked_after=child.looked_after,
        adult_order_reason=variation.adult_order_reason,
        adult_interprets=variation.adult_interprets,
        adult_advises=variation.adult_advises,
        adult_objected=variation.adult_objected,
        adult_was_told=variation.adult_was_told,
        outcome=disposal.outcome,
        document_made=whole,
        names_officer=True,
        conditions_due=tuple(row.due_on for row in to_do),
        adult=variation.adult,
        adult_named=bool(variation.adult_name),
        adult_aged_18=variation.adult_aged_18,
        adult_is_police=variation.adult_is_police,
        adult_involved=variation.adult_involved,
        advice=variation.advice,
        childs_words=variation.childs_words,
        warned=variation.warned,
        consented=variation.consented,
        signed_by=frozenset(Signer(s.signer) for s in signatures if s.answer is Answer.SIGNED),
        did_not_sign=frozenset(Signer(s.signer) for s in signatures if s.answer is not Answer.SIGNED),
        jointly=variation.case_manager_present,
        signed_copy_kept=intact(db, variation.signed_document_id),
        signed_document_is_shown_document=same_paper and whole,
    )


def officer_named(db: Session, variation: Variation) -> int | None:
    """The officer whom the document names: whoever made it."""
    document = document_at(db, variation.document_id)
    return None if document is None else document.added_by_id
