"""Correcting a slip, taking a decision back, a concern about one that was given: all beside the record."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from panel.access import Actor
from panel.appointments import actions as appointments
from panel.decisions.models import Decision
from panel.decisions.queries import decision_of
from panel.decisions.standing import rescissions_of
from panel.decisions.standing_models import Rescission
from panel.disposals.actions import withdraw
from panel.history.record import case_chain, record
from panel.meetings.queries import lock_case
from panel.notifications.actions import finish_for_case, notify
from panel.notifications.models import Why
from panel.referrals.models import Referral
from panel.referrals.moves import move, settle, tell
from panel.referrals.queries import case_facts, offences_of
from panel.rulings import commands as c
from panel.rulings.models import Correction, DecisionConcern
from panel.rulings.reading import text_of
from panel.victims.screening import places_that_tell
from workflows.calendar import today_in_london
from workflows.case import Status as CaseStatus
from workflows.flow import NotYours, Step
from workflows.roles import Role
from workflows.ruling import CORRECTION, RESCISSION, RulingFacts, Status, side_of
from workflows.vocabulary import words


def words_of(by: Actor) -> str:
    """'Jo Marsh (Seconded police officer)'."""
    return f"{by.name} ({by.role_words})"


def must_hold(referral: Referral, by: Actor, roles: tuple[Role, ...]) -> None:
    """Raise `NotYours` unless the person holds one of these roles in the area of the case."""
    if not by.roles_in(referral.area_id) & set(roles):
        raise NotYours("ruling")


def correct(
    db: Session, referral: Referral, decision: Decision, command: c.Correct, *, by: Actor, at: datetime
) -> Correction:
    """Ask to put a slip right; somebody else confirms it. Raises `Refused`."""
    row = Correction(
        decision_id=decision.id,
        **command.model_dump(),
        asked_by_id=by.id,
        asked_by=words_of(by),
        asked_at=at,
    )
    facts = correction_facts(db, referral, decision, row, reason=command.reason)
    step = CORRECTION.step("propose", Status.OPEN, facts, by.roles_in(referral.area_id))
    said = {"number": decision.number, "place": words(command.place), "reason": command.reason}
    _keep(db, referral, row, step, "correction", said, by=by, at=at)
    _ask_others(db, referral, Why.RULING_TO_CONFIRM, f"correction-{row.id}", at)
    return row


def correction_facts(
    db: Session,
    referral: Referral,
    decision: Decision,
    row: Correction,
    *,
    by: Actor | None = None,
    reason: str,
) -> RulingFacts:
    """What the rules of correcting look at now."""
    return RulingFacts(
        reason=reason,
        another_person=by is None or by.id != row.asked_by_id,
        changes=row.before != row.after,
        text_is_there=row.before in text_of(db, decision, row.place),
        told_in=tuple(places_that_tell(db, referral, {"the new text": [row.after]})),
    )


def answer_correction(
    db: Session,
    referral: Referral,
    decision: Decision,
    row: Correction,
    name: str,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Confirm or decline a correction; `name` is the move."""
    facts = correction_facts(db, referral, decision, row, by=by, reason=reason)
    step = CORRECTION.step(name, row.status, facts, by.roles_in(referral.area_id))
    row.answered_by_id, row.answered_by, row.answered_at, row.answer = by.id, words_of(by), at, reason
    said = {"number": decision.number, "place": words(row.place), "reason": reason}
    _keep(db, referral, row, step, "correction", said, by=by, at=at)
    finish_for_case(db, referral.id, (Why.RULING_TO_CONFIRM,), by=by, at=at)


def ask_rescind(
    db: Session, referral: Referral, decision: Decision, reason: str, *, by: Actor, at: datetime
) -> Rescission:
    """Ask to take a decision back; the other side confirms it. Raises `Refused`."""
    lock_case(db, referral)
    held = by.roles_in(referral.area_id)
    row = Rescission(
        decision_id=decision.id,
        reason=reason,
        asked_by_id=by.id,
        asked_by=words_of(by),
        side=side_of(held),
        asked_at=at,
    )
    facts = replace(rescission_facts(db, referral, decision, row, by=by, reason=reason), another_person=True)
    step = RESCISSION.step("propose", Status.OPEN, facts, held)
    said = {"number": decision.number, "reason": reason}
    _keep(db, referral, row, step, "rescission", said, by=by, at=at)
    _ask_others(db, referral, Why.RULING_TO_CONFIRM, f"rescission-{row.id}", at)
    return row


