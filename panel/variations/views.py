"""The pages of a variation: the list, one with old and new conditions, its conditions, its end."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, url_for

from panel.casepage import case_page
from panel.disposals.frame import paper_link
from panel.disposals.queries import document_at
from panel.errors import Missing, expect_version
from panel.forms import PanelForm
from panel.referrals.models import Referral
from panel.referrals.queries import header_of, names_of, referral_for
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.stepcommand import StepCommand
from panel.steps import StepFields, pounds
from panel.troubles import refusal_items
from panel.variations import actions, writing
from panel.variations import commands as c
from panel.variations import forms as f
from panel.variations.models import Change, Variation, VariationSignature, VariedCondition
from panel.variations.queries import (
    bound,
    caution_of,
    conditions_in,
    signatures_of,
    variation_facts,
    variation_of,
    variations_of,
)
from workflows.calendar import clock_words, long_date
from workflows.roles import POLICE, Role
from workflows.variation import VARIATION, Status
from workflows.vocabulary import Answer, Outcome, words

blueprint = Blueprint("variations", __name__)
BASE = "/cases/<reference>/variations"
ONE = f"{BASE}/<int(max=2147483647):number>"
TAGS = {
    Status.PREPARED: ("Being prepared", "grey"),
    Status.EXPLAINED: ("Explained", "blue"),
    Status.SIGNED: ("Signed", "blue"),
    Status.IN_FORCE: ("In force", "green"),
    Status.WITHDRAWN: ("Withdrawn", "grey"),
}
CHANGES = {
    Change.KEPT: ("As before", "grey"),
    Change.MODIFIED: ("Changed", "blue"),
    Change.ADDED: ("New", "green"),
    Change.OMITTED: ("Left out", "red"),
}
# Answered on the page of the explaining itself, so they are not in the way before it.
ASKED_THERE = frozenset({"understood", "warned", "advice_offered", "adult_here", "names_officer"})
NEXT = {Status.PREPARED: "explain", Status.EXPLAINED: "sign", Status.SIGNED: "bring"}


def case(reference: str, *, lock: bool = False) -> Referral:
    """The case of this page, if the signed-in person may see it."""
    return referral_for(db(), actor(), reference, at=at(), page=here(), lock=lock)


def found(reference: str, number: int) -> tuple[Referral, Variation]:
    """A case, held for a change, with one of its variations."""
    referral = case(reference, lock=True)
    return referral, variation_of(db(), referral.id, number)


def checked(referral: Referral, form: PanelForm) -> None:
    """Raise `Stale` when somebody changed the case after the page was shown."""
    expect_version(referral, form.seen, {"version": referral.version})


def to_one(reference: str, number: int) -> Any:
    """To the page of the variation."""
    return redirect(url_for("variations.view", reference=reference, number=number), 303)


def acts(referral: Referral) -> bool:
    """Whether the reader may vary."""
    return bool(actor().roles_in(referral.area_id) & set(POLICE))


@blueprint.route(BASE, methods=["GET", "POST"])
def index(reference: str) -> Any:
    """The variations of a caution; starting one."""
    referral = case(reference, lock=True)
    caution_of(db(), referral)
    form = f.PressForm(version=referral.version)
    if form.is_submitted():
        checked(referral, form)
        variation = writing.begin(db(), referral, by=actor(), at=at())
        return to_one(reference, variation.number)
    lines = [
        {
            "number": one.number,
            "tag": TAGS[one.status],
            "reason": one.withdrawn_why or one.reason or "No reason written yet",
            "when": long_date(one.in_force_on) if one.in_force_on else "",
        }
        for one in variations_of(db(), referral.id)
    ]
    running = any(one["tag"] in [TAGS[s] for s in NEXT] for one in lines)
    may = acts(referral) and not running and referral.outcome is Outcome.YCC
    header = header_of(db(), referral, today=today())
    return case_page("variations/index.html", header, form=form, lines=lines, may=may)


@blueprint.get(ONE)
def view(reference: str, number: int) -> Any:
    """Old and new conditions side by side, what is next, and how it was explained and signed."""
    referral = case(reference)
    variation = variation_of(db(), referral.id, number)
    move = NEXT.get(variation.status)
    facts = variation_facts(db(), referral, variation, today=today())
    missing = VARIATION.refusals(move, variation.status, facts) if move in ("explain", "bring") else ()
    known = tuple(r for r in missing if move == "bring" or r.name not in ASKED_THERE)
    documents = [document_at(db(), i) for i in (variation.document_id, variation.signed_document_id)]
    return case_page(
        "variations/view.html",
        header_of(db(), referral, today=today()),
        variation=variation,
        tag=TAGS[variation.status],
        rows=_compared(referral, variation),
        writes=acts(referral) and variation.status in (Status.PREPARED, Status.EXPLAINED),
        acts=acts(referral),
        may_withdraw=move is not None
        and (acts(referral) or Role.YOT_MANAGER in actor().roles_in(referral.area_id)),
        may_see=variation.status is Status.IN_FORCE
        and bool(actor().roles_in(referral.area_id) & set(actions.YOT)),
        move=move,
        made=variation.document_id is not None,
        missing=refusal_items(replace(r, where="") for r in known),
        papers=[link for document in documents if (link := paper_link(referral, document))],
        told=_told(variation),
        press=f.PressForm(formdata=None, version=referral.version),
    )


def _compared(referral: Referral, variation: Variation) -> list[dict[str, Any]]:
    before = {step.place: step for step in bound(db(), referral.id)}
    open_now = variation.status in NEXT
    return [
        {
            "id": row.id,
            "what": row.what,
            "before": _lines(before[row.number]) if open_now and row.number in before else [],
            "after": [] if row.change is Change.OMITTED else _lines(row),
            "tag": CHANGES[row.change],
            "omitted": row.change is Change.OMITTED,
        }
        for row in conditions_in(db(), variation)
    ]


def _lines(step: StepFields) -> list[str]:
    said = [
        ("With", step.who),
        ("Where", step.where_at),
        ("When", step.when_at),
        ("How often", step.how_often),
        ("Hours", str(step.hours or "")),
        ("Amount", pounds(step.amount_pence) if step.amount_pence else ""),
        ("Done when", step.done_when),
        ("Finish by", long_date(step.due_on)),
    ]
    return [step.what, *(f"{label}: {text}" for label, text in said if text)]


def _told(variation: Variation) -> list[dict[str, Any]]:
    if variation.authority is None:
        return []
    who = f"{words(variation.authority)}: {variation.authority_name} {variation.authority_rank}".strip()
    rows: list[dict[str, Any]] = [
        {"key": "Varied by", "value": who},
        {"key": "Why", "value": variation.reason},
        {"key": "Appropriate adult", "value": variation.adult_name or "Nobody"},
    ]
    if variation.explained_at:
        by = names_of(db(), [variation.explained_by_id]).get(variation.explained_by_id or 0, "")
        rows += [
            {
                "key": "Explained",
                "value": f"{clock_words(variation.explained_at)}, {by}, {variation.explained_place}",
            },
            {"key": "How", "value": variation.method},
            {"key": "In the child's own words", "value": variation.childs_words},
        ]
    if variation.signed_at:
        signers = [_did(signature) for signature in signatures_of(db(), variation)]
        rows.append({"key": "Signed", "value": [clock_words(variation.signed_at), *signers]})
    if variation.in_force_on:
        rows.append({"key": "In force from", "value": long_date(variation.in_force_on)})
    if variation.withdrawn_why:
        rows.append({"key": "Withdrawn", "value": variation.withdrawn_why})
    return rows


def _did(row: VariationSignature) -> str:
    """'Child: Robin Fielding', or what somebody did instead of signing."""
    if row.answer is Answer.SIGNED:
        return f"{words(row.signer)}: {row.name}"
    return f"{words(row.signer)}: {words(row.answer).lower()}. {row.why}"


@blueprint.route(f"{ONE}/conditions/add", methods=["GET", "POST"], defaults={"row_id": None})
@blueprint.route(f"{ONE}/conditions/<int(max=2147483647):row_id>", methods=["GET", "POST"])
def condition(reference: str, number: int, row_id: int | None) -> Any:
    """Add a condition, or change one."""
    referral, variation = found(reference, number)
    row = _row(variation, row_id)
    form = f.ConditionForm(obj=row, version=referral.version)
    placement = row.placement_id if row else None
    del form.placement_id
    settled = form.ask(None) | {"placement_id": placement, "entry": row.entry if row else ""}
    if command := form.read(StepCommand, today=today(), **settled):
        checked(referral, form)
        writing.set_condition(db(), referral, variation, row_id, command, by=actor(), at=at())
        flash("Saved. Make the document again when the conditions are complete.", "success")
        return to_one(reference, number)
    header = header_of(db(), referral, today=today())
    return case_page(
        "variations/condition.html", header, form=form, variation=variation, changes=row is not None
    )


def _row(variation: Variation, row_id: int | None) -> VariedCondition | None:
    if row_id is None:
        return None
    row = next((one for one in conditions_in(db(), variation) if one.id == row_id), None)
    if row is None:
        raise Missing()
    return row


@blueprint.post(f"{ONE}/conditions/<int(max=2147483647):row_id>/omit")
def omit(reference: str, number: int, row_id: int) -> Any:
    """Leave a condition out, or take it in again."""
    referral, variation = found(reference, number)
    checked(referral, f.PressForm())
    writing.omit(db(), referral, variation, row_id, by=actor(), at=at())
    return to_one(reference, number)


@blueprint.route(f"{ONE}/withdraw", methods=["GET", "POST"])
def withdraw(reference: str, number: int) -> Any:
    """Say why the conditions stay as they are."""
    referral, variation = found(reference, number)
    form = f.WithdrawForm(version=referral.version)
    if command := form.read(c.Withdraw):
        checked(referral, form)
        actions.withdraw(db(), referral, variation, command, by=actor(), at=at())
        flash("Withdrawn. The conditions stay as they are.", "success")
        return to_one(reference, number)
    header = header_of(db(), referral, today=today())
    return case_page("variations/withdraw.html", header, form=form, variation=variation)


@blueprint.post(f"{ONE}/bring")
def bring(reference: str, number: int) -> Any:
    """Bring the signed variation into force today."""
    referral, variation = found(reference, number)
    checked(referral, f.PressForm())
    actions.bring(db(), referral, variation, by=actor(), at=at())
    flash("The new conditions are in force. The plan follows them, and the YOT has been told.", "success")
    return to_one(reference, number)


@blueprint.post(f"{ONE}/seen")
def seen(reference: str, number: int) -> Any:
    """Confirm that the YOT knows of the new conditions."""
    referral, _ = found(reference, number)
    checked(referral, f.PressForm())
    actions.seen(db(), referral, by=actor(), at=at())
    flash("You have confirmed that the YOT knows of the new conditions.", "success")
    return to_one(reference, number)
