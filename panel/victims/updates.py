"""Telling victims of decisions (VIC-1, Right 6): what is owed, to whom, by when, and what was told.

Every move of a case is heard here (`moves.LISTENERS`), so that no way of ending a case forgets the victim.
"""

from datetime import date, datetime

from sqlmodel import Session, col, select

from panel.access import Actor
from panel.notifications.actions import finish, finish_key, notify
from panel.notifications.models import Notification, Why
from panel.referrals.models import Referral
from panel.referrals.moves import LISTENERS
from panel.referrals.moves import tell as note_in_case
from panel.victims.commands import ToldOf
from panel.victims.models import Victim, VictimUpdate
from workflows.calendar import Deadline, deadline, today_in_london
from workflows.case import Status
from workflows.flow import Step
from workflows.roles import Role
from workflows.victim import Happened, NotOwed

TELLS: dict[str, Happened] = {
    "decide": Happened.DECIDED,
    "give": Happened.GIVEN,
    "withdraw": Happened.NOT_GOING_ON,
    "police_gave": Happened.NOT_GOING_ON,
    "reject": Happened.NOT_GOING_ON,
    "lapse": Happened.NOT_GOING_ON,
    "rescind": Happened.RESCINDED,
    "police_decide": Happened.POLICE_DECIDED,
    "prosecute": Happened.PROSECUTED,
}
# These may happen more than once in a case; each time a victim is told anew.
AGAIN = frozenset({Happened.DECIDED, Happened.RESCINDED, Happened.POLICE_DECIDED})
# These take the place of what was decided before: whoever has not been told of that need not be.
REPLACES = frozenset({Happened.RESCINDED, Happened.POLICE_DECIDED})


class ToldLate(Exception):
    """A victim was told after the due day and no reason is given."""


def listen(db: Session, referral: Referral, step: Step[Status], at: datetime) -> None:
    """Open what is owed when a case makes a move that a victim is told of, once the YOT has the case."""
    happened = TELLS.get(step.move)
    if happened is not None and referral.submitted_at is not None:
        owe(db, referral, happened, at=at)


if listen not in LISTENERS:
    LISTENERS.append(listen)


def owe(db: Session, referral: Referral, happened: Happened, *, at: datetime) -> None:
    """Open one update for each victim, with its task; for those who are not told, write down why."""
    query = select(Victim).where(Victim.referral_id == referral.id).order_by(col(Victim.place))
    for victim in db.exec(query).all():
        told = update_of(db, victim, happened)
        untold = _replace(db, victim, at) if happened in REPLACES else False
        if happened is Happened.RESCINDED and untold:
            continue
        if told is None or happened in AGAIN:
            _open(db, referral, victim, happened, at, round_=told.round + 1 if told else 1)


def _replace(db: Session, victim: Victim, at: datetime) -> bool:
    """Close what is still open of a decision that no longer stands; whether the victim knew nothing of it."""
    found = [update for update in open_updates(db, victim) if update.happened in AGAIN]
    for update in found:
        update.not_owed = NotOwed.REPLACED
        task = db.exec(select(Notification).where(Notification.key == _key(update))).first()
        if task is not None:
            finish(db, task, by=None, at=at)
        db.add(update)
    return any(update.happened is not Happened.RESCINDED for update in found)


def update_of(db: Session, victim: Victim, happened: Happened) -> VictimUpdate | None:
    """What a victim is owed after this, the last time that it happened."""
    query = select(VictimUpdate).where(VictimUpdate.victim_id == victim.id)
    query = query.where(VictimUpdate.happened == happened).order_by(col(VictimUpdate.round).desc())
    return db.exec(query.limit(1)).first()


def _open(
    db: Session, referral: Referral, victim: Victim, happened: Happened, at: datetime, *, round_: int
) -> None:
    day = today_in_london(at)
    update = VictimUpdate(
        victim_id=victim.id,
        round=round_,
        happened=happened,
        happened_on=day,
        due_on=clock(victim, day).due,
        not_owed=_why_not(victim),
    )
    db.add(update)
    db.flush()
    if update.not_owed is None:
        _put_on_the_list(db, referral, victim, update, at)


def clock(victim: Victim, day: date) -> Deadline:
    """By when a victim is told of what happened on a day: earlier with enhanced rights."""
    return deadline("victim_told_enhanced" if victim.enhanced else "victim_told", day, "Tell the victim")


def _why_not(victim: Victim) -> NotOwed | None:
    if victim.objects_to_sharing:
        return NotOwed.OBJECTS
    return NotOwed.NOT_WANTED if victim.wants_updates is False else None


def _put_on_the_list(
    db: Session, referral: Referral, victim: Victim, update: VictimUpdate, at: datetime
) -> None:
    notify(
        db,
        why=Why.VICTIM_TO_TELL,
        area_id=referral.area_id,
        referral_id=referral.id,
        key=_key(update),
        at=at,
        to_role=Role.VICTIM_WORKER,
        due_on=update.due_on,
    )


def _key(update: VictimUpdate) -> str:
    return f"victim-update-{update.id}"


def follow(db: Session, referral: Referral, victim: Victim, *, by: Actor, at: datetime) -> None:
    """Let what is still open follow what was just recorded: an objection, a wish, enhanced rights."""
    why = _why_not(victim)
    for update in open_updates(db, victim):
        update.due_on = clock(victim, update.happened_on).due
        if why is not None:
            update.not_owed = why
            finish_key(db, _key(update), by=by, at=at)
        db.add(update)


def open_updates(db: Session, victim: Victim) -> list[VictimUpdate]:
    """What a victim still has to be told."""
    query = select(VictimUpdate).where(
        VictimUpdate.victim_id == victim.id,
        col(VictimUpdate.told_on).is_(None),
        col(VictimUpdate.not_owed).is_(None),
    )
    return list(db.exec(query.order_by(col(VictimUpdate.due_on))))


def told(
    db: Session,
    referral: Referral,
    victim: Victim,
    update: VictimUpdate,
    command: ToldOf,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Write down what a victim was told, or why they could not be. Raises `ToldLate` without a reason."""
    late = command.told_on is not None and command.told_on > update.due_on
    if late and not command.late_reason:
        raise ToldLate()
    update.sqlmodel_update(command.model_dump(exclude={"told"}) | {"by_id": by.id, "at": at})
    if not command.told:
        update.not_owed = NotOwed.NOT_REACHED
    victim.taken_up = True
    db.add_all((update, victim))
    finish_key(db, _key(update), by=by, at=at)
    note_in_case(db, referral, "victim_told", by=by, at=at)
