"""A child takes the consent to a conditional caution back, before or after it was given (YCC-5)."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from panel.access import Actor
from panel.appointments import actions as appointments
from panel.disposals import commands as c
from panel.disposals.actions import keep_step, now, take
from panel.disposals.day_models import ChildWithdrawal
from panel.disposals.models import Disposal
from panel.disposals.queries import disposal_for
from panel.notifications.actions import finish_for_case, notify
from panel.notifications.models import END_WITH_THE_CASE, Why
from panel.referrals.models import Referral
from panel.referrals.moves import move
from panel.referrals.queries import case_facts
from workflows.calendar import long_date, today_in_london
from workflows.disposal import Status
from workflows.flow import Refusal, Refused
from workflows.roles import Role

TWICE = Refusal(
    "withdrawn_already",
    "It is on record already that the child withdrew: the police decide what follows.",
    "YCC-5",
    "Youth Justice Legal Centre, A to Z of youth conditional cautions",
    True,
)


def child_withdraws(
    db: Session, referral: Referral, command: c.ChildWithdraws, *, by: Actor, at: datetime
) -> None:
    """Write it down and give the case back to the police, who alone decide what follows."""
    disposal = disposal_for(db, referral)
    if withdrawal_of(db, disposal.id) is not None:
        raise Refused("disposal", "child_withdraws", (TWICE,))
    before = disposal.status
    facts = replace(now(db, referral, disposal, at), reason=command.reason)
    step = take(referral, disposal, "child_withdraws", facts, by)
    db.add(
        ChildWithdrawal(
            disposal_id=disposal.id,
            status_then=before.value,
            said_on=command.said_on,
            reason=command.reason,
            by_id=by.id,
            by_name=by.name,
            at=at,
        )
    )
    said = {"day": long_date(command.said_on), "reason": command.reason}
    keep_step(db, referral, disposal, step, by=by, at=at, said=said)
    if before is not Status.GIVEN:
        _end(db, referral, disposal, command, by=by, at=at)
    for role in (Role.SECONDED, Role.YOT_MANAGER):
        notify(
            db,
            why=Why.CHILD_WITHDREW,
            area_id=referral.area_id,
            referral_id=referral.id,
            key=f"{referral.reference}-{disposal.id}-{Why.CHILD_WITHDREW.value}-{role.value}",
            at=at,
            to_role=role,
        )


def _end(
    db: Session, referral: Referral, disposal: Disposal, command: c.ChildWithdraws, *, by: Actor, at: datetime
) -> None:
    reason = f"The child withdrew. {command.reason}"[:300]
    disposal.reason = referral.reason = reason
    facts = case_facts(db, referral, today=today_in_london(at), reason=reason)
    appointments.end(db, referral, by=by, at=at)
    move(db, referral, "lapse", facts, by=by, at=at, said={"reason": reason})
    finish_for_case(db, referral.id, END_WITH_THE_CASE, by=by, at=at)


def withdrawal_of(db: Session, disposal_id: int) -> ChildWithdrawal | None:
    """What is on record of a child who withdrew."""
    query = select(ChildWithdrawal).where(ChildWithdrawal.disposal_id == disposal_id)
    return db.exec(query.order_by(col(ChildWithdrawal.id)).limit(1)).first()
