"""The decision itself: the chair records what the panel agreed."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from panel.access import Actor
from panel.assessments.versions import final
from panel.decisions.actions import step_values
from panel.decisions.models import Condition, DecidedOutcome, Decision
from panel.decisions.sitting import Sitting, facts_of, lock_sitting, whole_mark
from panel.errors import Stale
from panel.meetings.actions import touch
from panel.meetings.queries import chair_roles
from panel.notifications.actions import finish_for_case, notify
from panel.notifications.models import Why
from panel.referrals.models import Referral
from panel.referrals.moves import move
from panel.referrals.queries import offences_of
from workflows.calendar import deadline, today_in_london
from workflows.roles import Role
from workflows.vocabulary import most_serious, words


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
    roles = chair_roles(sitting.meeting, by)
    if roles and seen != whole_mark(referral, sitting):
        raise Stale()
    facts = facts_of(db, referral, sitting, today=today)
    if facts.outcomes:
        referral.outcome = most_serious(facts.outcomes)
    referral.decided_at = at
    said = {"outcome": words(referral.outcome)} if referral.outcome else {}
    move(db, referral, "decide", facts, by=by, at=at, roles=roles, overrides=overrides, said=said)
    decision = _write(db, referral, sitting, by=by, at=at)
    sitting.item.finished_at = at
    touch(db, sitting.meeting, by=by, at=at, page="meeting.decide")
    _tell_officers(db, referral, decision, by=by, at=at)
    return decision


def _write(db: Session, referral: Referral, sitting: Sitting, *, by: Actor, at: datetime) -> Decision:
    signed = final(db, referral.id)
    decision = Decision(
        referral_id=referral.id,
        item_id=sitting.item.id,
        chair_id=by.id,
        outcome=most_serious(frozenset(sitting.chosen.values())),
        reasons=sitting.reasons,
        decided_at=at,
        quorum=[{"name": member.name, "seat": seat.value} for seat, member in sitting.here.items()],
        assessment_version=signed.version.number if signed else 0,
    )
    db.add(decision)
    db.flush()
    for offence in offences_of(db, referral):
        offence.outcome = sitting.chosen[offence.id]
        db.add(DecidedOutcome(decision_id=decision.id, offence_id=offence.id, outcome=offence.outcome))
    for place, step in enumerate(sitting.conditions, 1):
        db.add(Condition(decision_id=decision.id, **step_values(step) | {"place": place}))
    db.flush()
    return decision


def _tell_officers(db: Session, referral: Referral, decision: Decision, *, by: Actor, at: datetime) -> None:
    finish_for_case(db, referral.id, (Why.CASE_LISTED, Why.CASE_DEFERRED), by=by, at=at)
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
