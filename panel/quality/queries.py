"""Reading problems: how many of which kind, in which share of a quarter's cases, and the list of each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, distinct, literal, or_, tuple_, union_all
from sqlalchemy import select as columns
from sqlmodel import Session, case, col, false, func, select

from panel.access import Actor
from panel.accounts.models import User
from panel.children.models import Child
from panel.counting import MOST
from panel.errors import Missing
from panel.figures.definitions import MEASURES
from panel.figures.models import PoliceMilestone
from panel.police.models import PoliceDisposal
from panel.quality.models import DataProblem, DataReview
from panel.referrals.models import Referral
from workflows.calendar import LONDON
from workflows.data_quality import BASIS, OF_THE_POLICE, Basis, Subject
from workflows.data_quality_checks import NOT_JUDGED
from workflows.data_quality_police import CHECKS
from workflows.periods import Period
from workflows.police import Standing
from workflows.roles import Role

P = DataProblem
WHOLE_AREA = (Role.YOT_MANAGER, Role.INSPECTOR)
MOMENT: dict[Basis, Any] = {Basis.RECEIVED: Referral.submitted_at, Basis.DECIDED: Referral.decided_at}


@dataclass(frozen=True)
class Line:
    """One problem in a list: whose it is, what stands there, and what somebody said about it."""

    id: int
    subject: Subject
    subject_id: int
    reference: str
    child_name: str
    worker: str
    received_on: date
    said: str
    review: DataReview | None


def scope(actor: Actor) -> ColumnElement[bool]:
    """Which problems a person may see: the area's, or those of their own cases."""
    whole, worker = actor.areas_as(*WHOLE_AREA), actor.areas_as(Role.CASE_MANAGER)
    ways: list[ColumnElement[bool]] = [col(P.area_id).in_(whole)] if whole else []
    if mine := [number for number in worker if number not in whole]:
        ways.append(and_(col(P.area_id).in_(mine), col(P.worker_id) == actor.id))
    return or_(*ways) if ways else false()


def within(period: Period | None) -> ColumnElement[bool]:
    """The problems of the records that were received in a period; of all without one."""
    received = col(P.received_on)
    return received.between(period.first, period.last) if period else received.is_not(None)


def counts(db: Session, actor: Actor, period: Period | None) -> dict[str, int]:
    """How many records each check finds wrong that nobody found right; up to `MOST` for all time."""
    if period is not None:
        query = select(P.check_key, func.count()).where(
            scope(actor), within(period), col(P.reviewed_id).is_(None)
        )
        return dict(db.exec(query.group_by(P.check_key)).all())
    lists = [
        columns(col(P.id)).where(scope(actor), _of(key), col(P.reviewed_id).is_(None)).limit(MOST).subquery()
        for key in CHECKS
    ]
    each = [columns(func.count()).select_from(one).scalar_subquery() for one in lists]
    return dict(zip(CHECKS, map(int, db.execute(columns(*each)).one()), strict=True))


def reviewed(db: Session, actor: Actor, period: Period | None) -> int:
    """How many problems somebody looked at and found right as they are."""
    query = columns(col(P.id)).where(scope(actor), within(period), col(P.reviewed_id).is_not(None))
    return int(db.execute(columns(func.count()).select_from(query.limit(MOST).subquery())).scalar_one())


def _of(key: str) -> ColumnElement[bool]:
    return col(P.check_key) == key


def bounds(period: Period) -> tuple[datetime, datetime]:
    """The instants between which the days of a period lie in London."""
    first, after = period.first, period.last + timedelta(days=1)
    return (
        datetime.combine(first, time(), LONDON).astimezone(UTC),
        datetime.combine(after, time(), LONDON).astimezone(UTC),
    )


def records(
    db: Session, areas: Collection[int], period: Period, worker_id: int | None = None
) -> dict[Subject, int]:
    """How many cases were received, and how many disposals the police gave, in a period."""
    asked = [_cases(areas, Basis.RECEIVED, period, worker_id), _police(areas, period)]
    found = db.execute(columns(*asked)).one()
    return dict(zip((Subject.CASE, Subject.POLICE), map(int, found), strict=True))


def _cases(areas: Collection[int], basis: Basis, period: Period, worker_id: int | None = None) -> Any:
    query = columns(func.count(col(Referral.id))).where(
        col(Referral.area_id).in_(areas), col(Referral.status).not_in(NOT_JUDGED)
    )
    if worker_id is not None:
        query = query.where(col(Referral.case_manager_id) == worker_id)
    if basis is Basis.GIVEN:
        return query.where(col(Referral.given_on).between(period.first, period.last)).scalar_subquery()
    first, after = bounds(period)
    return query.where(MOMENT[basis] >= first, MOMENT[basis] < after).scalar_subquery()


def _police(areas: Collection[int], period: Period) -> Any:
    query = columns(func.count(col(PoliceDisposal.id))).where(
        col(PoliceDisposal.area_id).in_(areas),
        col(PoliceDisposal.given_on).between(period.first, period.last),
        col(PoliceDisposal.status) == Standing.COUNTED,
    )
    return query.scalar_subquery()


