"""What a liaison and diversion worker does: reach, ask, offer, end."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from config.liaison import needs
from config.policy import number
from panel.access import Actor
from panel.history.record import case_chain, record
from panel.liaison import commands as c
from panel.liaison.models import LiaisonEntry, LiaisonWork
from panel.liaison.queries import entries_of, of_kind, work_of
from panel.referrals.models import Referral
from panel.referrals.moves import settle
from panel.referrals.queries import AFTER_GIVING
from workflows.calendar import today_in_london
from workflows.liaison import LIAISON, Kind, LiaisonFacts, Need
from workflows.vocabulary import Outcome, words

WORRIED = "Yes: answer the safeguarding question of the case now"


def reach(db: Session, referral: Referral, command: c.Attempt, *, by: Actor, at: datetime) -> LiaisonEntry:
    """Write down an attempt, or that the child was reached."""
    work = _work(db, referral, at)
    kind = Kind.CONTACT if command.reached else Kind.ATTEMPT
    if command.reached:
        work.reached_on = command.happened_on
    entry = _entry(kind, command.happened_on, command.said, [["How", words(command.way)]])
    return _act(db, referral, work, "reach" if command.reached else "try", entry, {}, by=by, at=at)


def assess(db: Session, referral: Referral, command: c.Assess, *, by: Actor, at: datetime) -> LiaisonEntry:
    """Write down what the child and family need, and whether they want to work with us."""
    work = _work(db, referral, at)
    asked = needs(command.happened_on)
    lines = [[need.says, words(Need(command.needs[need.key]))] for need in asked]
    lines.append(["Worry about the child's safety", WORRIED if command.worry else "No"])
    lines.append(["Agree to work with us", "Yes" if command.agrees else "No, which is their right"])
    work.agrees = command.agrees
    entry = _entry(Kind.ASSESSMENT, command.happened_on, command.said, lines)
    return _act(db, referral, work, "assess", entry, {}, by=by, at=at)


def offer(db: Session, referral: Referral, command: c.Offer, *, by: Actor, at: datetime) -> LiaisonEntry:
    """Offer one thing: what, who, where, when. Raises `Refused` for a child who has not agreed."""
    work = _work(db, referral, at)
    lines = [["Who", command.who], ["Where", command.where_at], ["When", command.when_at]]
    entry = _entry(Kind.OFFER, command.happened_on, command.said, lines)
    return _act(db, referral, work, "offer", entry, {"agrees": bool(work.agrees)}, by=by, at=at)


def finish(
    db: Session,
    referral: Referral,
    command: c.Finish,
    *,
    by: Actor,
    at: datetime,
    overrides: Mapping[str, str] | None = None,
) -> LiaisonEntry:
    """End the work with what came of it."""
    work = _work(db, referral, at)
    before = entries_of(db, work)
    lines = [["How it ended", words(command.result)]]
    if command.passed_to:
        lines.append(["Passed on to", command.passed_to])
    work.result, work.passed_to = command.result, command.passed_to
    work.ended_on = command.happened_on
    more = {
        "attempts": of_kind(before, Kind.ATTEMPT, Kind.CONTACT),
        "least": number("liaison_attempts", today_in_london(at)),
        "offers": of_kind(before, Kind.OFFER),
        "result": command.result,
        "said": command.said,
        "to": command.passed_to,
    }
    entry = _entry(Kind.OUTCOME, command.happened_on, command.said, lines)
    said = {"result": words(command.result)}
    return _act(db, referral, work, "finish", entry, more, by=by, at=at, overrides=overrides, said=said)


def _entry(kind: Kind, on: date, said: str, lines: list[list[str]]) -> LiaisonEntry:
    return LiaisonEntry(kind=kind, happened_on=on, said=said, more=lines)


def _work(db: Session, referral: Referral, at: datetime) -> LiaisonWork:
    return work_of(db, referral.id) or LiaisonWork(referral_id=referral.id, changed_at=at)


def _act(
    db: Session,
    referral: Referral,
    work: LiaisonWork,
    name: str,
    entry: LiaisonEntry,
    more: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
    overrides: Mapping[str, str] | None = None,
    said: Mapping[str, str] | None = None,
) -> LiaisonEntry:
    resolution = referral.outcome is Outcome.CR and referral.status in AFTER_GIVING
    facts = LiaisonFacts(resolution=resolution, **more)
    step = LIAISON.step(name, work.status, facts, by.roles_in(referral.area_id), overrides)
    record(db, work, step, flow="liaison", chain=case_chain(referral.id), by=by, at=at, facts=said)
    work.changed_at = at
    db.add(work)
    db.flush()
    entry.work_id, entry.by_id, entry.at = work.id, by.id, at
    entry.by_words = f"{by.name} ({by.role_words})"
    db.add(entry)
    settle(db, referral, by=by, at=at, page=f"liaison.{name}", retime=False)
    return entry
