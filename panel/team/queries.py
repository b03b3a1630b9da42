"""What each person has to do: every number is a condition, and its list is the same condition."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy import select as columns
from sqlmodel import Session, case, col, exists, func

from config.policy import number
from panel.access import Actor
from panel.accounts.models import Membership, User
from panel.assessments.models import Assessment
from panel.contacts.models import Attendance, Contact
from panel.errors import Missing
from panel.plans.models import Plan, PlanStep, StepState
from panel.referrals.models import Referral
from workflows.assessment import Status as AssessmentStatus
from workflows.calendar import LONDON
from workflows.case import OPEN, Status
from workflows.roles import Role

READERS = (Role.YOT_MANAGER, Role.INSPECTOR)
NOBODY = 0
R = Referral


@dataclass(frozen=True)
class Strand:
    """One number of the table: its short and its long words, and what it counts."""

    key: str
    short: str
    title: str
    where: ColumnElement[bool]


@dataclass(frozen=True)
class Person:
    """One person of the team with their numbers, by the keys of the strands."""

    id: int
    name: str
    numbers: dict[str, int]


def strands(today: date) -> tuple[Strand, ...]:
    """What is counted of each person, on a day."""
    due, sunday = col(R.due_on), today + timedelta(days=6 - today.weekday())
    steps, contact = number("drift_of_steps", today), number("drift_of_contact", today)
    return (
        Strand("open", "Open", "Open cases", col(R.status).in_(OPEN)),
        Strand("week", "Due this week", "Deadlines from today to Sunday", due.between(today, sunday)),
        Strand("late", "Late", "Deadlines that have passed", due < today),
        Strand("steps", "Steps past their day", "Plans with a step past its day", _late_steps(today)),
        Strand("still", "Plans standing still", f"No step moved for {steps} days", _still(today, steps)),
        Strand("unseen", "Not seen", f"No contact for {contact} days", _unseen(today, contact)),
        Strand(
            *("sign", "With a manager", "Assessments that wait for a countersignature"),
            _assessment(AssessmentStatus.SUBMITTED),
        ),
        Strand(
            *("back", "Given back", "Assessments that a manager gave back"),
            _assessment(AssessmentStatus.RETURNED),
        ),
    )


def _running() -> ColumnElement[bool]:
    return col(R.status) == Status.NOTIFIED


def _step(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(col(Plan.referral_id) == R.id, col(PlanStep.plan_id) == Plan.id, *more)


def _late_steps(today: date) -> ColumnElement[bool]:
    to_do = col(PlanStep.state) == StepState.TO_DO
    return and_(_running(), _step(to_do, col(PlanStep.due_on) < today))


def _before(today: date, days: int) -> datetime:
    return datetime.combine(today - timedelta(days=days), time(), LONDON).astimezone(UTC)


def _still(today: date, days: int) -> ColumnElement[bool]:
    moved = _step(col(PlanStep.noted_at) >= _before(today, days))
    given = col(R.given_on) <= today - timedelta(days=days)
    return and_(_running(), given, _step(col(PlanStep.state) == StepState.TO_DO), ~moved)


def _unseen(today: date, days: int) -> ColumnElement[bool]:
    seen = exists().where(
        col(Contact.referral_id) == R.id,
        col(Contact.state) == Attendance.ATTENDED,
        col(Contact.starts_at) >= _before(today, days),
    )
    return and_(_running(), col(R.given_on) <= today - timedelta(days=days), ~seen)


def _assessment(status: AssessmentStatus) -> ColumnElement[bool]:
    waits = exists().where(col(Assessment.referral_id) == R.id, col(Assessment.status) == status)
    return and_(col(R.status) == Status.ACCEPTED, waits)


def areas(actor: Actor) -> tuple[int, ...]:
    """The areas whose team a person may see."""
    return actor.areas_as(*READERS)


def of_person(actor: Actor, user_id: int) -> ColumnElement[bool]:
    """The open cases of one person in the reader's areas; with 0 those that nobody has yet."""
    whose = col(R.case_manager_id)
    mine = whose.is_(None) if user_id == NOBODY else whose == user_id
    return and_(mine, in_team(actor))


def in_team(actor: Actor) -> ColumnElement[bool]:
    """Open cases that the YOT has, in the reader's areas."""
    status = col(R.status)
    with_us = [one for one in OPEN if one not in (Status.DRAFT, Status.SENT_BACK)]
    return and_(col(R.area_id).in_(areas(actor)), status.in_(with_us))


def team(db: Session, actor: Actor, *, today: date) -> list[Person]:
    """Everybody who has an open case or may have one, by name."""
    found = strands(today)
    sums: list[Any] = [func.sum(case((one.where, 1), else_=0)) for one in found]
    # By an expression: grouped by the column itself, SQLite walks all cases of all time in its order.
    whose = func.coalesce(col(R.case_manager_id), NOBODY)
    asked = columns(whose, *sums).where(in_team(actor)).group_by(whose)
    numbers = {int(row[0]): tuple(map(int, row[1:])) for row in db.execute(asked)}
    names = _names(db, actor, list(numbers), today=today)
    none = (0,) * len(found)
    people = [
        Person(user_id, name, dict(zip((one.key for one in found), numbers.get(user_id, none), strict=True)))
        for user_id, name in names.items()
    ]
    return sorted(people, key=lambda person: (person.id == NOBODY, person.name.casefold(), person.id))


def _names(db: Session, actor: Actor, ids: list[int], *, today: date) -> dict[int, str]:
    member = exists().where(
        col(Membership.user_id) == User.id,
        col(Membership.area_id).in_(areas(actor)),
        col(Membership.role) == Role.CASE_MANAGER,
        or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= today),
    )
    here = and_(member, col(User.disabled_at).is_(None))
    query: Any = columns(col(User.id), col(User.name)).where(or_(here, col(User.id).in_(ids)))
    found = {int(user_id): str(name) for user_id, name in db.execute(query)}
    return found | ({NOBODY: "Nobody yet"} if NOBODY in ids else {})


def name_of(db: Session, actor: Actor, user_id: int, *, today: date) -> str:
    """The name of somebody of the team. Raises `Missing` for anybody else."""
    has_case = db.execute(columns(col(R.id)).where(of_person(actor, user_id)).limit(1)).first()
    names = _names(db, actor, [user_id] if has_case else [], today=today)
    if user_id == NOBODY:
        return "Nobody yet"
    if user_id not in names:
        raise Missing()
    return names[user_id]