def touched(db: Session, areas: Collection[int], quarter: Period) -> dict[str, tuple[int, int]]:
    """Of each metric: how many of the quarter's records have a problem that may move it, and of how many.

    Of what the police gave those are the disposals that the metric counts, whether they have a case here or
    not; else the cases of the quarter. What a person found right as it is does not count.
    """
    found = _touched_of_the_police(db, areas, quarter)
    for basis in Basis:
        metrics = [name for name, own in BASIS.items() if own is basis]
        asked = [func.count(distinct(case((_touching(name), col(P.subject_id))))) for name in metrics]
        day = getattr(P, basis.value)
        query = columns(_cases(areas, basis, quarter), *asked).where(
            col(P.area_id).in_(areas),
            col(day).between(quarter.first, quarter.last),
            col(P.check_key).in_({key for name in metrics for key in resting(name)}),
            col(P.reviewed_id).is_(None),
            col(P.subject) == Subject.CASE,
        )
        total, *numbers = db.execute(query).one()
        found |= {name: (int(number), int(total)) for name, number in zip(metrics, numbers, strict=True)}
    return {name: pair for name, pair in found.items() if pair[1]}


def _touched_of_the_police(
    db: Session, areas: Collection[int], quarter: Period
) -> dict[str, tuple[int, int]]:
    asked = [
        columns(literal(name), func.count(case((or_(*_flawed(name)), 1))), func.count()).where(
            col(PoliceMilestone.area_id).in_(areas),
            one.day.between(quarter.first, quarter.last),
            one.counted_part > 0,
        )
        for name, one in ((name, MEASURES[name]) for name in OF_THE_POLICE)
    ]
    found = db.execute(union_all(*asked))
    return {name: (int(number), int(whole)) for name, number, whole in found if whole}


def _flawed(metric: str) -> list[ColumnElement[bool]]:
    """Whether a disposal of the police has a problem that may move a metric, or the case that it is of."""
    number = col(PoliceMilestone.subject_id)
    own = columns(col(P.id)).where(
        col(P.subject) == Subject.POLICE,
        col(P.subject_id) == number,
        _touching(metric),
        col(P.reviewed_id).is_(None),
    )
    of_case = (
        columns(col(P.id))
        .join(PoliceDisposal, col(PoliceDisposal.referral_id) == col(P.subject_id))
        .where(
            col(P.subject) == Subject.CASE,
            col(PoliceDisposal.id) == number,
            _touching(metric),
            col(P.reviewed_id).is_(None),
        )
    )
    return [own.exists(), of_case.exists()]


def resting(metric: str) -> list[str]:
    """The checks whose problems may move a metric."""
    return [key for key, check in CHECKS.items() if metric in check.metrics]


def _touching(metric: str) -> ColumnElement[bool]:
    return col(P.check_key).in_(resting(metric))


def listed(
    db: Session,
    actor: Actor,
    key: str,
    period: Period | None,
    *,
    seen: bool = False,
    limit: int,
    after: tuple[date, int] | None = None,
) -> list[Line]:
    """A page of the records with a problem, the newest first; `seen` for those that were found right."""
    order = (col(P.received_on), col(P.subject_id))
    looked = col(P.reviewed_id).is_not(None) if seen else col(P.reviewed_id).is_(None)
    query: Any = (
        select(P, DataReview)
        .outerjoin(DataReview, col(DataReview.id) == P.reviewed_id)
        .where(scope(actor), _of(key), within(period), looked)
    )
    if after is not None:
        query = query.where(tuple_(*order) < after)
    rows = db.exec(query.order_by(*(one.desc() for one in order)).limit(limit)).all()
    names = _named(db, CHECKS[key].subject, [problem.subject_id for problem, _ in rows])
    return [
        Line(
            *(problem.id, problem.subject, problem.subject_id, *names[problem.subject_id]),
            *(problem.received_on, problem.said, review),
        )
        for problem, review in rows
    ]


def count(db: Session, actor: Actor, key: str, period: Period | None, *, seen: bool = False) -> int:
    """How many records a list has, counted up to `MOST`."""
    looked = col(P.reviewed_id).is_not(None) if seen else col(P.reviewed_id).is_(None)
    query = columns(col(P.id)).where(scope(actor), _of(key), within(period), looked).limit(MOST)
    return int(db.execute(columns(func.count()).select_from(query.subquery())).scalar_one())


def _named(db: Session, subject: Subject, ids: Collection[int]) -> Mapping[int, tuple[str, str, str]]:
    """Reference, child and worker of each record."""
    if subject is Subject.POLICE:
        p = PoliceDisposal
        asked: Any = select(p.id, p.reference, p.given_name, p.surname).where(col(p.id).in_(ids))
        return {n: (ref, f"{given} {last}".strip(), "") for n, ref, given, last in db.execute(asked)}
    cases: Any = (
        select(Referral.id, Referral.reference, Child, User.name)
        .join(Child, col(Child.id) == Referral.child_id)
        .outerjoin(User, col(User.id) == Referral.case_manager_id)
        .where(col(Referral.id).in_(ids))
    )
    return {n: (ref, child.name, worker or "") for n, ref, child, worker in db.execute(cases)}


def problem_for(db: Session, actor: Actor, key: str, reference: str) -> Line:
    """The problem of a record that the person may see. Raises `Missing`; also when it is mended by now."""
    if key not in CHECKS:
        raise Missing()
    of: Any = PoliceDisposal if CHECKS[key].subject is Subject.POLICE else Referral
    query: Any = (
        select(P, DataReview)
        .join(of, and_(of.id == P.subject_id, of.reference == reference))
        .outerjoin(DataReview, col(DataReview.id) == P.reviewed_id)
        .where(scope(actor), _of(key))
    )
    found = db.exec(query).first()
    if found is None:
        raise Missing()
    problem, review = found
    names = _named(db, problem.subject, [problem.subject_id])[problem.subject_id]
    return Line(
        *(problem.id, problem.subject, problem.subject_id, *names),
        *(problem.received_on, problem.said, review),
    )
