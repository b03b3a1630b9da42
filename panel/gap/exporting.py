"""The figures and the rows behind them as files, with every definition, with or without personal data."""

import hashlib
from array import array
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from sqlmodel import Session, col, select

from panel.access import Actor
from panel.db import write_along
from panel.gap import commands as c
from panel.gap import queries
from panel.gap.actions import state_of
from panel.gap.models import GapExport
from panel.gap.scope import FIRST_TIME, Filter
from panel.gap.sheets import as_csv, as_xlsx
from panel.history.operations import Operation
from panel.history.record import log_access, log_many, note
from panel.police.models import PoliceDisposal
from panel.police.queries import police_chain
from workflows.calendar import age_on, clock_words, long_date, today_in_london, working_days_between
from workflows.flow import NotYours
from workflows.gap import COUNTED, ROUNDING, Group, place, rates
from workflows.gap_work import ASKERS
from workflows.periods import Period
from workflows.police import POLICE_OUTCOMES
from workflows.roles import Role
from workflows.vocabulary import Outcome
from workflows.vocabulary import words as said_of

NAMERS = (Role.YOT_MANAGER,)
PAGE, CHUNK = "gap.export", 500
Column = tuple[str, Callable[[PoliceDisposal, date], str]]


def _day(value: date | None) -> str:
    return "" if value is None else value.isoformat()


def _delay(row: PoliceDisposal) -> str:
    return "" if row.told_on is None else str(max(0, working_days_between(row.given_on, row.told_on)))


def _age(row: PoliceDisposal) -> str:
    return "" if row.date_of_birth is None else str(age_on(row.date_of_birth, row.given_on))


def _where(row: PoliceDisposal, today: date) -> str:
    stands = place(state_of(row, today), listed=row.listed_on is not None, fit=row.fit)
    return stands.value.replace("_", " ")


PLAIN: tuple[Column, ...] = (
    ("Outcome", lambda row, _: said_of(row.outcome)),
    ("Month of giving", lambda row, _: f"{row.given_on:%Y-%m}"),
    ("Told", lambda row, today: said_of(state_of(row, today))),
    ("Counted as", _where),
    ("Working days until we were told", lambda row, _: _delay(row)),
    ("Station", lambda row, _: row.station),
    ("Team", lambda row, _: row.team),
    ("Ward", lambda row, _: row.ward),
    ("Age", lambda row, _: _age(row)),
    ("Ethnic group (code)", lambda row, _: row.ethnicity),
    ("First time", lambda row, _: FIRST_TIME[{True: "1", False: "0", None: ""}[row.first_time]]),
)
NAMED: tuple[Column, ...] = (
    ("Reference", lambda row, _: row.reference),
    ("First names", lambda row, _: row.given_name),
    ("Last name", lambda row, _: row.surname),
    ("Date of birth", lambda row, _: _day(row.date_of_birth)),
    ("Crime reference", lambda row, _: row.crime_reference),
    ("Offence", lambda row, _: row.offence),
    ("Given on", lambda row, _: _day(row.given_on)),
    ("Told on", lambda row, _: _day(row.told_on)),
    ("Officer", lambda row, _: row.officer),
    ("Address", lambda row, _: row.address),
    ("Postcode", lambda row, _: row.postcode),
)


def export(
    db: Session,
    area_id: int,
    outcome: Outcome,
    period: Period,
    command: c.Export,
    *,
    named: bool,
    by: Actor,
    at: datetime,
) -> bytes:
    """The file; its evidence is written along, after a transaction that reads. Raises `NotYours`."""
    if not set(NAMERS if named else ASKERS) & by.roles_in(area_id):
        raise NotYours(PAGE)
    today = today_in_london(at)
    ids = array("q")
    table = _table(_rows(db, area_id, outcome, period, today), ids, named=named, today=today)
    about = definitions(db, area_id, outcome, period, today=today)
    head = [*about, ["Made on", clock_words(at)], ["Made by", by.name], ["What it is for", command.reason]]
    if command.kind is c.Kind.CSV:
        data = as_csv([head, table])
    else:
        data = as_xlsx([("Disposals", table), ("Definitions", head)])
    made = GapExport(
        area_id=area_id,
        outcome=outcome,
        first_on=period.first,
        last_on=period.last,
        kind=command.kind.value,
        named=named,
        rows=len(ids),
        reason=command.reason,
        digest=hashlib.sha256(data).hexdigest(),
        by_id=by.id,
        at=at,
    )
    write_along(db, lambda into: _evidence(into, made, ids if named else (), by=by, at=at))
    return data


def _rows(
    db: Session, area_id: int, outcome: Outcome, period: Period, today: date
) -> Iterable[PoliceDisposal]:
    known = Filter(area_id, Group.KNOWN, outcome, period).where(today)
    query = select(PoliceDisposal).where(known).execution_options(yield_per=CHUNK)
    return db.exec(query.order_by(col(PoliceDisposal.given_on), col(PoliceDisposal.id)))


def _table(
    rows: Iterable[PoliceDisposal], ids: "array[int]", *, named: bool, today: date
) -> Iterator[list[str]]:
    columns = (*NAMED, *PLAIN) if named else PLAIN
    yield [name for name, _ in columns]
    for row in rows:
        ids.append(row.id)
        yield [say(row, today) for _, say in columns]


def _evidence(db: Session, made: GapExport, named: Iterable[int], *, by: Actor, at: datetime) -> None:
    db.add(made)
    db.flush()
    chain = f"gap_export:{made.id}"
    facts = {"reason": made.reason, "count": str(made.rows)}
    note(db, "gap.export", chain=chain, by=by, at=at, facts=facts)
    log_access(db, Operation.DISCLOSURE, chain, by=by, at=at, page=PAGE, recipients=made.reason)
    chains = map(police_chain, named)
    log_many(db, Operation.DISCLOSURE, chains, by=by, at=at, page=PAGE, recipients=made.reason)


def definitions(
    db: Session, area_id: int, outcome: Outcome, period: Period, *, today: date
) -> list[list[str]]:
    """Each rate with numerator, denominator, period, definition, lists and what is still to be matched."""
    found = queries.figures(db, area_id, outcome, period, today=today)
    rows = [
        ["What", said_of(outcome)],
        ["Period", f"{long_date(period.first)} to {long_date(period.last)}"],
        ["Lists", found.coverage.sentence],
    ]
    for rate in rates(found.tally, found.coverage):
        rows += [
            [f"Rate {rate.definition.name}", rate.sentence],
            ["Definition", rate.definition.words],
            ["Not told (numerator)", str(rate.numerator)],
            ["Denominator", str(rate.denominator)],
            ["Per cent", rate.per_cent or "No rate"],
            ["Still to be matched", str(rate.unmatched)],
        ]
    rows += [["Counting", COUNTED], ["Rounding", ROUNDING]]
    return rows + [
        [said_of(one), f"{tally.of(Group.MISSED)} of {tally.of(Group.LISTED)} not told"]
        for one, tally in found.outcomes.items()
        if one in POLICE_OUTCOMES
    ]
