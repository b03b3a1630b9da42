"""The one way in which a case changes its state, for every room."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session

from panel.access import Actor
from panel.history.operations import Operation
from panel.history.record import case_chain, log_access, note, record
from panel.notifications.actions import finish_for_case
from panel.notifications.models import Why
from panel.referrals.alerts import drop_alerts, next_alert
from panel.referrals.models import NEVER, Referral
from panel.referrals.queries import child_of, offences_of
from panel.referrals.timing import all_deadlines
from workflows.calendar import today_in_london
from workflows.case import CASE, Status
from workflows.case_facts import CaseFacts
from workflows.flow import Step
from workflows.roles import Role

# The acts without a move after which another day may be the nearest deadline.
CHANGE_DEADLINES = frozenset(
    {
        "child",
        "child_elsewhere",
        "merge",
        "unmerge",
        "add_offence",
        "change_offence",
        "remove_offence",
        "circumstances",
        "source",
        "origin",
        "appoint",
        "step_done",
        "step_ended",
        "hand_on",
    }
)

# Rooms above this one that have to act on every move, however it comes about, are heard here.
Listener = Callable[[Session, Referral, Step[Status], datetime], None]
LISTENERS: list[Listener] = []


def move(
    db: Session,
    referral: Referral,
    name: str,
    facts: CaseFacts,
    *,
    by: Actor,
    at: datetime,
    roles: Collection[Role] | None = None,
    overrides: Mapping[str, str] | None = None,
    said: Mapping[str, str] | None = None,
) -> Step[Status]:
    """Make the move or raise `Refused` or `NotYours`; status, event and access log in one go."""
    held = by.roles_in(referral.area_id) if roles is None else roles
    step = CASE.step(name, referral.status, facts, held, overrides)
    if referral.admission_changed_at is not None:
        finish_for_case(db, referral.id, (Why.ADMISSION_CHANGED,), by=by, at=at)
    record(db, referral, step, flow="case", chain=case_chain(referral.id), by=by, at=at, facts=said)
    settle(db, referral, by=by, at=at, page=f"case.{name}")
    for listen in LISTENERS:
        listen(db, referral, step, at)
    return step


def tell(
    db: Session,
    referral: Referral,
    verb: str,
    *,
    by: Actor,
    at: datetime,
    said: Mapping[str, str] | None = None,
) -> None:
    """Write down an act that moves no state, such as an offence added."""
    settle(db, referral, by=by, at=at, page=f"case.{verb}", retime=verb in CHANGE_DEADLINES)
    note(db, f"case.{verb}", chain=case_chain(referral.id), by=by, at=at, facts=said)


def settle(
    db: Session, referral: Referral, *, by: Actor, at: datetime, page: str, retime: bool = True
) -> None:
    """Raise the version, keep the nearest deadline and alert on the row, and log the change."""
    if retime:
        with db.no_autoflush:  # what an act changes goes to the database once
            _retime(db, referral, by=by, at=at)
    referral.changed_at = at
    flag_modified(referral, "changed_at")  # the version rises even when two acts share a moment
    db.add(referral)
    log_access(db, Operation.ALTERATION, case_chain(referral.id), by=by, at=at, page=page)
    db.flush()


def _retime(db: Session, referral: Referral, *, by: Actor, at: datetime) -> None:
    clocks = all_deadlines(db, referral, child_of(db, referral), offences_of(db, referral))
    referral.due_on = clocks[0].due if clocks else NEVER
    referral.alert_on = next_alert(clocks, today_in_london(at))
    flag_modified(referral, "alert_on")  # the daily job may have moved it on since this row was read
    if referral.has_alerts:
        drop_alerts(db, referral, clocks, by=by, at=at)
