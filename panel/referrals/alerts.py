"""Which alert each deadline of a case calls for, and on whose list (law digest, section 8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from config.policy import number
from panel.access import Actor
from panel.notifications.actions import finish
from panel.notifications.models import Why
from panel.notifications.queries import open_alerts
from panel.referrals.clocks import last_months
from panel.referrals.models import NEVER, Referral
from workflows import alerts
from workflows.alerts import Stage
from workflows.calendar import Deadline
from workflows.case import Status
from workflows.roles import Role

WHYS = {Stage.TODAY: Why.DEADLINE_TODAY, Stage.LATE: Why.DEADLINE_LATE}
OFFICERS_TURN = (Status.DRAFT, Status.SENT_BACK)
# While a possible breach waits for them.
POLICE_TURN = ("breach_decided", "limitation")
WORKERS_TURN = (Status.ACCEPTED, Status.GIVEN, Status.NOTIFIED)


@dataclass(frozen=True)
class Alert:
    """One alert that a case calls for today, and the person or the role whose turn it is."""

    clock: Deadline
    stage: Stage
    topic: str
    to_user: int | None
    to_role: Role | None

    @property
    def key(self) -> str:
        """The same for the same case, deadline, due date, list and stage: so it is raised once."""
        return f"{self.topic}-{self.stage.value}"

    @property
    def why(self) -> Why:
        """What its task is about."""
        return WHYS.get(self.stage, Why.DEADLINE_NEAR)


def alerts_of(referral: Referral, clocks: Sequence[Deadline], today: date) -> list[Alert]:
    """The alerts that hold today: at most one for each deadline."""
    return [
        Alert(clock, stage, _topic(referral, clock), *whose_list(referral, clock))
        for clock in clocks
        if (stage := alerts.reached(_days(clock, today), today)) is not None
    ]


def next_alert(clocks: Sequence[Deadline], today: date) -> date:
    """The day for the daily job to look at the case: today when a stage has begun, or `NEVER`.

    An act may put the case on another list, so what has begun is looked at once more.
    """
    days = [_days(clock, today) for clock in clocks]
    if any(alerts.reached(one, today) for one in days):
        return today
    return next_after(clocks, today)


def next_after(clocks: Sequence[Deadline], today: date) -> date:
    """The day on which the next stage begins after today, or `NEVER`."""
    coming = [alerts.next_day(_days(clock, today), today) for clock in clocks]
    return min((day for day in coming if day is not None), default=NEVER)


def whose_list(referral: Referral, clock: Deadline) -> tuple[int | None, Role | None]:
    """The person, or else the role, whose turn it is."""
    if referral.keeping_with_police and clock.key in POLICE_TURN:
        return None, Role.SECONDED
    if referral.status in OFFICERS_TURN:
        return referral.referred_by_id, None
    if referral.status in WORKERS_TURN and referral.case_manager_id is not None:
        return referral.case_manager_id, None
    return None, Role.SECONDED if referral.status is Status.DECIDED else Role.YOT_MANAGER


def drop_alerts(
    db: Session, referral: Referral, clocks: Sequence[Deadline], *, by: Actor | None, at: datetime
) -> None:
    """Finish the alerts of deadlines that no longer apply, or that now lie on another list."""
    topics = {_topic(referral, clock) for clock in clocks}
    for task in open_alerts(db, referral.id):
        if task.key.rpartition("-")[0] not in topics:
            finish(db, task, by=by, at=at)


def _topic(referral: Referral, clock: Deadline) -> str:
    user, role = whose_list(referral, clock)
    return f"{referral.reference}-alert-{clock.key}-{clock.due}-{role.value if role else user}"


def _days(clock: Deadline, today: date) -> dict[Stage, date]:
    months = last_months(clock.key, today) or ()
    return alerts.stages(clock, near_days=number("alert_near", today), months=months)
