"""What is recorded beside each criterion: a hint for the reader, never a judgement."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from config.countersigning import criteria
from panel.assessments.models import Assessment
from panel.assessments.queries import proposed_steps
from panel.assessments.reading import sources_of, texts_of
from panel.referrals.clocks import assessment_due
from panel.referrals.models import Referral
from panel.victims.queries import cleared
from workflows.assessment_parts import ANSWERED
from workflows.calendar import long_date, today_in_london
from workflows.vocabulary import words

NOTHING = "nothing recorded"


def hints(db: Session, referral: Referral, assessment: Assessment) -> dict[str, str]:
    """For each criterion one sentence on what is there."""
    known = _known(db, referral, assessment)
    return {c.key: _sentence([known.get(name, NOTHING) for name in c.looks_at]) for c in criteria()}


def _sentence(found: list[str]) -> str:
    text = "; ".join(dict.fromkeys(found))
    return f"Recorded: {text}." if text != NOTHING else "Nothing recorded."


def _known(db: Session, referral: Referral, assessment: Assessment) -> Mapping[str, str]:
    names = {name for criterion in criteria() for name in criterion.looks_at}
    steps = len(proposed_steps(db, assessment.id))
    special = {
        "victim": _victim(db, referral),
        "steps": f"{steps} proposed step{'s' if steps != 1 else ''}" if steps else NOTHING,
        "in_time": _in_time(referral, assessment),
    }
    texts = texts_of(db, assessment.id)
    special["sources"] = _sources(db, assessment)
    return {name: _amount(texts.get(name, getattr(assessment, name, None))) for name in names} | special


def _sources(db: Session, assessment: Assessment) -> str:
    asked = sources_of(db, assessment.id)
    answered = [words(source.kind) for source in asked if source.answer in ANSWERED]
    if not asked:
        return NOTHING
    said = f": {', '.join(dict.fromkeys(answered))}" if answered else ""
    return f"{len(answered)} of {len(asked)} sources answered{said}"


def _amount(value: Any) -> str:
    if value is None:
        return NOTHING
    length = len(str(value).split())
    if not length:
        return NOTHING
    return "a level" if length == 1 else f"{length} words"


def _victim(db: Session, referral: Referral) -> str:
    if referral.victim_identified is False:
        return "no victim"
    found = [view.status_words.lower() for view in cleared(db, referral.id)]
    return "; ".join(dict.fromkeys(found)) if referral.victim_identified and found else NOTHING


def _in_time(referral: Referral, assessment: Assessment) -> str:
    clock = assessment_due(referral, None)
    if clock is None or assessment.submitted_at is None:
        return NOTHING
    day: date = today_in_london(assessment.submitted_at)
    verdict = "late" if day > clock.due else "in time"
    return f"submitted on {long_date(day)}, due on {long_date(clock.due)}: {verdict}"
