"""The daily job: an alert for each deadline or action whose day it is, then one mail a person about all."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, select, update

from panel.agreed_actions.chasing import chase
from panel.alerts.digests import queue_digests
from panel.alerts.weeks import queue_weeks
from panel.children.models import Child
from panel.db import transaction
from panel.notifications.acknowledging import escalate
from panel.notifications.actions import WITHOUT_MAIL, finish, notify, reopen
from panel.notifications.queries import open_alerts
from panel.referrals.alerts import Alert, alerts_of, next_after
from panel.referrals.models import NEVER, Offence, Referral
from panel.referrals.timing import all_deadlines
from workflows.calendar import LONDON

EVERY_MORNING = time(6, 0)
BATCH = 100
Case = tuple[Referral, Child, Sequence[Offence]]


def day_to_run(now: datetime) -> date:
    """The day of the last six o'clock in London, summer and winter: the day whose alerts are due by now."""
    local = now.astimezone(LONDON)
    return local.date() if local.time() >= EVERY_MORNING else local.date() - timedelta(days=1)


def run(engine: Engine, day: date, *, at: datetime, mails: bool = True) -> tuple[int, int]:
    """Raise what is due up to a day and queue the mails; how many alerts and mails.

    Each batch is one transaction. After a crash the next run goes on where this one stopped, and keys
    keep it to one task and one mail each, however often or at how many places it runs.
    """
    raised = 0
    for batch in (_batch, _actions):
        while (found := batch(engine, day, at)) is not None:
            raised += found
    while (found := _unacknowledged(engine, day, at, mails=mails)) is not None:
        raised += found
    if not mails:
        return raised, 0
    queue_weeks(engine, day, at=at)
    return raised, queue_digests(engine, day, at=at)


def _unacknowledged(engine: Engine, day: date, at: datetime, *, mails: bool) -> int | None:
    with transaction(engine) as db:
        db.info[WITHOUT_MAIL] = not mails
        return escalate(db, day, at=at, limit=BATCH)


def _batch(engine: Engine, day: date, at: datetime) -> int | None:
    with transaction(engine) as db:
        db.info[WITHOUT_MAIL] = True
        cases = _due(db, day)
        return sum(_alert(db, case, day, at) for case in cases) if cases else None


def _actions(engine: Engine, day: date, at: datetime) -> int | None:
    with transaction(engine) as db:
        db.info[WITHOUT_MAIL] = True
        return chase(db, day, at=at, limit=BATCH)


def _due(db: Session, day: date) -> list[Case]:
    query = (
        select(Referral, Child)
        .join(Child, col(Child.id) == Referral.child_id)
        .where(Referral.alert_on <= day)
        .order_by(col(Referral.alert_on), col(Referral.id))
        .limit(BATCH)
        # Another run takes other cases, and nobody acts on these until they are done.
        .with_for_update(skip_locked=True, of=Referral)
    )
    found = db.exec(query).all()
    numbers = [referral.id for referral, _ in found]
    offences: dict[int, list[Offence]] = {number: [] for number in numbers}
    for offence in db.exec(select(Offence).where(col(Offence.referral_id).in_(numbers))):
        offences[offence.referral_id].append(offence)
    return [(referral, child, offences[referral.id]) for referral, child in found]


def _alert(db: Session, case: Case, day: date, at: datetime) -> int:
    referral, child, offences = case
    clocks = all_deadlines(db, referral, child, offences)
    wanted = alerts_of(referral, clocks, day)
    raised = _raise(db, referral, wanted, at)
    # Not through the row: its version stays, so nobody who has the case open is told that it changed.
    values = {"alert_on": next_after(clocks, day) if clocks else NEVER, "has_alerts": bool(wanted)}
    db.execute(update(Referral).where(col(Referral.id) == referral.id).values(values))
    return raised


def _raise(db: Session, referral: Referral, wanted: Sequence[Alert], at: datetime) -> int:
    open_ = {task.key: task for task in open_alerts(db, referral.id)} if referral.has_alerts else {}
    keys = {alert.key for alert in wanted}
    for key, task in open_.items():
        if key not in keys:
            finish(db, task, by=None, at=at)
    new = [alert for alert in wanted if alert.key not in open_]
    for alert in new:
        task = notify(
            db,
            why=alert.why,
            area_id=referral.area_id,
            referral_id=referral.id,
            key=alert.key,
            at=at,
            to_user=alert.to_user,
            to_role=alert.to_role,
            due_on=alert.clock.due,
            about=alert.clock.text,
        )
        reopen(task)
    return len(new)
