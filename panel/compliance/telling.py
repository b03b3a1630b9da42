"""Who is told of a rung: the case manager what to answer and what was decided, the police what to decide."""

from datetime import datetime

from sqlmodel import Session

from panel.access import Actor
from panel.compliance.models import Entry, Matter
from panel.notifications.actions import finish_for_case, notify
from panel.notifications.models import Why
from panel.referrals.models import Referral
from workflows.keeping import OPEN, WITH_THE_POLICE, WITH_THE_YOT, Rung
from workflows.roles import Role

DECIDED = (Rung.DECISION, Rung.PROCEEDINGS)


def tell_people(
    db: Session, referral: Referral, matter: Matter, entry: Entry, *, by: Actor, at: datetime
) -> None:
    """Take off the lists what this entry settles, and put on them what it asks for."""
    if entry.rung is not Rung.MISSED or matter.status in WITH_THE_POLICE:
        finish_for_case(db, referral.id, (Why.MISSED_TO_ANSWER,), by=by, at=at)
    if matter.status not in WITH_THE_POLICE:
        finish_for_case(db, referral.id, (Why.BREACH_TO_DECIDE,), by=by, at=at)
    if matter.status not in OPEN:
        finish_for_case(db, referral.id, (Why.BREACH_DECIDED,), by=by, at=at)
    if entry.rung is Rung.MISSED and matter.status in WITH_THE_YOT:
        _notify(db, referral, matter, entry, Why.MISSED_TO_ANSWER, at)
    elif entry.rung in (Rung.ALLEGED, Rung.RETURNED):
        _notify(db, referral, matter, entry, Why.BREACH_TO_DECIDE, at, role=Role.SECONDED)
    elif entry.rung in DECIDED:
        _notify(db, referral, matter, entry, Why.BREACH_DECIDED, at)


def _notify(
    db: Session,
    referral: Referral,
    matter: Matter,
    entry: Entry,
    why: Why,
    at: datetime,
    *,
    role: Role | None = None,
) -> None:
    worker = None if role else referral.case_manager_id
    notify(
        db,
        why=why,
        area_id=referral.area_id,
        referral_id=referral.id,
        key=f"{referral.reference}-{why.value}-{matter.number}-{entry.id}",
        at=at,
        to_user=worker,
        to_role=role or (None if worker else Role.YOT_MANAGER),
        due_on=matter.due_on,
    )
