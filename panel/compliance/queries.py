"""Reading matters of compliance; the caller has looked the case up for its reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, func, or_, select

from panel.access import Actor
from panel.children.models import Child
from panel.compliance.models import CurfewCheck, Entry, Matter
from panel.contacts.models import Attendance, Contact
from panel.counting import Number, many
from panel.disposals.queries import disposal_of, signatures_of
from panel.errors import Missing
from panel.plans.models import Plan, StepState
from panel.plans.queries import plan_of, steps_of
from panel.referrals.models import Referral
from panel.referrals.queries import offences_of, scope
from workflows.compliance import MatterFacts, last_day_of_all
from workflows.conditions import StepKind
from workflows.keeping import OPEN, WITH_THE_POLICE, Level, Rung, Status
from workflows.plan import Status as PlanStatus
from workflows.roles import Role
from workflows.vocabulary import Signer

POLICE, LATE, ALL = "police", "late", "open"
LISTS = {
    POLICE: "Breaches waiting for the police",
    LATE: "Missed and not answered in time",
    ALL: "All that is open",
}
READERS = (Role.CASE_MANAGER, Role.YOT_MANAGER, Role.SECONDED, Role.INSPECTOR)


def matters_of(db: Session, referral_id: int) -> list[Matter]:
    """The matters of a case, the newest first."""
    query = select(Matter).where(Matter.referral_id == referral_id)
    return list(db.exec(query.order_by(col(Matter.number).desc())))


def open_matter(db: Session, referral_id: int) -> Matter | None:
    """The matter that is not over, if there is one."""
    query = select(Matter).where(Matter.referral_id == referral_id, col(Matter.over_at).is_(None))
    return db.exec(query).first()


def matter_of(db: Session, referral_id: int, number: int) -> Matter:
    """One matter by its number in the case. Raises `Missing`."""
    query = select(Matter).where(Matter.referral_id == referral_id, Matter.number == number)
    found = db.exec(query).first()
    if found is None:
        raise Missing()
    return found


def entries_of(db: Session, matters: Sequence[Matter]) -> dict[int, list[Entry]]:
    """The rungs of each matter in their order."""
    found: dict[int, list[Entry]] = {matter.id: [] for matter in matters}
    query = select(Entry).where(col(Entry.matter_id).in_(found)).order_by(col(Entry.id))
    for entry in db.exec(query):
        found[entry.matter_id].append(entry)
    return found


def entry_of(db: Session, matter: Matter, number: int) -> Entry:
    """One entry of a matter. Raises `Missing`."""
    found = db.exec(select(Entry).where(Entry.matter_id == matter.id, Entry.id == number)).first()
    if found is None:
        raise Missing()
    return found


def facts_of(db: Session, referral: Referral, entries: Sequence[Entry], *, today: date) -> MatterFacts:
    """What is on record as the rules see it; the act at hand adds what it says."""
    rungs = {entry.rung for entry in entries}
    since = max((e.id for e in entries if e.rung is Rung.MISSED), default=0)
    levels = {entry.level for entry in entries}
    excuses = [entry.excused for entry in entries if entry.rung is Rung.EXCUSE]
    disposal, plan, steps = disposal_of(db, referral.id), plan_of(db, referral.id), steps_of(db, referral.id)
    signed = signatures_of(db, disposal.id) if disposal else []
    bound = [step for step in steps if step.binding]
    return MatterFacts(
        today=today,
        outcome=referral.outcome,
        answered=any(e.rung in (Rung.ANSWER, Rung.MEETING) and e.id > since for e in entries),
        warned=bool(levels & {Level.FIRST, Level.FINAL}),
        final=Level.FINAL in levels,
        met=Rung.MEETING in rungs,
        child_signed=any(signature.signer is Signer.CHILD for signature in signed),
        plan_runs=plan is not None and plan.status is PlanStatus.UNDER_WAY,
        all_done=bool(bound) and all(step.state is StepState.DONE for step in bound),
        excuse=excuses[-1] if excuses else None,
        last_day=last_day_of_all(tuple(o.last_day_to_prosecute for o in offences_of(db, referral))),
    )


def missed_contacts(db: Session, referral_id: int) -> list[Contact]:
    """The appointments that the child missed, the oldest first."""
    query = select(Contact).where(Contact.referral_id == referral_id, Contact.state == Attendance.MISSED)
    return list(db.exec(query.order_by(col(Contact.starts_at))))


def checks_of(db: Session, referral_id: int) -> list[CurfewCheck]:
    """The curfew checks of a case, the newest first."""
    query = select(CurfewCheck).where(CurfewCheck.referral_id == referral_id)
    return list(db.exec(query.order_by(col(CurfewCheck.checked_at).desc(), col(CurfewCheck.id).desc())))


def curfew_steps(db: Session, referral_id: int) -> list[tuple[int, str]]:
    """The conditions that the neighbourhood team checks at the door, by place."""
    return [(s.place, s.what) for s in steps_of(db, referral_id) if s.kind is StepKind.CURFEW]


def may_begin(db: Session, referral: Referral) -> Plan | None:
    """The plan that runs, without which nothing can be missed."""
    plan = plan_of(db, referral.id)
    return plan if plan is not None and plan.status is PlanStatus.UNDER_WAY else None


@dataclass(frozen=True)
class Waiting:
    """One open matter in a work list."""

    reference: str
    child_name: str
    status: Status
    due_on: date | None
    opened_on: date


def listed(
    db: Session, actor: Actor, name: str, *, today: date, after: tuple[date, int] | None = None, limit: int
) -> tuple[list[Waiting], tuple[date, int] | None]:
    """A page of a work list, the one that is due first on top, and the key of the next page."""
    due = func.coalesce(col(Matter.due_on), date.max)
    query: Any = _query(select(Matter, Referral.reference, Child), actor, name, today)
    query = query.join(Child, col(Child.id) == Referral.child_id)
    if after is not None:
        query = query.where(or_(due > after[0], and_(due == after[0], col(Matter.id) > after[1])))
    rows = list(db.exec(query.order_by(due, col(Matter.id)).limit(limit + 1)))
    shown = [Waiting(ref, child.name, m.status, m.due_on, m.opened_on) for m, ref, child in rows[:limit]]
    last = rows[limit - 1][0] if len(rows) > limit else None
    return shown, (last.due_on or date.max, last.id) if last is not None else None


def counted(actor: Actor, name: str, *, today: date) -> Number:
    """How many matters a list holds, up to `MOST`, to be asked with others."""
    return many(_query(select(Matter.id), actor, name, today))


def _query(query: Any, actor: Actor, name: str, today: date) -> Any:
    wanted: dict[str, list[ColumnElement[bool]]] = {
        POLICE: [col(Matter.status).in_(WITH_THE_POLICE)],
        LATE: [col(Matter.status) == Status.MISSED, col(Matter.due_on) < today],
        ALL: [col(Matter.status).in_(OPEN)],
    }
    return (
        query.select_from(Matter)
        .join(Referral, col(Referral.id) == Matter.referral_id)
        .where(scope(actor), col(Referral.area_id).in_(actor.areas_as(*READERS)), *wanted[name])
    )
