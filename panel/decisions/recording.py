"""The record of a decision: everything that a stranger needs in two years, pinned when it is made (PAN-5)."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from config.policy import FOLDER, all_figures, figure
from panel.accounts.models import Area
from panel.assessments.versions import Final, final
from panel.codes.models import CodeVersion
from panel.codes.queries import versions
from panel.decisions.numbers import next_number
from panel.decisions.queries import Said
from panel.decisions.sitting import Sitting, choices
from panel.decisions.standing import escalations_of, rescinded_before
from panel.meetings.queries import Seated
from panel.referrals.models import Offence, Referral
from panel.referrals.offence_words import gravity_rows, mode_words, title_words, when_words
from panel.referrals.queries import offences_of
from panel.referrals.said import said_about
from panel.victims.models import VictimClearing
from panel.victims.queries import cleared, clearings, victims_of
from workflows.assessment_parts import BY_KEY
from workflows.calendar import today_in_london
from workflows.case import CASE, Status
from workflows.case_facts import CaseFacts
from workflows.codes import CodeList
from workflows.roles import ROLE_WORDS, SEAT_ROLES, SEAT_WORDS, Seat
from workflows.vocabulary import Outcome, most_serious, words

Content = dict[str, Any]
CONFIG = FOLDER.parent


@dataclass(frozen=True)
class Written:
    """What the columns of a decision hold, beside what the whole record says."""

    number: str
    rehears_id: int | None
    policy_digest: str
    content: Content


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 over the content of a record."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def kept(content: Mapping[str, Any]) -> Content:
    """The content as JSON holds it, so that its digest is the same when it is read back."""
    found: Content = json.loads(json.dumps(content, default=str))
    return found


def compose(
    db: Session,
    referral: Referral,
    sitting: Sitting,
    facts: CaseFacts,
    overrides: Mapping[str, str],
    *,
    chair: str,
    at: datetime,
) -> Written:
    """The record of the decision as it is written now, under the next number of the area and year."""
    area = db.exec(select(Area).where(Area.id == referral.area_id)).one()
    day = today_in_london(at)
    offences, signed = offences_of(db, referral), final(db, referral.id)
    before = rescinded_before(db, referral.id)
    policy = policy_edition(db, day)
    number = next_number(db, area, day)
    content = {
        "number": number,
        "case": referral.reference,
        "area": area.name,
        "recorded_at": at.isoformat(timespec="seconds"),
        "took_place_on": took_place_on(sitting, day),
        "late_reason": sitting.draft.late_reason if sitting.draft else "",
        "meeting": {
            "reference": sitting.meeting.reference,
            "held_on": sitting.meeting.held_on,
            "place": sitting.meeting.location,
            "chair": chair,
        },
        "rehears": before.number if before else "",
        "offences": _offences(db, referral, offences, facts, sitting.chosen),
        "evidence": sitting.draft.evidence if sitting.draft else "",
        "members": members(sitting.here, sitting.positions, frozenset(sitting.chosen.values())),
        "options": _options(facts, offences, sitting),
        "considered": sitting.draft.considered if sitting.draft else "",
        "reasons": sitting.reasons,
        "overrides": _overridden(facts, overrides, chair),
        "policy": policy,
        "victims": _victims(db, referral),
        **_assessment(signed),
        "escalations": _escalations(db, referral),
    }
    return Written(number, before.id if before else None, digest_of(kept(policy)), kept(content))


def took_place_on(sitting: Sitting, day: date) -> date:
    """The day that the chair gave, or the day of the record."""
    return (sitting.draft.took_place_on if sitting.draft else None) or day


def _offences(
    db: Session,
    referral: Referral,
    offences: Sequence[Offence],
    facts: CaseFacts,
    chosen: Mapping[int, Outcome],
) -> list[Content]:
    enough = {offence.number: words(offence.evidence) for offence in facts.offences}
    said = {row.offence.id: row.in_words for row in said_about(db, referral, offences)}
    return [
        {
            "id": o.id,
            "title": title_words(o),
            "when": when_words(o),
            "where": o.location,
            "mode": mode_words(o),
            "crime_reference": o.crime_reference,
            "admission": said[o.id],
            "evidence": enough.get(o.id, ""),
            "gravity": gravity_rows(o),
            "gravity_score": o.gravity,
            "gravity_matrix": o.gravity_matrix,
            "outcome": chosen[o.id].value,
        }
        for o in offences
    ]


def members(
    here: Mapping[Seat, Seated], positions: Sequence[Said], decided: frozenset[Outcome]
) -> list[Content]:
    """Everybody who was there, with what they thought; whoever thought otherwise dissents."""
    said = {position.user_id: position for position in positions}
    return [_member(seat, member, said.get(member.user_id), decided) for seat, member in here.items()]


def _member(seat: Seat, member: Seated, said: Said | None, decided: frozenset[Outcome]) -> Content:
    role = SEAT_ROLES.get(seat)
    return {
        "name": member.name,
        "seat": SEAT_WORDS[seat],
        "role": ROLE_WORDS[role] if role else "",
        "position": said.outcome.value if said else "",
        "comment": said.comment if said else "",
        "entered_by": said.entered_by if said else "",
        "dissents": bool(said and decided and said.outcome not in decided),
    }


def _options(facts: CaseFacts, offences: Sequence[Offence], sitting: Sitting) -> list[Content]:
    """Each outcome that was allowed, or argued by a member, for each offence, with what stood against it."""
    argued: dict[Outcome, list[str]] = {}
    for position in sitting.positions:
        argued.setdefault(position.outcome, []).append(position.name)
    return [
        {
            "offence": offence.title,
            "outcome": choice.outcome.value,
            "chosen": sitting.chosen.get(offence.id) is choice.outcome,
            "allowed": not choice.blocked,
            "argued_by": argued.get(choice.outcome, []),
            "against": [{"says": r.says, "rule": r.rule, "source": r.source} for r in choice.against],
        }
        for offence in offences
        for choice in choices(facts, [offence])
        if not choice.blocked or choice.outcome in argued
    ]


def _overridden(facts: CaseFacts, overrides: Mapping[str, str], chair: str) -> list[Content]:
    return [
        {"name": r.name, "says": r.says, "rule": r.rule, "why": overrides[r.name].strip(), "by": chair}
        for r in CASE.refusals("decide", Status.LISTED, facts)
        if not r.hard and overrides.get(r.name, "").strip()
    ]


def policy_edition(db: Session, day: date) -> Content:
    """Which figures, lists and texts were in force on the day: the rules of then."""
    keys = sorted({entry.key for entry in all_figures() if entry.since <= day})
    held: dict[CodeList, CodeVersion] = {}
    for version in versions(db):  # the newest first
        if version.in_force_from <= day:
            held.setdefault(version.kind, version)
    return {
        "figures": [
            {"key": f.key, "value": f.value, "unit": f.unit, "since": f.since}
            for f in (figure(key, day) for key in keys)
        ],
        "lists": [
            {"list": v.kind, "name": v.name, "since": v.in_force_from, "digest": v.digest}
            for v in held.values()
        ],
        "texts": {path.name: _of_file(path) for path in sorted(CONFIG.glob("*.toml"))},
    }


def _of_file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _victims(db: Session, referral: Referral) -> list[Content]:
    """Which text of each victim the panel read, or why there is none; the text itself stays in their room."""
    texts = clearings(db, referral.id)
    pairs = zip(victims_of(db, referral.id), cleared(db, referral.id), strict=True)
    views = [
        {"title": view.title, "stands": view.status_words, **clearing_seal(texts.get(victim.id))}
        for victim, view in pairs
    ]
    if views:
        return views
    none = "There is no victim" if referral.victim_identified is False else "Nobody is named as a victim"
    return [{"title": "Victims", "stands": none, **clearing_seal(None)}]


def clearing_seal(text: VictimClearing | None) -> Content:
    """The number of a cleared text, and a digest that shows when its words were changed afterwards."""
    if text is None:
        return {"clearing": None, "digest": ""}
    held = {name: getattr(text, name) for name in ("view", "text", "justice_answer", "reparation")}
    return {"clearing": text.id, "digest": digest_of(kept(held))}


def _assessment(signed: Final | None) -> Content:
    """The version that the panel read, with what child and parent say in it."""
    if signed is None:
        return {"assessment": None, "child_says": "", "parent_says": ""}
    rows = {row["key"]: row["value"] for group in signed.version.content["groups"] for row in group["rows"]}
    return {
        "assessment": {
            "version": signed.version.number,
            "digest": signed.version.digest,
            "recommended": signed.version.content.get("recommended") or "",
        },
        "child_says": rows.get(BY_KEY["child_words"].title, ""),
        "parent_says": rows.get(BY_KEY["parent_words"].title, ""),
    }


def _escalations(db: Session, referral: Referral) -> list[Content]:
    return [
        {
            "to": f"{raised.to_name}, {raised.to_post}",
            "on": raised.escalated_on,
            "text": raised.text,
            "by": raised.by_words,
            "answer": answer.text if answer else "",
            "answered_on": answer.escalated_on if answer else "",
        }
        for raised, answer in escalations_of(db, referral.id)
    ]


def outcome_of(sitting: Sitting) -> Outcome:
    """The outcome that the document and the clocks follow."""
    return most_serious(frozenset(sitting.chosen.values()))


def said_of(content: Mapping[str, Any]) -> str:
    """'Jo Marsh (Police): youth caution' for each member who thought otherwise, for the history."""
    return "; ".join(
        f"{m['name']} ({m['seat']}): {words(Outcome(m['position'])).lower()}"
        for m in content["members"]
        if m["dissents"]
    )