def rescission_facts(
    db: Session, referral: Referral, decision: Decision, row: Rescission, *, by: Actor, reason: str = ""
) -> RulingFacts:
    """What the rules of rescinding look at now."""
    stands = decision_of(db, referral.id)
    others = [r for r in rescissions_of(db, decision.id) if r.status is Status.PROPOSED and r is not row]
    return RulingFacts(
        reason=reason,
        another_person=by.id != row.asked_by_id,
        other_side=side_of(by.roles_in(referral.area_id)) is not row.side,
        stands=stands is not None and stands.id == decision.id and referral.status in WITH_DECISION,
        given=referral.given_on is not None,
        already_open=bool(others),
    )


WITH_DECISION = (CaseStatus.DECIDED, CaseStatus.GIVEN, CaseStatus.NOTIFIED, CaseStatus.CLOSED)


def rescind(
    db: Session, referral: Referral, decision: Decision, row: Rescission, *, by: Actor, at: datetime
) -> None:
    """Take the decision back: it stays as it was written, and the case waits for a panel again."""
    lock_case(db, referral)
    facts = rescission_facts(db, referral, decision, row, by=by)
    step = RESCISSION.step("confirm", row.status, facts, by.roles_in(referral.area_id))
    row.answered_by_id, row.answered_by, row.answered_at = by.id, words_of(by), at
    said = {"number": decision.number, "reason": row.reason}
    _keep(db, referral, row, step, "rescission", said, by=by, at=at)
    withdraw(db, referral, f"The decision {decision.number} was rescinded", by=by, at=at)
    appointments.end(db, referral, by=by, at=at)
    of_case = replace(
        case_facts(db, referral, today=today_in_london(at), reason=row.reason), rescinded_by_two=True
    )
    referral.outcome = referral.decided_at = None
    for offence in offences_of(db, referral):
        offence.outcome = None
    move(db, referral, "rescind", of_case, by=by, at=at, said=said)
    whys = (Why.RULING_TO_CONFIRM, Why.DISPOSAL_TO_GIVE)
    finish_for_case(db, referral.id, whys, by=by, at=at)
    tell_of(db, referral, Why.DECISION_RESCINDED, f"rescinded-{row.id}", at)


def decline_rescind(
    db: Session,
    referral: Referral,
    decision: Decision,
    row: Rescission,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """The decision stands."""
    facts = rescission_facts(db, referral, decision, row, by=by, reason=reason)
    step = RESCISSION.step("decline", row.status, facts, by.roles_in(referral.area_id))
    row.answered_by_id, row.answered_by, row.answered_at, row.answer = by.id, words_of(by), at, reason
    said = {"number": decision.number, "reason": reason}
    _keep(db, referral, row, step, "rescission", said, by=by, at=at)
    finish_for_case(db, referral.id, (Why.RULING_TO_CONFIRM,), by=by, at=at)


def concern(
    db: Session, referral: Referral, decision: Decision, command: c.Concern, *, by: Actor, at: datetime
) -> DecisionConcern:
    """Write down a concern about a decision: it changes nothing, and the managers and the police are told."""
    row = DecisionConcern(
        decision_id=decision.id, **command.model_dump(), by_id=by.id, by_words=words_of(by), at=at
    )
    db.add(row)
    db.flush()
    tell(db, referral, "concern_decision", by=by, at=at, said={"number": decision.number})
    tell_of(db, referral, Why.DECISION_CONCERN, f"concern-{row.id}", at, (Role.YOT_MANAGER, Role.SECONDED))
    return row


def _keep(
    db: Session,
    referral: Referral,
    row: Correction | Rescission,
    step: Step[Status],
    flow: str,
    said: Mapping[str, str],
    *,
    by: Actor,
    at: datetime,
) -> None:
    record(db, row, step, flow=flow, chain=case_chain(referral.id), by=by, at=at, facts=said)
    db.add(row)
    db.flush()
    settle(db, referral, by=by, at=at, page=f"{flow}.{step.move}", retime=False)


def _ask_others(db: Session, referral: Referral, why: Why, key: str, at: datetime) -> None:
    tell_of(db, referral, why, key, at, (Role.YOT_MANAGER, Role.SECONDED), worker=False)


def tell_of(
    db: Session,
    referral: Referral,
    why: Why,
    key: str,
    at: datetime,
    roles: tuple[Role, ...] = (Role.YOT_MANAGER, Role.SECONDED, Role.VICTIM_WORKER),
    *,
    worker: bool = True,
) -> None:
    """Put a task on the list of everybody who holds one of these roles, and of the case manager."""
    to: list[tuple[str, int | None, Role | None]] = [(role.value, None, role) for role in roles]
    if worker and referral.case_manager_id is not None:
        to.append(("worker", referral.case_manager_id, None))
    for whom, user, role in to:
        notify(
            db,
            why=why,
            area_id=referral.area_id,
            referral_id=referral.id,
            key=f"{referral.reference}-{key}-{whom}",
            at=at,
            to_user=user,
            to_role=role,
        )
