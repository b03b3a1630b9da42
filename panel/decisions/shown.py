"""What the pages of the panel show, made ready for the templates."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import url_for
from sqlmodel import Session

from panel.access import Actor
from panel.codes.queries import home_office_codes
from panel.decisions.queries import (
    conditions_of,
    decision_of,
    outcomes_of,
    overrides_of,
    positions_of,
)
from panel.decisions.room import positions_for, said
from panel.decisions.sitting import Choice, Sitting, choices, facts_of
from panel.decisions.standing import decisions_of
from panel.decisions.summary import (
    STEPS_TITLE,
    read_aloud,
    steps_words,
)
from panel.meetings.agenda import last_item, meeting_of, next_reference, on_agenda, open_item
from panel.meetings.models import AgendaItem
from panel.meetings.words import when_words
from panel.packs.contents import offence_words
from panel.packs.shown import papers
from panel.referrals.models import Referral
from panel.referrals.queries import offences_of
from panel.rules import RULE_SENTENCES
from panel.troubles import refusal_items
from workflows.calendar import day_date, long_date, today_in_london
from workflows.case import CASE, Status
from workflows.roles import SEAT_ROLES, SEAT_WORDS, Role, Seat
from workflows.vocabulary import Outcome, most_serious, words

positions = positions_for
SEALED_READERS = frozenset({Role.SECONDED, Role.CASE_MANAGER, Role.YOT_MANAGER, Role.VICTIM_WORKER})
# What is missing in the room is put right on the page of the meeting, not on that of the case.
SITS = frozenset(SEAT_ROLES.values())
AT_THE_MEETING = ("quorate", "meeting_open")


def papers_for(db: Session, referral: Referral, *, today: date) -> dict[str, Any]:
    """The papers that the panel reads or, once it has decided, has read, with the note above them."""
    item, decision = open_item(db, referral), decision_of(db, referral.id)
    if item is None and decision is not None and referral.decided_at is not None:
        item = db.get_one(AgendaItem, decision.item_id)
    read, note = papers(db, referral, item, today=today)
    return {"papers": read, "note": note}


def room(
    db: Session, referral: Referral, sitting: Sitting, actor: Actor, *, today: date, current: bool
) -> dict[str, Any]:
    """The right-hand side while the case waits for the panel; `current`: nothing changed since the papers."""
    facts = facts_of(db, referral, sitting, today=today, papers_current=current)
    leads = bool(sitting.led_by(actor))
    is_here = actor.id in [member.user_id for member in sitting.here.values()]
    meeting = sitting.meeting
    return {
        "when": when_words(meeting.held_on, meeting.starts_at),
        "meeting": url_for("meetings.view", reference=meeting.reference),
        "is_open": sitting.is_open,
        "has_spoken": actor.id in [position.user_id for position in sitting.positions],
        "speakers": sitting.is_open and (is_here or (leads and bool(sitting.here))),
        "leads": leads and sitting.is_open,
        "sits": leads or bool(actor.roles_in(meeting.area_id) & SITS),
        "choices": [_choice(choice) for choice in choices(facts, offences_of(db, referral))],
    }


def _choice(choice: Choice) -> dict[str, Any]:
    verdict, colour = ("Allowed", "green")
    if choice.against:
        verdict, colour = ("Not allowed", "red") if choice.blocked else ("Needs a reason", "yellow")
    return {
        "outcome": words(choice.outcome),
        "verdict": verdict,
        "colour": colour,
        "against": refusal_items(choice.against),
    }


def hints(found: Sequence[Choice]) -> dict[Outcome, str]:
    """What stands against each outcome, as a hint beside its radio button."""
    said: dict[Outcome, str] = {}
    for choice in found:
        why = " ".join(refusal.says for refusal in choice.against)
        if why:
            said[choice.outcome] = f"{'Not allowed' if choice.blocked else 'Needs a reason'}: {why}"
    return said


def draft_steps(sitting: Sitting) -> list[dict[str, Any]]:
    """The conditions as they are written, or the proposed steps they start from, each with its place."""
    places = (
        [step.place for step in sitting.conditions] if sitting.draft else range(1, len(sitting.steps) + 1)
    )
    says = steps_words(sitting.steps)
    return [{"place": place, "says": said} for place, said in zip(places, says, strict=True)]


def aloud(db: Session, referral: Referral, sitting: Sitting, child: str, *, today: date) -> dict[str, Any]:
    """The decision as it is read to the panel before it is recorded."""
    chosen = sitting.chosen
    decided = [(offence, chosen.get(offence.id)) for offence in offences_of(db, referral)]
    people = [(member.name, SEAT_WORDS[seat]) for seat, member in sitting.here.items()]
    outcomes = frozenset(outcome for _, outcome in decided if outcome)
    return {
        "paragraph": read_aloud(child, day_date(today), people, decided),
        "reasons": sitting.reasons,
        "steps": steps_words(sitting.steps),
        "steps_title": STEPS_TITLE[most_serious(outcomes)] if outcomes else "Conditions",
    }


def refusals(db: Session, referral: Referral, sitting: Sitting, *, today: date) -> list[dict[str, Any]]:
    """Everything that still stands against the decision as it is written, each with where it is put right."""
    facts = facts_of(db, referral, sitting, today=today)
    items = refusal_items(CASE.refusals("decide", referral.status, facts))
    for item in items:
        if item["name"] in AT_THE_MEETING:
            item["href"] = url_for("meetings.view", reference=sitting.meeting.reference)
        elif item["name"] == "positions":
            item["href"] = url_for("decisions.view", reference=referral.reference, _anchor="positions")
        elif item["href"] is None and item["hard"]:
            item["href"] = url_for("decisions.draft", reference=referral.reference)
    return items


def _with_code(outcome: Outcome, home_office: Mapping[Outcome, str]) -> str:
    code = home_office.get(outcome)
    return f"{words(outcome)} (Home Office outcome {code})" if code else words(outcome)


def record(db: Session, referral: Referral, actor: Actor) -> dict[str, Any] | None:
    """The decision as it stands for good."""
    decision = decision_of(db, referral.id)
    if decision is None:
        return None
    item = db.get_one(AgendaItem, decision.item_id)
    meeting, outcomes = meeting_of(db, item), outcomes_of(db, decision.id)
    who, overridden = overrides_of(db, referral.id)
    conditions, roles = conditions_of(db, decision.id), actor.roles_in(referral.area_id)
    onward = next_reference(db, actor, meeting, referral.reference)
    home_office = home_office_codes(db, today_in_london(decision.decided_at))
    place = len(decisions_of(db, referral.id))
    return {
        "decision": decision,
        "whole": url_for("rulings.record", reference=referral.reference, number=place),
        "title": words(decision.outcome),
        "outcomes": [
            {"key": offence_words(o), "value": _with_code(outcomes[o.id], home_office)}
            for o in offences_of(db, referral)
            if o.id in outcomes
        ],
        "members": [f"{member['name']} ({SEAT_WORDS[Seat(member['seat'])]})" for member in decision.quorum],
        "positions": [said(position) for position in positions_of(db, item.id)],
        "steps": steps_words(conditions),
        "sealed": url_for("decisions.sealed", reference=referral.reference)
        if roles & SEALED_READERS and any(step.sealed for step in conditions)
        else None,
        "steps_title": STEPS_TITLE[decision.outcome],
        "overrides": [f"{RULE_SENTENCES.get(name, name)} {who}: {why}" for name, why in overridden.items()],
        "meeting": {
            "text": when_words(meeting.held_on, meeting.starts_at),
            "href": url_for("meetings.view", reference=meeting.reference),
        },
        "next": url_for("decisions.view", reference=onward) if onward else None,
    }


def earlier(db: Session, referral: Referral) -> list[dict[str, str]]:
    """The decisions of this case that were taken back: they are kept and can be read."""
    return [
        {
            "text": f"{row.number}, {long_date(row.took_place_on)}, rescinded",
            "href": url_for("rulings.record", reference=referral.reference, number=place),
        }
        for place, (row, back) in enumerate(decisions_of(db, referral.id), 1)
        if back is not None
    ]


def on_screen(db: Session, referral: Referral, actor: Actor) -> dict[str, Any]:
    """What the big screen says of a case besides its live part: no name, no address, no circumstances."""
    decision, item = decision_of(db, referral.id), last_item(db, referral.id)
    meeting = meeting_of(db, item) if item else None
    onward = next_reference(db, actor, meeting, referral.reference) if meeting else None
    total = on_agenda(db, meeting.id) if meeting else 0
    decided = decision is not None and referral.status not in (Status.LISTED, Status.DEFERRED)
    return {
        "reference": referral.reference,
        "place": f"Case {item.place} of {max(total, item.place)}" if item else "On no agenda",
        "offences": [offence.title for offence in offences_of(db, referral)],
        "outcome": words(decision.outcome) if decision and decided else "",
        "next": url_for("decisions.screen", reference=onward) if onward else None,
        "back": url_for("decisions.view", reference=referral.reference),
    }
