"""Similar cases that were decided before, for consistency: counts by outcome, of few cases nothing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session, col, select

from config.policy import names, number
from panel.children.models import Child
from panel.referrals.models import Offence, Referral
from panel.referrals.queries import child_of, offences_of
from workflows.calendar import add_months, age_on
from workflows.vocabulary import SERIOUSNESS, Outcome, most_serious, words

Row = dict[str, Any]
Band = tuple[int, int]
# Read as columns: a large area has thousands of decided offences.
DECIDED: Any = (
    *(Referral.id, Offence.outcome, Offence.code, Offence.title, Offence.categories),
    *(Offence.committed_on, Child.date_of_birth),
)
NO_SCORE = "Without a gravity score there is nothing to compare it with."


def similar_rows(db: Session, referral: Referral, *, on: date) -> list[Row]:
    """For each offence of the case, how similar cases of other children in the area were decided."""
    born = child_of(db, referral).date_of_birth
    return [
        {"key": offence.title, "value": _told(db, referral, offence, age_on(born, offence.committed_on), on)}
        for offence in offences_of(db, referral)
    ]


def _told(db: Session, referral: Referral, offence: Offence, age: int, on: date) -> list[str]:
    if offence.gravity is None:
        return [NO_SCORE]
    ages, scores = band("similar_age_bands", age, on), band("similar_gravity_bands", offence.gravity, on)
    years, least = number("similar_years", on), number("small_number_threshold", on)
    what = "Same offence or category" if offence.categories else "Same offence"
    compared = (
        f"{what}, gravity score {_span(scores)}, aged {_span(ages)}, decided in this area in the last "
        f"{years} years"
    )
    found = _outcomes(db, referral, offence, ages, scores, add_months(on, -12 * years))
    if len(found) < least:
        return [f"Fewer than {least} similar cases: not shown in detail.", f"{compared}."]
    counted = Counter(found)
    lines = [f"{words(outcome)}: {counted[outcome]}" for outcome in SERIOUSNESS if counted[outcome]]
    return [*lines, f"{compared}: {len(found)} cases."]


def band(key: str, value: int, on: date) -> Band:
    """The band of a policy figure, such as '14-15', into which a value falls; outside of all the value."""
    spans = [tuple(map(int, name.split("-"))) for name in names(key, on)]
    return next(((low, high) for low, high in spans if low <= value <= high), (value, value))


def _span(one: Band) -> str:
    return str(one[0]) if one[0] == one[1] else f"{one[0]} to {one[1]}"


@dataclass(frozen=True)
class Decided:
    """One offence of another child that was decided."""

    case: int
    outcome: Outcome
    code: str
    title: str
    categories: list[str]
    committed_on: date
    born: date

    def is_like(self, offence: Offence) -> bool:
        """Whether it is the same offence, or one of the same category."""
        same_code = bool(offence.code) and offence.code == self.code
        by_hand = not offence.code and not self.code
        same_title = by_hand and offence.title.casefold() == self.title.casefold()
        return same_code or same_title or not set(offence.categories).isdisjoint(self.categories)


def _outcomes(
    db: Session, referral: Referral, offence: Offence, ages: Band, scores: Band, since: date
) -> Sequence[Outcome]:
    """The most serious outcome of each similar case."""
    by_case: dict[int, set[Outcome]] = {}
    for other in _decided(db, referral, scores, since):
        if ages[0] <= age_on(other.born, other.committed_on) <= ages[1] and other.is_like(offence):
            by_case.setdefault(other.case, set()).add(other.outcome)
    return [most_serious(frozenset(outcomes)) for outcomes in by_case.values()]


def _decided(db: Session, referral: Referral, scores: Band, since: date) -> list[Decided]:
    query = (
        select(*DECIDED)
        .join(Offence, col(Offence.referral_id) == Referral.id)
        .join(Child, col(Child.id) == Referral.child_id)
        .where(
            Referral.area_id == referral.area_id,
            Referral.child_id != referral.child_id,
            col(Offence.outcome).is_not(None),
            col(Offence.gravity).between(*scores),
            col(Referral.decided_at) >= datetime(since.year, since.month, since.day, tzinfo=UTC),
        )
    )
    return [Decided(*row) for row in db.exec(query)]
