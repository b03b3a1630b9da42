"""What officers and managers do with a referral."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, select

from panel.access import Actor
from panel.accounts.models import Area
from panel.children.actions import add_child
from panel.children.models import Carer, Child
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import case_chain, log_access, note
from panel.notifications.actions import finish_for_case, notify
from panel.notifications.models import END_WITH_THE_CASE, Why
from panel.references import new_reference
from panel.referrals import commands as c
from panel.referrals.matching import note_pairs
from panel.referrals.models import Referral
from panel.referrals.moves import move, tell
from panel.referrals.queries import carer_of, case_facts, case_managers
from workflows.calendar import deadline, today_in_london
from workflows.case import BEFORE_DECISION, Status
from workflows.flow import Refusal, Refused
from workflows.roles import Role
from workflows.vocabulary import words


def start(
    db: Session,
    command: c.ChildDetails,
    area_id: int,
    *,
    by: Actor,
    at: datetime,
    known: Child | None = None,
) -> Referral:
    """A new draft with its child, or of a child known before; only who starts it sees it until it is sent."""
    child = known or add_child(db, command.model_dump())
    code = db.exec(select(Area.code).where(Area.id == area_id)).one()
    referral = Referral(
        reference=new_reference(code),
        area_id=area_id,
        child_id=child.id,
        referred_by_id=by.id,
        created_at=at,
        changed_at=at,
    )
    db.add(referral)
    db.flush()
    note(db, "case.start", chain=case_chain(referral.id), by=by, at=at)
    log_access(db, Operation.COLLECTION, case_chain(referral.id), by=by, at=at, page="case.start")
    if known is None:
        note_pairs(db, child, area_id, at=at)
    return referral


def editable(referral: Referral) -> None:
    """Raise `Refused` when the panel has decided: what it saw is not changed afterwards."""
    if referral.status not in BEFORE_DECISION:
        says = "The panel has decided this case, so what it was told can no longer be changed here."
        raise Refused(
            "case",
            "edit",
            (Refusal("decided", says, "PAN-5", "Decision record minimum", True),),
        )


def save_carer(db: Session, referral: Referral, command: c.CarerDetails, *, by: Actor, at: datetime) -> None:
    """Change who cares for the child, or why nobody is named."""
    editable(referral)
    referral.no_carer_reason = command.no_carer_reason
    carer = carer_of(db, referral)
    if command.name and command.relationship is not None:
        carer = carer or Carer(child_id=referral.child_id)
        carer.sqlmodel_update(command.model_dump(exclude={"no_carer_reason"}))
        db.add(carer)
    elif carer is not None:
        db.delete(carer)
    tell(db, referral, "carer", by=by, at=at)


def save_circumstances(
    db: Session, referral: Referral, command: c.Circumstances, *, by: Actor, at: datetime
) -> None:
    """Change what happened."""
    editable(referral)
    referral.sqlmodel_update(command.model_dump())
    tell(db, referral, "circumstances", by=by, at=at)


def save_admission(
    db: Session, referral: Referral, command: c.AdmissionDetails, *, by: Actor, at: datetime
) -> None:
    """Change what the child said; both the old and the new are kept in the history (ADM-2)."""
    editable(referral)
    before = referral.admission
    referral.sqlmodel_update(command.model_dump())
    said = {"before": words(before), "after": words(command.admission)}
    tell(db, referral, "admission", by=by, at=at, said=said)


def submit(db: Session, referral: Referral, *, by: Actor, at: datetime, overrides: Mapping[str, str]) -> None:
    """Send the referral to the YOT and start the clock of the assessment (ASM-1)."""
    first = referral.submitted_at is None
    referral.submitted_at = at
    today = today_in_london(at)
    move(db, referral, "submit", case_facts(db, referral, today=today), by=by, at=at, overrides=overrides)
    notify(
        db,
        why=Why.REFERRAL_SENT,
        area_id=referral.area_id,
        referral_id=referral.id,
        key=f"{referral.reference}-sent" if first else f"{referral.reference}-sent-{referral.version}",
        at=at,
        to_role=Role.YOT_MANAGER,
        due_on=deadline("accept_due", today, "Accept").due,
    )
    finish_for_case(db, referral.id, (Why.REFERRAL_SENT_BACK,), by=by, at=at)


def accept(db: Session, referral: Referral, command: c.Accept, *, by: Actor, at: datetime) -> None:
    """Accept the referral and allocate the case manager. Raises `Missing` for somebody who is not one."""
    today = today_in_london(at)
    names = {user_id: name for user_id, name, _ in case_managers(db, referral.area_id, today=today)}
    if command.case_manager_id not in names:
        raise Missing()
    referral.case_manager_id, referral.accepted_at = command.case_manager_id, at
    said = {"case_manager": names[command.case_manager_id]}
    move(db, referral, "accept", case_facts(db, referral, today=today), by=by, at=at, said=said)
    _tell_person(db, referral, Why.CASE_ALLOCATED, command.case_manager_id, at)
    _tell_person(db, referral, Why.REFERRAL_ACCEPTED, referral.referred_by_id, at)
    finish_for_case(db, referral.id, (Why.REFERRAL_SENT,), by=by, at=at)


def send_back(db: Session, referral: Referral, command: c.WithReason, *, by: Actor, at: datetime) -> None:
    """Return the referral to the officer with a reason."""
    referral.reason = command.reason
    facts = case_facts(db, referral, today=today_in_london(at), reason=command.reason)
    move(db, referral, "send_back", facts, by=by, at=at, said={"reason": command.reason})
    _tell_person(db, referral, Why.REFERRAL_SENT_BACK, referral.referred_by_id, at)
    finish_for_case(db, referral.id, (Why.REFERRAL_SENT,), by=by, at=at)


def withdraw(db: Session, referral: Referral, command: c.WithReason, *, by: Actor, at: datetime) -> None:
    """Withdraw the referral before the panel has decided (afterwards it is rescinded, never withdrawn)."""
    was_draft = referral.status is Status.DRAFT
    referral.reason = command.reason
    facts = case_facts(db, referral, today=today_in_london(at), reason=command.reason)
    move(db, referral, "withdraw", facts, by=by, at=at, said={"reason": command.reason})
    finish_for_case(db, referral.id, END_WITH_THE_CASE, by=by, at=at)
    if referral.case_manager_id is not None and not was_draft:
        _tell_person(db, referral, Why.CASE_WITHDRAWN, referral.case_manager_id, at)


def _tell_person(db: Session, referral: Referral, why: Why, user_id: int, at: datetime) -> None:
    notify(
        db,
        why=why,
        area_id=referral.area_id,
        referral_id=referral.id,
        key=f"{referral.reference}-{why.value}-{referral.version}",
        at=at,
        to_user=user_id,
    )
