"""The cases of an extract, read some hundreds at a time by their numbers, and what stands in each field."""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from panel.children.models import Child
from panel.closing.models import Completion
from panel.codes.models import CodeRow, CodeVersion
from panel.plans.models import Plan
from panel.quality.queries import bounds
from panel.referrals.models import Offence, Referral
from panel.victims.national import Returned, returned
from workflows.calendar import age_on, today_in_london
from workflows.codes import CodeList
from workflows.data_quality import Basis
from workflows.data_quality_checks import NOT_JUDGED
from workflows.periods import Period
from workflows.vocabulary import Outcome

CHUNK = 500
R, O = Referral, Offence  # noqa: E741
MOMENTS: dict[Basis, Any] = {Basis.RECEIVED: R.submitted_at, Basis.DECIDED: R.decided_at}


@dataclass(frozen=True)
class CaseRow:
    """One case with what an extract says of it."""

    id: int
    values: Mapping[str, Any]
    offences: tuple[Mapping[str, Any], ...] = field(default=())
    victims: tuple[Returned, ...] = field(default=())

    def __getattr__(self, name: str) -> Any:
        """A value by its name."""
        return self.values[name]


def numbers(db: Session, area_id: int, basis: Basis, period: Period) -> "array[int]":
    """The cases of an area that were received, decided or given in a period; drafts are nobody's yet."""
    asked = col(R.area_id) == area_id, _within(basis, period), col(R.status).not_in(NOT_JUDGED)
    query = select(col(R.id)).where(*asked).order_by(col(R.id))
    return array("q", db.execute(query, execution_options={"yield_per": CHUNK}).scalars())


def read(db: Session, ids: "array[int]") -> Iterator[list[CaseRow]]:
    """What stands in these cases, some hundreds at a time."""
    for first in range(0, len(ids), CHUNK):
        yield _chunk(db, ids[first : first + CHUNK].tolist())


def _within(basis: Basis, period: Period) -> Any:
    if basis is Basis.GIVEN:
        return col(R.given_on).between(period.first, period.last)
    first, after = bounds(period)
    return (MOMENTS[basis] >= first) & (MOMENTS[basis] < after)


def _chunk(db: Session, ids: Sequence[int]) -> list[CaseRow]:
    columns: list[Any] = [
        *(R.id, R.reference, R.submitted_at, R.decided_at, R.given_on, R.outcome, R.status),
        *(Child.given_name, Child.surname, Child.date_of_birth, Child.postcode, Child.pnc_id),
        *(Child.gender, Child.ethnicity, Child.looked_after),
        *(col(Plan.ends_on), col(Plan.id).label("plan_id")),
        *(Completion.completed_on, Completion.in_full),
    ]
    query = (
        select(*columns)
        .join(Child, col(Child.id) == R.child_id)
        .outerjoin(Plan, col(Plan.referral_id) == R.id)
        .outerjoin(Completion, col(Completion.referral_id) == R.id)
        .where(col(R.id).in_(ids))
        .order_by(col(R.id))
    )
    cases: list[Any] = list(db.execute(query).mappings())
    offences, victims = _offences(db, ids), returned(db, ids)
    return [
        CaseRow(row["id"], row, tuple(offences[row["id"]]), tuple(victims.get(row["id"], ())))
        for row in cases
    ]


def _offences(db: Session, ids: Sequence[int]) -> dict[int, list[Mapping[str, Any]]]:
    columns: list[Any] = [
        *(O.id, O.referral_id, O.title, O.code, O.committed_on, O.crime_reference),
        *(O.gravity, O.admission, O.outcome),
    ]
    found: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    query = select(*columns).where(col(O.referral_id).in_(ids)).order_by(col(O.id))
    rows: list[Any] = list(db.execute(query).mappings())
    for row in rows:
        found[row["referral_id"]].append(row)
    return found


@dataclass(frozen=True)
class HomeOffice:
    """The Home Office outcome of each decision, by the list in force on a day."""

    versions: tuple[tuple[date, Mapping[Outcome, str]], ...]

    def code(self, outcome: Outcome, day: date) -> str:
        """The code, or nothing before the first list."""
        held = [codes for since, codes in self.versions if since <= day]
        return held[-1].get(outcome, "") if held else ""


def home_office(db: Session) -> HomeOffice:
    """Every version of the list of outcomes, the oldest first."""
    query = select(col(CodeVersion.in_force_from), CodeVersion.id, CodeRow.code, CodeRow.details).join(  # type: ignore[call-overload]
        CodeRow, col(CodeRow.version_id) == CodeVersion.id
    )
    ordered = (col(CodeVersion.in_force_from), col(CodeVersion.id))
    found: dict[tuple[date, int], dict[Outcome, str]] = defaultdict(dict)
    for since, number, code, details in db.execute(
        query.where(col(CodeVersion.kind) == CodeList.OUTCOMES).order_by(*ordered)
    ):
        found[since, number] |= {Outcome(name): code for name in details["for"]}
    return HomeOffice(tuple((since, codes) for (since, _), codes in found.items()))


def day_of(moment: datetime | None) -> date | None:
    """The day in London."""
    return None if moment is None else today_in_london(moment)


def outcome_day(case: CaseRow) -> date | None:
    """The day of the giving, or of the decision where nothing is given."""
    given: date | None = case.given_on
    return given or day_of(case.decided_at)


def age(case: CaseRow) -> str:
    """Age on the day of the referral."""
    referred = day_of(case.submitted_at)
    return "" if referred is None else str(age_on(case.date_of_birth, referred))
