"""What scrutineers may know of a decision: lists and bands, and texts once a person has cleared them."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from config.policy import number
from panel.children.models import Child
from panel.decisions.models import Decision
from panel.decisions.queries import conditions_of
from panel.meetings.models import AgendaItem, Member
from panel.referrals.models import Offence, Referral
from panel.referrals.queries import child_of, offences_of
from panel.scrutiny.models import SampledCase
from panel.steps import StepFields
from panel.victims.identifying import identifiers_of
from panel.victims.queries import victims_of, view_of
from workflows.calendar import today_in_london
from workflows.masking import Known, age_band, mask
from workflows.vocabulary import Gender, words


def genders_shown(db: Session, children: Collection[int], on: date) -> bool:
    """Whether a gender may be told at all: only while every one in the list is that of enough children.

    If one were small, leaving out that one alone would tell it.
    """
    found = Counter(db.exec(select(Child.gender).where(col(Child.id).in_(children))).all())
    return bool(found) and min(found.values()) >= number("small_number_threshold", on)


def facts_of(db: Session, decision: Decision, *, gender: bool) -> dict[str, Any]:
    """What may be told without a person's look: bands, lists and codes, and no word that somebody typed."""
    referral = db.get_one(Referral, decision.referral_id)
    child, offences = child_of(db, referral), offences_of(db, referral)
    decided_on = today_in_london(decision.decided_at)
    told = {"Age of the child": age_band(child.date_of_birth, decided_on)}
    if gender:
        told["Gender"] = words(Gender(child.gender))
    scores = [offence.gravity for offence in offences if offence.gravity is not None]
    return told | {
        "Gravity score": str(max(scores)) if scores else "Not scored",
        "What the child said": "; ".join(dict.fromkeys(words(offence.admission) for offence in offences)),
        "Victim": _victim(db, referral),
        "Outcome": words(decision.outcome),
        "Conditions": "; ".join(map(condition_words, conditions_of(db, decision.id))) or "None",
    }


def _victim(db: Session, referral: Referral) -> str:
    return words(view_of(db, referral)) if victims_of(db, referral.id) else "No victim is known"


def condition_words(step: StepFields) -> str:
    """A condition by its object, and how long it takes: never its own words."""
    return f"{words(step.purpose)}{f', {step.hours} hours' if step.hours else ''}"


def texts_of(db: Session, case: SampledCase) -> tuple[str, str]:
    """The offences and the reasons as they were written."""
    decision = db.get_one(Decision, case.decision_id)
    query = select(Offence).where(Offence.referral_id == case.referral_id).order_by(col(Offence.id))
    return "\n".join(offence.title for offence in db.exec(query)), decision.reasons


def proposed(db: Session, case: SampledCase) -> tuple[str, str]:
    """The same with everything taken out that is known to tell who or where: for a person to look at."""
    known = known_of(db, case)
    offences, reasons = texts_of(db, case)
    return mask(offences, known), mask(reasons, known)


def known_of(db: Session, case: SampledCase) -> list[Known]:
    """What is known of everybody in a case, staff and panel among them."""
    decision, referral = db.get_one(Decision, case.decision_id), db.get_one(Referral, case.referral_id)
    sat = select(Member.user_id).join(AgendaItem, col(AgendaItem.meeting_id) == Member.meeting_id)
    staff = [*db.exec(sat.where(AgendaItem.id == decision.item_id)), decision.chair_id]
    return identifiers_of(db, referral, staff)
