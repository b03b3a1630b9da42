"""The papers of a case in the order in which panels talk about them."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from panel.access import Actor
from panel.assessments.models import Assessment
from panel.assessments.queries import assessment_of, proposed_steps, reads_drafts
from panel.assessments.reading import texts_of
from panel.decisions.queries import earlier_outcomes
from panel.incidents.queries import linked
from panel.referrals.models import Offence, Referral
from panel.referrals.offence_words import gravity_words
from panel.referrals.queries import offences_of
from panel.steps import StepFields
from panel.victims.queries import PanelView, cleared
from workflows.assessment import Status
from workflows.assessment_parts import BY_KEY, JUDGED
from workflows.calendar import long_date
from workflows.vocabulary import Outcome, words

Row = dict[str, Any]
NOTHING = "Nothing is written here"


def papers(db: Session, referral: Referral, actor: Actor) -> list[dict[str, Any]]:
    """The sections of the summary; without an assessment that this person may read, only what others said."""
    assessment = assessment_of(db, referral.id)
    if assessment and assessment.status is not Status.COUNTERSIGNED and not reads_drafts(actor, referral):
        assessment = None
    said = texts_of(db, assessment.id) if assessment else {}
    happened = _section("What happened", _happened(db, referral, said))
    victim = _section("What the victims say", _victim(db, referral))
    earlier = _section("Earlier disposals", [_row("In this area", _earlier(db, referral))])
    others = [other.says for other in linked(db, actor, referral)]
    title = f"Other children: {len(others)} linked, each decided separately"
    beside = [_section(title, [_row("Linked cases", others)])] if others else []
    if assessment is None:
        return [happened, *beside, victim, earlier]
    return [
        happened,
        *beside,
        victim,
        _section("What the child and the family say", _texts(said, FAMILY)),
        _section("Strengths", _texts(said, ("strengths",))),
        _section("Worries", _worries(assessment, said)),
        earlier,
        _section("Recommendation", _recommendation(db, assessment)),
    ]


def _section(title: str, rows: list[Row]) -> dict[str, Any]:
    return {"title": title, "rows": rows}


def _row(key: str, value: Any) -> Row:
    return {"key": key, "value": value or NOTHING}


def offence_words(offence: Offence) -> str:
    """'Criminal damage to a bus shelter on 6 November 2026'."""
    return f"{offence.title} on {long_date(offence.committed_on)}"


def _happened(db: Session, referral: Referral, said: dict[str, str]) -> list[Row]:
    offences = [
        f"{offence_words(o)}, {o.location}. {gravity_words(o)}. {words(o.mode)}."
        for o in offences_of(db, referral)
    ]
    when = f" on {long_date(referral.admitted_on)}" if referral.admitted_on else ""
    rows = [
        _row("Offences", offences),
        _row("In the officer's words", referral.circumstances),
        _row("What the child said to the police", words(referral.admission) + when),
    ]
    return [*rows, *_texts(said, WHY)] if said else rows


def _victim(db: Session, referral: Referral) -> list[Row]:
    rows = [_row(view.title, _cleared(view)) for view in cleared(db, referral.id)]
    if rows:
        return rows
    return [_row("Victims", "No victim" if referral.victim_identified is False else "Nobody is named yet")]


def _cleared(view: PanelView) -> list[str]:
    wish = f"Reparation: {view.reparation}" if view.reparation else ""
    return [part for part in (view.status_words, view.text, view.justice_words, wish) if part]


WHY = ("offence_analysis", "responsibility", "pattern", "victim_awareness")
FAMILY = ("child_words", "parent_words", "family", "diversity", "barriers", "education", "health", "maturity")
WORRIES = ("worries", "substance", "speech", "exploitation")


def _texts(said: dict[str, str], keys: Sequence[str]) -> list[Row]:
    return [_row(BY_KEY[key].title, said[key]) for key in keys]


def _worries(assessment: Assessment, said: dict[str, str]) -> list[Row]:
    judged = [_row(title, _judgement(assessment, name)) for name, title in JUDGED.items()]
    return [*_texts(said, WORRIES), *judged, *_texts(said, ("needs",))]


def _judgement(assessment: Assessment, name: str) -> str:
    level = getattr(assessment, name)
    return f"{words(level) if level else 'Not judged yet'}. {getattr(assessment, f'{name}_why')}".strip()


def _earlier(db: Session, referral: Referral) -> list[str]:
    counted = earlier_outcomes(db, referral)
    return [f"{words(outcome)}: {count}" for outcome, count in counted] or ["None that this service knows of"]


def _recommendation(db: Session, assessment: Assessment) -> list[Row]:
    outcome = words(assessment.recommended) if assessment.recommended else ""
    steps = steps_words(proposed_steps(db, assessment.id))
    rows = [
        _row("The case manager recommends", outcome),
        _row("Why", assessment.recommended_why),
        _row("Proposed steps", steps or "None"),
    ]
    if assessment.contingency_signs:
        worse = f"{assessment.contingency_signs}\n{assessment.contingency_actions}"
        rows.append(_row("If things get worse", worse))
    return rows


def steps_words(steps: Sequence[StepFields]) -> list[str]:
    """Each step in one sentence that can be read aloud."""
    return [_step_words(step) for step in steps]


def _step_words(step: StepFields) -> str:
    parts = [
        step.what,
        f"with {step.who}" if step.who else "",
        step.where_at,
        step.when_at,
        f"by {long_date(step.due_on)}",
    ]
    hours = f", {step.hours} hours of attendance" if step.hours else ""
    home = ", at the child's own home" if step.at_childs_home else ""
    done = f" Done when: {step.done_when.rstrip('.')}." if step.done_when else ""
    return f"{', '.join(p for p in parts if p)} ({words(step.purpose).lower()}{hours}{home}).{done}"


STEPS_TITLE: dict[Outcome, str] = {
    Outcome.NFA: "Support that the child may take up",
    Outcome.CR: "What the child agrees to do",
    Outcome.O22: "What the child agrees to do",
    Outcome.YC: "Programme that the child may take up",
    Outcome.YCC: "Conditions",
    Outcome.CHARGE: "Support that the child may take up",
}


def read_aloud(
    child: str, day: str, people: Sequence[tuple[str, str]], decided: Sequence[tuple[Offence, Outcome | None]]
) -> str:
    """The decision in one paragraph, as the chair reads it to the panel."""
    panel = _listed([f"{name} ({seat})" for name, seat in people]) or "nobody yet"
    outcomes = _listed(
        [f"{ALOUD[outcome]} for {_lower(offence_words(offence))}" for offence, outcome in decided]
    )
    return f"On {day} the panel of {panel} decides about {child}: {outcomes}."


ALOUD: dict[Outcome | None, str] = {
    None: "no outcome yet",
    Outcome.NFA: "no further action",
    Outcome.CR: "a community resolution",
    Outcome.O22: "outcome 22",
    Outcome.YC: "a youth caution",
    Outcome.YCC: "a youth conditional caution",
    Outcome.CHARGE: "referral for charge",
}


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
