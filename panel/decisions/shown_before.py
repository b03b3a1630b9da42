"""What is on record before the panel decides, and what each outcome needs and causes, for the templates."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask import url_for
from sqlmodel import Session

from config.coded import DEFERRALS
from config.outcomes import Line, about
from panel.access import Actor
from panel.decisions.beforehand import Beforehand, CaseCheck, EvidenceView, beforehand_of, with_beforehand
from panel.decisions.deferring import deferrals_of
from panel.decisions.models import Deferral
from panel.decisions.preparing import MAY
from panel.decisions.sitting import Choice, choices, facts_of, sitting_of
from panel.packs.contents import offence_words
from panel.referrals.models import Offence, Referral
from panel.referrals.queries import case_facts, offences_of
from panel.troubles import refusal_items
from workflows.before_panel import Check
from workflows.calendar import long_date, today_in_london
from workflows.case import BEFORE_DECISION
from workflows.case_facts import CaseFacts
from workflows.codes import Category
from workflows.outcome_rules import needs_charge_form, needs_senior_review
from workflows.roles import POLICE
from workflows.vocabulary import words

SURE = {"K": "Not verified yet", "V/K": "Partly verified"}
NOT_YET = "Not recorded yet"


def before(db: Session, referral: Referral, actor: Actor, *, today: date) -> dict[str, Any]:
    """The rows of the page, and which of them this reader may add to."""
    known = beforehand_of(db, referral.id)
    facts = with_beforehand(db, referral, case_facts(db, referral, today=today))
    roles, still = actor.roles_in(referral.area_id), referral.status in BEFORE_DECISION
    return {
        "evidence": [_evidence(o, known) for o in offences_of(db, referral)],
        "review": _check(known, Check.SENIOR_REVIEW, needed=needs_senior_review(facts)),
        "charge": _check(known, Check.CHARGE_FORM, needed=needs_charge_form(facts)),
        "is_police": still and bool(roles & set(POLICE)),
        "may_review": still and bool(roles & set(MAY[Check.SENIOR_REVIEW])),
    }


def _evidence(offence: Offence, known: Beforehand) -> dict[str, Any]:
    view = known.views.get(offence.id)
    kinds = sorted({*offence.categories, *(view.categories if view else ())})
    said = f"{words(view.evidence)}. {_signed(known, view)}" if view else NOT_YET
    sorts = ", ".join(words(Category(kind)) for kind in kinds)
    return {"key": offence_words(offence), "value": f"{said}{f' Marked as: {sorts}.' if sorts else ''}"}


def _check(known: Beforehand, kind: Check, *, needed: bool) -> dict[str, Any]:
    row = known.checks.get(kind)
    return {"said": row.said if row else "", "by": _signed(known, row) if row else "", "needed": needed}


def _signed(known: Beforehand, row: EvidenceView | CaseCheck) -> str:
    return f"{known.who(row)}, {long_date(today_in_london(row.at))}."


def outcomes(db: Session, referral: Referral, *, today: date) -> list[dict[str, Any]]:
    """Every offence with every outcome that may be chosen today."""
    facts, offences = _facts(db, referral, today=today), offences_of(db, referral)
    return [
        {"title": offence_words(o), "choices": [_choice(c, referral) for c in choices(facts, [o])]}
        for o in offences
    ]


def _facts(db: Session, referral: Referral, *, today: date) -> CaseFacts:
    """The facts of the panel that sits, or those of the case alone while it is on no agenda."""
    sitting = sitting_of(db, referral, today=today)
    if sitting is not None:
        return facts_of(db, referral, sitting, today=today)
    facts = with_beforehand(db, referral, case_facts(db, referral, today=today))
    return replace(facts, conditions=())


def _choice(choice: Choice, referral: Referral) -> dict[str, Any]:
    known = about(choice.outcome)
    verdict, colour = ("Allowed", "green")
    if choice.against:
        verdict, colour = ("Not allowed now", "red") if choice.blocked else ("Needs a reason", "yellow")
    missing = refusal_items(choice.against)
    for item in missing:
        item["href"] = item["href"] or url_for("decisions.view", reference=referral.reference)
    return {
        "outcome": words(choice.outcome),
        "verdict": verdict,
        "colour": colour,
        "missing": missing,
        "since": known.unverified,
        "needs": _lines(known.needs),
        "causes": _lines(known.causes),
    }


def _lines(lines: Sequence[Line]) -> list[dict[str, str]]:
    return [
        {"text": line.text, "source": f"{line.rule}: {line.source}", "unsure": SURE.get(line.status, "")}
        for line in lines
    ]


def put_off(deferral: Deferral) -> str:
    """Where the case is now that it was put off, in words."""
    if deferral.relisted_for:
        day = long_date(deferral.relisted_for)
        return f"The case has been put off to the meeting of {day}. The case manager has been told."
    return f"The case has been put off and is on no agenda. A manager has been told why: {deferral.waits_for}"


def deferrals(db: Session, referral: Referral) -> list[dict[str, str]]:
    """Each time that the case was put off, the last first."""
    return [
        {
            "why": DEFERRALS.code(row.code).says,
            "reason": row.reason,
            "day": long_date(today_in_london(row.at)),
            "then": f"Put on the meeting of {long_date(row.relisted_for)} at once."
            if row.relisted_for
            else f"It could not go to another meeting at once. {row.waits_for}",
        }
        for row in deferrals_of(db, referral.id)
    ]
