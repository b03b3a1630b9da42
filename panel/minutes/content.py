"""What the minutes say: taken from the meeting and its cases, as they stand when the chair confirms."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, select

from panel.accounts.models import Area, Membership
from panel.agreed_actions.queries import Line, from_meeting
from panel.children.models import Child
from panel.decisions.models import Decision
from panel.history.models import Event
from panel.history.record import case_chain, meeting_chain
from panel.meetings.models import AgendaItem, Meeting
from panel.meetings.queries import chair_name
from panel.meetings.words import when_words
from panel.minutes.models import Minutes
from panel.minutes.people import conflicts_in, ratified_at, who_was_there
from panel.referrals.models import Offence, Referral
from workflows.calendar import clock_words, long_date, today_in_london
from workflows.masking import age_band
from workflows.roles import ROLE_WORDS, Role
from workflows.vocabulary import words


def content_of(db: Session, meeting: Meeting, written: Minutes) -> dict[str, Any]:
    """Everything for both copies; `papers.py` decides what each of them shows."""
    cases = _cases(db, meeting)
    numbers = {case["reference"]: case["number"] for case in cases}
    times = _times(db, meeting)
    return {
        "reference": meeting.reference,
        "area": db.exec(select(Area.name).where(Area.id == meeting.area_id)).one(),
        "when": when_words(meeting.held_on, meeting.starts_at),
        "where": meeting.location,
        "chair": chair_name(db, meeting),
        "opened": times.get("meeting.open", "Not opened yet"),
        "closed": times.get("meeting.close", "Not closed yet"),
        "members": who_was_there(db, meeting),
        "cases": cases,
        "ratified": ratified_at(db, meeting.id),
        "actions": [_action(db, line, numbers) for line in from_meeting(db, meeting.id)],
        "other_matters": written.other_matters,
        "public_note": written.public_note,
    }


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of what was confirmed."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _times(db: Session, meeting: Meeting) -> dict[str, str]:
    query = select(Event.verb, Event.at).where(
        Event.chain == meeting_chain(meeting.id), col(Event.verb).in_(("meeting.open", "meeting.close"))
    )
    return {verb: clock_words(at) for verb, at in db.exec(query)}


def _cases(db: Session, meeting: Meeting) -> list[dict[str, Any]]:
    query = (
        select(AgendaItem, Referral, Child, Decision)
        .join(Referral, col(Referral.id) == AgendaItem.referral_id)
        .join(Child, col(Child.id) == Referral.child_id)
        .outerjoin(Decision, col(Decision.item_id) == AgendaItem.id)
        .where(AgendaItem.meeting_id == meeting.id)
        .order_by(col(AgendaItem.place), col(AgendaItem.id))
    )
    found = db.exec(query).all()
    offences = _offences(db, [referral.id for _, referral, _, _ in found])
    put_off = _put_off(db, [referral.id for _, referral, _, _ in found])
    conflicts = conflicts_in(db, meeting.id, [referral.id for _, referral, _, _ in found])
    return [
        {
            "number": number,
            "reference": referral.reference,
            "child": child.name,
            "age_band": age_band(child.date_of_birth, meeting.held_on),
            **_coded(offences.get(referral.id, [])),
            **_became(item, referral, decision, put_off),
            "conflicts": conflicts.get(referral.id, []),
        }
        for number, (item, referral, child, decision) in enumerate(found, 1)
    ]


def _offences(db: Session, numbers: list[int]) -> dict[int, list[Offence]]:
    found: dict[int, list[Offence]] = {}
    query = select(Offence).where(col(Offence.referral_id).in_(numbers)).order_by(col(Offence.id))
    for offence in db.exec(query):
        found.setdefault(offence.referral_id, []).append(offence)
    return found


def _coded(offences: list[Offence]) -> dict[str, Any]:
    """The offences in full, and what the lists say of them: nothing that somebody typed."""
    scores = [offence.gravity for offence in offences if offence.gravity is not None]
    said = dict.fromkeys(words(offence.admission) for offence in offences)
    # A title that was typed by hand may name a place or a person: then only the mode of trial is told.
    titles = dict.fromkeys(o.title if o.code and not o.by_hand_reason else words(o.mode) for o in offences)
    return {
        "titles": "; ".join(dict.fromkeys(offence.title for offence in offences)),
        "offences": "; ".join(titles),
        "gravity": str(max(scores)) if scores else "Not scored",
        "admission": "; ".join(said),
    }


def _became(
    item: AgendaItem, referral: Referral, decision: Decision | None, put_off: Mapping[tuple[int, Any], str]
) -> dict[str, str]:
    if decision is not None:
        return {
            "outcome": words(decision.outcome),
            "decision": decision.number,
            "at": clock_words(decision.decided_at),
            "reasons": decision.reasons,
        }
    if item.finished_at is not None:
        why = put_off.get((referral.id, item.finished_at), "")
        return {"outcome": "Deferred", "at": clock_words(item.finished_at), "reasons": why}
    return {"outcome": "Not decided at this meeting", "at": "", "reasons": ""}


def _put_off(db: Session, numbers: list[int]) -> dict[tuple[int, Any], str]:
    chains = {case_chain(number): number for number in numbers}
    query = select(Event).where(col(Event.chain).in_(chains), Event.verb == "case.defer")
    return {(chains[e.chain], e.at): str(e.facts.get("reason", "")) for e in db.exec(query)}


def _action(db: Session, line: Line, numbers: Mapping[str, int]) -> dict[str, Any]:
    action = line.action
    roles = db.exec(
        select(Membership.role).where(
            Membership.user_id == action.holder_id, Membership.area_id == action.area_id
        )
    )
    held = [ROLE_WORDS[Role(role)] for role in roles]
    chased = (
        f"Somebody from outside, chased by: {', '.join(held)}" if action.outside_owner else ", ".join(held)
    )
    return {
        "reference": action.reference,
        "what": action.what,
        "who": action.outside_owner or line.holder,
        "role": chased or "No role any more",
        "due_on": long_date(action.due_on),
        "status": words(action.status),
        "case": numbers.get(line.case or "", 0),
        "agreed_on": long_date(today_in_london(action.raised_at)),
    }
