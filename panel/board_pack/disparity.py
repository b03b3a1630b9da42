"""Who is dealt with at each point of decision, in the last whole year from April to March."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

from config.population import population
from panel.accounts.models import Area
from panel.board_pack.facts import Scope, begins
from panel.board_pack.later_facts import TO_THE_POLICE
from panel.board_pack.police_facts import counted
from panel.children.models import Child
from panel.codes.queries import rows_on
from panel.compliance.models import Entry, Matter
from panel.police.models import PoliceDisposal
from panel.referrals.models import Referral
from workflows.calendar import long_date
from workflows.codes import CodeList
from workflows.periods import Period
from workflows.vocabulary import SERIOUSNESS, Gender, Outcome, words

UNKNOWN = "Not stated"
ALL_GIVEN = "given"
# By dimension the group that the others are set against.
AGAINST = {"group": "White", "gender": Gender.MALE.value}
# The step before each point; an outcome comes after all disposals that were given.
BEFORE = {"panel": "referred", "breach": "panel"}
POINTS = {
    "referred": "Referred to us",
    "panel": "Decided by the panel",
    ALL_GIVEN: "Any disposal given",
    "breach": "Not kept, and reported to the police",
}
Counts = dict[str, dict[str, Counter[str]]]


def year_of(last: date) -> Period:
    """The last whole year from April to March that was over on a day."""
    ends = date(last.year if last >= date(last.year, 3, 31) else last.year - 1, 3, 31)
    return Period(date(ends.year - 1, 4, 1), ends)


def period_words(year: Period) -> str:
    """'1 April 2025 to 31 March 2026'."""
    return f"{long_date(year.first)} to {long_date(year.last)}"


def disparity(db: Session, scope: Scope) -> dict[str, Any]:
    """Counts by point, dimension and group, with the population that they are set against."""
    year = year_of(scope.last)
    code = db.exec(select(Area.code).where(Area.id == scope.area_id)).one()
    people = population(code, year.last) or population(code, scope.today)
    base = (
        {"group": dict(people.group), "gender": dict(people.gender)}
        if people
        else {"group": {}, "gender": {}}
    )
    counts = _counts(db, scope.area_id, year, _grouping(db, scope.today))
    return {
        "period": period_words(year),
        "caveat": people.caveat if people else "Nobody has entered how many children live in this area.",
        "lines": [
            {
                "key": f"{point}|{by}|{group}",
                "point": point,
                "by": by,
                "group": group,
                "part": found[point][group],
                "whole": base[by].get(group),
                "before": _before(found, point, group),
            }
            for by, found in counts.items()
            for point in _points(found)
            for group in _groups(by, found)
        ],
    }


def point_words(point: str) -> str:
    """What a point of decision is called."""
    return POINTS.get(point) or words(Outcome(point))


def _points(found: Mapping[str, Counter[str]]) -> list[str]:
    given = [one.value for one in SERIOUSNESS if found.get(one.value)]
    return [point for point in ("referred", "panel", ALL_GIVEN, *given, "breach") if found.get(point)]


def _groups(by: str, found: Mapping[str, Counter[str]]) -> list[str]:
    seen = {group for counter in found.values() for group in counter} - {AGAINST[by], UNKNOWN}
    last = [UNKNOWN] if any(UNKNOWN in counter for counter in found.values()) else []
    return [AGAINST[by], *sorted(seen), *last]


def _before(found: Mapping[str, Counter[str]], point: str, group: str) -> int | None:
    if point in ("referred", ALL_GIVEN):
        return None
    return found.get(BEFORE.get(point, ALL_GIVEN), Counter())[group]


def _grouping(db: Session, day: date) -> Callable[[str], str]:
    """By the code of an ethnicity the heading that it belongs to."""
    of = {row.code: row.details["group"] or UNKNOWN for row in rows_on(db, CodeList.ETHNICITY, day)}
    return lambda code: of.get(code, UNKNOWN)


def _counts(db: Session, area_id: int, year: Period, group_of: Callable[[str], str]) -> Counts:
    found: Counts = {"group": {}, "gender": {}}

    def add(point: str, ethnicity: str, gender: Gender, many: int) -> None:
        sex = UNKNOWN if gender is Gender.NOT_STATED else gender.value
        for by, value in (("group", group_of(ethnicity)), ("gender", sex)):
            found[by].setdefault(point, Counter())[value] += many

    for point, query in _of_cases(area_id, year).items():
        for ethnicity, gender, many in db.exec(query.group_by(col(Child.ethnicity), col(Child.gender))):
            add(point, ethnicity, gender, many)
    kinds = (col(PoliceDisposal.outcome), col(PoliceDisposal.ethnicity), col(PoliceDisposal.gender))
    given = select(*kinds, func.count()).where(*counted(area_id, year.first, year.last)).group_by(*kinds)
    for outcome, ethnicity, gender, many in db.exec(given):
        add(Outcome(outcome).value, ethnicity, gender, many)
        add(ALL_GIVEN, ethnicity, gender, many)
    return found


def _of_cases(area_id: int, year: Period) -> dict[str, Any]:
    since, until = begins(year.first), begins(year.last + timedelta(days=1))
    cases: Any = (
        select(col(Child.ethnicity), col(Child.gender), func.count())
        .select_from(Referral)
        .join(Child, col(Child.id) == Referral.child_id)
        .where(Referral.area_id == area_id)
    )
    told = select(Entry.matter_id).where(col(Entry.rung).in_(TO_THE_POLICE))
    opened = (col(Matter.opened_on).between(year.first, year.last), col(Matter.id).in_(told))
    return {
        "referred": cases.where(col(Referral.submitted_at) >= since, col(Referral.submitted_at) < until),
        "panel": cases.where(col(Referral.decided_at) >= since, col(Referral.decided_at) < until),
        "breach": cases.join(Matter, col(Matter.referral_id) == Referral.id).where(*opened),
    }
