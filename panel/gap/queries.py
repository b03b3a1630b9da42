"""Reading the gap: every figure of a page in a fixed number of questions, each with the list behind it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import String, exists, or_, union_all
from sqlalchemy import cast as as_type
from sqlalchemy import select as columns_of
from sqlmodel import Session, case, col, func, select

from panel.access import Actor
from panel.counting import Number, many
from panel.errors import Missing
from panel.gap.models import ForceQueryRow, GapFollowUp
from panel.gap.scope import BREAKDOWNS, Filter, is_open, month_column, place_column, within
from panel.police.models import PoliceDisposal, PoliceList
from panel.police.queries import WHOLE_AREA
from workflows.calendar import add_months
from workflows.gap import PLACES, Delay, Group, Place, Tally, delay
from workflows.gap_work import Became
from workflows.periods import Coverage, Period, coverage, month_of
from workflows.police import POLICE_OUTCOMES
from workflows.roles import Role
from workflows.vocabulary import Outcome

MONTHS_SHOWN = 12
DONE = "done"
D = PoliceDisposal


@dataclass(frozen=True)
class Month:
    """One month of the trend."""

    period: Period
    tally: Tally
    coverage: Coverage


@dataclass(frozen=True)
class Figures:
    """Everything that the page says of one outcome and one period."""

    tally: Tally
    coverage: Coverage
    outcomes: Mapping[Outcome, Tally]
    months: tuple[Month, ...]
    breakdowns: Mapping[str, Mapping[str, Tally]]
    delay: Delay | None
    became: Mapping[Became, int]


def areas(actor: Actor) -> tuple[int, ...]:
    """The areas whose gap a person may see as a whole. Raises `Missing` where there are none."""
    found = actor.areas_as(*WHOLE_AREA)
    if not found:
        raise Missing()
    return found


def lists_of(db: Session, area_id: int, period: Period) -> list[tuple[date, date, date]]:
    """The lists that are taken over and touch a period: first day, last day, supplied on."""
    dates = (col(PoliceList.first_on), col(PoliceList.last_on), col(PoliceList.supplied_on))
    query = select(*dates).where(
        PoliceList.area_id == area_id,
        PoliceList.status == DONE,
        col(PoliceList.first_on) <= period.last,
        col(PoliceList.last_on) >= period.first,
    )
    ordered = query.order_by(col(PoliceList.supplied_on))
    return [(first, last, day) for first, last, day in db.exec(ordered) if first and last]


def figures(db: Session, area_id: int, outcome: Outcome, period: Period, *, today: date) -> Figures:
    """The figures of an outcome in a period, with the year of months that ends with it."""
    outcomes = by_outcome(db, area_id, period, today=today)
    facts = _facts(db, area_id, outcome, period, today=today)
    return Figures(
        tally=outcomes[outcome],
        coverage=coverage(period, lists_of(db, area_id, period), today=today),
        outcomes=outcomes,
        months=months(db, area_id, outcome, period.last, today=today),
        breakdowns=_broken_down(facts),
        delay=_delay(facts),
        became=became(db, area_id, outcome, period, today=today),
    )


def by_outcome(db: Session, area_id: int, period: Period, *, today: date) -> dict[Outcome, Tally]:
    """The tally of each outcome that the police may give."""
    where = within(area_id, None, period) & col(D.outcome).in_(POLICE_OUTCOMES)
    found: dict[Outcome, dict[Place, int]] = {outcome: {} for outcome in POLICE_OUTCOMES}
    place = place_column(today)
    for outcome, name, count in db.exec(
        select(col(D.outcome), place, func.count()).where(where).group_by(col(D.outcome), place)
    ):
        found[Outcome(outcome)][Place(name)] = count
    return {outcome: Tally(counts) for outcome, counts in found.items()}


def months(db: Session, area_id: int, outcome: Outcome, last: date, *, today: date) -> tuple[Month, ...]:
    """The year of months that ends with the month of a day."""
    trend = Period(month_of(add_months(last, 1 - MONTHS_SHOWN)).first, month_of(last).last)
    lists = lists_of(db, area_id, trend)
    month, place = month_column(), place_column(today)
    counts: dict[str, dict[Place, int]] = {}
    query = select(month, place, func.count()).where(within(area_id, outcome, trend))
    for number, name, count in db.exec(query.group_by(month, place)):
        counts.setdefault(number, {})[Place(name)] = count
    return tuple(
        Month(
            one,
            Tally(counts.get(f"{one.first:%Y-%m}", {})),
            coverage(one, lists, today=today),
        )
        for one in trend.months()
        if one.first <= today
    )


def by_breakdown(
    db: Session, area_id: int, outcome: Outcome, period: Period, *, today: date
) -> dict[str, dict[str, Tally]]:
    """The tally of each value of each breakdown."""
    return _broken_down(_facts(db, area_id, outcome, period, today=today))


@dataclass(frozen=True)
class Facts:
    """Of each disposal its place, its days and its value in each breakdown, one list for each of them."""

    places: tuple[str, ...]
    given_on: tuple[date, ...]
    told_on: tuple[date | None, ...]
    values: tuple[tuple[str, ...], ...]


def _facts(db: Session, area_id: int, outcome: Outcome, period: Period, *, today: date) -> Facts:
    """What is counted in one question, and past the session, which would look at each of the rows.

    Counted here and not in six groupings of the database, which take three times as long.
    """
    columns: list[Any] = [_text(name).label(name) for name in BREAKDOWNS]
    chosen: Any = columns_of(place_column(today), col(D.given_on), col(D.told_on), *columns)
    rows = db.connection().execute(chosen.where(within(area_id, outcome, period))).all()
    places, given_on, told_on, *values = zip(*rows, strict=True) if rows else [()] * (3 + len(columns))
    return Facts(places, given_on, told_on, tuple(values))


def _broken_down(facts: Facts) -> dict[str, dict[str, Tally]]:
    found: dict[str, dict[str, Tally]] = {}
    for name, values in zip(BREAKDOWNS, facts.values, strict=True):
        counts: dict[str, dict[Place, int]] = {}
        for (value, place), count in Counter(zip(values, facts.places, strict=True)).items():
            counts.setdefault(value, {})[Place(place)] = count
        found[name] = {value: Tally(places) for value, places in sorted(counts.items())}
    return found


def _text(name: str) -> Any:
    column = BREAKDOWNS[name][1]
    if name == "first_time":
        return case((column.is_(True), "1"), (column.is_(False), "0"), else_="")
    return func.coalesce(as_type(column, String), "") if name == "age" else column


def _delay(facts: Facts) -> Delay | None:
    known = {place.value for place in PLACES[Group.KNOWN]}
    rows = zip(facts.places, facts.given_on, facts.told_on, strict=True)
    return delay(Counter((given, told) for place, given, told in rows if told is not None and place in known))


def became(db: Session, area_id: int, outcome: Outcome, period: Period, *, today: date) -> dict[Became, int]:
    """How many of those of whom we were not told have each thing written down."""
    missed = Filter(area_id, Group.MISSED, outcome, period).where(today)
    query = (
        select(GapFollowUp.became, func.count(func.distinct(col(GapFollowUp.disposal_id))))
        .join(D, col(D.id) == GapFollowUp.disposal_id)
        .where(missed)
        .group_by(col(GapFollowUp.became))
    )
    counts = dict(db.exec(query).all())
    return {one: counts.get(one, 0) for one in Became}


def count(db: Session, chosen: Filter, *, today: date) -> int:
    """How many disposals a figure counts."""
    return int(db.exec(select(func.count(col(D.id))).where(chosen.where(today))).one())


def listed(
    db: Session, chosen: Filter, *, today: date, limit: int, after: tuple[date, int] | None = None
) -> list[PoliceDisposal]:
    """A page of the disposals behind a figure, the newest first."""
    given, number = col(D.given_on), col(D.id)
    query = select(D).where(chosen.where(today))
    if after is not None:
        query = query.where(or_(given < after[0], (given == after[0]) & (number < after[1])))
    return list(db.exec(query.order_by(given.desc(), number.desc()).limit(limit)))


def home_counted(actor: Actor, *, today: date) -> tuple[Number, Number]:
    """Disposals of which nobody told us until today, and answers that the force owes us, for `answers`."""
    here = actor.areas_as(Role.YOT_MANAGER)
    untold = union_all(*(select(col(D.id)).where(Filter(area, Group.UNTOLD).where(today)) for area in here))
    return many(untold), _owed(here).scalar_subquery()


def owed(db: Session, area_id: int) -> int:
    """How many disposals of an area wait for an answer of the force."""
    return int(db.exec(_owed((area_id,))).one())


def _owed(area_ids: Sequence[int]) -> Any:
    # From the few rows to their disposals: as a join, SQLite reads every disposal of which nobody told us.
    waits = exists().where(col(D.id) == ForceQueryRow.disposal_id, is_open())
    unanswered = col(ForceQueryRow.answered_on).is_(None)
    query = select(func.count(col(ForceQueryRow.id)))
    return query.where(col(ForceQueryRow.area_id).in_(area_ids), unanswered, waits)
