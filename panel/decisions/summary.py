"""The papers of a case in the order in which panels talk about them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from panel.access import Actor
from panel.assessments.judged import pinned, void_words
from panel.assessments.queries import assessment_of
from panel.assessments.summary import whole
from panel.assessments.versions import final
from panel.concerns.shown import panel_rows
from panel.decisions.queries import earlier_outcomes
from panel.incidents.queries import linked
from panel.referrals.models import Offence, Referral
from panel.referrals.offence_words import gravity_words
from panel.referrals.queries import offences_of
from panel.referrals.said import said_about
from panel.steps import StepFields
from panel.victims.queries import PanelView, cleared
from workflows.assessment import Status
from workflows.calendar import long_date
from workflows.vocabulary import Outcome, words

Row = dict[str, Any]
NOTHING = "Nothing is written here"
RECOMMENDATION = "Recommendation"


def papers(db: Session, referral: Referral, actor: Actor, *, today: date) -> list[dict[str, Any]]:
    """The sections of the summary; until an assessment was countersigned, only what others said."""
    groups = read_by_the_panel(db, referral, today=today)
    others = [other.says for other in linked(db, actor, referral)]
    title = f"Other children: {len(others)} linked, each decided separately"
    cut = next((i for i, group in enumerate(groups) if group["title"] == RECOMMENDATION), len(groups))
    events = panel_rows(db, referral)
    return [
        _section("What happened", _happened(db, referral)),
        *([_section(title, [_row("Linked cases", others)])] if others else []),
        _section("What the victims say", _victim(db, referral)),
        *groups[:cut],
        *([_section("Significant events", events)] if events else []),
        _section("Earlier disposals", [_row("In this area", _earlier(db, referral))]),
        *groups[cut:],
    ]


def read_by_the_panel(db: Session, referral: Referral, *, today: date) -> list[dict[str, Any]]:
    """The countersigned version, word for word, also while the assessment is written again."""
    signed = final(db, referral.id)
    if signed is not None:
        return list(signed.version.content["groups"])
    assessment = assessment_of(db, referral.id)
    # What was countersigned before versions were kept is read as it is.
    old = assessment is not None and assessment.status is Status.COUNTERSIGNED
    return whole(db, referral, assessment, today=today) if assessment and old else []


def papers_note(db: Session, referral: Referral) -> dict[str, str]:
    """Which version the papers show, and that it is void while the assessment is written again."""
    signed = final(db, referral.id)
    if signed is None:
        return {"pinned": "", "void": ""}
    return {"pinned": pinned(signed.version), "void": void_words(signed.signature)}


def _section(title: str, rows: list[Row]) -> dict[str, Any]:
    return {"title": title, "rows": rows}


def _row(key: str, value: Any) -> Row:
    return {"key": key, "value": value or NOTHING}


def offence_words(offence: Offence) -> str:
    """'Criminal damage to a bus shelter on 6 November 2026'."""
    return f"{offence.title} on {long_date(offence.committed_on)}"


def _happened(db: Session, referral: Referral) -> list[Row]:
    offences = [
        f"{offence_words(o)}, {o.location}. {gravity_words(o)}. {words(o.mode)}."
        for o in offences_of(db, referral)
    ]
    return [
        _row("Offences", offences),
        _row("In the officer's words", referral.circumstances),
        _row(
            "What the child said",
            [f"{s.offence.title}: {_lower(s.in_words)}" for s in said_about(db, referral)],
        ),
    ]


def _victim(db: Session, referral: Referral) -> list[Row]:
    rows = [_row(view.title, _cleared(view)) for view in cleared(db, referral.id)]
    if rows:
        return rows
    return [_row("Victims", "No victim" if referral.victim_identified is False else "Nobody is named yet")]


def _cleared(view: PanelView) -> list[str]:
    wish = f"Reparation: {view.reparation}" if view.reparation else ""
    return [part for part in (view.status_words, view.text, view.justice_words, wish) if part]


def _earlier(db: Session, referral: Referral) -> list[str]:
    counted = earlier_outcomes(db, referral)
    return [f"{words(outcome)}: {count}" for outcome, count in counted] or ["None that this service knows of"]


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
    Outcome.O22_DEFERRED: "What the child agrees to do",
    Outcome.O23: "What the child agrees to do",
    Outcome.YC: "Programme that the child may take up",
    Outcome.YCC: "Conditions",
    Outcome.CHARGE: "Support that the child may take up",
    Outcome.RETURNED: "Support that the child may take up",
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
    Outcome.O22: "outcome 22 by diversion",
    Outcome.O22_DEFERRED: "outcome 22 by deferred prosecution or caution",
    Outcome.O23: "outcome 23 by deferred prosecution",
    Outcome.YC: "a youth caution",
    Outcome.YCC: "a youth conditional caution",
    Outcome.CHARGE: "referral for charge",
    Outcome.RETURNED: "return to the police",
}


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
