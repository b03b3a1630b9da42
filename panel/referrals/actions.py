"""What officers and managers do with a referral."""

from collections.abc import Mapping
from dataclasses import replace
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
from panel.referrals.models import Origin, Referral
from panel.referrals.moves import move, tell
from panel.referrals.origins import CALLED, OF_THE_ORIGIN, origin_of
from panel.referrals.queries import carer_of, case_facts, case_managers
from panel.referrals.rounds import resent, to_put_right
from panel.referrals.source_commands import SourceDetails
from panel.referrals.writers import editable, may_write
from workflows.calendar import deadline, today_in_london
from workflows.case import Status
from workflows.case_facts import CaseFacts
from workflows.roles import Role
from workflows.source import may_come, usual_source
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
        source=usual_source(by.roles_in(area_id)),
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


def save_carer(db: Session, referral: Referral, command: c.CarerDetails, *, by: Actor, at: datetime) -> None:
    """Change who cares for the child, or why nobody is named."""
    editable(referral, by)
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
    editable(referral, by)
    referral.sqlmodel_update(command.model_dump())
    tell(db, referral, "circumstances", by=by, at=at)


def save_source(db: Session, referral: Referral, command: SourceDetails, *, by: Actor, at: datetime) -> None:
    """Say how the case came to us; what only another source needs is let go."""
    editable(referral, by)
    asked = CALLED[command.source]
    given = {name: value for name, value in command.model_dump().items() if name in asked}
    referral.source = command.source
    referral.source_on, referral.source_due_on = given.get("source_on"), given.get("source_due_on")
    kept = origin_of(db, referral.id)
    if asked:
        kept = kept or Origin(referral_id=referral.id)
        kept.sqlmodel_update({name: given.get(name, "") for name in OF_THE_ORIGIN})
        db.add(kept)
    elif kept is not None:
        db.delete(kept)
    tell(db, referral, "origin", by=by, at=at, said={"source": words(command.source)})


def submit_facts(db: Session, referral: Referral, *, by: Actor, at: datetime) -> CaseFacts:
    """What the rules of sending look at."""
    return replace(
        case_facts(db, referral, today=today_in_london(at)),
        source_is_senders=referral.source is None or may_come(referral.source, by.roles_in(referral.area_id)),
        to_put_right=to_put_right(db, referral),
    )


def submit(db: Session, referral: Referral, *, by: Actor, at: datetime, overrides: Mapping[str, str]) -> None:
    """Send the referral to the YOT and start the clock of the assessment (ASM-1)."""
    first = referral.submitted_at is None
    referral.submitted_at = at
    today = today_in_london(at)
    facts = submit_facts(db, referral, by=by, at=at)
    move(db, referral, "submit", facts, by=by, at=at, overrides=overrides)
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
    if not first:
        resent(db, referral, at=at)
        finish_for_case(db, referral.id, (Why.REFERRAL_SENT_BACK,), by=by, at=at)


def accept_facts(db: Session, referral: Referral, *, by: Actor, at: datetime) -> CaseFacts:
    """What the rules of accepting look at."""
    facts = case_facts(db, referral, today=today_in_london(at))
    return replace(facts, sent_by_same_person=referral.referred_by_id == by.id)


def accept(
    db: Session,
    referral: Referral,
    command: c.Accept,
    *,
    by: Actor,
    at: datetime,
    overrides: Mapping[str, str] | None = None,
) -> None:
    """Accept the referral and allocate the case manager. Raises `Missing` for somebody who is not one."""
    today = today_in_london(at)
    names = {user_id: name for user_id, name, _ in case_managers(db, referral.area_id, today=today)}
    if command.case_manager_id not in names:
        raise Missing()
    said = {"case_manager": names[command.case_manager_id]}
    facts = replace(accept_facts(db, referral, by=by, at=at), case_manager_chosen=True)
    referral.case_manager_id, referral.accepted_at = command.case_manager_id, at
    move(db, referral, "accept", facts, by=by, at=at, said=said, overrides=overrides)
    tell_person(db, referral, Why.CASE_ALLOCATED, command.case_manager_id, at)
    tell_person(db, referral, Why.REFERRAL_ACCEPTED, referral.referred_by_id, at)
    finish_for_case(db, referral.id, (Why.REFERRAL_SENT,), by=by, at=at)


def withdraw(db: Session, referral: Referral, command: c.WithReason, *, by: Actor, at: datetime) -> None:
    """Withdraw the referral before the panel has decided (afterwards it is rescinded, never withdrawn)."""
    was_draft = referral.status is Status.DRAFT
    referral.reason = command.reason
    facts = replace(
        case_facts(db, referral, today=today_in_london(at), reason=command.reason),
        by_referrer_or_police=may_write(referral, by.roles_in(referral.area_id), by.id),
    )
    move(db, referral, "withdraw", facts, by=by, at=at, said={"reason": command.reason})
    finish_for_case(db, referral.id, END_WITH_THE_CASE, by=by, at=at)
    for person in {referral.case_manager_id, referral.referred_by_id} - {None, by.id}:
        if person is not None and not was_draft:
            tell_person(db, referral, Why.CASE_WITHDRAWN, person, at)


def tell_managers(db: Session, referral: Referral, why: Why, at: datetime) -> None:
    """Put a task on the list of the YOT managers, and on that of the case manager where there is one."""
    notify(
        db,
        why=why,
        area_id=referral.area_id,
        referral_id=referral.id,
        key=f"{referral.reference}-{why.value}-{referral.version}",
        at=at,
        to_role=Role.YOT_MANAGER,
    )
    if referral.case_manager_id is not None:
        tell_person(db, referral, why, referral.case_manager_id, at)


def tell_person(db: Session, referral: Referral, why: Why, user_id: int, at: datetime) -> None:
    """Put a task on one person's list."""
    notify(
        db,
        why=why,
        area_id=referral.area_id,
        referral_id=referral.id,
        key=f"{referral.reference}-{why.value}-{referral.version}-{user_id}",
        at=at,
        to_user=user_id,
    )
