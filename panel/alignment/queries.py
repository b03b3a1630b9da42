"""Reading the disposals of an area for the figures of the two policies, and the cases behind each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, case, literal, literal_column, or_
from sqlmodel import Session, col, func, select

from panel.access import Actor
from panel.accounts.models import Area
from panel.alignment.steps import period_column, step_column, told_as
from panel.police.models import PoliceDisposal
from panel.referrals.models import Referral
from workflows.police import POLICE_OUTCOMES, Heard, Standing
from workflows.policy_conflict import Given
from workflows.roles import Role

READERS = (Role.YOT_MANAGER, Role.SECONDED, Role.INSPECTOR)


@dataclass(frozen=True)
class Cell:
    """So many disposals of which everything that the policies look at is the same."""

    given: Given
    count: int


@dataclass(frozen=True)
class Line:
    """One disposal of a quarter as the figures see it."""

    id: int
    given: Given
    exception: str


def areas_of(db: Session, actor: Actor, *roles: Role) -> list[Area]:
    """The areas of a person in one of these roles, by their codes."""
    mine = select(Area).where(col(Area.id).in_(actor.areas_as(*roles)))
    return list(db.exec(mine.order_by(col(Area.code))))


def decided_before() -> ColumnElement[bool]:
    """Whether the panel decided before: it told of it, or its own decision was given by then."""
    return or_(
        col(PoliceDisposal.told_how) == Heard.PANEL,
        and_(col(Referral.given_on).is_not(None), col(Referral.given_on) <= col(PoliceDisposal.given_on)),
    )


LOOKED_AT = (
    PoliceDisposal.outcome,
    PoliceDisposal.given_on,
    PoliceDisposal.told_on,
    PoliceDisposal.consulted,
    PoliceDisposal.first_time,
)


def _here(area_id: int, since: date, until: date) -> tuple[Any, ...]:
    return (
        PoliceDisposal.area_id == area_id,
        col(PoliceDisposal.outcome).in_(POLICE_OUTCOMES),
        col(PoliceDisposal.given_on).between(since, until),
        PoliceDisposal.status == Standing.COUNTED,
    )


@dataclass(frozen=True)
class Span:
    """What is counted: two days, the days between them on which something else begins, the limits to tell."""

    since: date
    until: date
    starts: tuple[date, ...]
    limits: tuple[int, ...]


@dataclass(frozen=True)
class Way:
    """One way in which disposals differ for the policies: the place of each value, as SQL finds it."""

    place: ColumnElement[int]
    values: Sequence[Any]


@lru_cache(maxsize=64)
def _ways(span: Span) -> tuple[tuple[Way, ...], ColumnElement[int]]:
    """The ways in which disposals differ, and all of them as one number; built once for a span."""
    outcome = col(PoliceDisposal.outcome)
    steps = range(len(span.limits) + 2)
    ways = (
        Way(case({one: n for n, one in enumerate(POLICE_OUTCOMES)}, value=outcome), POLICE_OUTCOMES),
        Way(_said(col(PoliceDisposal.consulted)), SAID),
        Way(_said(col(PoliceDisposal.first_time)), SAID),
        Way(case((decided_before(), 1), else_=0), (False, True)),
        Way(period_column(span.starts), span.starts),
        Way(step_column(span.limits, span.since, span.until), steps),
    )
    number: ColumnElement[int] = literal(0)
    for way in ways:
        number = number * len(way.values) + way.place
    return ways, number.label("number")


SAID = (None, False, True)


def _said(column: Any) -> ColumnElement[int]:
    return case((column.is_(None), 0), (column.is_(True), 2), else_=1)


def cells(db: Session, area_id: int, span: Span) -> list[Cell]:
    """The disposals that count, those that the policies cannot tell apart together.

    They lie between the same two beginnings, and were told within the same limit; a cell has such a day.
    All ways in which they differ are one number: it is grouped in a third of the time that six columns take,
    for with these SQLite reads each row in the order of an index that does not hold all of them.
    """
    ways, number = _ways(span)
    query: Any = select(number, func.count())
    query = query.outerjoin_from(PoliceDisposal, Referral, col(Referral.id) == PoliceDisposal.referral_id)
    query = query.where(*_here(area_id, span.since, span.until)).group_by(literal_column("1"))
    return [_cell(found, ways, count, span.limits) for found, count in db.exec(query)]


def _cell(number: int, ways: Sequence[Way], count: int, limits: Sequence[int]) -> Cell:
    said = []
    for way in reversed(ways):
        number, place = divmod(number, len(way.values))
        said.append(way.values[place])
    outcome, consulted, first, decided, day, step = reversed(said)
    return Cell(_given(outcome, day, told_as(day, step, limits), consulted, first, decided), count)


def lines(db: Session, area_id: int, since: date, until: date) -> list[Line]:
    """The disposals that count between two days, one by one, the newest first."""
    query: Any = (
        select(*LOOKED_AT, decided_before(), PoliceDisposal.id, PoliceDisposal.exception)  # type: ignore[call-overload]
        .outerjoin(Referral, col(Referral.id) == PoliceDisposal.referral_id)
        .where(*_here(area_id, since, until))
        .order_by(col(PoliceDisposal.given_on).desc(), col(PoliceDisposal.id).desc())
    )
    return [Line(row[-2], _given(*row[:-2]), row[-1]) for row in db.exec(query)]


def _given(
    outcome: Any, given_on: date, told_on: date | None, consulted: Any, first: Any, decided: Any
) -> Given:
    return Given(
        outcome=outcome,
        given_on=given_on,
        told_on=told_on,
        consulted=consulted,
        panel_decided=bool(decided),
        first_time=first,
    )


def exceptions(db: Session, area_id: int, since: date, until: date) -> dict[str, int]:
    """How many exceptions to the joint policy were recorded, by their coded reason."""
    query = (
        select(PoliceDisposal.exception, func.count())
        .where(*_here(area_id, since, until), PoliceDisposal.exception != "")
        .group_by(col(PoliceDisposal.exception))
    )
    return {code: int(count) for code, count in db.exec(query)}


@dataclass(frozen=True)
class Shown:
    """One disposal of a list, with the case that it belongs to, if it has one."""

    disposal: PoliceDisposal
    case: str | None


def rows_of(db: Session, ids: Collection[int]) -> list[Shown]:
    """Disposals by their numbers, the newest first."""
    query: Any = (
        select(PoliceDisposal, Referral.reference)
        .outerjoin(Referral, col(Referral.id) == PoliceDisposal.referral_id)
        .where(col(PoliceDisposal.id).in_(ids))
        .order_by(col(PoliceDisposal.given_on).desc(), col(PoliceDisposal.id).desc())
    )
    return [Shown(disposal, case) for disposal, case in db.exec(query)]
