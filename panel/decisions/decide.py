"""The decision itself: the chair records what the panel agreed."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from panel.access import Actor
from panel.decisions.actions import step_values
from panel.decisions.models import Condition, DecidedOutcome, Decision
from panel.decisions.recording import compose, digest_of, kept, outcome_of, said_of, took_place_on
from panel.decisions.sitting import Sitting, facts_of, lock_sitting, whole_mark
from panel.errors import Stale
from panel.history.record import case_chain, note
from panel.meetings import urgent
from panel.meetings.actions import touch
from panel.notifications.actions import finish_for_case, notify
from panel.notifications.models import Why
from panel.packs.queries import current
from panel.placements.actions import book
from panel.referrals.models import Referral
from panel.referrals.moves import move
from panel.referrals.queries import offences_of
from workflows.calendar import deadline, today_in_london
from workflows.case_facts import CaseFacts
from workflows.roles import Role
from workflows.vocabulary import most_serious, words

# What nobody has to do any more once the case is decided.
SETTLED = (Why.CASE_LISTED, Why.CASE_DEFERRED, Why.CONFLICT_DECLARED, Why.DECISION_REOPENED)


def decide(
    db: Session,
    referral: Referral,
    *,
    seen: int | None,
    by: Actor,
    at: datetime,
    overrides: Mapping[str, str],
) -> Decision:
    """Record the decision as it is written.

    Who is here and what they think is counted again under the lock of the meeting. Raises `Stale` when
    anything differs from what was read aloud (`seen`), `NotYours` for anybody but the chair, and `Refused`
    with every rule that is not met.
    """
    today = today_in_london(at)
    sitting = lock_sitting(db, referral, today=today, expect=True)
    roles = sitting.led_by(by)
    if roles and seen != whole_mark(referral, sitting):
        raise Stale()
    facts = facts_of(db, referral, sitting, today=today, locked=True)
    if facts.outcomes:
        referral.outcome = most_serious(facts.outcomes)
    referral.decided_at = at
    said = {"outcome": words(referral.outcome)} if referral.outcome else {}
    move(db, referral, "decide", facts, by=by, at=at, roles=roles, overrides=overrides, said=said)
    decision = _write(db, referral, sitting, facts, overrides, by=by, at=at)
    sitting.item.finished_at = at
    touch(db, sitting.meeting, by=by, at=at, page="meeting.decide")
    _tell_officers(db, referral, decision, by=by, at=at)
    urgent.decided(db, referral, sitting.meeting, by=by, at=at)
    return decision


def _write(
    db: Session,
    referral: Referral,
    sitting: Sitting,
    facts: CaseFacts,
    overrides: Mapping[str, str],
    *,
    by: Actor,
    at: datetime,
) -> Decision:
    """The decision with the record of it; the history holds the digest, so that neither can change alone."""
    written = compose(db, referral, sitting, facts, overrides, chair=by.name, at=at)
    papers = current(db, sitting.item.id)
    content = written.content | {"sealed": _sealed(sitting), "papers": papers.digest if papers else ""}
    decision = Decision(
        referral_id=referral.id,
        item_id=sitting.item.id,
        chair_id=by.id,
        outcome=outcome_of(sitting),
        reasons=sitting.reasons,
        decided_at=at,
        quorum=[{"name": member.name, "seat": seat.value} for seat, member in sitting.here.items()],
        assessment_version=(content["assessment"] or {"version": 0})["version"],
        pack_number=papers.number if papers else None,
        pack_digest=content["papers"],
        number=written.number,
        took_place_on=took_place_on(sitting, today_in_london(at)),
        late_reason=content["late_reason"],
        considered=content["considered"],
        evidence=content["evidence"],
        rehears_id=written.rehears_id,
        policy_digest=written.policy_digest,
        content=content,
        digest=digest_of(content),
    )
    db.add(decision)
    db.flush()
    _write_parts(db, referral, sitting, decision)
    said = {"number": decision.number, "digest": decision.digest, "dissent": said_of(content) or "nobody"}
    note(db, "case.record_decision", chain=case_chain(referral.id), by=by, at=at, facts=said)
    return decision


def _sealed(sitting: Sitting) -> dict[str, object]:
    """The rows beside the decision as they are written, so that a change of one of them is seen."""
    steps = [step_values(step) | {"place": place} for place, step in enumerate(sitting.conditions, 1)]
    outcomes = {str(offence): outcome.value for offence, outcome in sitting.chosen.items()}
    return kept({"outcomes": outcomes, "conditions": steps})


def _write_parts(db: Session, referral: Referral, sitting: Sitting, decision: Decision) -> None:
    for offence in offences_of(db, referral):
        offence.outcome = sitting.chosen[offence.id]
        db.add(DecidedOutcome(decision_id=decision.id, offence_id=offence.id, outcome=offence.outcome))
    conditions = [
        Condition(decision_id=decision.id, **step_values(step) | {"place": place})
        for place, step in enumerate(sitting.conditions, 1)
    ]
    db.add_all(conditions)
    db.flush()
    book(db, referral, [(row.id, row) for row in conditions], today=today_in_london(decision.decided_at))


def _tell_officers(db: Session, referral: Referral, decision: Decision, *, by: Actor, at: datetime) -> None:
    finish_for_case(db, referral.id, SETTLED, by=by, at=at)
    notify(
        db,
        why=Why.DISPOSAL_TO_GIVE,
        area_id=referral.area_id,
        referral_id=referral.id,
        key=f"{referral.reference}-{Why.DISPOSAL_TO_GIVE.value}-{decision.id}",
        at=at,
        to_role=Role.SECONDED,
        due_on=deadline("delivery_after_panel", today_in_london(at), "Give the disposal").due,
    )
